//! Answers what the page asks to see, from the running network.
//!
//! Not responsible for when (`reactor`).

use super::look;
use super::reactor::Buffer;
use super::run::Run;
use crate::engine::metrics::{accuracy, confusion};
use crate::engine::session::Part;
use crate::protocol::command::PREVIEW_ROWS;
use crate::protocol::{
    Confusion, Frame, FrameRequest, GradientLayer, GradientRow, LayerMaps, Mistake, Mistakes, Named, Status,
};
use crate::spec::Target;

/// Fields of `Loaded` that describe the preview: buffers of x and y, training rows in it, range of targets.
pub type Preview = (Option<usize>, Option<usize>, usize, Option<[f32; 2]>);

/// The data that the page may draw: all points of the plane, else the first rows.
pub fn preview(run: &Run) -> (Preview, Vec<Buffer>) {
    let data = run.session.data();
    let (train, test) = if data.info.plane {
        (data.n_train, data.n_test())
    } else {
        (data.n_train.min(PREVIEW_ROWS), data.n_test().min(PREVIEW_ROWS / 2))
    };
    let rows = (0..train).chain(data.n_train..data.n_train + test);
    let (mut x, mut y) = (Vec::new(), Vec::new());
    for row in rows {
        x.extend_from_slice(data.x_row(row));
        y.push(data.y_row(row)[0]);
    }
    let range = match data.info.target {
        Target::Classes { .. } | Target::Steps { .. } => None,
        Target::Values { .. } => {
            let (lo, hi) = data.y.iter().fold((f32::MAX, f32::MIN), |(lo, hi), v| (lo.min(*v), hi.max(*v)));
            Some([lo, hi])
        }
    };
    ((Some(0), Some(1), train, range), vec![Buffer::F32(x), Buffer::F32(y)])
}

/// Most examples in one frame.
const LOOKS_MAX: usize = 8;

struct Answer {
    frame: Frame,
    buffers: Vec<Buffer>,
}

impl Answer {
    fn put(&mut self, buffer: Buffer) -> usize {
        self.buffers.push(buffer);
        self.buffers.len() - 1
    }

    fn named(&mut self, name: &str, shape: Vec<usize>, values: Vec<f32>) -> Named {
        Named { name: name.to_string(), shape, buffer: self.put(Buffer::F32(values)) }
    }
}

/// When it is asked.
pub struct When<'n> {
    /// Whether it trains on by itself.
    pub running: bool,
    /// While training goes on: new answers to the test part are followed by so many times their own cost.
    pub share: Option<f64>,
    /// The clock, ms.
    pub now: &'n dyn Fn() -> f64,
}

/// Everything that `want` names.
pub fn answer(run: &mut Run, want: &FrameRequest, when: &When) -> (Frame, Vec<Buffer>) {
    let mut a = Answer { frame: Frame::default(), buffers: Vec::new() };
    a.frame.timeline = run.timeline.steps();
    plane(run, want, &mut a);
    if want.gradient_flow {
        a.frame.gradient_flow = gradient_flow(run);
    }
    if want.updates {
        run.session.watch_change();
    }
    a.frame.spread = want.spread.map_or_else(Vec::new, |bins| look::spread(run, bins));
    for want in want.looks.iter().take(LOOKS_MAX) {
        let look = look::answer(run, want, &mut a.buffers);
        a.frame.looks.push(look);
    }
    for name in &want.weights {
        if let Some((shape, values)) = run.session.read(name, false) {
            let named = a.named(name, shape, values.to_vec());
            a.frame.weights.push(named);
        }
    }
    if want.confusion || want.mistakes.is_some() {
        classified(run, want, when, &mut a);
    }
    if want.scatter {
        scatter(run, &mut a);
    }
    if let Some(n) = want.augmented {
        let shape = run.session.info().input.clone();
        let x = run.session.augmented(n.min(PREVIEW_ROWS));
        let n = x.len() / shape.iter().product::<usize>().max(1);
        a.frame.augmented = (n > 0).then(|| a.named("augmented", [vec![n], shape].concat(), x));
    }
    if want.checkpoint && run.session.is_finite() {
        let bytes = run.session.checkpoint().bytes;
        a.frame.checkpoint = Some(a.put(Buffer::Bytes(bytes)));
    }
    // Last: what was measured for this very frame counts.
    if let Some(since) = want.curves_since {
        (a.frame.curves_from, a.frame.curves) = run.curves.since(since);
    }
    a.frame.status = status(run, when.running);
    (a.frame, a.buffers)
}

fn status(run: &Run, running: bool) -> Status {
    Status {
        run: run.id,
        step: run.session.steps(),
        epoch: run.session.epoch(),
        step_max: run.step_max,
        running,
        train_loss: run.curves.mean().or(run.curves.last_loss()),
        test_loss: run.test.map(|m| m.loss),
        test_metric: run.test.and_then(|m| m.metric()),
        test_step: run.test_step,
        train_metric: run.train.and_then(|m| m.metric()),
        lr: run.session.lr() as f32,
        steps_per_s: if running { run.steps_per_s } else { 0.0 },
        diverged: run.diverged.clone(),
    }
}

/// Output and unit responses over the plane; one pass over the coarser grid serves all units.
fn plane(run: &mut Run, want: &FrameRequest, a: &mut Answer) {
    if !run.session.info().plane {
        return;
    }
    let width = run.session.output_width();
    if let Some(px) = want.output_px {
        let maps = run.session.plane(px.min(400), &[], 0);
        let by_class = matches!(run.session.info().target, Target::Classes { .. });
        let (width, values) = if by_class {
            let mut probs = Vec::with_capacity(maps.output.len().max(2 * px * px));
            maps.output.chunks_exact(width).for_each(|out| accuracy::probabilities(out, &mut probs));
            (width.max(2), probs)
        } else {
            (width, maps.output)
        };
        a.frame.output = Some(a.named("output", vec![maps.px, maps.px, width], values));
    }
    if let Some(n) = &want.neurons {
        let names: Vec<String> = n.layers.iter().map(|i| format!("layers.{i}")).collect();
        let px = n.px.min(200);
        let maps = run.session.plane(px, &names, n.units_max);
        for (layer, map) in n.layers.iter().zip(maps.layers) {
            let (_, shape) = (layer, run.session.read(&format!("layers.{layer}"), false).map(|(s, _)| s));
            let units = shape.map_or(0, |s| s.iter().skip(1).product());
            let shown = map.len() / (px * px).max(1);
            let buffer = a.put(Buffer::F32(map));
            a.frame.neurons.push(LayerMaps { layer: *layer, units, shown, px, buffer });
        }
    }
}

fn gradient_flow(run: &Run) -> Option<GradientRow> {
    let layers = run.session.norms();
    let row = |l: crate::engine::session::LayerNorms| GradientLayer {
        name: l.name,
        d_params: l.d_params,
        params: l.params,
        activation: l.activation,
        d_activation: l.d_activation,
        update: l.update,
    };
    (!layers.is_empty())
        .then(|| GradientRow { step: run.session.steps(), layers: layers.into_iter().map(row).collect() })
}

/// Confusion matrix and the samples behind it, on the test part (on the training part when there is none).
fn classified(run: &mut Run, want: &FrameRequest, when: &When, a: &mut Answer) {
    let Target::Classes { count } = run.session.info().target else { return };
    let test = run.session.data().n_test() > 0;
    let part = if test { Part::Test } else { Part::Train };
    let answered = run.answers.get(&mut run.session, part, when.share, when.now);
    if test {
        // The bar must not say less than the matrix beside it.
        run.tested(answered.step, answered.metrics);
    }
    let all = &answered.samples;
    if want.confusion {
        let counts = confusion::count(count, all.iter().map(|c| (c.target, c.predicted)));
        a.frame.confusion = Some(Confusion { counts, test, step: answered.step });
    }
    if let Some(n) = want.mistakes {
        let wanted = |t: usize, p: usize| want.mistakes_cell.map_or(t != p, |[ct, cp]| (t, p) == (ct, cp));
        let hits: Vec<_> = all.iter().filter(|c| wanted(c.target, c.predicted)).collect();
        let shown = &hits[..hits.len().min(n)];
        let x = shown.iter().flat_map(|c| run.session.data().x_row(c.row)).copied().collect();
        let item = |c: &&crate::engine::session::Classified| Mistake {
            row: c.row,
            target: c.target,
            predicted: c.predicted,
            confidence: c.confidence,
        };
        let (items, total) = (shown.iter().map(item).collect(), hits.len());
        a.frame.mistakes = Some(Mistakes { items, total, buffer: a.put(Buffer::F32(x)) });
    }
}

/// Most numbers that are set against their predictions; of more, every so many-th is taken.
const PAIRS_MAX: usize = 8192;

/// True against predicted, in the target's own units: every number of every target, as the bar's R² counts them.
fn scatter(run: &mut Run, a: &mut Answer) {
    let test = run.session.data().n_test() > 0;
    if !matches!(run.session.info().target, Target::Values { .. }) {
        return;
    }
    let (part, rows) =
        if test { (Part::Test, run.session.data().n_test()) } else { (Part::Train, run.session.data().n_train) };
    let width = run.session.data().y_width();
    let every = (rows * width).div_ceil(PAIRS_MAX).max(1);
    let (mut pairs, mut at) = (Vec::with_capacity(rows * width / every * 2 + 2), 0);
    let metrics = run.session.evaluate_with(part, usize::MAX, &mut |row, p, data| {
        let (mut t, mut p) = (data.y_row(row).to_vec(), p.to_vec());
        if let Some(scale) = &data.target_scale {
            scale.invert(&mut t);
            scale.invert(&mut p);
        }
        let numbers = t.into_iter().zip(p).enumerate();
        pairs.extend(numbers.filter(|(k, _)| (at + k).is_multiple_of(every)).flat_map(|(_, (t, p))| [t, p]));
        at += width;
    });
    if test {
        run.tested(run.session.steps(), metrics);
    }
    a.frame.scatter = Some(a.named("scatter", vec![pairs.len() / 2, 2], pairs));
}

//! A frame around what is shown: the status, the curves, the timeline; and the data that the page may draw.
//!
//! Not responsible for when (`reactor`) nor for what is shown (`show`).

use super::buffer::Buffer;
use super::run::Run;
use super::show;
use crate::backend;
use crate::protocol::loaded::PREVIEW_ROWS;
use crate::protocol::{Frame, FrameRequest, Status};
use crate::spec::Target;

/// Fields of `Loaded` that describe the preview: buffers of x and y, training rows in it, range of targets, and what they
/// leave of binary cross-entropy.
pub type Preview = (Option<usize>, Option<usize>, usize, Option<[f32; 2]>, Option<f32>);

/// The data that the page may draw: all points of the plane, else the first rows.
pub fn preview(run: &Run) -> (Preview, Vec<Buffer>) {
    let data = run.session.data();
    // Where the network reads something else than the rows, the rows themselves are shown.
    let raw = !data.origin.is_empty();
    let width = data.origin.len().checked_div(data.len()).unwrap_or(0);
    let (train, test) = if data.info.plane || (raw && width == 2) {
        (data.n_train, data.n_test())
    } else {
        (data.n_train.min(PREVIEW_ROWS), data.n_test().min(PREVIEW_ROWS / 2))
    };
    let rows = (0..train).chain(data.n_train..data.n_train + test);
    let (mut x, mut y) = (Vec::new(), Vec::new());
    for row in rows {
        x.extend_from_slice(if raw { &data.origin[row * width..][..width] } else { data.x_row(row) });
        y.push(data.labels.get(row).copied().unwrap_or_else(|| data.y_row(row)[0]));
    }
    let range = match data.info.target {
        Target::Classes { .. } | Target::Steps { .. } => None,
        Target::Values { .. } => {
            let (lo, hi) = data.y.iter().fold((f32::MAX, f32::MIN), |(lo, hi), v| (lo.min(*v), hi.max(*v)));
            Some([lo, hi])
        }
    };
    let floor = range.filter(|[lo, hi]| *lo >= 0.0 && *hi <= 1.0).map(|_| mean_entropy(&data.y));
    ((Some(0), Some(1), train, range, floor), vec![Buffer::F32(x), Buffer::F32(y)])
}

/// Mean of `−t ln t − (1 − t) ln(1 − t)`: what binary cross-entropy costs where every answer is the target itself.
fn mean_entropy(targets: &[f32]) -> f32 {
    let part = |t: f64| if t > 0.0 { -t * t.ln() } else { 0.0 };
    let sum: f64 = targets.iter().map(|t| part(f64::from(*t)) + part(1.0 - f64::from(*t))).sum();
    (sum / targets.len().max(1) as f64) as f32
}

/// Means and deviations of standardised pictures.
pub fn picture_scale(run: &Run) -> Option<Buffer> {
    let scale = run.session.data().scale.as_ref().filter(|_| run.session.data().info.input.len() == 3)?;
    Some(Buffer::F32([&scale.mean[..], &scale.std].concat()))
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

/// Everything that `want` names, but for what has its own share of the time.
pub fn answer(run: &mut Run, want: &FrameRequest, when: &When) -> (Frame, Vec<Buffer>) {
    let timeline = run.timeline.steps();
    let (shown, buffers) = show::all(run, &want.wants, when);
    let mut frame = Frame { timeline, shown, ..Frame::default() };
    // Last: what was measured for this very frame counts.
    if let Some(since) = want.curves_since {
        (frame.curves_from, frame.curves) = run.curves.since(since);
    }
    frame.status = status(run, when.running);
    (frame, buffers)
}

fn status(run: &Run, running: bool) -> Status {
    Status {
        run: run.id,
        step: run.session.steps(),
        epoch: run.session.epoch(),
        step_max: run.step_max,
        running,
        train_loss: run.curves.loss_at(run.session.steps()),
        test_loss: run.test.map(|m| m.loss),
        test_metric: run.test.and_then(|m| m.metric()),
        test_step: run.test_step,
        best: run.curves.best(),
        train_metric: run.train.and_then(|m| m.metric()),
        lr: run.session.lr() as f32,
        steps_per_s: if running { run.steps_per_s } else { 0.0 },
        diverged: run.diverged.clone(),
        carried: run.carried.clone(),
        edited: run.is_edited(),
        lost: run.lost().map(|fault| backend::word(fault).to_string()),
    }
}

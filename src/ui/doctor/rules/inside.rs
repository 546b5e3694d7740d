//! What goes wrong inside the network: gradients that explode or vanish, units that are dead or saturated.
//!
//! Not responsible for what shows in the loss (`loss`) or in the answers (`answers`).

use super::super::limits::{
    DEAD, DEAD_ROWS, DEAD_SMALL, EXPLODING, LARGE_UPDATE, PROGRESS, PROGRESS_GOOD, PROGRESS_SATURATED,
    PROGRESS_SATURATED_ALL, RISEN, SATURATED, SATURATED_ALL, SHRUNK, VANISHING,
};
use super::super::remedy::{lower_rate, offers};
use super::super::surgery::first_weights;
use super::super::vitals::{RECENT, Units};
use super::super::{Evidence, Finding, Kind, Measure, Remedy, Role, Sample, Side};
use super::loss::largest_update;
use super::through_time::explodes_in_time;
use super::{Case, finding, over_steps, total};
use crate::protocol::GradientLayer;
use crate::spec::model::Layer;
use crate::spec::{Activation, Experiment, InitKind, LayerKind};

/// Up to so many layers with weights, the usual first ones do.
const SHALLOW: usize = 5;
/// Means of fewer rows are too rough for batch norm …
const NORM_BATCH: usize = 16;
/// … and behind more layers gradients explode: fifty were seen to at batches of 32.
const NORM_DEPTH: usize = 40;
/// Norm a gradient is clipped to: what healthy networks show.
pub const CLIP_NORM: f64 = 1.0;

/// Gradients far beyond what steps can use, and no learning.
pub fn exploding(c: &Case, found: bool) -> Option<Finding> {
    let now = c.v.recent(gradient_norm)?;
    let limit = EXPLODING.of(found);
    let is_clipped = c.e.optimizer.clip_norm.is_some_and(|n| n <= EXPLODING.off);
    // How long a gradient is depends on the units of the targets: what learns in spite of it is let be.
    if now < limit || is_clipped || c.learned.is_some_and(|l| l >= PROGRESS_GOOD) || explodes_in_time(c, found) {
        return None;
    }
    // First weights drawn by hand are what makes every layer grow, large numbers in the data what makes large errors;
    // else long steps in time or depth are tamed.
    let remedies = offers(c.e, right_start(c.e).into_iter().chain([Remedy::Clip { norm: CLIP_NORM }]));
    let mut f = finding(
        Kind::Exploding,
        over_steps(Measure::GradientNorm, c.v.series(gradient_norm), now, (limit, Side::Above), true),
        remedies,
    );
    f.evidence.extend(layer_gradients(c, None));
    Some(f)
}

/// Norm of the whole gradient.
pub fn gradient_norm(s: &Sample) -> Option<f64> {
    total(s, |l| Some(l.d_params))
}

/// The first layers get next to no gradient, and nothing is learned.
pub fn vanishing(c: &Case, found: bool) -> Option<Finding> {
    let now = c.v.recent(first_over_last)?;
    let limit = VANISHING.of(found);
    if now >= limit || c.learned? >= PROGRESS.of(found) || have_shrunk(c) {
        return None;
    }
    // A shortcut lets the gradient by whatever the layers are; a norm keeps signals at a size. Another activation changes what
    // the learner wanted to try. Tried on 30 to 50 layers.
    let open = Remedy::Weights { init: InitKind::HeNormal, activation: Some(Activation::LeakyRelu) };
    let norms = c.e.training.batch >= NORM_BATCH && weighted(&c.e.model.layers) <= NORM_DEPTH;
    let norms = norms.then_some(Remedy::Normalise);
    let remedies = offers(c.e, [Remedy::Shortcuts].into_iter().chain(norms).chain([open]));
    let mut evidence = layer_gradients(c, Some(limit))?;
    evidence.value = now;
    Some(finding(Kind::Vanishing, evidence, remedies))
}

/// First layer's weight gradient over the last one's. Where the first one's is too small for a number, the smallest that
/// is one stands for it. (Dead or zero weights give exactly nothing from one layer on, and no small numbers before.)
pub fn first_over_last(s: &Sample) -> Option<f64> {
    let (first, last) = (s.row.layers.first()?.d_params, s.row.layers.last()?.d_params);
    let positive = s.row.layers.iter().map(|l| l.d_params).filter(|g| *g > 0.0);
    let least = if first > 0.0 { first } else { positive.reduce(f32::min)? };
    (s.row.layers.len() > 1 && last > 0.0).then(|| f64::from(least) / f64::from(last))
}

/// Whether the weights, all layers together, were pulled towards zero since they were first measured: a gradient on its way
/// back is multiplied by each. (Where none arrives, a last layer alone may shrink: that is not why.)
pub fn have_shrunk(c: &Case) -> bool {
    let layers = c.v.latest().map_or(0, |s| s.row.layers.len());
    let norm = |i: usize| move |s: &Sample| s.row.layers.get(i).map(|l| f64::from(l.params));
    let left = (0..layers).filter_map(|i| {
        let first = c.v.samples().next().and_then(norm(i)).filter(|first| *first > 0.0)?;
        Some(c.v.recent(norm(i))? / first)
    });
    left.product::<f64>() < SHRUNK
}

/// Every layer's weight gradient now; the limit, a share of the last one's, as a height.
fn layer_gradients(c: &Case, limit: Option<f64>) -> Option<Evidence> {
    let layers = &c.v.latest()?.row.layers;
    let last = f64::from(layers.last()?.d_params);
    let points = layers.iter().enumerate().map(|(i, l)| (i as f64, f64::from(l.d_params))).collect();
    Some(Evidence {
        measure: Measure::LayerGradient,
        names: layers.iter().map(|l| l.name.clone()).collect(),
        lines: vec![(Role::Value, points)],
        value: last,
        limit: limit.map(|l| l * last),
        side: Side::Below,
        log: true,
    })
}

/// A layer whose ReLUs answer nothing but 0.
pub fn dead(c: &Case, found: bool) -> Option<Finding> {
    // The last batch of an epoch may be short, and looks may meet it every time.
    let rows = c.v.samples().rev().take(RECENT).map(|s| s.rows).min().unwrap_or(c.e.training.batch);
    let limit = if rows < DEAD_ROWS { DEAD_SMALL } else { DEAD };
    let share = |u: &Units| Some(f64::from(u.dead));
    let (name, now) = worst(c, &cuts_off, &share)?;
    if now < limit.of(found) || c.learned? >= PROGRESS_GOOD {
        return None;
    }
    let open = Remedy::Weights { init: InitKind::HeNormal, activation: Some(Activation::LeakyRelu) };
    let first = match right_start(c.e) {
        Some(Remedy::Standardise) => Some(Remedy::Standardise),
        None if were_thrown(c) => Some(shorter(c)),
        _ => None,
    };
    let remedies = offers(c.e, first.into_iter().chain([open]));
    Some(of_layer(c, Kind::DeadRelu, (Measure::DeadShare, name), (now, limit.of(found)), &share, remedies))
}

/// Whether steps were so long that they, and not the first weights, may have brought units where they are.
fn were_thrown(c: &Case) -> bool {
    let has_risen = c.trend.is_some_and(|t| t.now > RISEN.on * t.start);
    c.v.series(largest_update).iter().any(|(_, s)| *s >= LARGE_UPDATE.on) || c.has_jumped() || has_risen
}

fn shorter(c: &Case) -> Remedy {
    Remedy::Rate { lr: lower_rate(&c.e.optimizer), anew: true }
}

/// A layer in the flat ends of its activation function, and little learned.
pub fn saturated(c: &Case, found: bool) -> Option<Finding> {
    let share = |u: &Units| u.saturated.map(f64::from);
    let (name, now) = worst(c, &|_| true, &share)?;
    let gone = if now < SATURATED_ALL.of(found) { PROGRESS_SATURATED } else { PROGRESS_SATURATED_ALL };
    if now < SATURATED.of(found) || c.learned? >= gone.of(found) || is_lost_before(c, &name) {
        return None;
    }
    let start = right_start(c.e);
    let first = if start.is_none() && were_thrown(c) { Some(shorter(c)) } else { None };
    let raw = start.filter(|r| *r == Remedy::Standardise);
    let weights = [fitting_weights(&c.e.model.layers), weights(InitKind::XavierUniform)];
    let remedies = offers(c.e, first.into_iter().chain(raw).chain(weights).take(2));
    Some(of_layer(c, Kind::Saturated, (Measure::SaturatedShare, name), (now, SATURATED.of(found)), &share, remedies))
}

/// Whether it answers exactly 0 to half of all numbers.
fn cuts_off(a: Activation) -> bool {
    matches!(a, Activation::Relu | Activation::Relu6)
}

/// Whether the gradient that leaves that layer is lost in those before it, most of which are not in flat ends themselves: a
/// last layer that drifts there while nothing is learned is not why.
fn is_lost_before(c: &Case, name: &str) -> bool {
    let Some(s) = c.v.latest() else { return false };
    let Some(at) = s.row.layers.iter().position(|l| l.name == name) else { return false };
    let flat = |l: &&GradientLayer| unit(s, &l.name).and_then(|u| u.saturated).map(f64::from) >= Some(SATURATED.off);
    let flat = s.row.layers[..at].iter().filter(flat).count();
    let share = f64::from(s.row.layers[0].d_params) / f64::from(s.row.layers[at].d_params);
    2 * flat < at && share < VANISHING.on
}

/// The greatest shares of one moment: units at 0 behind a ReLU, and numbers in flat ends.
pub fn worst_now(s: &Sample, e: &Experiment) -> (Option<f64>, Option<f64>) {
    let relu = |u: &&Units| activation_of(&u.name, &e.model.layers).is_some_and(cuts_off);
    let dead = s.units.iter().filter(relu).map(|u| f64::from(u.dead)).reduce(f64::max);
    (dead, s.units.iter().filter_map(|u| u.saturated.map(f64::from)).reduce(f64::max))
}

/// The layer with such an activation of which the share is greatest.
fn worst(c: &Case, which: &dyn Fn(Activation) -> bool, share: &dyn Fn(&Units) -> Option<f64>) -> Option<(String, f64)> {
    let names = c.v.latest()?.units.iter().map(|u| &u.name);
    let own = names.filter(|n| activation_of(n, &c.e.model.layers).is_some_and(which));
    let shares = own.filter_map(|name| Some((name.clone(), c.v.recent(|s| share(unit(s, name)?))?)));
    shares.max_by(|a, b| a.1.total_cmp(&b.1))
}

fn unit<'a>(s: &'a Sample, name: &str) -> Option<&'a Units> {
    s.units.iter().find(|u| u.name == name)
}

fn of_layer(
    c: &Case,
    kind: Kind,
    (measure, name): (Measure, String),
    (now, limit): (f64, f64),
    share: &dyn Fn(&Units) -> Option<f64>,
    remedies: Vec<Remedy>,
) -> Finding {
    let points = c.v.series(|s| share(unit(s, &name)?));
    let evidence = over_steps(measure, points, now, (limit, Side::Above), false);
    Finding { layer: Some(name), ..finding(kind, evidence, remedies) }
}

/// The activation at the end of the layer of that name.
fn activation_of(name: &str, layers: &[Layer]) -> Option<Activation> {
    let rest = name.strip_prefix("layers.")?;
    let (index, inside) = rest.split_once('.').unwrap_or((rest, ""));
    let layer = layers.get(index.parse::<usize>().ok()?)?;
    if !inside.is_empty() {
        return activation_of(inside, layer.kind.children());
    }
    match &layer.kind {
        LayerKind::Dense(d) => Some(d.activation),
        LayerKind::Activation(a) => Some(a.kind),
        other => other.conv().map(|c| c.activation),
    }
}

/// Whether a layer, or one inside it, ends in a function with flat ends.
fn flattens(layer: &Layer) -> bool {
    let own = match &layer.kind {
        LayerKind::Dense(d) => Some(d.activation),
        LayerKind::Activation(a) => Some(a.kind),
        other => other.conv().map(|c| c.activation),
    };
    let flat = own.is_some_and(|a| {
        matches!(a, Activation::Sigmoid | Activation::Tanh | Activation::HardSigmoid | Activation::HardTanh)
    });
    flat || layer.kind.children().iter().any(flattens)
}

/// What would give signals the right size, where they start with a wrong one: first weights drawn by hand, or data as they
/// came.
pub fn right_start(e: &Experiment) -> Option<Remedy> {
    let raw = e.data.set_info().is_some_and(|s| s.standardize) && !e.data.standardized();
    match first_weights(&e.model.layers) {
        Some(_) => Some(fitting_weights(&e.model.layers)),
        None => raw.then_some(Remedy::Standardise),
    }
}

/// First weights that keep the size of signals for the activations that are there: in deep networks Xavier's for those with
/// flat ends, else He's. A few layers need no such care, and PyTorch's own have biases: with tanh, the spiral was learned
/// from them where Xavier's stood still.
pub fn fitting_weights(layers: &[Layer]) -> Remedy {
    weights(match () {
        () if !layers.iter().any(flattens) => InitKind::HeNormal,
        () if is_shallow(layers) => InitKind::Torch,
        () => InitKind::XavierUniform,
    })
}

fn weights(init: InitKind) -> Remedy {
    Remedy::Weights { init, activation: None }
}

/// Whether so few layers are on the way that signals keep their size by themselves.
pub fn is_shallow(layers: &[Layer]) -> bool {
    weighted(layers) <= SHALLOW
}

/// Layers with weights on the way through.
fn weighted(layers: &[Layer]) -> usize {
    let own = |l: &Layer| usize::from(matches!(l.kind, LayerKind::Dense(_)) || l.kind.conv().is_some());
    layers.iter().map(|l| own(l) + weighted(l.kind.children())).sum()
}

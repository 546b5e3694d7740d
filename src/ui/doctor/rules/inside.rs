//! What goes wrong inside the network: gradients that explode or vanish, units that are dead or saturated.
//!
//! Not responsible for what shows in the loss (`loss`) or in the answers (`answers`).

use super::super::limits::{
    DEAD, DEAD_ROWS, DEAD_SMALL, EXPLODING, PROGRESS, PROGRESS_GOOD, PROGRESS_SATURATED, SATURATED, SHRUNK, VANISHING,
};
use super::super::remedy::{first_weights, pick};
use super::super::vitals::Units;
use super::super::{Evidence, Finding, Kind, Measure, Remedy, Role, Sample};
use super::{Case, finding, over_steps, total};
use crate::spec::model::Layer;
use crate::spec::{Activation, Experiment, InitKind, LayerKind};

/// Norm a gradient is clipped to: what healthy networks show.
const CLIP_NORM: f64 = 1.0;

/// Gradients far beyond what steps can use, and no learning.
pub fn exploding(c: &Case, found: bool) -> Option<Finding> {
    let norm = |s: &Sample| total(s, |l| Some(l.d_params));
    let now = c.v.recent(norm)?;
    let limit = EXPLODING.of(found);
    let is_clipped = c.e.optimizer.clip_norm.is_some_and(|n| n <= EXPLODING.off);
    if now < limit || is_clipped {
        return None;
    }
    // First weights drawn by hand are what makes every layer grow; else long steps in time or depth are tamed.
    let weights = first_weights(&c.e.model.layers).map(|_| fitting_weights(&c.e.model.layers));
    let remedy = pick(c.e, weights.into_iter().chain([Remedy::Clip { norm: CLIP_NORM }]));
    let mut f =
        finding(Kind::Exploding, over_steps(Measure::GradientNorm, c.v.series(norm), now, EXPLODING.on, true), remedy);
    f.evidence.extend(layer_gradients(c, None));
    Some(f)
}

/// The first layers get next to no gradient, and nothing is learned.
pub fn vanishing(c: &Case, found: bool) -> Option<Finding> {
    let now = c.v.recent(first_over_last)?;
    let limit = VANISHING.of(found);
    if now >= limit || c.fallen()? >= PROGRESS.of(found) || have_shrunk(c) {
        return None;
    }
    // Tried on 30 to 50 layers: this trains them where tanh, ReLU and SELU with their own first weights often do not.
    let open = Remedy::Weights { init: InitKind::HeNormal, activation: Some(Activation::LeakyRelu) };
    let remedy = pick(c.e, [open]);
    let mut evidence = layer_gradients(c, Some(VANISHING.on))?;
    evidence.value = now;
    Some(finding(Kind::Vanishing, evidence, remedy))
}

/// First layer's weight gradient over the last one's. Where the first one's is too small for a number, the smallest that
/// is one stands for it. (Dead or zero weights give exactly nothing from one layer on, and no small numbers before.)
pub fn first_over_last(s: &Sample) -> Option<f64> {
    let (first, last) = (s.row.layers.first()?.d_params, s.row.layers.last()?.d_params);
    let positive = s.row.layers.iter().map(|l| l.d_params).filter(|g| *g > 0.0);
    let least = if first > 0.0 { first } else { positive.reduce(f32::min)? };
    (s.row.layers.len() > 1 && last > 0.0).then(|| f64::from(least) / f64::from(last))
}

/// Whether weights were pulled towards zero since they were first measured.
pub fn have_shrunk(c: &Case) -> bool {
    let norm = |s: &Sample| total(s, |l| Some(l.params));
    let first = c.v.samples().next().and_then(norm);
    first.zip(c.v.recent(norm)).is_some_and(|(first, now)| now < SHRUNK * first)
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
        log: true,
    })
}

/// A layer whose ReLUs answer nothing but 0.
pub fn dead(c: &Case, found: bool) -> Option<Finding> {
    let limit = if c.e.training.batch < DEAD_ROWS { DEAD_SMALL } else { DEAD };
    let share = |u: &Units| Some(f64::from(u.dead));
    let (name, now) = worst(c, &cuts_off, &share)?;
    if now < limit.of(found) || c.fallen()? >= PROGRESS_GOOD {
        return None;
    }
    let remedy = pick(c.e, [Remedy::Weights { init: InitKind::HeNormal, activation: Some(Activation::LeakyRelu) }]);
    Some(of_layer(c, Kind::DeadRelu, Measure::DeadShare, name, now, limit.on, &share, remedy))
}

/// A layer in the flat ends of its activation function, and little learned.
pub fn saturated(c: &Case, found: bool) -> Option<Finding> {
    let share = |u: &Units| u.saturated.map(f64::from);
    let (name, now) = worst(c, &|_| true, &share)?;
    if now < SATURATED.of(found) || c.fallen()? >= PROGRESS_SATURATED.of(found) {
        return None;
    }
    let raw = c.e.data.set_info().is_some_and(|s| s.standardize) && !c.e.data.standardized();
    let raw = (raw && first_weights(&c.e.model.layers).is_none()).then_some(Remedy::Standardise);
    let xavier = Remedy::Weights { init: InitKind::XavierUniform, activation: None };
    let remedy = pick(c.e, raw.into_iter().chain([xavier]));
    Some(of_layer(c, Kind::Saturated, Measure::SaturatedShare, name, now, SATURATED.on, &share, remedy))
}

/// Whether it answers exactly 0 to half of all numbers.
fn cuts_off(a: Activation) -> bool {
    matches!(a, Activation::Relu | Activation::Relu6)
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

#[allow(clippy::too_many_arguments, reason = "what a finding about one layer consists of")]
fn of_layer(
    c: &Case,
    kind: Kind,
    measure: Measure,
    name: String,
    now: f64,
    limit: f64,
    share: &dyn Fn(&Units) -> Option<f64>,
    remedy: Remedy,
) -> Finding {
    let points = c.v.series(|s| share(unit(s, &name)?));
    Finding { layer: Some(name), ..finding(kind, over_steps(measure, points, now, limit, false), remedy) }
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

/// First weights that keep the size of signals for the activations that are there: Xavier's for those with flat ends,
/// else He's.
pub fn fitting_weights(layers: &[Layer]) -> Remedy {
    let init = if layers.iter().any(flattens) { InitKind::XavierUniform } else { InitKind::HeNormal };
    Remedy::Weights { init, activation: None }
}

//! What the loss and the size of the steps say: divergence, a learning rate too high or too low.
//!
//! Not responsible for the inside of the network (`inside`).

use super::super::limits::{AGE_SLOW, GOOD_UPDATE, JITTER, JUMP, LARGE_UPDATE, PROGRESS, RISEN, SMALL_UPDATE};
use super::super::looked::plain;
use super::super::remedy::{lower_rate, offers, one_digit};
use super::super::vitals::{Vitals, mean};
use super::super::{Evidence, Finding, Kind, Measure, Remedy, Role, Sample, Side};
use super::inside::{CLIP_NORM, have_shrunk};
use super::{Case, finding, over_steps, total};
use crate::protocol::Diverged;
use crate::spec::{Experiment, Field, OptimizerKind, Schedule, Target};

/// Points of the curve that jumping about is measured over.
const JITTER_POINTS: usize = 40;
/// Measurements of R² that are averaged.
const R2_POINTS: usize = 3;
/// Penalties may stand above the logarithm of the number of classes.
const KNOWS_NOTHING: f64 = 0.3;
/// A first loss at this share of knowing nothing was not that of a network that knows nothing.
const WARM: f64 = 0.7;
/// Below this R² a network has not even come near the mean yet.
const R2_FAR: f64 = -0.5;

/// Whether so much time has passed without any progress that more should be asked.
pub fn makes_no_progress(v: &Vitals, e: &Experiment) -> bool {
    v.age() >= AGE_SLOW / 2 && learned(v, e).is_none_or(|l| l < PROGRESS.off)
}

/// Share learned of what there is to learn beyond the answer that needs no input: 0 is what always says the same reaches.
/// For numbers that is R², for a class at each place the loss over that of the classes' frequencies; for one class a row the
/// first loss stands for it. `None` while it cannot be said.
pub fn learned(v: &Vitals, e: &Experiment) -> Option<f64> {
    let trend = v.trend(e.training.batch)?;
    let r2 = v.curves.iter().rev().filter(|p| p.step > v.from);
    let r2 = r2
        .filter_map(|p| Some(f64::from(p.train_metric.into_iter().chain(p.test_metric).reduce(f32::max)?)))
        .take(R2_POINTS);
    match e.data_info()?.target {
        // Far below the mean it is still on its way there.
        Target::Values { .. } => Some(mean(r2).filter(|r| *r > R2_FAR).unwrap_or(trend.fallen())),
        Target::Steps { .. } => {
            let blind = v.looks.places().map_or(trend.start, |(targets, _)| entropy(&targets).min(trend.start));
            Some(1.0 - trend.now / blind)
        }
        // First weights that are much too large begin far above it; a run that goes on from good ones begins far below.
        Target::Classes { count } => {
            let blind = (count as f64).ln();
            let start = trend.start.min(blind + KNOWS_NOTHING);
            Some(1.0 - trend.now / if start < WARM * blind { blind } else { start })
        }
    }
}

/// Of the shares of these counts, in nats: the loss of who knows nothing but them.
fn entropy(counts: &[u32]) -> f64 {
    let all = f64::from(counts.iter().sum::<u32>().max(1));
    let part = |n: &u32| (*n > 0).then(|| f64::from(*n) / all * (all / f64::from(*n)).ln());
    counts.iter().filter_map(part).sum()
}

/// A number left the finite range.
pub fn diverged(v: &Vitals, d: &Diverged, e: &Experiment) -> Finding {
    let norm = |s: &Sample| total(s, |l| Some(l.d_params));
    let mut gradient = v.series(norm);
    if let Some(n) = d.grad_norm {
        gradient.push((d.step as f64, f64::from(n)));
    }
    let loss = loss_curve(v, None);
    let value = d.grad_norm.map_or(f64::INFINITY, f64::from);
    // The last good checkpoint may lie far up the slope; only one that has learned something is worth going on from.
    let anew = v.trend(e.training.batch).is_none_or(|t| t.fallen() < PROGRESS.on);
    let remedies = offers(e, shorter_steps(e, anew));
    let norms = Evidence {
        measure: Measure::GradientNorm,
        names: Vec::new(),
        lines: vec![(Role::Value, gradient)],
        value,
        limit: None,
        side: Side::Above,
        log: true,
    };
    let layer = d.value.starts_with("layers.").then(|| d.value.clone());
    // It may have been the first step of all.
    let evidence = [norms, loss].into_iter().filter(|e| e.lines.iter().any(|l| !l.1.is_empty())).collect();
    Finding { kind: Kind::Diverged, since: d.step, layer, evidence, passed_over: None, remedies }
}

/// Training loss over steps, on a logarithmic axis when it spans decades.
fn loss_curve(v: &Vitals, limit: Option<f64>) -> Evidence {
    let points: Vec<(f64, f64)> = v.curves.iter().map(|p| (p.step as f64, f64::from(p.train_loss))).collect();
    let (low, high) = points.iter().fold((f64::MAX, 0.0), |(l, h): (f64, f64), p| (l.min(p.1), h.max(p.1)));
    let value = points.last().map_or(f64::NAN, |p| p.1);
    let log = low > 0.0 && high > 30.0 * low;
    let lines = vec![(Role::Train, points)];
    Evidence { measure: Measure::Loss, names: Vec::new(), lines, value, limit, side: Side::Above, log }
}

/// Largest step of a layer over its weights.
pub fn largest_update(s: &Sample) -> Option<f64> {
    let ratios = s.row.layers.iter().filter(|l| l.params > 0.0).filter_map(|l| Some(l.update? / l.params));
    ratios.fold(None, |m: Option<f32>, r| Some(m.map_or(r, |m| m.max(r)))).map(f64::from)
}

/// The whole step over the whole of the weights.
pub fn update(s: &Sample) -> Option<f64> {
    let (step, weights) = (total(s, |l| l.update)?, total(s, |l| Some(l.params))?);
    (weights > 0.0).then(|| step / weights)
}

/// The loss has risen or jumps about, because every step overshoots.
pub fn rate_too_high(c: &Case, found: bool) -> Option<Finding> {
    let trend = c.trend?;
    let up = trend.now / trend.start;
    let jumped = c.has_jumped();
    let step = c.v.recent(largest_update);
    let is_large = step.is_some_and(|s| s >= LARGE_UPDATE.of(found));
    // No better than at the start; what has learned something is only restless.
    let no_better = up >= 1.0 - if found { PROGRESS.off } else { PROGRESS.on / 2.0 };
    let has_risen = is_large && up >= RISEN.of(found);
    let shows = no_better && (jumped || has_risen || is_large && jitter(c) >= JITTER);
    if !shows || have_shrunk(c) {
        return None;
    }
    let steps = c.v.series(largest_update);
    let steps =
        step.map(|now| over_steps(Measure::LargestUpdate, steps, now, (LARGE_UPDATE.of(found), Side::Above), true));
    // What is shown first is what it was seen by.
    let (peak, risen) = (JUMP * trend.start, RISEN.of(found) * trend.start);
    let evidence: Vec<Evidence> = match (jumped, has_risen) {
        (true, _) => {
            let curve = Evidence { measure: Measure::PeakLoss, value: trend.peak, ..loss_curve(c.v, Some(peak)) };
            [curve].into_iter().chain(steps).collect()
        }
        (false, true) => {
            let curve = Evidence { value: trend.now, ..loss_curve(c.v, Some(risen)) };
            [curve].into_iter().chain(steps).collect()
        }
        (false, false) => steps.into_iter().chain([loss_curve(c.v, None)]).collect(),
    };
    let remedies = offers(c.e, shorter_steps(c.e, true));
    Some(Finding { kind: Kind::RateTooHigh, since: 0, layer: None, evidence, passed_over: None, remedies })
}

/// A lower rate. In a recurrent layer without gates a single gradient may be a thousand times the others (Pascanu et al.
/// 2013): there it is clipped first, if the optimizer takes gradients at their length.
fn shorter_steps(e: &Experiment, anew: bool) -> Vec<Remedy> {
    let by_length = match e.optimizer.kind {
        OptimizerKind::Sgd | OptimizerKind::Momentum | OptimizerKind::Nesterov => e.optimizer.clip_norm.is_none(),
        OptimizerKind::Adagrad
        | OptimizerKind::Rmsprop
        | OptimizerKind::Adadelta
        | OptimizerKind::Adam
        | OptimizerKind::Adamw
        | OptimizerKind::Nadam
        | OptimizerKind::Lion => false,
    };
    let lr = lower_rate(&e.optimizer);
    let lower = Remedy::Rate { lr, anew };
    match by_length && plain(e).next().is_some() {
        true => vec![Remedy::Clip { norm: CLIP_NORM }, lower],
        false => vec![lower, Remedy::Rate { lr: one_digit(lr / 10.0), anew }],
    }
}

/// How much the batches' losses differ from point to point, over their mean.
fn jitter(c: &Case) -> f64 {
    let n = c.v.curves.len();
    let points = || c.v.curves[n.saturating_sub(JITTER_POINTS)..].iter().map(|p| f64::from(p.train_loss));
    let Some(center) = mean(points()) else { return 0.0 };
    mean(points().map(|x| (x - center).powi(2))).map_or(0.0, f64::sqrt) / center
}

/// The weights hardly move, and nothing is learned.
pub fn rate_too_low(c: &Case, found: bool) -> Option<Finding> {
    if c.v.age() < AGE_SLOW || is_warming_up(c) {
        return None;
    }
    let now = c.v.recent(update)?;
    let limit = SMALL_UPDATE.of(found);
    if now >= limit || c.learned? >= PROGRESS.of(found) {
        return None;
    }
    let factor = (GOOD_UPDATE / now.max(1e-12)).clamp(10.0, 1e4);
    let top = Field::Lr.range().1;
    let lr = one_digit(c.e.optimizer.get(Field::Lr).max(1e-9) * factor).min(top);
    let steps = over_steps(Measure::Update, c.v.series(update), now, (limit, Side::Below), true);
    let mut f = finding(Kind::RateTooLow, steps, offers(c.e, [Remedy::Rate { lr, anew: false }]));
    f.evidence.push(loss_curve(c.v, None));
    Some(f)
}

/// Whether a schedule is still raising the rate.
fn is_warming_up(c: &Case) -> bool {
    let step = c.v.latest().map_or(0, |s| s.step);
    match &c.e.optimizer.schedule {
        Some(Schedule::Warmup { steps, .. }) => step < steps + AGE_SLOW,
        Some(Schedule::OneCycle { steps, pct_start, .. }) => (step as f64) < *steps as f64 * pct_start,
        Some(
            Schedule::Constant {}
            | Schedule::Step { .. }
            | Schedule::Exponential { .. }
            | Schedule::Cosine { .. }
            | Schedule::Plateau { .. },
        )
        | None => false,
    }
}

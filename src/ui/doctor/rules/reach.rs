//! Targets that the network cannot answer, or that its loss has no lowest place for, or none at 0; and inputs as bytes.
//!
//! Judged by the smallest and largest target that the worker tells of. Not responsible for classes.

use super::super::limits::{BEYOND, FIRST_OVER_GUESSING, FLOOR};
use super::super::remedy::offers;
use super::super::surgery::ending;
use super::super::{Evidence, Finding, Kind, Measure, Remedy, Role, Side};
use super::{Case, finding, over_steps};
use crate::spec::{Activation, Loss, Target};

/// Binary cross-entropy of a target beyond 0 … 1 falls without end as the answer grows.
pub fn beyond_loss(c: &Case) -> Option<Finding> {
    let [low, high] = targets(c)?;
    if c.e.task.loss() != Loss::Bce {
        return None;
    }
    let evidence = exceeds([low, high], (0.0, 1.0))?;
    Some(finding(Kind::TargetBeyondLoss, evidence, offers(c.e, [Remedy::SquaredError])))
}

/// Binary cross-entropy of targets between 0 and 1 does not fall below their own entropy: answering every one of them exactly
/// costs as much.
pub fn between(c: &Case) -> Option<Finding> {
    let floor = f64::from(c.v.floor?);
    let numbers = matches!(c.e.data_info()?.target, Target::Values { .. });
    if !numbers || c.e.task.loss() != Loss::Bce || floor < FLOOR {
        return None;
    }
    let value = c.trend?.now;
    let evidence = over_steps(Measure::Loss, losses(c), value, (floor, Side::Above), false);
    Some(finding(Kind::TargetsBetween, evidence, Vec::new()))
}

/// Pictures as bytes: sums of hundreds of numbers up to 255 are large, so the first answers are sure and mostly wrong.
pub fn bytes(c: &Case) -> Option<Finding> {
    let classes = c.e.data_info()?.target.classes();
    if !c.e.data.raw || classes < 2 || !matches!(c.e.task.loss(), Loss::CrossEntropy { .. }) {
        return None;
    }
    let limit = FIRST_OVER_GUESSING * (classes as f64).ln();
    let first = f64::from(c.v.curves.first()?.train_loss);
    let evidence = over_steps(Measure::Loss, losses(c), first, (limit, Side::Above), true);
    (first >= limit).then(|| finding(Kind::RawInputs, evidence, offers(c.e, [Remedy::FromZeroToOne])))
}

/// The loss on training batches over steps.
fn losses(c: &Case) -> Vec<(f64, f64)> {
    c.v.curves.iter().map(|p| (p.step as f64, f64::from(p.train_loss))).collect()
}

/// The last activation does not reach the targets: the loss cannot come near 0, however long it trains.
pub fn out_of_reach(c: &Case) -> Option<Finding> {
    let range = targets(c)?;
    let last = ending(&c.e.model.layers)?;
    let evidence = exceeds(range, reach(last)?)?;
    Some(finding(Kind::OutOfReach, evidence, offers(c.e, [Remedy::LinearOutput])))
}

/// Smallest and largest target, where targets are numbers.
fn targets(c: &Case) -> Option<[f64; 2]> {
    let numbers = matches!(c.e.data_info()?.target, Target::Values { .. });
    c.v.targets.filter(|_| numbers).map(|t| t.map(f64::from))
}

/// What an activation can answer; `None` where that is everything.
fn reach(a: Activation) -> Option<(f64, f64)> {
    let all = f64::INFINITY;
    match a {
        Activation::Sigmoid | Activation::HardSigmoid => Some((0.0, 1.0)),
        Activation::Tanh | Activation::HardTanh | Activation::Sin => Some((-1.0, 1.0)),
        Activation::Relu | Activation::Softplus => Some((0.0, all)),
        Activation::Relu6 => Some((0.0, 6.0)),
        Activation::Elu => Some((-1.0, all)),
        Activation::Selu => Some((-1.758, all)),
        Activation::Gelu | Activation::GeluTanh => Some((-0.17, all)),
        Activation::Silu => Some((-0.279, all)),
        Activation::Mish => Some((-0.309, all)),
        Activation::HardSwish => Some((-0.375, all)),
        Activation::Linear | Activation::LeakyRelu => None,
    }
}

/// The end of the targets that lies farther out, where that is more than a small share of their width.
fn exceeds([low, high]: [f64; 2], (from, to): (f64, f64)) -> Option<Evidence> {
    let most = BEYOND * (high - low).max(f64::MIN_POSITIVE);
    let (under, over) = (from - low, high - to);
    if under.max(over) <= most {
        return None;
    }
    let (value, limit, side) = if over >= under { (high, to, Side::Above) } else { (low, from, Side::Below) };
    Some(Evidence {
        measure: Measure::FarthestTarget,
        names: Vec::new(),
        lines: vec![(Role::Targets, vec![(0.0, value)]), (Role::Answers, vec![(1.0, limit)])],
        value,
        limit: Some(limit),
        side,
        log: false,
    })
}

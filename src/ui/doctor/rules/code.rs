//! A code that says nothing: the posterior of every row is the prior, and the decoder answers without it.
//!
//! Bowman et al. 2016, §3.1. Not responsible for what is made (`made`).

use super::super::limits::{AGE_CODE, CODE_NATS};
use super::super::remedy::{offers, one_digit};
use super::super::vitals::mean;
use super::super::{Finding, Kind, Measure, Remedy, Side};
use super::{Case, finding, over_steps};
use crate::spec::TaskKind;
use crate::spec::tasks::Vae;

/// Points of the curve that are averaged.
const POINTS: usize = 20;
/// Index of the KL term among the task's terms.
const KL: usize = 1;
/// Nats that each number of the code may hold for nothing (Kingma et al. 2016, §C.8).
const FREE: f32 = 0.25;

/// See the module.
pub fn collapsed(c: &Case, found: bool) -> Option<Finding> {
    let TaskKind::Vae(task) = c.e.task.kind else { return None };
    let own = c.v.curves.iter().filter(|p| p.step > c.v.from);
    let points: Vec<(f64, f64)> = own.filter_map(|p| Some((p.step as f64, f64::from(*p.terms.get(KL)?)))).collect();
    let value = mean(points.iter().rev().take(POINTS).map(|p| p.1))?;
    // What is free is counted as held.
    let limit = CODE_NATS.of(found) + f64::from(task.free_bits) * task.latent as f64;
    if c.v.age() < AGE_CODE || value > limit {
        return None;
    }
    let evidence = over_steps(Measure::Kl, points, value, (limit, Side::Below), false);
    // At 1 the loss is the bound itself; below, the code costs less than it says.
    let beta = if task.beta > 1.0 { 1.0 } else { one_digit(f64::from(task.beta) / 10.0) as f32 };
    let less = Vae { beta, ..task };
    let free = Vae { free_bits: FREE, ..task };
    let remedies = [less, free].map(|t| Remedy::Task(TaskKind::Vae(t)));
    Some(finding(Kind::PosteriorCollapse, evidence, offers(c.e, remedies)))
}

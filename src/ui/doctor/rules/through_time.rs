//! What goes wrong between the steps of a sequence: the gradient dies or grows on its way back through a recurrent layer.
//!
//! Not responsible for what goes wrong between layers (`inside`).

use super::super::limits::{
    AGE_SLOW, EXPLODING, EXPLODING_TIME, EXPLODING_TIME_DRAWN, Limit, PROGRESS, VANISHING_TIME,
};
use super::super::looked::{Looked, Through};
use super::super::remedy::offers;
use super::super::surgery::first_weights;
use super::super::{Evidence, Finding, Kind, Measure, Remedy, Role, Side};
use super::inside::{CLIP_NORM, gradient_norm, have_shrunk};
use super::{Case, finding};
use crate::ui::inside::states::Cell;

/// The first steps get next to no gradient, and nothing is learned.
pub fn vanishing(c: &Case, found: bool) -> Option<Finding> {
    let now = back(c)?;
    if now >= VANISHING_TIME.of(found) || has_learned(c, found)? || have_shrunk(c) {
        return None;
    }
    let remedies = offers(c.e, [Remedy::Cell(Cell::Gru), Remedy::Cell(Cell::Lstm)]);
    seen(c, Kind::VanishingTime, now, (VANISHING_TIME.of(found), Side::Below), remedies)
}

/// The gradient grows from step to step on its way back, beyond what steps can use or so that nothing is learned.
pub fn exploding(c: &Case, found: bool) -> Option<Finding> {
    let now = back(c).filter(|_| explodes_in_time(c, found))?;
    if c.v.recent(gradient_norm)? < EXPLODING.of(found) && has_learned(c, found)? {
        return None;
    }
    let is_clipped = c.e.optimizer.clip_norm.is_some_and(|n| n <= EXPLODING.off);
    // Recurrent weights that start too large make every step grow; those that grew are kept from it by shorter steps.
    let drawn = first_weights(&c.e.model.layers).is_some();
    let clip = (!is_clipped && !drawn).then_some(Remedy::Clip { norm: CLIP_NORM });
    let remedies = offers(c.e, clip.into_iter().chain([Remedy::Cell(Cell::Gru)]));
    seen(c, Kind::ExplodingTime, now, (limit(c).of(found), Side::Above), remedies)
}

/// Whether the first steps of a sequence get far more gradient than the last.
pub fn explodes_in_time(c: &Case, found: bool) -> bool {
    back(c).is_some_and(|now| now > limit(c).of(found))
}

/// Beyond what the gradient may grow between the steps.
fn limit(c: &Case) -> Limit {
    if first_weights(&c.e.model.layers).is_some() { EXPLODING_TIME_DRAWN } else { EXPLODING_TIME }
}

/// The first step's gradient over the last one's.
fn back(c: &Case) -> Option<f64> {
    c.v.looks.recent(|l| l.through.as_ref().and_then(Through::back))
}

fn has_learned(c: &Case, found: bool) -> Option<bool> {
    Some(c.v.age() < AGE_SLOW || c.learned? >= PROGRESS.of(found))
}

/// The look that was judged as evidence (the middle one of the latest); the limit, a share of the last step's gradient, as a height.
fn seen(c: &Case, kind: Kind, now: f64, (limit, side): (f64, Side), remedies: Vec<Remedy>) -> Option<Finding> {
    let through = |l: &Looked| l.through.clone().filter(|t| t.back() == Some(now));
    let judged = c.v.looks.iter().rev().find_map(through)?;
    let last = *judged.norms.last()?;
    let evidence = Evidence {
        measure: Measure::TimeGradient,
        names: Vec::new(),
        lines: vec![(Role::Value, judged.norms.iter().enumerate().map(|(t, g)| (t as f64 + 1.0, *g)).collect())],
        value: now,
        limit: Some(limit * last),
        side,
        log: true,
    };
    Some(Finding { layer: Some(judged.layer), ..finding(kind, evidence, remedies) })
}

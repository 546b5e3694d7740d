//! Two networks that play against each other: the generator leaves out part of the data, or its opponent is too strong.
//!
//! Not responsible for codes (`code`).

use super::super::limits::{AGE_MADE, COVERED, STRONG_BCE, STRONG_SQUARES, WEAK_BCE, WEAK_SQUARES};
use super::super::remedy::offers;
use super::super::vitals::mean;
use super::super::{Evidence, Finding, Kind, Measure, Remedy, Side};
use super::{Case, finding, over_steps};
use crate::spec::part_optimizers::OWN;
use crate::spec::tasks::{Gan, GanLoss};
use crate::spec::{Field, TaskKind};

/// Measurements on the test part that are averaged.
const TESTS: usize = 4;
/// Points of the training curve that are averaged.
const POINTS: usize = 40;
/// Of Adam in games (Radford et al. 2016, §4).
const BETA1: f64 = 0.5;
/// Steps of a Wasserstein critic to one of the generator (Arjovsky et al. 2017, algorithm 1).
const CRITIC_STEPS: usize = 5;

/// Few of the real rows have a made one near.
pub fn mode_collapse(c: &Case, found: bool) -> Option<Finding> {
    let task = gan(c)?;
    let points: Vec<(f64, f64)> = own(c).filter_map(|p| Some((p.step as f64, f64::from(p.test_coverage?)))).collect();
    let value = mean(points.iter().rev().take(TESTS).map(|p| p.1)).filter(|_| points.len() >= TESTS)?;
    let limit = COVERED.of(found);
    if c.v.age() < AGE_MADE || value > limit {
        return None;
    }
    let evidence = over_steps(Measure::Coverage, points, value, (limit, Side::Below), false);
    Some(finding(Kind::ModeCollapse, evidence, offers(c.e, calmer(c, task))))
}

/// The discriminator is hardly ever wrong, so that what it says does not change where made rows move a little.
pub fn too_strong(c: &Case, found: bool) -> Option<Finding> {
    let task = gan(c)?;
    let (weak, strong) = match task.loss {
        GanLoss::Bce => (WEAK_BCE, STRONG_BCE),
        GanLoss::LeastSquares => (WEAK_SQUARES, STRONG_SQUARES),
        // Its critic is to be as strong as can be.
        GanLoss::Wasserstein | GanLoss::WassersteinGp => return None,
    };
    let term = |i: usize| own(c).filter_map(move |p| Some((p.step as f64, f64::from(*p.terms.get(i)?))));
    let recent = |points: &[(f64, f64)]| mean(points.iter().rev().take(POINTS).map(|p| p.1).filter(|v| v.is_finite()));
    let both: Vec<(f64, f64)> = term(0).zip(term(1)).map(|((step, a), (_, b))| (step, a + b)).collect();
    let generator: Vec<(f64, f64)> = term(2).filter(|p| p.1.is_finite()).collect();
    let (loss_d, loss_g) = (recent(&both)?, recent(&generator)?);
    let limit = strong.of(found);
    if c.v.age() < AGE_MADE || loss_d > limit || loss_g < weak.of(found) {
        return None;
    }
    let decided = over_steps(Measure::DiscriminatorLoss, both, loss_d, (limit, Side::Below), true);
    let other: Evidence = over_steps(Measure::GeneratorLoss, generator, loss_g, (weak.of(found), Side::Above), true);
    let mut f = finding(Kind::DiscriminatorTooStrong, decided, offers(c.e, other_losses(task)));
    f.evidence.push(other);
    Some(f)
}

/// Less momentum, as far as the optimizer has so much; then other losses. Of nine games tried on ring and grid, what parted
/// those that covered the data from those that went in circles was β₁ first of all.
fn calmer(c: &Case, task: Gan) -> Vec<Remedy> {
    let beta = OWN.map(|part| c.e.optimizer_of(part).get(Field::Beta1)).into_iter().fold(0.0, f64::max);
    let less = (beta > BETA1).then_some(Remedy::Beta1(BETA1));
    less.into_iter().chain(other_losses(task)).collect()
}

/// Losses whose slope does not go where the discriminator is sure, the gentlest change first.
fn other_losses(task: Gan) -> Vec<Remedy> {
    let squares = Gan { loss: GanLoss::LeastSquares, ..task };
    let distance = Gan { loss: GanLoss::Wasserstein, critic_steps: CRITIC_STEPS, ..task };
    [squares, distance].into_iter().filter(|g| g.loss != task.loss).map(|g| Remedy::Task(TaskKind::Gan(g))).collect()
}

fn gan(c: &Case) -> Option<Gan> {
    if let TaskKind::Gan(task) = c.e.task.kind { Some(task) } else { None }
}

/// Points of the curve since the present set-up.
fn own<'a>(c: &'a Case) -> impl DoubleEndedIterator<Item = &'a crate::protocol::CurvePoint> {
    c.v.curves.iter().filter(|p| p.step > c.v.from)
}

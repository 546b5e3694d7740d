//! What the answers say: the same to everything.
//!
//! Not responsible for what goes on inside (`inside`) nor for a single class that is passed over (`imbalance`).

use super::super::limits::{AGE_SLOW, GOOD_UPDATE, PROGRESS, SAME_ANSWER, SAME_NUMBER};
use super::super::looked::Looked;
use super::super::remedy::{offers, one_digit};
use super::super::surgery::first_weights;
use super::super::vitals::{Answers, Vitals};
use super::super::{Evidence, Finding, Kind, Measure, Remedy, Role, Side};
use super::inside::{fitting_weights, have_shrunk, is_shallow};
use super::{Case, finding, loss, over_steps};
use crate::spec::{Experiment, Field, InitKind};

/// Every target is the same: there is nothing to learn but that.
pub fn constant_targets(v: &Vitals, _e: &Experiment) -> Option<Finding> {
    let (_, answers) = v.answers.as_ref()?;
    let same = match answers {
        Answers::Classes { targets, .. } => targets.iter().filter(|n| **n > 0).count() == 1,
        Answers::Numbers { targets, .. } => *targets == 0.0,
    };
    // Only the learner can tell which other data are meant.
    same.then(|| finding(Kind::ConstantTargets, of_targets(answers), Vec::new()))
}

/// Targets differ, but the network says the same to everything.
pub fn constant(c: &Case, found: bool) -> Option<Finding> {
    // Of uneven classes the commonest is a fair first answer: that is another matter.
    if c.v.answers.as_ref().is_some_and(|(_, a)| a.passes_over().is_some())
        && first_weights(&c.e.model.layers).is_none()
    {
        return None;
    }
    let shown = match &c.v.answers {
        Some((_, answers)) => says_the_same(answers).then(|| vec![evidence(answers)])?,
        None => answers_alike(c)?,
    };
    if c.v.age() < AGE_SLOW || c.learned? >= PROGRESS.of(found) {
        return None;
    }
    // A cause inside shows first, where the inside is measured.
    c.v.recent(loss::update)?;
    let punished = c.e.training.l1 > 0.0 || c.e.training.l2 > 0.0 || c.e.optimizer.get(Field::WeightDecay) > 0.0;
    let drawn = first_weights(&c.e.model.layers);
    let weights = fitting_weights(&c.e.model.layers);
    let alike = drawn.is_some_and(|k| matches!(k, InitKind::Zeros | InitKind::Constant));
    let is_slow = c.v.recent(loss::update).is_some_and(|now| now < GOOD_UPDATE) && is_shallow(&c.e.model.layers);
    let faster = Remedy::Rate { lr: one_digit(c.e.optimizer.get(Field::Lr) * 10.0), anew: false };
    let by_cause = match () {
        () if punished && have_shrunk(c) => vec![Remedy::NoPenalty, weights],
        () if alike => vec![weights],
        () if is_slow => vec![faster, weights],
        () => vec![weights, faster],
    };
    let remedies = offers(c.e, by_cause);
    Some(Finding { kind: Kind::ConstantOutput, since: 0, layer: None, evidence: shown, passed_over: None, remedies })
}

fn says_the_same(answers: &Answers) -> bool {
    match answers {
        Answers::Classes { answers, .. } => share(answers) >= SAME_ANSWER,
        Answers::Numbers { targets, answers } => *answers < SAME_NUMBER * targets,
    }
}

/// Where answers have several places: two examples are answered alike, though different things are wanted.
fn answers_alike(c: &Case) -> Option<Vec<Evidence>> {
    let apart = |l: &Looked| l.said.as_ref().map(|s| s.apart);
    let now = c.v.looks.recent(apart).filter(|now| *now < SAME_NUMBER)?;
    let points = c.v.looks.iter().filter_map(|l| Some((l.step as f64, apart(l)?))).collect();
    let shares = c.v.looks.places().filter(|(targets, _)| !targets.is_empty());
    let shares = shares.map(|(targets, answers)| Evidence {
        measure: Measure::PlaceShare,
        ..evidence(&Answers::Classes { right: Vec::new(), targets, answers })
    });
    let line = over_steps(Measure::Apart, points, now, (SAME_NUMBER, Side::Below), false);
    Some(std::iter::once(line).chain(shares).collect())
}

/// The commonest one's share of all.
fn share(counts: &[u32]) -> f64 {
    let all: u32 = counts.iter().sum();
    f64::from(counts.iter().copied().max().unwrap_or(0)) / f64::from(all.max(1))
}

/// Of targets that are all the same nothing is judged but that.
fn of_targets(answers: &Answers) -> Evidence {
    Evidence { limit: None, ..evidence(answers) }
}

/// What is wanted beside what is answered.
pub fn evidence(answers: &Answers) -> Evidence {
    match answers {
        Answers::Classes { targets, answers, .. } => {
            let line = |counts: &[u32]| {
                let all = f64::from(counts.iter().sum::<u32>().max(1));
                counts.iter().enumerate().map(|(i, n)| (i as f64, f64::from(*n) / all)).collect()
            };
            Evidence {
                measure: Measure::ClassShare,
                names: Vec::new(),
                lines: vec![(Role::Targets, line(targets)), (Role::Answers, line(answers))],
                value: share(answers),
                limit: Some(SAME_ANSWER),
                side: Side::Above,
                log: false,
            }
        }
        Answers::Numbers { targets, answers } => Evidence {
            measure: Measure::AnswerSpread,
            names: Vec::new(),
            lines: vec![(Role::Targets, vec![(0.0, *targets)]), (Role::Answers, vec![(1.0, *answers)])],
            value: *answers,
            limit: Some(SAME_NUMBER * targets),
            side: Side::Below,
            log: false,
        },
    }
}

//! What the answers say: the same to everything, or learned by heart.
//!
//! Not responsible for what goes on inside (`inside`).

use super::super::limits::{
    ACCURACY_LOST, AGE_SLOW, AS_BAD_AS_NOTHING, ERRORS, GOOD_UPDATE, PROGRESS, SAME_ANSWER, SAME_NUMBER, TEST_POINTS,
    TEST_RISE, TEST_RISE_OF_START, TRAIN_FALL,
};
use super::super::looked::Looked;
use super::super::remedy::{first_weights, one_digit, pick, unused_rows};
use super::super::vitals::{Answers, Vitals, mean};
use super::super::{Evidence, Finding, Kind, Measure, Remedy, Role};
use super::inside::{fitting_weights, have_shrunk, is_shallow};
use super::{Case, finding, loss, over_steps};
use crate::protocol::CurvePoint;
use crate::spec::{Experiment, Field, InitKind, TaskKind};

/// Test measurements that one mean is taken over.
const MEAN_OF: usize = 5;

/// Every target is the same: there is nothing to learn but that.
pub fn constant_targets(v: &Vitals, _e: &Experiment) -> Option<Finding> {
    let (_, answers) = v.answers.as_ref()?;
    let same = match answers {
        Answers::Classes { targets, .. } => targets.iter().filter(|n| **n > 0).count() == 1,
        Answers::Numbers { targets, .. } => *targets == 0.0,
    };
    same.then(|| finding(Kind::ConstantOutput, evidence(answers), Remedy::OtherData))
}

/// Targets differ, but the network says the same to everything.
pub fn constant(c: &Case, found: bool) -> Option<Finding> {
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
    let remedy = match () {
        () if punished && have_shrunk(c) => pick(c.e, [Remedy::NoPenalty]),
        () if alike => pick(c.e, [weights]),
        () if is_slow => pick(c.e, [faster, weights]),
        () => pick(c.e, [weights]),
    };
    Some(Finding { kind: Kind::ConstantOutput, since: 0, layer: None, evidence: shown, remedy })
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
        ..evidence(&Answers::Classes { targets, answers })
    });
    let line = over_steps(Measure::Apart, points, now, SAME_NUMBER, false);
    Some(std::iter::once(line).chain(shares).collect())
}

/// The commonest one's share of all.
fn share(counts: &[u32]) -> f64 {
    let all: u32 = counts.iter().sum();
    f64::from(counts.iter().copied().max().unwrap_or(0)) / f64::from(all.max(1))
}

fn evidence(answers: &Answers) -> Evidence {
    match answers {
        Answers::Classes { targets, answers } => {
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
                log: false,
            }
        }
        Answers::Numbers { targets, answers } => Evidence {
            measure: Measure::AnswerSpread,
            names: Vec::new(),
            lines: vec![(Role::Targets, vec![(0.0, *targets)]), (Role::Answers, vec![(1.0, *answers)])],
            value: *answers,
            limit: Some(SAME_NUMBER * targets),
            log: false,
        },
    }
}

/// A measurement on the test part with the training loss around it.
struct Measured {
    step: f64,
    test: f64,
    train: f64,
    metric: Option<f64>,
}

/// Means over a few measurements each, oldest first.
fn measured(curves: &[CurvePoint], from: u64) -> Vec<Measured> {
    let tested: Vec<(usize, &CurvePoint)> =
        curves.iter().enumerate().filter(|(_, p)| p.step >= from && p.test_loss.is_some_and(f32::is_finite)).collect();
    let part = (tested.len() / TEST_POINTS).max(1).max(MEAN_OF);
    let one = |c: &[(usize, &CurvePoint)]| {
        let ((first, _), (last, p)) = (c.first()?, c.last()?);
        Some(Measured {
            step: p.step as f64,
            test: mean(c.iter().filter_map(|(_, p)| p.test_loss.map(f64::from)))?,
            train: mean(curves[*first..=*last].iter().map(|p| f64::from(p.train_loss)))?,
            metric: mean(c.iter().filter_map(|(_, p)| p.test_metric.map(f64::from))),
        })
    };
    // Whole parts, the newest complete.
    tested[tested.len() % part..].chunks(part).filter_map(one).collect()
}

/// The test loss has been rising for long while the training loss still falls.
pub fn overfitting(c: &Case, found: bool) -> Option<Finding> {
    let start = c.trend?.start;
    let parts = measured(&c.v.curves, c.v.from);
    if parts.len() * MEAN_OF < TEST_POINTS {
        return None;
    }
    let best = parts.iter().enumerate().min_by(|a, b| a.1.test.total_cmp(&b.1.test))?.0;
    let (low, now) = (&parts[best], parts.last()?);
    // Sustained: a quarter of the way at least, and worse in its second half than in its first.
    let after = &parts[best + 1..];
    let (one, two) = after.split_at(after.len() / 2);
    let rises = mean(two.iter().map(|m| m.test))? > mean(one.iter().map(|m| m.test))?;
    let long = after.len() >= 4 && (now.step - low.step) >= (0.2 * now.step).max(AGE_SLOW as f64 / 2.0);
    let limit = (low.test * TEST_RISE.of(found)).max(low.test + TEST_RISE_OF_START * start);
    let falls = now.train < if found { low.train } else { TRAIN_FALL * low.train };
    if !(long && falls && now.test > limit && (rises || found)) {
        return None;
    }
    let tells_classes = c.e.task.kind != TaskKind::Regression;
    let best_metric = parts.iter().filter_map(|m| m.metric).fold(f64::MIN, f64::max);
    let lost = ACCURACY_LOST.max(ERRORS * standard_error(c, best_metric));
    let worse = now.metric.is_some_and(|m| m < best_metric - if found { 0.5 * lost } else { lost })
        || now.test > AS_BAD_AS_NOTHING * start;
    if tells_classes && !worse {
        return None;
    }
    let line = |of: fn(&Measured) -> f64| parts.iter().map(|m| (m.step, of(m))).collect();
    let evidence = Evidence {
        measure: Measure::Loss,
        names: Vec::new(),
        lines: vec![(Role::Train, line(|m| m.train)), (Role::Test, line(|m| m.test))],
        value: now.test,
        limit: Some((low.test * TEST_RISE.on).max(low.test + TEST_RISE_OF_START * start)),
        log: false,
    };
    // What lies there unused helps more than anything that is done to the network.
    let remedy = pick(c.e, unused_rows(c.e).into_iter().chain([Remedy::Regularise { dropout: DROPOUT, l2: L2 }]));
    Some(finding(Kind::Overfitting, evidence, remedy))
}

/// Of a share measured on the test part: on a hundred rows two more mistakes are chance.
fn standard_error(c: &Case, share: f64) -> f64 {
    match &c.v.answers {
        Some((_, Answers::Classes { targets, .. })) => {
            (share * (1.0 - share) / f64::from(targets.iter().sum::<u32>().max(1))).sqrt()
        }
        Some((_, Answers::Numbers { .. })) | None => 0.0,
    }
}

/// Half of the values, as in the paper (Srivastava 2014).
const DROPOUT: f32 = 0.5;
/// Weight of Σw²: strong enough for a few hundred weights.
const L2: f32 = 0.001;

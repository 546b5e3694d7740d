//! What becomes of a remedy: watched for a stated number of steps, then it has helped, or it is taken back and the next one
//! offered.
//!
//! A remedy promises one figure. It has helped when that is better by a stated share and the main figure is not worse than a
//! stated margin. Not responsible for taking anything back (`ui::state`).

use super::limits::ERRORS;
use super::vitals::{Answers, Vitals, mean};
use super::{Kind, Remedy};
use crate::protocol::CurvePoint;
use crate::spec::Experiment;
use std::rc::Rc;

/// A figure is better when it has gained this share of itself.
pub const BETTER: f64 = 0.03;
/// … and the training loss this much: batches differ.
pub const BETTER_TRAIN: f64 = 0.1;
/// Accuracy or R² may lose this much while another figure is mended, or as much as chance makes of so few rows.
pub const MARGIN: f64 = 0.03;
/// Recall that has grown by this much on the mean over classes is better.
pub const BETTER_RECALL: f64 = 0.05;
/// Energy distance that has gone by this share of itself, or coverage that has grown by this much, is better.
pub const BETTER_MADE: f64 = 0.2;
/// So many nats more in a code are better.
pub const BETTER_KL: f64 = 0.5;
/// What mends training shows within so many steps, or does not.
pub const STEPS: u64 = 1500;
/// Least and most steps after which the test loss is compared; between them as many as it took to get as bad as it was.
pub const TEST_STEPS: (u64, u64) = (400, 5000);
/// Steps before anything is compared.
const EARLIEST: u64 = 100;
/// Measurements that a figure is the mean of.
const MEAN_OF: usize = 5;

/// What a remedy promises to mend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Loss on the training batches.
    TrainLoss,
    /// Loss on the test part.
    TestLoss,
    /// Recall, on the mean over classes.
    Recall,
    /// Energy distance of made rows from real ones.
    Energy,
    /// Share of real rows with a made one near.
    Coverage,
    /// Nats that a code holds.
    Kl,
}

/// The figures at one moment, as far as they are known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    /// Steps taken.
    pub step: u64,
    /// See [`Figure::TrainLoss`].
    pub train: Option<f64>,
    /// See [`Figure::TestLoss`].
    pub test: Option<f64>,
    /// Accuracy or R² on the test part.
    pub metric: Option<f64>,
    /// See [`Figure::Recall`].
    pub recall: Option<f64>,
    /// See [`Figure::Coverage`].
    pub coverage: Option<f64>,
    /// See [`Figure::Kl`].
    pub kl: Option<f64>,
}

impl Figures {
    /// As they stand.
    pub fn of(v: &Vitals, e: &Experiment) -> Figures {
        Figures::at(v, e, u64::MAX)
    }

    /// As they stood at an earlier step of the run.
    fn at(v: &Vitals, e: &Experiment, step: u64) -> Figures {
        let first = v.curves.partition_point(|p| p.step <= v.from && v.from > 0);
        let end = v.curves.partition_point(|p| p.step <= step).max(first);
        let own = &v.curves[first..end];
        // A step was chosen by what was measured there: the mean would hold how bad it was on the way to it.
        let count = if step == u64::MAX { MEAN_OF } else { 1 };
        let latest =
            |of: fn(&CurvePoint) -> Option<f32>| mean(own.iter().rev().filter_map(of).take(count).map(f64::from));
        // Of the best step there may be no point of its own any more.
        let best = v.best.filter(|b| b.step == step);
        Figures {
            step: v.from + v.age(),
            train: v.trend(e.training.batch).map(|t| t.now),
            test: best.map(|b| f64::from(b.loss)).or_else(|| latest(|p| p.test_loss)),
            metric: best.map_or_else(|| latest(|p| p.test_metric), |b| b.metric.map(f64::from)),
            recall: v.answers.as_ref().and_then(|(_, a)| a.recall()),
            coverage: latest(|p| p.test_coverage),
            kl: latest(|p| p.terms.get(1).copied()),
        }
    }

    fn get(&self, figure: Figure) -> Option<f64> {
        match figure {
            Figure::TrainLoss => self.train,
            Figure::TestLoss => self.test,
            Figure::Recall => self.recall,
            Figure::Energy => self.metric,
            Figure::Coverage => self.coverage,
            Figure::Kl => self.kl,
        }
    }
}

/// A figure before a remedy and after it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// Which.
    pub figure: Figure,
    /// Before; not finite where the run had diverged.
    pub before: f64,
    /// After.
    pub after: f64,
    /// Accuracy or R² on the test part before and after, where the main figure got worse than the margin allows.
    pub cost: Option<(f64, f64)>,
}

/// How it goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Course {
    /// Nothing is promised that could be measured: a column is gone, a batch is another.
    Done,
    /// It is watched until so many steps have been taken.
    Watched {
        /// Steps after the remedy.
        until: u64,
    },
    /// It has helped.
    Helped(Change),
    /// It has not.
    Failed(Change),
}

/// A remedy that has been applied.
#[derive(Clone, Debug, PartialEq)]
pub struct Treated {
    /// Against what.
    pub kind: Kind,
    /// With what.
    pub remedy: Remedy,
    /// What else was offered.
    pub others: Vec<Remedy>,
    /// The experiment before it.
    pub sick: Rc<Experiment>,
    /// The experiment after it; as long as it is the page's, the remedy can be taken back.
    pub experiment: Rc<Experiment>,
    /// The figures before it.
    pub before: Figures,
    /// How it goes.
    pub course: Course,
}

/// A remedy that did not help and was taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct Relapse {
    /// Against what.
    pub kind: Kind,
    /// With what.
    pub remedy: Remedy,
    /// What shows that it did not help.
    pub change: Change,
    /// What is offered next, the best first.
    pub others: Vec<Remedy>,
    /// The experiment that is there again.
    pub sick: Rc<Experiment>,
}

/// What a remedy against that promises; `None` where no figure of the run can show it.
pub fn promise(kind: Kind) -> Option<Figure> {
    match kind {
        Kind::Diverged
        | Kind::Exploding
        | Kind::RateTooHigh
        | Kind::DeadRelu
        | Kind::Saturated
        | Kind::Vanishing
        | Kind::ExplodingTime
        | Kind::VanishingTime
        | Kind::RateTooLow
        | Kind::ConstantOutput
        | Kind::SingleRow
        | Kind::Underfitting => Some(Figure::TrainLoss),
        Kind::Overfitting => Some(Figure::TestLoss),
        Kind::Imbalance => Some(Figure::Recall),
        Kind::ModeCollapse => Some(Figure::Coverage),
        Kind::DiscriminatorTooStrong => Some(Figure::Energy),
        Kind::PosteriorCollapse => Some(Figure::Kl),
        Kind::OutOfReach => Some(Figure::TrainLoss),
        // Another loss is another scale.
        Kind::LabelLeak
        | Kind::ConstantTargets
        | Kind::TargetBeyondLoss
        | Kind::TargetInInput
        | Kind::TargetsBetween
        | Kind::RawInputs
        | Kind::Unrelated => None,
    }
}

impl Treated {
    /// A remedy at its beginning.
    pub fn new(kind: Kind, remedy: Remedy, others: Vec<Remedy>, sick: Rc<Experiment>, before: Figures) -> Treated {
        let until = match promise(kind) {
            Some(Figure::TestLoss) => before.step.clamp(TEST_STEPS.0, TEST_STEPS.1),
            Some(Figure::TrainLoss | Figure::Kl) => STEPS,
            // A game goes to and fro: its figures need as long again as it took to get bad.
            Some(Figure::Energy | Figure::Coverage) => before.step.clamp(2 * STEPS, TEST_STEPS.1),
            // Units that have named one class for long are saturated: they need as long to turn.
            Some(Figure::Recall) => before.step.max(STEPS),
            None => 0,
        };
        let course = if until == 0 { Course::Done } else { Course::Watched { until } };
        let experiment = sick.clone();
        Treated { kind, remedy, others, sick, experiment, before, course }
    }

    /// Looks how it goes by what was measured since.
    pub fn follow(&mut self, v: &Vitals, e: &Experiment) {
        let (Course::Watched { until }, Some(figure)) = (self.course, promise(self.kind)) else { return };
        let back = if let Remedy::GoBack { step } = self.remedy { Some(step) } else { None };
        let (now, is_back) = (Figures::at(v, e, back.unwrap_or(u64::MAX)), back.is_some());
        // Training flat out takes many steps between two answers: only those given since then count.
        let age = match (figure, &v.answers) {
            (Figure::Recall, Some((at, _))) => at.saturating_sub(v.from),
            (Figure::Recall, None) => 0,
            (Figure::TrainLoss | Figure::TestLoss | Figure::Energy | Figure::Coverage | Figure::Kl, _) => v.age(),
        };
        let Some(after) = now.get(figure).filter(|_| age >= EARLIEST || is_back) else { return };
        // A run that blew up had no figure worth naming.
        let before = self.before.get(figure).unwrap_or(f64::INFINITY);
        let better = match figure {
            Figure::TrainLoss => after <= (1.0 - BETTER_TRAIN) * before && has_learned(v, e, before),
            Figure::TestLoss => after <= (1.0 - BETTER) * before,
            Figure::Recall => after >= before + BETTER_RECALL,
            Figure::Energy => after <= (1.0 - BETTER_MADE) * before,
            Figure::Coverage => before.is_finite() && after >= before + BETTER_MADE,
            Figure::Kl => before.is_finite() && after >= before + BETTER_KL,
        };
        // Of a class that was never named the loss is of little account: recall is the main figure itself.
        let main = self.before.metric.zip(now.metric).filter(|_| figure == Figure::TestLoss);
        let cost = main.filter(|(before, after)| is_worse(v, *before, *after));
        let change = Change { figure, before, after, cost };
        // A test loss is low before anything is learned by heart: only after as many steps it can be compared.
        let early = figure != Figure::TestLoss || is_back;
        match better && cost.is_none() {
            true if early || age >= until => self.course = Course::Helped(change),
            // What was measured at an earlier step does not change.
            false if age >= until || is_back => self.course = Course::Failed(change),
            true | false => {}
        }
    }
}

/// Whether accuracy or R² on the test part has lost more than the margin and more than chance.
pub fn is_worse(v: &Vitals, before: f64, after: f64) -> bool {
    after < before - MARGIN.max(ERRORS * v.standard_error(before))
}

/// Beside a run that blew up everything is better: there the loss must have fallen.
fn has_learned(v: &Vitals, e: &Experiment, before: f64) -> bool {
    before.is_finite() || v.trend(e.training.batch).is_some_and(|t| t.fallen() >= BETTER_TRAIN)
}

impl Answers {
    /// Recall, on the mean over the classes that there are.
    pub fn recall(&self) -> Option<f64> {
        let Answers::Classes { targets, right, .. } = self else { return None };
        let there = targets.iter().zip(right).filter(|(n, _)| **n > 0);
        mean(there.map(|(n, right)| f64::from(*right) / f64::from(*n)))
    }
}

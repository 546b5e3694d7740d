//! One loaded experiment in the worker: steps within a time budget, measured, recorded, recoverable.
//!
//! Not responsible for messages (`reactor`), for what panels ask (`frames`), nor for going back in time (`run::back`).

mod back;
mod bursts;

use super::answers::Answers;
use super::curves::{Curves, tested};
use super::probe::Probing;
use super::sample::Samples;
use super::share::{self, Share};
use super::show::pca::Straight;
use super::solve::Solutions;
use super::timeline::Timeline;
use crate::engine::session::{Metrics, Part, Session, Settings};
use crate::protocol::{Carried, CurvePoint, Diverged, Until};
use crate::spec::TaskKind;
use back::Edit;

/// Rows of the training part that its metric is measured on.
const TRAIN_METRIC_ROWS: usize = 500;
/// Clock reads are spaced so that each guards about this much work.
const CLOCK_MS: f64 = 0.5;
/// Step rate is measured over windows of this length.
const RATE_WINDOW_MS: f64 = 500.0;

/// See the module.
pub struct Run {
    /// Number of the run.
    pub id: u32,
    /// The experiment.
    pub session: Session,
    /// Its curves.
    pub curves: Curves,
    /// Its checkpoints.
    pub timeline: Timeline,
    /// What the steps after each of these were trained with, so that going back and forth replays what happened.
    settings: Vec<(u64, Settings)>,
    /// Weights that were written by hand, likewise.
    edits: Vec<Edit>,
    /// Where the first weights came from, if not from the seed.
    pub carried: Option<Carried>,
    /// The furthest step.
    pub step_max: u64,
    /// Latest measurement on the test part.
    pub test: Option<Metrics>,
    /// The step that it belongs to.
    pub test_step: u64,
    /// Latest measurement on the training part.
    pub train: Option<Metrics>,
    /// The step that both were measured at together.
    measured_at: Option<u64>,
    /// Why it stopped by itself.
    pub diverged: Option<Diverged>,
    /// Steps per second, measured.
    pub steps_per_s: f64,
    window: (f64, u64),
    /// Measurements on the test part.
    measuring: Share,
    /// Until when somebody is taken to look at the curves, ms.
    pub watched_until: f64,
    checkpoints: Share,
    steps_per_clock: u32,
    /// Steps that a card takes.
    bursts: bursts::Bursts,
    /// What the latest loss was made of.
    terms: Vec<f32>,
    /// What a language model wrote for the page.
    pub samples: Samples,
    /// What it answers to a task.
    pub solutions: Solutions,
    /// What its features are worth.
    pub probing: Probing,
    /// What it answers to the test part.
    pub answers: Answers,
    /// What a straight code leaves, beside an autoencoder.
    pub straight: Straight,
}

/// When to stop a slice early.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stop {
    /// At most this many steps.
    pub steps: Option<u64>,
    /// At the end of the epoch.
    pub epoch_end: bool,
    /// When this is reached.
    pub until: Option<Until>,
    /// Nobody looks before the steps are taken.
    pub unseen: bool,
}

/// How a slice ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Slice {
    /// Its time is over; the loss of the last step.
    TimeUp(f32),
    /// What was asked for is reached.
    Reached(f32),
    /// A number left the finite range; the run is back at a good checkpoint.
    Diverged,
    /// A card is at it.
    UnderWay,
}

impl Run {
    /// Whether its weights are anything but the first ones of its seed.
    pub fn has_learned(&self) -> bool {
        self.step_max > 0 || self.carried.is_some() || self.is_edited()
    }

    /// Takes over a fresh (or restored) session.
    pub fn new(id: u32, session: Session) -> Self {
        Run {
            id,
            timeline: Timeline::new(session.checkpoint()),
            settings: vec![(session.steps(), session.settings())],
            edits: Vec::new(),
            carried: None,
            step_max: session.steps(),
            session,
            curves: Curves::new(),
            test: None,
            test_step: 0,
            train: None,
            measured_at: None,
            diverged: None,
            steps_per_s: 0.0,
            window: (0.0, 0),
            measuring: Share::default(),
            watched_until: 0.0,
            checkpoints: Share::default(),
            steps_per_clock: 1,
            bursts: bursts::Bursts::default(),
            terms: Vec::new(),
            samples: Samples::default(),
            solutions: Solutions::default(),
            probing: Probing::default(),
            answers: Answers::default(),
            straight: Straight::default(),
        }
    }

    /// Trains for `budget_ms`, or until `stop`. Returns how it ended and how many steps were taken.
    pub fn train(&mut self, now: &dyn Fn() -> f64, budget_ms: f64, stop: Stop) -> (Slice, u64) {
        if self.session.is_on_card() {
            return self.train_in_bursts(now, stop);
        }
        self.fork();
        self.note_settings();
        let start = now();
        let (mut taken, mut last, mut clock) = (0u64, f32::NAN, start);
        if stop.steps == Some(0) {
            return (Slice::Reached(last), 0);
        }
        loop {
            let chunk = u64::from(self.steps_per_clock).min(stop.steps.map_or(u64::MAX, |n| n - taken));
            for _ in 0..chunk {
                match self.session.step() {
                    Ok(loss) => last = loss,
                    Err(e) => {
                        self.take_back(&e);
                        return (Slice::Diverged, taken);
                    }
                }
                taken += 1;
                let step = self.session.steps();
                self.step_max = step;
                self.timeline.stepped(step, last);
                self.session.terms(&mut self.terms);
                if self.curves.step(step, last, &self.terms) {
                    self.point(now, matches!(stop.until, Some(Until::Accuracy(_))));
                }
                if self.timeline.due(step) {
                    self.keep(now);
                }
                if (stop.epoch_end && self.session.at_epoch_end()) || stop.until.is_some_and(|u| self.reached(u)) {
                    return (Slice::Reached(last), taken);
                }
            }
            let t = now();
            self.pace(t - clock, chunk);
            clock = t;
            if stop.steps == Some(taken) {
                self.rate(t);
                return (Slice::Reached(last), taken);
            }
            if t - start >= budget_ms {
                self.rate(t);
                return (Slice::TimeUp(last), taken);
            }
        }
    }

    /// Spaces clock reads by the measured time of a step. Wider only by and by: the last batch of an epoch may have a row or
    /// two, and clocks are coarse, so a step may seem to take no time at all.
    fn pace(&mut self, ms: f64, steps: u64) {
        let step_ms = (ms / steps as f64).max(1e-4);
        let widest = (2 * self.steps_per_clock).min(4096);
        self.steps_per_clock = ((CLOCK_MS / step_ms) as u32).clamp(1, widest);
    }

    fn rate(&mut self, now: f64) {
        let (since, at) = self.window;
        let step = self.session.steps();
        if step < at || now - since > 4.0 * RATE_WINDOW_MS {
            self.window = (now, step);
        } else if now - since >= RATE_WINDOW_MS {
            self.steps_per_s = (step - at) as f64 / (now - since) * 1000.0;
            self.window = (now, step);
        }
    }

    /// Whether a run-until is reached.
    pub fn reached(&self, until: Until) -> bool {
        match until {
            Until::Epochs(n) => self.session.epoch() >= u64::from(n),
            Until::Loss(l) => self.curves.last_loss().is_some_and(|x| x <= l),
            Until::Accuracy(a) => self.test.and_then(|m| m.score()).is_some_and(|x| x >= a),
        }
    }

    /// Keeps a checkpoint on the timeline, if that is affordable and the numbers are good.
    fn keep(&mut self, now: &dyn Fn() -> f64) {
        let start = now();
        if self.checkpoints.is_due(start) && self.session.is_finite() {
            self.timeline.push(self.session.checkpoint());
            self.checkpoints.spend(start, now(), share::CHECKPOINT);
        }
    }

    /// Records a point of the curves, measured on the test part when that is affordable and looked at (or `needed`).
    fn point(&mut self, now: &dyn Fn() -> f64, needed: bool) {
        let step = self.session.steps();
        let mut point = CurvePoint { step, ..CurvePoint::default() };
        let t = now();
        if self.may_measure(t) && (needed || t < self.watched_until) {
            self.measure(now);
            self.test.iter().for_each(|m| tested(&mut point, m));
            point.train_metric = self.train.and_then(|m| m.metric());
        }
        self.curves.push(point);
    }

    /// Measures on both parts unless this step has been measured already.
    pub fn measure(&mut self, now: &dyn Fn() -> f64) {
        let step = self.session.steps();
        if self.measured_at == Some(step) {
            return;
        }
        let start = now();
        (self.test, self.test_step) = (self.session.evaluate(Part::Test, usize::MAX), step);
        self.test.iter().for_each(|m| self.curves.saw(step, m));
        self.train = self.session.evaluate(Part::Train, TRAIN_METRIC_ROWS);
        self.measured_at = Some(step);
        self.measuring.spend_alike(start, now(), share::MEASURE);
    }

    /// The same where the run rests: the curves end with what the bar beside them says.
    pub fn measure_at_rest(&mut self, now: &dyn Fn() -> f64) {
        self.measure(now);
        if let Some(m) = self.test.filter(|_| self.test_step == self.session.steps()) {
            self.curves.measured(self.test_step, &m, self.train.and_then(|m| m.metric()));
        }
    }

    /// Steps that pass about as many rows as measuring does; `None` where measuring is more than a pass forward.
    fn measuring_steps(&self) -> Option<u64> {
        let kind = &self.session.experiment().task.kind;
        let data = self.session.data();
        let rows = data.test().len() + data.n_train.min(TRAIN_METRIC_ROWS);
        // A step goes back as well, which costs twice as much as going forward.
        let of_step = 3 * self.session.experiment().training.batch;
        matches!(kind, TaskKind::Classification | TaskKind::Regression).then(|| rows.div_ceil(of_step.max(1)) as u64)
    }

    /// Whether enough time has passed since the last measurement, or enough steps.
    fn may_measure(&self, now: f64) -> bool {
        let (step, measured) = (self.session.steps(), self.measured_at.unwrap_or(self.test_step));
        if self.measuring_steps().is_some_and(|cost| share::is_due_by_steps(step, measured, cost)) {
            return true;
        }
        let soon = share::is_soon_due(step, measured);
        if soon { self.measuring.is_due_after(now, share::MEASURE_FIRST) } else { self.measuring.is_due(now) }
    }

    /// What was measured on the test part at `step`, unless what is known is newer. The curves have it too.
    pub fn tested(&mut self, step: u64, test: Option<Metrics>) {
        if step < self.test_step {
            return;
        }
        (self.test, self.test_step) = (test, step);
        test.iter().for_each(|m| self.curves.saw(step, m));
        if let Some(m) = test.filter(|_| step == self.session.steps()) {
            self.curves.measured(step, &m, None);
        }
    }
}

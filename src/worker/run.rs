//! One loaded experiment in the worker: steps within a time budget, measured, recorded, recoverable.
//!
//! Not responsible for messages (`reactor`) or for what panels ask (`frames`).

use super::answers::Answers;
use super::curves::Curves;
use super::sample::Samples;
use super::timeline::Timeline;
use crate::engine::session::{Metrics, NonFinite, Part, Session, Settings};
use crate::protocol::{CurvePoint, Diverged, Until};

/// Evaluation may take one part in this many of the time.
const EVAL_SHARE: f64 = 16.0;
/// The same after the first measurements: untrained figures beside a trained network mislead, and with a large network the
/// next would be long in coming.
const EVAL_SHARE_FIRST: f64 = 4.0;
/// Steps that such measurements are among.
pub const FIRST_STEPS: u64 = 100;
/// Checkpoints may take one part in this many of the time.
const CHECKPOINT_SHARE: f64 = 200.0;
/// Rows of the training part that its metric is measured on.
const TRAIN_METRIC_ROWS: usize = 500;
/// Clock reads are spaced so that each guards about this much work.
const CLOCK_MS: f64 = 0.5;
/// A seek replays at most this long before it settles for the nearest checkpoint.
const REPLAY_MS: f64 = 400.0;
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
    eval_free_at: f64,
    /// Until when somebody is taken to look at the curves, ms.
    pub watched_until: f64,
    checkpoint_free_at: f64,
    steps_per_clock: u32,
    /// What a language model wrote for the page.
    pub samples: Samples,
    /// What it answers to the test part.
    pub answers: Answers,
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
}

impl Run {
    /// Takes over a fresh (or restored) session.
    pub fn new(id: u32, session: Session) -> Self {
        Run {
            id,
            timeline: Timeline::new(session.checkpoint()),
            settings: vec![(session.steps(), session.settings())],
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
            eval_free_at: 0.0,
            watched_until: 0.0,
            checkpoint_free_at: 0.0,
            steps_per_clock: 1,
            samples: Samples::default(),
            answers: Answers::default(),
        }
    }

    /// Trains for `budget_ms`, or until `stop`. Returns how it ended and how many steps were taken.
    pub fn train(&mut self, now: &dyn Fn() -> f64, budget_ms: f64, stop: Stop) -> (Slice, u64) {
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
                if self.curves.step(step, last) {
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
            Until::Accuracy(a) => self.test.and_then(|m| m.metric()).is_some_and(|x| x >= a),
        }
    }

    /// Keeps a checkpoint on the timeline, if that is affordable and the numbers are good.
    fn keep(&mut self, now: &dyn Fn() -> f64) {
        let start = now();
        if start >= self.checkpoint_free_at && self.session.is_finite() {
            self.timeline.push(self.session.checkpoint());
            let end = now();
            self.checkpoint_free_at = end + CHECKPOINT_SHARE * (end - start);
        }
    }

    /// Records a point of the curves, measured on the test part when that is affordable and looked at (or `needed`).
    fn point(&mut self, now: &dyn Fn() -> f64, needed: bool) {
        let step = self.session.steps();
        let mut point = CurvePoint { step, ..CurvePoint::default() };
        let t = now();
        if t >= self.eval_free_at && (needed || t < self.watched_until) {
            self.measure(now);
            point.test_loss = self.test.map(|m| m.loss);
            point.test_metric = self.test.and_then(|m| m.metric());
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
        self.train = self.session.evaluate(Part::Train, TRAIN_METRIC_ROWS);
        self.measured_at = Some(step);
        let end = now();
        let share = if step < FIRST_STEPS { EVAL_SHARE_FIRST } else { EVAL_SHARE };
        self.eval_free_at = end + share * (end - start);
    }

    /// What was measured on the test part at `step`, unless what is known is newer. The curves have it too.
    pub fn tested(&mut self, step: u64, test: Option<Metrics>) {
        if step < self.test_step {
            return;
        }
        (self.test, self.test_step) = (test, step);
        if let Some(m) = test.filter(|_| step == self.session.steps()) {
            self.curves.measured(step, m.loss, m.metric());
        }
    }

    /// A checkpoint from outside has been put into the session: the run begins there.
    pub fn restored(&mut self) {
        self.timeline = Timeline::new(self.session.checkpoint());
        self.step_max = self.session.steps();
        self.settings = vec![(self.step_max, self.session.settings())];
        self.curves.cut(self.step_max);
        self.touched();
        self.diverged = None;
    }

    /// Forgets the measurement: parameters or data changed from outside.
    pub fn touched(&mut self) {
        self.samples = Samples::default();
        self.unmeasured();
    }

    /// What is measured next counts, whatever its step.
    fn unmeasured(&mut self) {
        self.answers = Answers::default();
        (self.measured_at, self.test_step) = (None, 0);
    }

    /// Training on from an earlier step: what lay after it is forgotten.
    fn fork(&mut self) {
        let step = self.session.steps();
        if step < self.step_max {
            self.curves.cut(step);
            self.timeline.cut(step);
            self.settings.retain(|(from, _)| *from < step);
            self.step_max = step;
        }
    }

    /// Remembers what the steps from here on are trained with.
    fn note_settings(&mut self) {
        let (step, now) = (self.session.steps(), self.session.settings());
        if self.settings.last().is_some_and(|(_, s)| *s == now) {
            return;
        }
        self.settings.retain(|(from, _)| *from < step);
        self.settings.push((step, now));
    }

    /// One step of a replay, with the settings that it was taken with.
    fn replay(&mut self) -> Result<f32, NonFinite> {
        let step = self.session.steps();
        if let Some((_, s)) = self.settings.iter().rfind(|(from, _)| *from <= step) {
            self.session.tune(s);
        }
        self.session.step()
    }

    fn take_back(&mut self, e: &NonFinite) {
        let good = self.timeline.good().clone();
        // The checkpoint came from this very session.
        let _same_network = self.session.restore(&good.bytes);
        self.fork();
        self.unmeasured();
        self.diverged = Some(Diverged {
            step: e.step,
            value: e.value.clone(),
            back_to: good.step,
            lr: e.lr as f32,
            grad_norm: e.grad_norm.is_finite().then_some(e.grad_norm as f32),
        });
    }

    /// Shows the run as it was at `step`, replaying from the checkpoint before it. The furthest state stays reachable.
    pub fn seek(&mut self, step: u64, now: &dyn Fn() -> f64) {
        if self.session.steps() == self.step_max && self.session.is_finite() {
            self.timeline.push(self.session.checkpoint());
        }
        let step = step.min(self.step_max);
        let chosen = self.session.settings();
        let from = self.timeline.at(step).clone();
        // The checkpoint came from this very session.
        let _same_network = self.session.restore(&from.bytes);
        let start = now();
        while self.session.steps() < step && now() - start < REPLAY_MS {
            if self.replay().is_err() {
                let _same_network = self.session.restore(&from.bytes);
                break;
            }
        }
        // Training on from there goes by what is chosen now.
        self.session.tune(&chosen);
        self.unmeasured();
        self.measure(now);
    }
}

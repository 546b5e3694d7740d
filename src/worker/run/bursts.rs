//! Steps that a card takes: how many at once, and what becomes of them when they are done.
//!
//! Not responsible for taking them (`engine::session`).

use super::{Run, Slice, Stop};
use crate::engine::exec::Fault;
use crate::engine::session::Stepped;
use crate::protocol::{CurvePoint, Until};

/// A burst lasts about this long: the page is shown some twenty a second, and a pause waits no longer.
const BURST_MS: f64 = 50.0;

/// See the module.
#[derive(Clone, Debug)]
pub(super) struct Bursts {
    /// Steps of the next one.
    steps: u64,
    began: f64,
    /// Why the card was lost.
    pub lost: Option<Fault>,
}

impl Default for Bursts {
    fn default() -> Self {
        Bursts { steps: 1, began: 0.0, lost: None }
    }
}

impl Bursts {
    /// After a burst of so many steps that took so long; at most twice as many at a time, for the first ones make pipelines.
    fn pace(&mut self, ms: f64, steps: u64) {
        if steps == 0 {
            return;
        }
        let fitting = (BURST_MS / (ms / steps as f64).max(1e-3)) as u64;
        self.steps = fitting.clamp(1, 2 * self.steps.max(steps));
    }
}

impl Run {
    /// Whether a card is taking steps: until it is done the run is nobody's to touch.
    pub fn is_under_way(&self) -> bool {
        self.session.is_in_burst() || self.session.is_behind()
    }

    /// Why the card was lost.
    pub fn lost(&self) -> Option<&Fault> {
        self.bursts.lost.as_ref()
    }

    /// Something else takes the steps from here on.
    pub fn moved(&mut self) {
        self.bursts = Bursts::default();
    }

    /// Gives the card a burst, or takes what came of one.
    pub(super) fn train_in_bursts(&mut self, now: &dyn Fn() -> f64, stop: Stop) -> (Slice, u64) {
        if self.session.is_in_burst() {
            return self.land(now, stop);
        }
        self.fork();
        self.note_settings();
        if stop.steps == Some(0) {
            return (Slice::Reached(f32::NAN), 0);
        }
        self.bursts.began = now();
        let steps = self.bursts.steps.min(stop.steps.unwrap_or(u64::MAX));
        let epoch = stop.epoch_end || matches!(stop.until, Some(Until::Epochs(_)));
        // The last of them is whole, so that whoever comes then sees all of it.
        match stop.unseen && stop.steps.is_some_and(|left| steps < left) {
            true => self.session.launch_unseen(steps, epoch),
            false => self.session.launch(steps, epoch),
        }
        (Slice::UnderWay, 0)
    }

    fn land(&mut self, now: &dyn Fn() -> f64, stop: Stop) -> (Slice, u64) {
        let before = self.step_max;
        let Some(landing) = self.session.land() else { return (Slice::UnderWay, 0) };
        let taken = landing.steps.len() as u64;
        if landing.lost.is_some() {
            self.bursts.lost = landing.lost;
            return (Slice::TimeUp(f32::NAN), 0);
        }
        let last = landing.steps.last().map_or(f32::NAN, |s| s.loss);
        self.record(before, &landing.steps, now, stop);
        if let Err(e) = landing.end {
            self.take_back(&e);
            return (Slice::Diverged, taken);
        }
        let t = now();
        self.bursts.pace(t - self.bursts.began, taken);
        let done = stop.steps == Some(taken)
            || (stop.epoch_end && self.session.at_epoch_end())
            || stop.until.is_some_and(|u| self.reached(u));
        self.rate(t);
        (if done { Slice::Reached(last) } else { Slice::TimeUp(last) }, taken)
    }

    /// Curves and timeline; measured and kept is only the last of the steps, which is the one that the session stands at.
    fn record(&mut self, before: u64, steps: &[Stepped], now: &dyn Fn() -> f64, stop: Stop) {
        let mut keeps = false;
        for (step, stepped) in (before + 1..).zip(steps) {
            self.step_max = step;
            self.timeline.stepped(step, stepped.loss);
            let point = self.curves.step(step, stepped.loss, &stepped.terms);
            if point && step == self.session.steps() {
                self.point(now, matches!(stop.until, Some(Until::Accuracy(_))));
            } else if point {
                self.curves.push(CurvePoint { step, ..CurvePoint::default() });
            }
            keeps |= self.timeline.due(step);
        }
        if keeps && self.session.steps() == self.step_max {
            self.keep(now);
        }
    }
}

//! Going back in time: a run as it was at an earlier step, bit by bit, with the settings and the edits by hand that it had.
//!
//! Not responsible for keeping checkpoints (`timeline`).

use super::{Answers, Run, Samples, Solutions, Timeline};
use crate::engine::session::NonFinite;
use crate::protocol::Diverged;

/// A seek replays at most this long before it settles for the nearest checkpoint.
const REPLAY_MS: f64 = 400.0;
/// Numbers written by hand that are remembered, and how many times they were written; beyond, the past cannot be reached any
/// more.
const EDITED_MAX: (usize, usize) = (1 << 20, 4096);

/// Numbers that were written into a parameter after this step.
pub(super) struct Edit {
    step: u64,
    name: String,
    index: Option<usize>,
    values: Vec<f32>,
}

impl Run {
    /// A checkpoint from outside has been put into the session: the run begins there.
    pub fn restored(&mut self) {
        self.begin_here();
        self.edits.clear();
        self.carried = None;
        self.diverged = None;
    }

    fn begin_here(&mut self) {
        self.timeline = Timeline::new(self.session.checkpoint());
        self.step_max = self.session.steps();
        self.settings = vec![(self.step_max, self.session.settings())];
        self.curves.cut(self.step_max);
        self.curves.forget_best(0..=self.step_max);
        self.touched();
    }

    /// Writes a parameter, or one number of it. Whoever looks back at an earlier step goes on from there.
    ///
    /// # Errors
    /// As [`Session::write`](crate::engine::session::Session::write).
    pub fn write(&mut self, name: &str, index: Option<usize>, values: Vec<f32>) -> Result<(), Option<usize>> {
        self.session.write_at(name, index, &values)?;
        self.fork();
        let step = self.session.steps();
        self.curves.forget_best(step..=step);
        self.edits.push(Edit { step, name: name.to_string(), index, values });
        let numbers: usize = self.edits.iter().map(|e| e.values.len()).sum();
        if numbers > EDITED_MAX.0 || self.edits.len() > EDITED_MAX.1 {
            self.begin_here();
            // That weights were edited is still true.
            self.edits.drain(..self.edits.len() - 1);
        }
        self.touched();
        Ok(())
    }

    /// Whether weights were written by hand.
    pub fn is_edited(&self) -> bool {
        self.edits.iter().any(|e| e.step <= self.session.steps())
    }

    /// Forgets the measurement: parameters or data changed from outside.
    fn touched(&mut self) {
        self.samples = Samples::default();
        self.unmeasured();
    }

    /// What is measured next counts, whatever its step.
    fn unmeasured(&mut self) {
        self.answers = Answers::default();
        self.solutions = Solutions::default();
        (self.measured_at, self.test_step) = (None, 0);
    }

    /// Training on from an earlier step: what lay after it is forgotten.
    pub(super) fn fork(&mut self) {
        let step = self.session.steps();
        if step < self.step_max || self.curves.goes_beyond(step) {
            self.curves.cut(step);
            self.timeline.cut(step);
            self.settings.retain(|(from, _)| *from < step);
            self.edits.retain(|e| e.step <= step);
            self.step_max = step;
        }
    }

    /// Remembers what the steps from here on are trained with.
    pub(super) fn note_settings(&mut self) {
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
        let loss = self.session.step()?;
        self.edit_again();
        Ok(loss)
    }

    /// What was written by hand at the present step is written again: a checkpoint may be of before.
    fn edit_again(&mut self) {
        let step = self.session.steps();
        for e in self.edits.iter().filter(|e| e.step == step) {
            // It was possible then, with the same network.
            let _same_network = self.session.write_at(&e.name, e.index, &e.values);
        }
    }

    /// To the state of a checkpoint of this very run.
    fn restore(&mut self, bytes: &[u8]) {
        // The checkpoint came from this very session.
        let _same_network = self.session.restore(bytes);
        self.edit_again();
    }

    /// A number left the finite range: the run stands at a good state again. What led there, the curve and the timeline,
    /// stays to be looked at until the run goes on.
    pub(super) fn take_back(&mut self, e: &NonFinite) {
        self.curves.broke(self.session.steps());
        let good = self.timeline.good().clone();
        self.restore(&good.bytes);
        self.unmeasured();
        self.diverged = Some(Diverged {
            step: e.step,
            value: e.value.clone(),
            back_to: good.step,
            lr: e.lr as f32,
            grad_norm: e.grad_norm.is_finite().then_some(e.grad_norm as f32),
        });
    }

    /// Shows the run as it was at `step`, replaying from a checkpoint before it, so that gradients too are those of the step.
    /// The furthest state stays reachable.
    pub fn seek(&mut self, step: u64, now: &dyn Fn() -> f64) {
        if self.session.steps() == self.step_max && self.session.is_finite() {
            self.timeline.push(self.session.checkpoint());
        }
        let step = step.min(self.step_max);
        let chosen = self.session.settings();
        let nearest = self.timeline.at(step).clone();
        self.restore(&self.timeline.at(step.saturating_sub(1)).bytes.clone());
        let (start, mut fails) = (now(), false);
        while self.session.steps() < step && !fails && now() - start < REPLAY_MS {
            fails = self.replay().is_err();
        }
        if fails || self.session.steps() < nearest.step {
            self.restore(&nearest.bytes);
        }
        // Training on from there goes by what is chosen now.
        self.session.tune(&chosen);
        self.unmeasured();
        self.measure(now);
    }
}

//! The timeline: checkpoints that a run can go back to, thinned by halves so that any run fits.
//!
//! Not responsible for what a checkpoint holds (`engine::session`).

use crate::engine::session::Checkpoint;

/// Most checkpoints kept.
const COUNT_MAX: usize = 48;
/// Most memory for them.
const BYTES_MAX: usize = 96 << 20;
/// Steps between the first ones.
const FIRST_INTERVAL: u64 = 16;
/// A checkpoint whose loss is so many times that of the first is one of a run that is blowing up: from there not even a low
/// rate leads back. Healthy losses, also of batches of one, are rarely ten times what they were at the start.
const BLOWING_UP: f32 = 100.0;

/// See the module.
#[derive(Clone, Debug)]
pub struct Timeline {
    points: Vec<Point>,
    interval: u64,
}

#[derive(Clone, Debug)]
struct Point {
    checkpoint: Checkpoint,
    /// What the step after it began with: only that tells what its parameters are worth. NaN before.
    loss: f32,
}

impl Timeline {
    /// Starts at `first`, which is never thinned away.
    pub fn new(first: Checkpoint) -> Self {
        Timeline { points: vec![Point { checkpoint: first, loss: f32::NAN }], interval: FIRST_INTERVAL }
    }

    /// Whether this step deserves a checkpoint.
    pub fn due(&self, step: u64) -> bool {
        step.is_multiple_of(self.interval)
    }

    /// Keeps a checkpoint later than all before.
    pub fn push(&mut self, c: Checkpoint) {
        if self.points.last().is_some_and(|p| p.checkpoint.step >= c.step) {
            return;
        }
        self.points.push(Point { checkpoint: c, loss: f32::NAN });
        let bytes: usize = self.points.iter().map(|p| p.checkpoint.bytes.len()).sum();
        if self.points.len() > COUNT_MAX || bytes > BYTES_MAX {
            self.interval *= 2;
            let interval = self.interval;
            self.retain(|step| step.is_multiple_of(interval));
        }
    }

    /// A step was taken, and this was its loss.
    pub fn stepped(&mut self, step: u64, loss: f32) {
        if let Some(p) = self.points.last_mut().filter(|p| p.checkpoint.step + 1 == step) {
            p.loss = loss;
        }
    }

    /// The latest checkpoint at or before `step` (the first one, if all are later).
    pub fn at(&self, step: u64) -> &Checkpoint {
        let at = self.points.iter().rposition(|p| p.checkpoint.step <= step);
        &self.points[at.unwrap_or(0)].checkpoint
    }

    /// The latest checkpoint that a run can be taken back to: none in the middle of an explosion, nor one that the step
    /// after it failed on. The first one, if there is no other.
    pub fn good(&self) -> &Checkpoint {
        let most = BLOWING_UP * self.points[0].loss.abs();
        let at = self.points.iter().rposition(|p| p.loss <= most);
        &self.points[at.unwrap_or(0)].checkpoint
    }

    /// Forgets everything after `step` (a fork).
    pub fn cut(&mut self, step: u64) {
        self.retain(|s| s <= step);
    }

    /// Keeps the first, and those at steps that `keep` wants.
    fn retain(&mut self, keep: impl Fn(u64) -> bool) {
        let first = self.points[0].checkpoint.step;
        self.points.retain(|p| p.checkpoint.step == first || keep(p.checkpoint.step));
    }

    /// Steps with a checkpoint.
    pub fn steps(&self) -> Vec<u64> {
        self.points.iter().map(|p| p.checkpoint.step).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thins_evenly_keeps_the_first_and_finds_the_latest_before() {
        let at = |step| Checkpoint { step, bytes: vec![0; 8] };
        let mut t = Timeline::new(at(0));
        for step in 1..50_000 {
            if t.due(step) {
                t.push(at(step));
            }
        }
        let steps = t.steps();
        assert!(steps.len() <= COUNT_MAX && steps.len() > COUNT_MAX / 4 && steps[0] == 0, "{steps:?}");
        assert_eq!(t.at(steps[5] + 1).step, steps[5]);
        t.cut(steps[5]);
        assert_eq!(t.at(u64::MAX).step, steps[5]);
    }
}

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

/// See the module.
#[derive(Clone, Debug)]
pub struct Timeline {
    points: Vec<Checkpoint>,
    interval: u64,
}

impl Timeline {
    /// Starts at `first`, which is never thinned away.
    pub fn new(first: Checkpoint) -> Self {
        Timeline { points: vec![first], interval: FIRST_INTERVAL }
    }

    /// Whether this step deserves a checkpoint.
    pub fn due(&self, step: u64) -> bool {
        step.is_multiple_of(self.interval)
    }

    /// Keeps a checkpoint later than all before.
    pub fn push(&mut self, c: Checkpoint) {
        if self.points.last().is_some_and(|p| p.step >= c.step) {
            return;
        }
        self.points.push(c);
        let bytes: usize = self.points.iter().map(|p| p.bytes.len()).sum();
        if self.points.len() > COUNT_MAX || bytes > BYTES_MAX {
            self.interval *= 2;
            let interval = self.interval;
            let first = self.points[0].step;
            self.points.retain(|p| p.step == first || p.step.is_multiple_of(interval));
        }
    }

    /// The latest checkpoint at or before `step` (the first one, if all are later).
    pub fn at(&self, step: u64) -> &Checkpoint {
        self.points.iter().rfind(|p| p.step <= step).unwrap_or(&self.points[0])
    }

    /// Forgets everything after `step` (a fork).
    pub fn cut(&mut self, step: u64) {
        let first = self.points[0].step;
        self.points.retain(|p| p.step == first || p.step <= step);
    }

    /// Steps with a checkpoint.
    pub fn steps(&self) -> Vec<u64> {
        self.points.iter().map(|p| p.step).collect()
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

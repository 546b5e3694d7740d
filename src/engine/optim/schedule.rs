//! The memory that the schedule `plateau` needs; every other schedule is a formula (`spec::lr_at`).
//!
//! Not responsible for when a loss is looked at: the session calls [`Plateau::observe`] once per epoch.

use crate::spec::Schedule;

/// What `ReduceLROnPlateau` remembers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plateau {
    /// The lowest loss so far.
    pub best: f64,
    /// Looks since then, or since the last reduction.
    pub bad: u64,
    /// Looks left of the pause after a reduction.
    pub cooldown: u64,
    /// What the learning rate is multiplied with by now.
    pub scale: f64,
}

impl Default for Plateau {
    fn default() -> Self {
        Plateau { best: f64::INFINITY, bad: 0, cooldown: 0, scale: 1.0 }
    }
}

impl Plateau {
    /// PyTorch ignores reductions smaller than this.
    const EPS: f64 = 1e-8;

    /// Takes one look at the loss. Does nothing unless `schedule` is a plateau or ends in one.
    pub fn observe(&mut self, schedule: &Schedule, lr: f64, loss: f64) {
        match schedule {
            Schedule::Plateau { factor, patience, threshold, cooldown, lr_min } => {
                if loss < self.best * (1.0 - threshold) {
                    self.best = loss;
                    self.bad = 0;
                } else {
                    self.bad += 1;
                }
                if self.cooldown > 0 {
                    self.cooldown -= 1;
                    self.bad = 0;
                }
                if self.bad > *patience {
                    self.reduce(lr, *factor, *lr_min);
                    self.cooldown = *cooldown;
                    self.bad = 0;
                }
            }
            Schedule::Warmup { then: Some(then), .. } => self.observe(then, lr, loss),
            Schedule::Constant {}
            | Schedule::Step { .. }
            | Schedule::Exponential { .. }
            | Schedule::Cosine { .. }
            | Schedule::Warmup { then: None, .. }
            | Schedule::OneCycle { .. } => {}
        }
    }

    fn reduce(&mut self, lr: f64, factor: f64, lr_min: f64) {
        let old = lr * self.scale;
        let new = (old * factor).max(lr_min);
        if old - new > Self::EPS {
            self.scale = new / lr;
        }
    }
}

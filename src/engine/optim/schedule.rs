//! The learning rate at a step, and the memory that `plateau` needs.
//!
//! PyTorch's formulas, each in its closed form so that any step can be asked for (scrubbing back needs no replay).
//! Not responsible for when a loss is looked at: the session calls [`Plateau::observe`] once per epoch.

use std::f64::consts::PI;

use crate::spec::Schedule;

/// The learning rate at zero-based `step` for the optimizer's own rate `lr`. `plateau` counts as constant here; its
/// factor is [`Plateau::scale`].
pub fn lr_at(schedule: &Schedule, lr: f64, step: u64) -> f64 {
    match schedule {
        Schedule::Constant {} | Schedule::Plateau { .. } => lr,
        // StepLR: lr · factor^⌊step/every⌋
        Schedule::Step { every, factor } => lr * powi(*factor, step / (*every).max(1)),
        // ExponentialLR: lr · γ^step
        Schedule::Exponential { gamma } => lr * powi(*gamma, step),
        // CosineAnnealingLR (Loshchilov and Hutter 2016), held at its end.
        Schedule::Cosine { steps, lr_min } => {
            if step >= *steps {
                *lr_min
            } else {
                anneal(lr, *lr_min, step as f64 / *steps as f64)
            }
        }
        Schedule::Warmup { steps, then } => match then {
            _ if step < *steps => lr * (step + 1) as f64 / *steps as f64,
            Some(then) => lr_at(then, lr, step - steps),
            None => lr,
        },
        Schedule::OneCycle { steps, pct_start, div, final_div } => {
            one_cycle(lr, step, *steps, *pct_start, *div, *final_div)
        }
    }
}

/// OneCycleLR (Smith and Topin 2017) with cosine annealing in two phases, held at its end.
fn one_cycle(lr: f64, step: u64, steps: u64, pct_start: f64, div: f64, final_div: f64) -> f64 {
    let last = steps.max(1) as f64 - 1.0;
    let now = (step as f64).min(last);
    let first = lr / div;
    let peak = pct_start * steps as f64 - 1.0;
    if now <= peak {
        // A rise of no length is already at its top (PyTorch divides by zero here).
        if peak == 0.0 { lr } else { anneal(first, lr, now / peak) }
    } else {
        anneal(lr, first / final_div, (now - peak) / (last - peak))
    }
}

/// Half a cosine from `from` (`part` 0) to `to` (`part` 1).
fn anneal(from: f64, to: f64, part: f64) -> f64 {
    to + (from - to) / 2.0 * (1.0 + (PI * part).cos())
}

/// `x^n` for counts beyond `i32`, where every `x` has long become 0, 1 or ∞.
pub(super) fn powi(x: f64, n: u64) -> f64 {
    x.powi(i32::try_from(n).unwrap_or(i32::MAX))
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warmup_hands_over_to_what_follows() {
        let then = Box::new(Schedule::Step { every: 5, factor: 0.5 });
        let s = Schedule::Warmup { steps: 4, then: Some(then) };
        let lrs: Vec<f64> = [0, 3, 4, 8, 9].map(|t| lr_at(&s, 0.4, t)).into();
        assert_eq!(lrs, [0.1, 0.4, 0.4, 0.4, 0.2]);
    }

    #[test]
    fn ends_are_held_and_edges_are_finite() {
        assert_eq!(lr_at(&Schedule::Cosine { steps: 10, lr_min: 0.01 }, 1.0, 25), 0.01);
        for steps in 1..12 {
            for pct_start in [0.0, 0.1, 0.25, 0.5, 1.0] {
                let s = Schedule::OneCycle { steps, pct_start, div: 25.0, final_div: 1e4 };
                for t in 0..15 {
                    let lr = lr_at(&s, 1.0, t);
                    assert!((0.0..=1.0).contains(&lr), "{s:?} at {t}: {lr}");
                }
                assert_eq!(lr_at(&s, 1.0, steps), lr_at(&s, 1.0, 1000));
            }
        }
        assert_eq!(lr_at(&Schedule::Exponential { gamma: 0.5 }, 1.0, u64::MAX), 0.0);
    }
}

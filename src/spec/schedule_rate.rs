//! The learning rate at a step: PyTorch's formulas, each in its closed form so that any step can be asked for
//! (scrubbing back needs no replay, and the page draws the whole curve without training).
//!
//! Not responsible for `plateau`, which depends on losses: `engine::optim::schedule` remembers them.

use std::f64::consts::PI;

use super::schedule::Schedule;

/// The learning rate at zero-based `step` for the optimizer's own rate `lr`. `plateau` counts as constant
/// here; what it has taken off so far is the session's memory.
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
pub(crate) fn powi(x: f64, n: u64) -> f64 {
    x.powi(i32::try_from(n).unwrap_or(i32::MAX))
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

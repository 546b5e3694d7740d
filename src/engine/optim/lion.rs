//! Lion: a step of fixed length along the sign of an interpolated momentum (Chen et al. 2023, algorithm 2).
//!
//! ```text
//! c = β₁·m + (1−β₁)·g      p ← p − η·(sign(c) + λ·p)      m ← β₂·m + (1−β₂)·g
//! ```
//!
//! Not in PyTorch; defaults are those of the authors' implementation (η 1e-4, β 0.9 and 0.99), which also decays first:
//! `p ← p·(1 − η·λ)`, the same thing. sign(0) = 0. Not responsible for clipping or schedules.

use super::Hyper;
use crate::engine::real::Real;

/// The momentum `m`.
pub const STATE_SLOTS: usize = 1;

/// One update. Overwrites `p` and `state`, each entry on its own.
pub fn step<T: Real>(p: &mut [T], g: &[T], state: &mut [T], h: &Hyper) {
    let (lr, keep) = (T::from_f64(h.lr), T::from_f64(1.0 - h.lr * h.weight_decay));
    let (beta1, fresh1) = (T::from_f64(h.beta1), T::from_f64(1.0 - h.beta1));
    let (beta2, fresh2) = (T::from_f64(h.beta2), T::from_f64(1.0 - h.beta2));
    for ((p, &g), m) in p.iter_mut().zip(g).zip(state) {
        let c = beta1 * *m + fresh1 * g;
        *p = *p * keep - lr * sign(c);
        *m = beta2 * *m + fresh2 * g;
    }
}

/// −1, 0 or 1; NaN stays NaN, so that a broken gradient is noticed.
fn sign<T: Real>(x: T) -> T {
    if x > T::ZERO {
        T::ONE
    } else if x < T::ZERO {
        -T::ONE
    } else {
        x
    }
}

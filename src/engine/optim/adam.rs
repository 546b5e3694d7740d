//! Adam: momentum over the root of the running mean square, both corrected for starting at zero (Kingma and Ba 2014).
//!
//! As `torch.optim.Adam` (without amsgrad), with step count t from 1:
//!
//! ```text
//! g ← g + λ·p       m ← β₁·m + (1−β₁)·g       v ← β₂·v + (1−β₂)·g²
//! p ← p − η/(1−β₁ᵗ) · m / (√v/√(1−β₂ᵗ) + ε)
//! ```
//!
//! Weight decay here is an L2 penalty that passes through m and v; `adamw` keeps it out. Keras adds ε to the
//! uncorrected √v. Not responsible for clipping or schedules.

use super::Hyper;
use crate::engine::real::Real;

/// The mean gradient `m` and the mean square `v`.
pub const STATE_SLOTS: usize = 2;

/// One update. Overwrites `p` and `state`, each entry on its own.
pub fn step<T: Real>(p: &mut [T], g: &[T], state: &mut [T], h: &Hyper) {
    let (rate, decay, eps) = (T::from_f64(h.step_size), T::from_f64(h.weight_decay), T::from_f64(h.eps));
    let (beta1, fresh1) = (T::from_f64(h.beta1), T::from_f64(1.0 - h.beta1));
    let (beta2, fresh2) = (T::from_f64(h.beta2), T::from_f64(1.0 - h.beta2));
    let sqrt_bias2 = T::from_f64(h.sqrt_bias2);
    let (m, v) = state.split_at_mut(p.len());
    for (i, p) in p.iter_mut().enumerate() {
        let g = g[i] + decay * *p;
        m[i] = beta1 * m[i] + fresh1 * g;
        v[i] = beta2 * v[i] + fresh2 * g * g;
        *p -= rate * m[i] / (v[i].sqrt() / sqrt_bias2 + eps);
    }
}

//! NAdam: Adam with Nesterov momentum (Dozat 2016).
//!
//! As the documentation of `torch.optim.NAdam`, with ψ = `momentum_decay`, t from 1 and Πₜ = μ₁·…·μₜ:
//!
//! ```text
//! μₜ = β₁·(1 − ½·0.96^(t·ψ))    g ← g + λ·p    m ← β₁·m + (1−β₁)·g    v ← β₂·v + (1−β₂)·g²
//! p ← p − η·[ (1−μₜ)/(1−Πₜ)·g + μₜ₊₁/(1−Πₜ₊₁)·m ] / (√(v/(1−β₂ᵗ)) + ε)
//! ```
//!
//! PyTorch up to 1.13 multiplied μₜ into Πₜ₊₁ twice; 2.0 mended that, and we follow the mended one.
//! Not responsible for clipping or schedules.

use super::Hyper;
use crate::engine::real::Real;

/// The mean gradient `m` and the mean square `v`.
pub const STATE_SLOTS: usize = 2;

/// One update. Overwrites `p` and `state`, each entry on its own.
pub fn step<T: Real>(p: &mut [T], g: &[T], state: &mut [T], h: &Hyper) {
    let (rate_g, rate_m) = (T::from_f64(h.rate_gradient), T::from_f64(h.rate_momentum));
    let (decay, eps) = (T::from_f64(h.weight_decay), T::from_f64(h.eps));
    let (beta1, fresh1) = (T::from_f64(h.beta1), T::from_f64(1.0 - h.beta1));
    let (beta2, fresh2) = (T::from_f64(h.beta2), T::from_f64(1.0 - h.beta2));
    let sqrt_bias2 = T::from_f64(h.sqrt_bias2);
    let (m, v) = state.split_at_mut(p.len());
    for (i, p) in p.iter_mut().enumerate() {
        let g = g[i] + decay * *p;
        m[i] = beta1 * m[i] + fresh1 * g;
        v[i] = beta2 * v[i] + fresh2 * g * g;
        *p -= (rate_g * g + rate_m * m[i]) / (v[i].sqrt() / sqrt_bias2 + eps);
    }
}

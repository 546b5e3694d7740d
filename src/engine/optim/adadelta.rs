//! Adadelta: steps as long as recent steps, so that no learning rate is needed (Zeiler 2012).
//!
//! As `torch.optim.Adadelta`:
//!
//! ```text
//! g ← g + λ·p     v ← ρ·v + (1−ρ)·g²     d = √(u + ε)/√(v + ε) · g     u ← ρ·u + (1−ρ)·d²     p ← p − η·d
//! ```
//!
//! Not responsible for clipping or schedules.

use super::Hyper;
use crate::engine::real::Real;

/// The mean square gradient `v` and the mean square step `u`.
pub const STATE_SLOTS: usize = 2;

/// One update. Overwrites `p` and `state`, each entry on its own.
pub fn step<T: Real>(p: &mut [T], g: &[T], state: &mut [T], h: &Hyper) {
    let (lr, decay, eps) = (T::from_f64(h.step_size), T::from_f64(h.weight_decay), T::from_f64(h.eps));
    let (rho, fresh) = (T::from_f64(h.rho), T::from_f64(1.0 - h.rho));
    let (v, u) = state.split_at_mut(p.len());
    for (i, p) in p.iter_mut().enumerate() {
        let g = g[i] + decay * *p;
        v[i] = rho * v[i] + fresh * g * g;
        let d = (u[i] + eps).sqrt() / (v[i] + eps).sqrt() * g;
        u[i] = rho * u[i] + fresh * d * d;
        *p -= lr * d;
    }
}

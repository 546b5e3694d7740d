//! Adagrad: each parameter's rate shrinks with the squares of all its gradients so far (Duchi, Hazan, Singer 2011).
//!
//! As `torch.optim.Adagrad`, with step count t from 1:
//!
//! ```text
//! g ← g + λ·p      s ← s + g²      p ← p − η/(1 + (t−1)·lr_decay) · g/(√s + ε)
//! ```
//!
//! `s` starts at `initial_accumulator_value`. Not responsible for clipping or schedules.

use super::Hyper;
use crate::engine::real::Real;

/// The sum of squares `s`.
pub const STATE_SLOTS: usize = 1;

/// One update. Overwrites `p` and `state`, each entry on its own.
pub fn step<T: Real>(p: &mut [T], g: &[T], state: &mut [T], h: &Hyper) {
    let (lr, decay, eps) = (T::from_f64(h.step_size), T::from_f64(h.weight_decay), T::from_f64(h.eps));
    for ((p, &g), s) in p.iter_mut().zip(g).zip(state) {
        let g = g + decay * *p;
        *s += g * g;
        *p -= lr * g / (s.sqrt() + eps);
    }
}

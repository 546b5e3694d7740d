//! RMSprop: the gradient over the root of its running mean square (Hinton 2012, lecture 6e; `centered`: Graves 2013).
//!
//! As `torch.optim.RMSprop`:
//!
//! ```text
//! g ← g + λ·p        v ← α·v + (1−α)·g²        centered: m ← α·m + (1−α)·g, d = √(v − m²) + ε; else d = √v + ε
//! b ← μ·b + g/d      p ← p − η·b               (without momentum: p ← p − η·g/d)
//! ```
//!
//! Keras adds ε inside the root. Not responsible for clipping or schedules.

use super::Hyper;
use crate::engine::real::Real;

/// The mean square `v`, the mean `m` (used when centered), the buffer `b` (used with momentum).
pub const STATE_SLOTS: usize = 3;

/// One update. Overwrites `p` and `state`, each entry on its own.
pub fn step<T: Real>(p: &mut [T], g: &[T], state: &mut [T], h: &Hyper) {
    let (lr, decay, eps) = (T::from_f64(h.step_size), T::from_f64(h.weight_decay), T::from_f64(h.eps));
    let (alpha, fresh, mu) = (T::from_f64(h.alpha), T::from_f64(1.0 - h.alpha), T::from_f64(h.momentum));
    let (v, rest) = state.split_at_mut(p.len());
    let (m, b) = rest.split_at_mut(p.len());
    for (i, p) in p.iter_mut().enumerate() {
        let g = g[i] + decay * *p;
        v[i] = alpha * v[i] + fresh * g * g;
        let mut square = v[i];
        if h.centered {
            m[i] = alpha * m[i] + fresh * g;
            // Never below zero in exact arithmetic; rounding may put it there when the gradient hardly varies.
            square = (v[i] - m[i] * m[i]).max(T::ZERO);
        }
        let mut d = g / (square.sqrt() + eps);
        if h.momentum > 0.0 {
            b[i] = mu * b[i] + d;
            d = b[i];
        }
        *p -= lr * d;
    }
}

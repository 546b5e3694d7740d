//! Stochastic gradient descent with momentum and Nesterov's look-ahead.
//!
//! With weight decay λ, momentum μ and learning rate η, as `torch.optim.SGD` (dampening 0):
//!
//! ```text
//! g ← g + λ·p            b ← μ·b + g            p ← p − η·(nesterov ? g + μ·b : b)
//! ```
//!
//! Polyak 1964; Sutskever 2013 for the Nesterov form. The learning rate is outside the buffer, as in PyTorch and unlike
//! the papers, so that changing η takes effect at once. PyTorch's buffer starts as the first gradient, which is the same
//! as ours from zero. Not responsible for clipping or schedules.

use super::Hyper;
use crate::engine::real::Real;

/// The momentum buffer `b` (untouched while momentum is 0).
pub const STATE_SLOTS: usize = 1;

/// One update. Overwrites `p` and `state`, each entry on its own.
pub fn step<T: Real>(p: &mut [T], g: &[T], state: &mut [T], h: &Hyper) {
    let (lr, decay, mu) = (T::from_f64(h.step_size), T::from_f64(h.weight_decay), T::from_f64(h.momentum));
    if h.momentum == 0.0 {
        for (p, &g) in p.iter_mut().zip(g) {
            *p -= lr * (g + decay * *p);
        }
        return;
    }
    for ((p, &g), b) in p.iter_mut().zip(g).zip(state) {
        let g = g + decay * *p;
        *b = mu * *b + g;
        *p -= lr * if h.nesterov { g + mu * *b } else { *b };
    }
}

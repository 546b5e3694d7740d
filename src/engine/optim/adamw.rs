//! AdamW: Adam whose weight decay shrinks the parameter directly (Loshchilov and Hutter 2017).
//!
//! As `torch.optim.AdamW`: `p ← p·(1 − η·λ)`, then Adam's step without λ. The scheduled η is used for the decay too.
//! Not responsible for clipping or schedules.

use super::{Hyper, adam};
use crate::engine::real::Real;

/// Adam's.
pub const STATE_SLOTS: usize = adam::STATE_SLOTS;

/// One update. Overwrites `p` and `state`, each entry on its own.
pub fn step<T: Real>(p: &mut [T], g: &[T], state: &mut [T], h: &Hyper) {
    let keep = T::from_f64(1.0 - h.lr * h.weight_decay);
    for p in p.iter_mut() {
        *p *= keep;
    }
    adam::step(p, g, state, &Hyper { weight_decay: 0.0, ..*h });
}

//! The optimizers: one file each, with the formula, its source and the reference kernel over flat slices.
//!
//! Parameters, gradients and each piece of optimizer state are one flat slice; a kernel is one pass over them. What
//! changes from step to step (learning rate, bias corrections) is worked out once per step in [`Hyper`], in `f64`, so
//! that kernels hold no counters. Not responsible for speed: `backend::simd::optimizer` repeats these formulas.

pub mod adadelta;
pub mod adagrad;
pub mod adam;
pub mod adamw;
pub mod clip;
pub mod hyper;
pub mod lion;
pub mod nadam;
pub mod rmsprop;
pub mod schedule;
pub mod sgd;

pub use hyper::{Hyper, Kind, Optimizer, Progress};
pub use schedule::Plateau;

use super::real::Real;
use std::ops::Range;

/// One update of `p` (n) from the gradient `g` (n), with `state` of `h.kind.state_slots()`·n entries, slot after slot.
/// `g` must be clipped already ([`clip::apply`]). Overwrites `p` and `state`.
pub fn step<T: Real>(p: &mut [T], g: &[T], state: &mut [T], h: &Hyper) {
    match h.kind {
        Kind::Sgd => sgd::step(p, g, state, h),
        Kind::Adagrad => adagrad::step(p, g, state, h),
        Kind::Rmsprop => rmsprop::step(p, g, state, h),
        Kind::Adadelta => adadelta::step(p, g, state, h),
        Kind::Adam => adam::step(p, g, state, h),
        Kind::Adamw => adamw::step(p, g, state, h),
        Kind::Nadam => nadam::step(p, g, state, h),
        Kind::Lion => lion::step(p, g, state, h),
    }
}

/// [`step`] for the parameters `run` of an arena; gradients and each piece of state are as long as it.
pub fn step_run<T: Real>(params: &mut [T], grads: &[T], state: &mut [T], run: Range<usize>, h: &Hyper) {
    let n = params.len();
    let slot = |k: usize| k * n + run.start..k * n + run.end;
    let mut own: Vec<T> = (0..h.kind.state_slots()).flat_map(|k| state[slot(k)].iter().copied()).collect();
    step(&mut params[run.clone()], &grads[run.clone()], &mut own, h);
    for (k, own) in own.chunks_exact(run.len().max(1)).enumerate() {
        state[slot(k)].copy_from_slice(own);
    }
}

/// What fresh state is: zero, but for Adagrad's sum of squares.
pub fn fresh(h: &Hyper) -> f64 {
    match h.kind {
        Kind::Adagrad => h.initial_accumulator,
        Kind::Sgd | Kind::Rmsprop | Kind::Adadelta | Kind::Adam | Kind::Adamw | Kind::Nadam | Kind::Lion => 0.0,
    }
}

/// Sets fresh state.
pub fn reset<T: Real>(state: &mut [T], h: &Hyper) {
    state.fill(T::from_f64(fresh(h)));
}

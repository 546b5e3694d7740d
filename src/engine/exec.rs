//! The executor trait, and the memory that executors work on. `backend` implements the trait for speed;
//! [`reference`](super::reference) is the truth.
//!
//! Not responsible for what runs when (`session`).

use super::graph::{Loc, ParamInit, Plan, Role, Space};
use super::init;
use super::optim::hyper::Hyper;
use super::real::Real;
use super::rng::Rng;

/// What a network has learned and keeps between steps: one flat arena each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Store<T> {
    /// Parameters, packed in graph order.
    pub params: Vec<T>,
    /// Their gradients, same layout.
    pub grads: Vec<T>,
    /// Optimizer state: slots of the length of `params`, one after another.
    pub state: Vec<T>,
    /// Running statistics and the like.
    pub buffers: Vec<T>,
}

impl<T: Real> Store<T> {
    /// Parameters and buffers as `plan` wants them at the start; `slots` is the optimizer's number of state slots.
    pub fn new(plan: &Plan, slots: usize, rng: &mut Rng) -> Self {
        let mut store = Store {
            params: vec![T::ZERO; plan.params_len],
            grads: vec![T::ZERO; plan.params_len],
            state: vec![T::ZERO; plan.params_len * slots],
            buffers: vec![T::ZERO; plan.buffers_len],
        };
        let mut scratch: Vec<f32> = Vec::new();
        for (v, loc) in plan.graph.values.iter().zip(&plan.locs) {
            scratch.clear();
            scratch.resize(loc.size, 0.0);
            let arena = match v.role {
                Role::Param { init, .. } => {
                    match init {
                        ParamInit::Weight(init, fans) => init::fill(&init, fans, rng, &mut scratch),
                        ParamInit::Bias(init, fan_in) => init::fill_bias(&init, fan_in, rng, &mut scratch),
                        ParamInit::ForgetBias(init, fan_in, more) => {
                            init::fill_bias(&init, fan_in, rng, &mut scratch);
                            let n = scratch.len() / 4;
                            scratch[n..2 * n].iter_mut().for_each(|b| *b += more);
                        }
                        ParamInit::Fill(x) => scratch.fill(x),
                    }
                    &mut store.params
                }
                Role::Buffer { fill } => {
                    scratch.fill(fill);
                    &mut store.buffers
                }
                Role::Input | Role::Target | Role::Activation | Role::Saved | Role::Loss => continue,
            };
            for (to, from) in arena[loc.off..loc.off + loc.size].iter_mut().zip(&scratch) {
                *to = T::from_f64(f64::from(*from));
            }
        }
        store
    }
}

/// All memory of one run of a plan.
pub struct Memory<'a, T> {
    /// Shared by all plans of the network.
    pub store: &'a mut Store<T>,
    /// The plan's own arena, [`Plan::values_len`] long.
    pub values: &'a mut [T],
}

impl<T: Real> Memory<'_, T> {
    /// The numbers at `loc` for a batch of `rows`.
    pub fn get(&self, loc: Loc, rows: usize) -> &[T] {
        let arena: &[T] = match loc.space {
            Space::Params => &self.store.params,
            Space::Grads => &self.store.grads,
            Space::Buffers => &self.store.buffers,
            Space::Values => self.values,
        };
        &arena[loc.off..loc.off + loc.len(rows)]
    }

    /// The same, to write.
    pub fn get_mut(&mut self, loc: Loc, rows: usize) -> &mut [T] {
        let arena: &mut [T] = match loc.space {
            Space::Params => &mut self.store.params,
            Space::Grads => &mut self.store.grads,
            Space::Buffers => &mut self.store.buffers,
            Space::Values => self.values,
        };
        &mut arena[loc.off..loc.off + loc.len(rows)]
    }
}

/// L1 and L2 penalties on weights, as Keras's `kernel_regularizer`: `l1·Σ|w| + l2·Σw²`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Penalty {
    /// Factor of Σ|w|.
    pub l1: f32,
    /// Factor of Σw².
    pub l2: f32,
    /// Ranges of the parameter arena that are weights.
    pub weights: Vec<std::ops::Range<usize>>,
}

/// Runs plans. Same inputs, same bits, every time.
pub trait Executor<T: Real> {
    /// The name of the backend.
    fn name(&self) -> &'static str;

    /// Computes all values of `plan` for the `rows` rows already in its input.
    fn forward(&mut self, plan: &Plan, memory: &mut Memory<'_, T>, rows: usize, rng: &mut Rng);

    /// Computes all gradients; overwrites the gradients of every parameter the loss depends on.
    fn backward(&mut self, plan: &Plan, memory: &mut Memory<'_, T>, rows: usize);

    /// Adds the penalties' gradients to `store.grads`, clips, and moves the parameters by one optimizer step.
    fn update(&mut self, store: &mut Store<T>, penalty: &Penalty, hyper: &Hyper);
}

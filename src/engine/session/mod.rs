//! One running experiment: step, evaluate, look inside, checkpoint, restore. No clock, no IO, no threads.
//!
//! Deterministic: same spec, same data, same backend ⇒ same bits. Not responsible for when anything happens (`worker`).

mod checkpoint;
mod evaluate;
mod generate;
mod lens;
mod look;
mod spread;
mod start;

pub use checkpoint::Checkpoint;
pub use evaluate::{Metrics, Part};
pub use generate::{Drawn, Writing, Written};
pub use lens::{Of, Seen};
pub use look::{Classified, LayerNorms, PlaneMaps};
pub use spread::{Bins, LayerSpread};
pub use start::Settings;

use super::data::batch::{self, Batcher};
use super::data::{Augmenter, Dataset};
use super::exec::{Executor, Memory, Penalty, Store};
use super::graph::{Loc, Plan, ValueId};
use super::optim::{Kind, Optimizer};
use super::rng::Rng;
use crate::spec::{DataInfo, Experiment, Problem, Target};
use spread::Change;

/// A number left the finite range.
#[derive(Clone, Debug, PartialEq)]
pub struct NonFinite {
    /// The step that failed.
    pub step: u64,
    /// The first value, in graph order, that was not finite.
    pub value: String,
    /// Learning rate of that step.
    pub lr: f64,
    /// Norm of the gradient of the step before.
    pub grad_norm: f64,
}

/// See the module.
pub struct Session {
    exp: Experiment,
    data: Dataset,
    train: Plan,
    eval: Plan,
    store: Store<f32>,
    train_values: Vec<f32>,
    eval_values: Vec<f32>,
    exec: Box<dyn Executor<f32>>,
    optimizer: Optimizer,
    /// The rule that the optimizer state in `store` belongs to.
    state_of: Kind,
    penalty: Penalty,
    batcher: Batcher,
    augment: Augmenter,
    rng: Rng,
    step: u64,
    /// Rows of the batch whose values are in `train_values`; 0 before the first step.
    rows: usize,
    /// The samples that the training plan's inputs hold, in order; empty when what they hold is not known.
    gathered: Vec<u32>,
    /// Sum and number of this epoch's losses, for the plateau schedule.
    epoch_loss: (f64, u64),
    /// For looking at single examples, once that has been asked for.
    lens: Option<Box<lens::Lens>>,
    /// Size of the latest step, while somebody asks.
    change: Change,
}

impl Session {
    /// Takes one training step and returns the batch's loss. After an error the run must be restored from a checkpoint.
    ///
    /// Does not allocate (on the fast backends), but for the first step after another optimizer or batch size was chosen.
    pub fn step(&mut self) -> Result<f32, NonFinite> {
        if !self.is_settled() {
            self.settle();
        }
        let rows = self.fill_batch();
        let mut memory = Memory { store: &mut self.store, values: &mut self.train_values };
        self.exec.forward(&self.train, &mut memory, rows, &mut self.rng);
        let loss = self.loss();
        self.rows = rows;
        if !loss.is_finite() {
            return Err(self.non_finite());
        }
        let mut memory = Memory { store: &mut self.store, values: &mut self.train_values };
        self.exec.backward(&self.train, &mut memory, rows);
        let hyper = self.optimizer.advance();
        self.change.before(&self.store.params);
        self.exec.update(&mut self.store, &self.penalty, &hyper);
        self.step += 1;
        self.change.after(&self.train, &self.store.params, self.step);
        self.epoch_loss = (self.epoch_loss.0 + f64::from(loss), self.epoch_loss.1 + 1);
        if self.batcher.at_epoch_end() {
            let (sum, n) = std::mem::take(&mut self.epoch_loss);
            self.optimizer.observe(sum / n as f64);
        }
        Ok(loss)
    }

    /// Copies the next batch into the training plan's inputs; returns its rows.
    fn fill_batch(&mut self) -> usize {
        let (x, y) = (self.train.locs[0], self.train.locs[1]);
        let indices = self.batcher.next_batch();
        let rows = indices.len();
        // Full batches without shuffling are the same every step: nothing to copy, unless they are changed each time.
        let changed = self.augment.is_on();
        if !changed && self.gathered == indices {
            return rows;
        }
        self.gathered.clear();
        if !changed {
            self.gathered.extend_from_slice(indices);
        }
        // Input and target are the first two values of every graph, in this order, so the split lies between them.
        let (head, tail) = self.train_values.split_at_mut(y.off);
        let (x, y) = (&mut head[x.off..x.off + x.len(rows)], &mut tail[..y.len(rows)]);
        batch::gather(&self.data, indices, x, y);
        let classes = matches!(self.data.info.target, Target::Classes { .. });
        self.augment.apply(x, y, classes, self.data.scale.as_ref());
        rows
    }

    /// Has the size of the next step measured, for [`Session::norms`].
    pub fn watch_change(&mut self) {
        self.change.ask();
    }

    fn loss(&self) -> f32 {
        self.train.graph.loss.map_or(f32::NAN, |v| self.train_values[self.train.locs[v.0].off])
    }

    fn non_finite(&self) -> NonFinite {
        let bad = |loc: Loc| self.read_train(loc).iter().any(|x| !x.is_finite());
        let graph = &self.train.graph;
        let first = graph.values.iter().zip(&self.train.locs).find(|(_, loc)| bad(**loc));
        let squares: f64 = self.store.grads.iter().map(|g| f64::from(*g) * f64::from(*g)).sum();
        NonFinite {
            step: self.step,
            value: first.map_or_else(|| super::nn::LOSS.to_string(), |(v, _)| v.name.clone()),
            lr: self.optimizer.lr(),
            grad_norm: squares.sqrt(),
        }
    }

    fn read_train(&self, loc: Loc) -> &[f32] {
        use super::graph::Space;
        let arena: &[f32] = match loc.space {
            Space::Params => &self.store.params,
            Space::Grads => &self.store.grads,
            Space::Buffers => &self.store.buffers,
            Space::Values => &self.train_values,
        };
        &arena[loc.off..loc.off + loc.len(self.rows)]
    }

    /// Steps taken.
    pub fn steps(&self) -> u64 {
        self.step
    }

    /// Epochs finished.
    pub fn epoch(&self) -> u64 {
        self.batcher.epoch() + u64::from(self.step > 0 && self.batcher.at_epoch_end())
    }

    /// Whether the latest step ended an epoch.
    pub fn at_epoch_end(&self) -> bool {
        self.step > 0 && self.batcher.at_epoch_end()
    }

    /// Steps in one epoch.
    pub fn steps_per_epoch(&self) -> usize {
        self.batcher.steps_per_epoch()
    }

    /// Learning rate of the next step.
    pub fn lr(&self) -> f64 {
        self.optimizer.lr()
    }

    /// What runs.
    pub fn experiment(&self) -> &Experiment {
        &self.exp
    }

    /// What the data is.
    pub fn info(&self) -> &DataInfo {
        &self.data.info
    }

    /// The data.
    pub fn data(&self) -> &Dataset {
        &self.data
    }

    /// The training plan, for names and shapes.
    pub fn plan(&self) -> &Plan {
        &self.train
    }

    /// The backend's name.
    pub fn backend(&self) -> &'static str {
        self.exec.name()
    }

    /// Multiply-adds of a training step on a full batch, times two.
    pub fn flops_per_step(&self) -> f64 {
        self.train.flops(self.train.capacity)
    }

    /// Numbers to learn.
    pub fn n_params(&self) -> usize {
        self.train.params_len
    }

    /// Whether every parameter is finite: only then is a checkpoint worth keeping.
    pub fn is_finite(&self) -> bool {
        self.store.params.iter().all(|p| p.is_finite())
    }

    /// The numbers (or their gradient) of a value in the training plan, with shape: the latest step's.
    pub fn read(&self, name: &str, grad: bool) -> Option<(Vec<usize>, &[f32])> {
        let v = self.train.graph.find(name)?;
        let loc = if grad { self.train.grad(v)? } else { self.train.locs[v.0] };
        Some((self.shape(v), self.read_train(loc)))
    }

    /// Shape of a value, the batch axis (rows of the latest step, at least 1) first where it has one.
    pub fn shape(&self, v: ValueId) -> Vec<usize> {
        let value = &self.train.graph[v];
        let rows = value.batched.then_some(self.rows);
        rows.into_iter().chain(value.dims.iter().copied()).collect()
    }

    /// Sets a parameter or buffer. `Err` says which length it must have, `None` inside that there is no such value.
    pub fn write(&mut self, name: &str, values: &[f32]) -> Result<(), Option<usize>> {
        use super::graph::Space;
        let v = self.train.graph.find(name).ok_or(None)?;
        let loc = self.train.locs[v.0];
        let arena = match loc.space {
            Space::Params => &mut self.store.params,
            Space::Buffers => &mut self.store.buffers,
            Space::Grads | Space::Values => return Err(None),
        };
        if values.len() != loc.size {
            return Err(Some(loc.size));
        }
        arena[loc.off..loc.off + loc.size].copy_from_slice(values);
        Ok(())
    }

    /// Problems of an experiment that would replace this one, before anything is built.
    pub fn problems(exp: &Experiment) -> Vec<Problem> {
        exp.problems()
    }
}

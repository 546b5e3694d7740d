//! One running experiment: step, evaluate, look inside, checkpoint, restore. No clock, no IO, no threads.
//!
//! Deterministic: same spec, same data, same backend ⇒ same bits. Not responsible for when anything happens (`worker`).

mod burst;
mod checkpoint;
mod evaluate;
mod flow;
mod generate;
mod heads;
mod lens;
mod look;
mod parts;
mod plain;
mod probe;
mod sample;
mod saved;
mod second;
mod solve;
mod spread;
mod start;
mod state;
mod weights;

pub use burst::{Landing, Stepped};
pub use checkpoint::Checkpoint;
pub use evaluate::{Metrics, Part};
pub use generate::{Drawn, Writing, Written};
pub use heads::{HeadFigures, Pulls};
pub use lens::{Of, Seen};
pub use look::{Classified, LayerNorms, PlaneMaps};
pub use probe::{Probed, SCRATCH_STEPS, Scratch};
pub use spread::{Bins, LayerSpread};
pub use start::Settings;

use super::data::batch::{self, Batcher};
use super::data::{Augmenter, Dataset};
use super::draws::Draws;
use super::exec::{At, Executor, Fault, Penalty, PlanId, Reduction};
use super::graph::{Layout, Loc, Plan, Space, ValueId, layout};
use super::optim::{Kind, Optimizer};
use super::tasks;
use crate::spec::model::PartName;
use crate::spec::{DataInfo, Experiment, Problem, Target};
use second::Second;
use spread::Change;
use std::rc::Rc;

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

/// The training plan.
const TRAIN: PlanId = PlanId(0);
/// The evaluation plan.
const EVAL: PlanId = PlanId(1);
/// The plan for single examples.
const LENS: PlanId = PlanId(2);
/// The plan of the second player.
const SECOND: PlanId = PlanId(3);

/// See the module.
pub struct Session {
    exp: Experiment,
    data: Rc<Dataset>,
    layout: Rc<Layout>,
    train: Rc<Plan>,
    eval: Rc<Plan>,
    /// For looking at single examples, once that has been asked for.
    lens: Option<Rc<Plan>>,
    /// The generator's side, where two networks learn from losses of their own.
    second: Option<Second>,
    /// For each part on its own, once that has been asked for.
    applied: [Option<Rc<Plan>>; PartName::ALL.len()],
    /// For the gradients of each head, once those have been asked for.
    heads: [Option<Rc<Plan>>; 3],
    exec: Box<dyn Executor<f32>>,
    optimizer: Optimizer,
    /// Which layers are frozen in the training plan.
    locks: Vec<bool>,
    /// Whether the settings freeze others, which the next step's plan will know.
    locks_differ: bool,
    /// The rule that the optimizer state belongs to.
    state_of: Kind,
    penalty: Penalty,
    batcher: Batcher,
    augment: Augmenter,
    step: u64,
    /// Rows of the batch whose values the training plan holds; 0 before the first step.
    rows: usize,
    /// The samples that the training plan's inputs hold, in order; empty when what they hold is not known.
    gathered: Vec<u32>,
    /// Inputs and targets on their way to the training plan.
    batch: (Vec<f32>, Vec<f32>),
    /// Sum and number of this epoch's losses, for the plateau schedule.
    epoch_loss: (f64, u64),
    /// How much each class counts in the loss; empty: all alike.
    class_weights: Vec<f32>,
    /// Size of the latest step, while somebody asks.
    change: Change,
    /// Steps that a card is taking.
    burst: Option<burst::Burst>,
    /// Whether the card holds the training data.
    held: bool,
    /// See [`Session::is_behind`].
    behind: bool,
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
        self.exec.forward(TRAIN, rows, self.draws());
        let loss = self.loss();
        self.rows = rows;
        if !loss.is_finite() {
            return Err(self.non_finite());
        }
        self.exec.backward(TRAIN, rows, 0);
        let hyper = self.optimizer.advance();
        let params = self.whole(Space::Params);
        self.change.before(self.exec.host().get(params));
        self.exec.update(layout::MODEL, &self.penalty, &hyper);
        self.second_turn(rows)?;
        self.step += 1;
        self.change.after(&self.train, self.exec.host().get(params), self.step);
        self.account(loss, self.batcher.at_epoch_end());
        Ok(loss)
    }

    /// Counts a loss for the schedules that look at an epoch's.
    fn account(&mut self, loss: f32, ends_epoch: bool) {
        self.epoch_loss = (self.epoch_loss.0 + f64::from(loss), self.epoch_loss.1 + 1);
        if ends_epoch {
            let (sum, n) = std::mem::take(&mut self.epoch_loss);
            self.optimizer.observe(sum / n as f64);
        }
    }

    /// Copies the next batch into the training plan's inputs; returns its rows.
    fn fill_batch(&mut self) -> usize {
        let (x, y) = (self.train.locs[0], self.train.locs[1]);
        let indices = self.batcher.next_batch();
        let rows = indices.len();
        // Full batches without shuffling are the same every step: nothing to copy, unless they are changed each time.
        let (corrupts, draws) = (tasks::corrupts(&self.exp), tasks::draws(&self.exp));
        let changed = self.augment.is_on() || corrupts || draws || self.second.is_some();
        if !changed && self.gathered == indices {
            return rows;
        }
        self.gathered.clear();
        if !changed {
            self.gathered.extend_from_slice(indices);
        }
        let (to_x, to_y) = (At { plan: TRAIN, loc: x, rows }, At { plan: TRAIN, loc: y, rows });
        if !changed && self.burst.is_some() && self.held {
            if let Some(card) = self.exec.card() {
                card.gather(indices, to_x, to_y);
            }
            return rows;
        }
        let (x, y) = (&mut self.batch.0[..x.len(rows)], &mut self.batch.1[..y.len(rows)]);
        if draws {
            tasks::feed(&self.exp, &self.data, indices, &mut self.augment.rng, x, y);
        } else {
            batch::gather(&self.data, indices, x, y);
        }
        let classes = matches!(self.data.info.target, Target::Classes { .. });
        if self.exp.task.kind.contrasts() {
            self.augment.view(x, self.data.scale.as_ref());
            self.augment.view(y, self.data.scale.as_ref());
        } else {
            self.augment.apply(x, y, classes, self.data.scale.as_ref());
        }
        if self.exp.task.kind.asks_for_its_input() && self.augment.is_on() {
            y.copy_from_slice(x);
        }
        if corrupts {
            tasks::corrupt(&self.exp, &self.data.info.input, &mut self.augment.rng, x);
        }
        self.noise_for_batch(rows);
        self.exec.write(to_x, &self.batch.0[..to_x.loc.len(rows)]);
        self.exec.write(to_y, &self.batch.1[..to_y.loc.len(rows)]);
        rows
    }

    /// Has the size of the next step measured, for [`Session::norms`].
    pub fn watch_change(&mut self) {
        self.change.ask();
    }

    /// Randomness of the step to come.
    fn draws(&self) -> Draws {
        Draws { seed: self.exp.seed, step: self.step }
    }

    /// All numbers of an arena that plans share.
    fn whole(&self, space: Space) -> At {
        At { plan: TRAIN, loc: self.layout.whole(space), rows: 0 }
    }

    /// Numbers of a plan.
    fn seen(&self, plan: PlanId, loc: Loc, rows: usize) -> &[f32] {
        self.exec.host().get(At { plan, loc, rows })
    }

    fn loss(&self) -> f32 {
        self.train.graph.loss.map_or(f32::NAN, |v| self.read_train(self.train.locs[v.0])[0])
    }

    fn non_finite(&self) -> NonFinite {
        let bad = |loc: Loc| self.read_train(loc).iter().any(|x| !x.is_finite());
        let graph = &self.train.graph;
        let first = graph.values.iter().zip(&self.train.locs).find(|(_, loc)| bad(**loc));
        let grads = graph.params().filter_map(|(id, _)| self.train.grad(id)).flat_map(|loc| self.read_train(loc));
        let squares: f64 = grads.map(|g| f64::from(*g) * f64::from(*g)).sum();
        NonFinite {
            step: self.step + 1,
            value: first.map_or_else(|| super::nn::LOSS.to_string(), |(v, _)| v.name.clone()),
            lr: self.optimizer.lr(),
            grad_norm: squares.sqrt(),
        }
    }

    fn read_train(&self, loc: Loc) -> &[f32] {
        self.seen(TRAIN, loc, self.rows)
    }

    /// Rows of the batch that the latest step was of; 0 before the first.
    pub fn rows(&self) -> usize {
        self.rows
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

    /// The same, for another session on it.
    pub fn share_data(&self) -> Rc<Dataset> {
        self.data.clone()
    }

    /// The training plan, for names and shapes.
    pub fn plan(&self) -> &Plan {
        &self.train
    }

    /// Where parameters and buffers are, and which of them learn.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The backend's name.
    pub fn backend(&self) -> &'static str {
        self.exec.name()
    }

    /// Why the card that was asked for does not run this.
    pub fn fault(&self) -> Option<Fault> {
        self.exec.fault()
    }

    /// Multiply-adds of a training step on a full batch, times two.
    pub fn flops_per_step(&self) -> f64 {
        self.train.flops(self.train.capacity)
    }

    /// Numbers to learn.
    pub fn n_params(&self) -> usize {
        self.layout.n_params()
    }

    /// Whether every parameter is finite: only then is a checkpoint worth keeping.
    pub fn is_finite(&mut self) -> bool {
        let place = |loc| At { plan: TRAIN, loc, rows: 0 };
        let params = self.train.graph.params().map(|(id, _)| (place(self.train.locs[id.0]), Reduction::Finite));
        let ticket = self.exec.reduce(&params.collect::<Vec<_>>());
        self.exec.take(ticket).is_some_and(|all| all.iter().all(|x| *x == 1.0))
    }

    /// The numbers (or their gradient) of a value in the training plan, with shape: the latest step's.
    pub fn read(&self, name: &str, grad: bool) -> Option<(Vec<usize>, &[f32])> {
        let v = self.train.graph.find(name)?;
        let own = if grad { self.train.grad(v) } else { Some(self.train.locs[v.0]) };
        let numbers = match own {
            Some(loc) => self.read_train(loc),
            None => self.read_second_grad(name)?,
        };
        Some((self.shape(v), numbers))
    }

    /// Shape of a value, the batch axis (rows of the latest step, at least 1) first where it has one.
    pub fn shape(&self, v: ValueId) -> Vec<usize> {
        let value = &self.train.graph[v];
        let rows = value.batched.then_some(self.rows);
        rows.into_iter().chain(value.dims.iter().copied()).collect()
    }

    /// Sets a parameter or buffer. `Err` says which length it must have, `None` inside that there is no such value.
    pub fn write(&mut self, name: &str, values: &[f32]) -> Result<(), Option<usize>> {
        let v = self.train.graph.find(name).ok_or(None)?;
        let loc = self.train.locs[v.0];
        match loc.space {
            Space::Params | Space::Buffers => {}
            Space::Grads | Space::State | Space::Values => return Err(None),
        }
        if values.len() != loc.size {
            return Err(Some(loc.size));
        }
        self.exec.write(At { plan: TRAIN, loc, rows: 0 }, values);
        Ok(())
    }

    /// Sets a parameter or buffer, or with `index` one number of it. `Err` as [`Session::write`]; for a number that is not
    /// there how many there are.
    pub fn write_at(&mut self, name: &str, index: Option<usize>, values: &[f32]) -> Result<(), Option<usize>> {
        let Some(index) = index else { return self.write(name, values) };
        let mut all = self.read(name, false).map(|(_, all)| all.to_vec()).ok_or(None)?;
        let n = all.len();
        match (all.get_mut(index), values) {
            (Some(slot), [value]) => *slot = *value,
            (Some(_), _) => return Err(Some(1)),
            (None, _) => return Err(Some(n)),
        }
        self.write(name, &all)
    }

    /// Problems of an experiment that would replace this one, before anything is built.
    pub fn problems(exp: &Experiment) -> Vec<Problem> {
        exp.problems()
    }
}

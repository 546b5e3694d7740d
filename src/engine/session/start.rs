//! How a session begins: compiled from a spec, or changed while it runs.
//!
//! Not responsible for validity: `Experiment::problems` and `shape::infer` have found nothing.

use super::super::data::{Augmenter, Dataset, STREAM_AUGMENT, batch::Batcher};
use super::super::exec::{At, Executor, Fault, Penalty};
use super::super::graph::{Gradients, Graph, Layout, Loc, ParamInit, Plan, Role, Space, layout};
use super::super::init;
use super::super::nn::{self, Mode};
use super::super::optim::{self, Kind, Optimizer};
use super::super::rng::Rng;
use super::second::{self, Second};
use super::{Change, Session, TRAIN};
use crate::spec::model::PartName;
use crate::spec::part_optimizers::PartOptimizers;
use crate::spec::shape::eval_rows;
use crate::spec::{AugmentSpec, Backend, Experiment, OptimizerSpec, TaskSpec, TrainingSpec};
use std::rc::Rc;

/// Streams of the seed, one per use, so that changing one thing does not move the others.
pub mod stream {
    /// First weights.
    pub const INIT: u64 = 2;
}

/// Rows among which views are told apart when they are measured.
pub(super) const VIEWED: usize = 64;

/// What may change while a run goes on.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    optimizer: OptimizerSpec,
    optimizers: PartOptimizers,
    training: TrainingSpec,
    augment: Vec<AugmentSpec>,
    locks: Vec<bool>,
    task: TaskSpec,
}

impl Settings {
    /// Those of an experiment.
    pub fn of(exp: &Experiment) -> Settings {
        let (optimizer, optimizers) = (exp.optimizer.clone(), exp.optimizers.clone());
        let training = exp.training.clone();
        let (augment, task) = (exp.data.augment.clone(), exp.task.clone());
        Settings { optimizer, optimizers, training, augment, locks: exp.model.locks(), task }
    }
}

impl Session {
    /// Compiles `exp` for `data` and draws the first weights.
    pub fn new(exp: Experiment, data: impl Into<Rc<Dataset>>, exec: Box<dyn Executor<f32>>) -> Session {
        let data = data.into();
        let seed = u64::from(exp.seed);
        let capacity = exp.training.batch.min(data.n_train.max(1));
        let (train, eval) = (nn::build(&exp, &data.info, Mode::Train), nn::build(&exp, &data.info, Mode::Eval));
        let second = second::graph(&exp, &data.info);
        let values = eval.values.iter().filter(|v| v.batched && v.alias.is_none()).map(|v| v.size()).sum();
        let optimizer = Optimizer::new(exp.first_optimizer());
        let own = second.as_ref().map(|_| Kind::of(exp.optimizer_of(PartName::Generator).kind));
        let layout = lay_out(&train, second.as_ref(), slots(optimizer.kind(), own));
        let train = Plan::new(train, &layout, capacity, Gradients::Params);
        // Views are told apart among so many, whatever the batch of training.
        let most = if exp.task.kind.contrasts() { VIEWED } else { usize::MAX };
        let eval = Plan::new(eval, &layout, eval_rows(values).min(most), Gradients::None);
        let mut session = Session {
            state_of: optimizer.kind(),
            penalty: penalty(&exp, &train),
            second: second.map(|graph| Second::new(graph, &exp, &layout, capacity)),
            applied: Default::default(),
            heads: Default::default(),
            locks: exp.model.locks(),
            locks_differ: false,
            batcher: Batcher::new(
                data.n_train,
                capacity,
                exp.training.shuffle,
                Rng::new(seed, crate::engine::data::STREAM_BATCHES),
            )
            // Among fewer rows a view is found more easily.
            .whole(exp.task.kind.contrasts()),
            augment: Augmenter::new(&exp.data.augment, &data.info.input, Rng::new(seed, STREAM_AUGMENT)),
            batch: room(&train),
            exp,
            data,
            layout: Rc::new(layout),
            train: Rc::new(train),
            eval: Rc::new(eval),
            exec,
            optimizer,
            step: 0,
            rows: 0,
            gathered: Vec::with_capacity(capacity),
            epoch_loss: (0.0, 0),
            lens: None,
            class_weights: Vec::new(),
            change: Change::default(),
            burst: None,
            held: false,
            behind: false,
        };
        session.prepare();
        session.draw_first_weights(&mut Rng::new(seed, stream::INIT));
        session.fresh_state();
        session.weigh();
        session
    }

    /// Tells the executor of the plans as they are now.
    pub(super) fn prepare(&mut self) {
        let second = self.second.as_ref().map(|s| s.plan.clone());
        let later = [self.lens.clone(), second].into_iter().chain(self.applied.iter().chain(&self.heads).cloned());
        let mut plans = vec![Some(self.train.clone()), Some(self.eval.clone())];
        plans.extend(later);
        let n = plans.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
        // What nobody has asked for yet takes a place and no room.
        let nothing = Rc::new(Plan::new(Graph::default(), &self.layout, 1, Gradients::None));
        let plans = plans.into_iter().take(n).map(|p| p.unwrap_or_else(|| nothing.clone())).collect();
        self.exec.prepare(self.layout.clone(), plans);
    }

    /// Parameters and buffers as the graph wants them at the start.
    fn draw_first_weights(&mut self, rng: &mut Rng) {
        let train = self.train.clone();
        for (v, loc) in train.graph.values.iter().zip(&train.locs) {
            let mut first = vec![0.0; loc.size];
            match v.role {
                Role::Param { init, .. } => begin(init, rng, &mut first),
                Role::Buffer { fill } => first.fill(fill),
                Role::Input | Role::Target | Role::Activation | Role::Saved | Role::Loss => continue,
            }
            self.exec.write(At { plan: TRAIN, loc: *loc, rows: 0 }, &first);
        }
    }

    /// Optimizer state before the first step.
    pub(super) fn fresh_state(&mut self) {
        let first = optim::fresh(self.optimizer.constants()) as f32;
        self.exec.fill(self.whole(Space::State), first);
        let Some(second) = self.second.as_ref().map(|s| optim::fresh(s.optimizer.constants()) as f32) else { return };
        if second == first {
            return;
        }
        let (layout, n) = (self.layout.clone(), self.layout.whole(Space::Params).size);
        for (k, run) in (0..layout.slots).flat_map(|k| layout.group(layout::SECOND).runs.iter().map(move |r| (k, r))) {
            let loc = Loc { space: Space::State, off: k * n + run.start, size: run.len(), batched: false };
            self.exec.fill(At { plan: TRAIN, loc, rows: 0 }, second);
        }
    }

    fn graph(&self, mode: Mode) -> Graph {
        nn::build(&self.exp, &self.data.info, mode)
    }

    /// Whether `exp` differs only in [`Settings`], and perhaps in what runs it.
    pub fn can_tune(&self, exp: &Experiment) -> bool {
        exp.seed == self.exp.seed
            && exp.task.same_networks(&self.exp.task)
            && exp.data.same_rows(&self.exp.data)
            && exp.model.same_but_for_locks(&self.exp.model)
    }

    /// Goes on under another executor with the same numbers: parameters, optimizer state, statistics, randomness. Where a
    /// card refuses, all is as before.
    ///
    /// # Errors
    /// Why the card does not run this.
    pub fn move_to(&mut self, backend: Backend, exec: Box<dyn Executor<f32>>) -> Result<(), Fault> {
        let now = self.checkpoint();
        let old = std::mem::replace(&mut self.exec, exec);
        self.prepare();
        if let Some(fault) = self.exec.fault() {
            self.exec = old;
            return Err(fault);
        }
        self.exp.backend = backend;
        self.held = false;
        self.gathered.clear();
        // It is of this very session.
        let _same_network = self.restore(&now.bytes);
        Ok(())
    }

    /// What is in force.
    pub fn settings(&self) -> Settings {
        Settings::of(&self.exp)
    }

    /// Takes other settings; the run goes on at the same step. Another batch size cuts what is left
    /// of the epoch; another optimizer starts with fresh state; frozen layers keep theirs and go on with it when they learn
    /// again. All of it happens with the next step: choosing and changing one's mind leaves no trace.
    pub fn tune(&mut self, to: &Settings) {
        self.exp.optimizer.clone_from(&to.optimizer);
        self.exp.optimizers.clone_from(&to.optimizers);
        self.optimizer.set_spec(self.exp.first_optimizer());
        let generator = self.exp.optimizer_of(PartName::Generator);
        self.second.iter_mut().for_each(|s| s.optimizer.set_spec(generator));
        self.augment.set(&to.augment);
        self.batcher.set_shuffle(to.training.shuffle);
        self.exp.training.clone_from(&to.training);
        self.exp.data.augment.clone_from(&to.augment);
        self.exp.model.set_locks(&to.locks);
        self.locks_differ = self.locks != to.locks;
        if self.exp.task != to.task {
            self.exp.task.clone_from(&to.task);
            // The loss is another: both graphs are built anew with the next step.
            self.locks_differ = true;
            self.eval = Rc::new(Plan::new(self.graph(Mode::Eval), &self.layout, self.eval.capacity, Gradients::None));
        }
        self.penalty = penalty(&self.exp, &self.train);
        self.weigh();
    }

    /// Whether memory and optimizer state are those of the settings.
    pub(super) fn is_settled(&self) -> bool {
        !self.locks_differ && self.states() == self.rules() && self.train.capacity == self.capacity()
    }

    /// The rules that the optimizer state belongs to: the first player's, the second's.
    pub(super) fn states(&self) -> (Kind, Option<Kind>) {
        (self.state_of, self.second.as_ref().map(|s| s.state_of))
    }

    /// The rules in force, likewise.
    fn rules(&self) -> (Kind, Option<Kind>) {
        (self.optimizer.kind(), self.second.as_ref().map(|s| s.optimizer.kind()))
    }

    /// Rows of a full batch.
    fn capacity(&self) -> usize {
        self.exp.training.batch.min(self.data.n_train.max(1))
    }

    /// Makes memory and optimizer state those of the settings. Parameters stay where they are: their place does not
    /// depend on the batch.
    pub(super) fn settle(&mut self) {
        let (before, capacity) = (self.train.capacity, self.capacity());
        if before != capacity || self.locks_differ {
            let graph = self.graph(Mode::Train);
            let second = second::graph(&self.exp, &self.data.info);
            self.layout = Rc::new(lay_out(&graph, second.as_ref(), self.layout.slots));
            if let Some((old, graph)) = self.second.take().zip(second) {
                let fresh = Second::new(graph, &self.exp, &self.layout, capacity);
                let (optimizer, state_of, loss) = (old.optimizer, old.state_of, old.loss);
                self.second = Some(Second { optimizer, state_of, loss, ..fresh });
            }
            let mut train = Plan::new(graph, &self.layout, capacity, Gradients::Params);
            train.weigh_classes(&self.class_weights);
            (self.batch, self.train) = (room(&train), Rc::new(train));
            self.rows = 0;
            // What was gathered is gone; room for a full batch, so that steps do not allocate.
            self.gathered = Vec::with_capacity(capacity);
            self.penalty = penalty(&self.exp, &self.train);
            (self.locks, self.locks_differ) = (self.exp.model.locks(), false);
            // Looking at single examples knows as well which gradients there are.
            self.lens = None;
            self.heads = Default::default();
            self.prepare();
        }
        if before != capacity {
            self.batcher.set_batch(capacity);
        }
        let rules = self.rules();
        if self.states() != rules {
            self.hold_states_of(rules);
            self.fresh_state();
            self.optimizer.start_afresh();
            self.second.iter_mut().for_each(|s| s.optimizer.start_afresh());
        }
    }

    /// Sizes the optimizer state for these rules; what it holds is left to the caller.
    pub(super) fn hold_states_of(&mut self, (first, second): (Kind, Option<Kind>)) {
        self.state_of = first;
        self.second.iter_mut().zip(second).for_each(|(s, kind)| s.state_of = kind);
        Rc::make_mut(&mut self.layout).slots = slots(first, second);
        self.prepare();
    }

    /// Copies every parameter and buffer of `old` that has the same name and shape here; returns their names.
    pub fn keep_from(&mut self, old: &Session) -> Vec<String> {
        let mut kept = Vec::new();
        for v in &self.train.graph.values.clone() {
            let keeps = v.role.is_param() || matches!(v.role, Role::Buffer { .. });
            let Some(id) = old.train.graph.find(&v.name).filter(|_| keeps) else { continue };
            if old.train.graph[id].dims == v.dims && old.train.graph[id].role.word() == v.role.word() {
                let Some((_, values)) = old.read(&v.name, false) else { continue };
                if self.write(&v.name, values).is_ok() {
                    kept.push(v.name.clone());
                }
            }
        }
        kept
    }
}

/// First numbers of a parameter.
fn begin(init: ParamInit, rng: &mut Rng, first: &mut [f32]) {
    match init {
        ParamInit::Weight(init, fans) => init::fill(&init, fans, rng, first),
        ParamInit::Bias(init, fan_in) => init::fill_bias(&init, fan_in, rng, first),
        ParamInit::ForgetBias(init, fan_in, more) => {
            init::fill_bias(&init, fan_in, rng, first);
            let n = first.len() / 4;
            first[n..2 * n].iter_mut().for_each(|b| *b += more);
        }
        ParamInit::Fill(x) => first.fill(x),
    }
}

/// Numbers of state to each parameter: as many as the rule that wants more of them.
pub(super) fn slots(first: Kind, second: Option<Kind>) -> usize {
    first.state_slots().max(second.map_or(0, Kind::state_slots))
}

/// Room for a full batch of a plan's inputs and targets.
fn room(plan: &Plan) -> (Vec<f32>, Vec<f32>) {
    let of = |k: usize| vec![0.0; plan.locs[k].len(plan.capacity)];
    (of(0), of(1))
}

/// Places of all parameters: those of both players, each in its own group.
fn lay_out(train: &Graph, second: Option<&Graph>, slots: usize) -> Layout {
    match second {
        Some(second) => Layout::of_groups(&[(train, layout::MODEL), (second, layout::SECOND)], slots),
        None => Layout::of([train], slots),
    }
}

pub(super) fn penalty(exp: &Experiment, plan: &Plan) -> Penalty {
    let weights = plan.graph.params().filter(|(_, v)| matches!(v.role, Role::Param { decay: true, frozen: false, .. }));
    let weights = weights.map(|(id, _)| plan.locs[id.0]).map(|l| l.off..l.off + l.size).collect();
    Penalty { l1: exp.training.l1, l2: exp.training.l2, weights }
}

//! How a session begins: compiled from a spec, or changed while it runs.
//!
//! Not responsible for validity: `Experiment::problems` and `shape::infer` have found nothing.

use super::super::data::{Augmenter, Dataset, STREAM_AUGMENT, batch::Batcher};
use super::super::exec::{Executor, Penalty, Store};
use super::super::graph::{Gradients, Plan, Role};
use super::super::nn::{self, Mode};
use super::super::optim::{self, Kind, Optimizer};
use super::super::rng::Rng;
use super::{Change, Session};
use crate::spec::shape::eval_rows;
use crate::spec::{AugmentSpec, Experiment, OptimizerSpec, TrainingSpec};

/// Streams of the seed, one per use, so that changing one thing does not move the others.
pub mod stream {
    /// First weights.
    pub const INIT: u64 = 2;
    /// Dropout masks.
    pub const DROPOUT: u64 = 4;
}

/// What may change while a run goes on.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    optimizer: OptimizerSpec,
    training: TrainingSpec,
    augment: Vec<AugmentSpec>,
}

impl Settings {
    /// Those of an experiment.
    pub fn of(exp: &Experiment) -> Settings {
        let (optimizer, training) = (exp.optimizer.clone(), exp.training.clone());
        Settings { optimizer, training, augment: exp.data.augment.clone() }
    }
}

impl Session {
    /// Compiles `exp` for `data` and draws the first weights.
    pub fn new(exp: Experiment, data: Dataset, exec: Box<dyn Executor<f32>>) -> Session {
        let seed = u64::from(exp.seed);
        let capacity = exp.training.batch.min(data.n_train.max(1));
        let train = Plan::new(nn::build(&exp, &data.info, Mode::Train), capacity, Gradients::Params);
        let eval = nn::build(&exp, &data.info, Mode::Eval);
        let values = eval.values.iter().filter(|v| v.batched && v.alias.is_none()).map(|v| v.size()).sum();
        let eval = Plan::new(eval, eval_rows(values), Gradients::None);
        let optimizer = Optimizer::new(&exp.optimizer);
        let slots = optimizer.kind().state_slots();
        let mut store = Store::new(&train, slots, &mut Rng::new(seed, stream::INIT));
        optim::reset(&mut store.state, optimizer.constants());
        Session {
            state_of: optimizer.kind(),
            penalty: penalty(&exp, &train),
            batcher: Batcher::new(
                data.n_train,
                capacity,
                exp.training.shuffle,
                Rng::new(seed, crate::engine::data::STREAM_BATCHES),
            ),
            augment: Augmenter::new(&exp.data.augment, &data.info.input, Rng::new(seed, STREAM_AUGMENT)),
            rng: Rng::new(seed, stream::DROPOUT),
            train_values: vec![0.0; train.values_len],
            eval_values: vec![0.0; eval.values_len],
            exp,
            data,
            train,
            eval,
            store,
            exec,
            optimizer,
            step: 0,
            rows: 0,
            gathered: Vec::with_capacity(capacity),
            epoch_loss: (0.0, 0),
            lens: None,
            change: Change::default(),
        }
    }

    /// Whether `exp` differs only in [`Settings`].
    pub fn can_tune(&self, exp: &Experiment) -> bool {
        let rest = (&exp.model, &exp.task, exp.seed, exp.backend);
        exp.data.same_rows(&self.exp.data) && rest == (&self.exp.model, &self.exp.task, self.exp.seed, self.exp.backend)
    }

    /// What is in force.
    pub fn settings(&self) -> Settings {
        Settings::of(&self.exp)
    }

    /// Takes other settings; the run goes on at the same step. Another batch size cuts what is left
    /// of the epoch; another optimizer starts with fresh state. Both happen with the next step: choosing and changing
    /// one's mind leaves no trace.
    pub fn tune(&mut self, to: &Settings) {
        self.optimizer.set_spec(&to.optimizer);
        self.augment.set(&to.augment);
        self.batcher.set_shuffle(to.training.shuffle);
        self.exp.optimizer.clone_from(&to.optimizer);
        self.exp.training.clone_from(&to.training);
        self.exp.data.augment.clone_from(&to.augment);
        self.penalty = penalty(&self.exp, &self.train);
    }

    /// Whether memory and optimizer state are those of the settings.
    pub(super) fn is_settled(&self) -> bool {
        self.state_of == self.optimizer.kind() && self.train.capacity == self.capacity()
    }

    /// Rows of a full batch.
    fn capacity(&self) -> usize {
        self.exp.training.batch.min(self.data.n_train.max(1))
    }

    /// Makes memory and optimizer state those of the settings. Parameters stay where they are: their place does not
    /// depend on the batch.
    pub(super) fn settle(&mut self) {
        let capacity = self.capacity();
        if self.train.capacity != capacity {
            self.train = Plan::new(nn::build(&self.exp, &self.data.info, Mode::Train), capacity, Gradients::Params);
            self.train_values = vec![0.0; self.train.values_len];
            self.rows = 0;
            // What was gathered is gone; room for a full batch, so that steps do not allocate.
            self.gathered = Vec::with_capacity(capacity);
            self.batcher.set_batch(capacity);
        }
        let kind = self.optimizer.kind();
        if self.state_of != kind {
            self.hold_state_of(kind);
            optim::reset(&mut self.store.state, self.optimizer.constants());
            self.optimizer.start_afresh();
        }
    }

    /// Sizes the optimizer state for a rule; what it holds is left to the caller.
    pub(super) fn hold_state_of(&mut self, kind: Kind) {
        self.state_of = kind;
        self.store.state.resize(self.train.params_len * kind.state_slots(), 0.0);
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

fn penalty(exp: &Experiment, plan: &Plan) -> Penalty {
    let weights = plan.graph.params().filter(|(_, v)| matches!(v.role, Role::Param { decay: true, .. }));
    let weights = weights.map(|(id, _)| plan.locs[id.0]).map(|l| l.off..l.off + l.size).collect();
    Penalty { l1: exp.training.l1, l2: exp.training.l2, weights }
}

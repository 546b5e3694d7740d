//! How a session begins: compiled from a spec, or changed while it runs.
//!
//! Not responsible for validity: `Experiment::problems` and `shape::infer` have found nothing.

use super::super::data::{Augmenter, Dataset, STREAM_AUGMENT, batch::Batcher};
use super::super::exec::{Executor, Penalty, Store};
use super::super::graph::{Plan, Role};
use super::super::nn::{self, Mode};
use super::super::optim::{self, Optimizer};
use super::super::rng::Rng;
use super::Session;
use crate::spec::Experiment;
use crate::spec::shape::eval_rows;

/// Streams of the seed, one per use, so that changing one thing does not move the others.
pub mod stream {
    /// First weights.
    pub const INIT: u64 = 2;
    /// Dropout masks.
    pub const DROPOUT: u64 = 4;
}

impl Session {
    /// Compiles `exp` for `data` and draws the first weights.
    pub fn new(exp: Experiment, data: Dataset, exec: Box<dyn Executor<f32>>) -> Session {
        let seed = u64::from(exp.seed);
        let capacity = exp.training.batch.min(data.n_train.max(1));
        let train = Plan::new(nn::build(&exp, &data.info, Mode::Train), capacity, true);
        let eval = nn::build(&exp, &data.info, Mode::Eval);
        let values = eval.values.iter().filter(|v| v.batched && v.alias.is_none()).map(|v| v.size()).sum();
        let eval = Plan::new(eval, eval_rows(values), false);
        let optimizer = Optimizer::new(&exp.optimizer);
        let slots = optimizer.kind().state_slots();
        let mut store = Store::new(&train, slots, &mut Rng::new(seed, stream::INIT));
        optim::reset(&mut store.state, optimizer.constants());
        Session {
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
            epoch_loss: (0.0, 0),
        }
    }

    /// Whether `exp` differs only in numbers that may change while training runs.
    pub fn can_tune(&self, exp: &Experiment) -> bool {
        let same_kind = self.optimizer.kind() == Optimizer::new(&exp.optimizer).kind();
        let same_batches =
            exp.training.batch == self.exp.training.batch && exp.training.shuffle == self.exp.training.shuffle;
        let rest = (&exp.model, &exp.task, exp.seed, exp.backend);
        same_kind
            && same_batches
            && exp.data.same_rows(&self.exp.data)
            && rest == (&self.exp.model, &self.exp.task, self.exp.seed, self.exp.backend)
    }

    /// Takes the hyper-parameters of `exp`; the run goes on. Only after [`Session::can_tune`].
    pub fn tune(&mut self, exp: Experiment) {
        self.optimizer.set_spec(&exp.optimizer);
        self.augment.set(&exp.data.augment);
        self.penalty = penalty(&exp, &self.train);
        self.exp = exp;
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

//! Trained weights out of a session and into another one: parameters and running statistics by name, with their step.
//!
//! Not responsible for the bytes they are kept in (`spec::weights`), nor for going on to the bit (`checkpoint.rs`).

use super::super::data::{STREAM_AUGMENT, STREAM_BATCHES, batch::Batcher};
use super::super::graph::Role;
use super::super::optim::Progress;
use super::super::rng::Rng;
use super::Session;
use crate::spec::shape::show;
use crate::spec::weights::Tensor;
use crate::spec::{Code, Problem, Weights};

impl Session {
    /// Names and shapes of what is learned or measured in training.
    fn kept(&self) -> impl Iterator<Item = (&str, &[usize])> {
        let values = self.train.graph.values.iter();
        let kept = values.filter(|v| v.role.is_param() || matches!(v.role, Role::Buffer { .. }));
        kept.map(|v| (v.name.as_str(), v.dims.as_slice()))
    }

    /// Everything that was learned so far.
    pub fn weights(&self) -> Weights {
        let tensor = |(name, shape): (&str, &[usize])| {
            // The name comes from the graph itself.
            let data = self.read(name, false).map(|(_, values)| values.to_vec()).unwrap_or_default();
            Tensor { name: name.to_string(), shape: shape.to_vec(), data }
        };
        Weights { tensors: self.kept().map(tensor).collect(), step: self.step, epoch: self.epoch() }
    }

    /// Begins with what another session of this experiment had learned, at its step. What follows is the same every time:
    /// fresh optimizer state, the schedule at that step, a new epoch, and random numbers that seed and step give.
    ///
    /// # Errors
    /// One problem for what is missing, unknown or of another shape; nothing changes then.
    pub fn open_weights(&mut self, weights: &Weights) -> Result<(), Vec<Problem>> {
        let problems = self.misfits(weights);
        if !problems.is_empty() {
            return Err(problems);
        }
        for t in &weights.tensors {
            // Names and shapes have just been compared.
            let _fits = self.write(&t.name, &t.data);
        }
        self.step = weights.step;
        (self.rows, self.epoch_loss) = (0, (0.0, 0));
        self.gathered.clear();
        self.optimizer.progress = Progress { t: weights.step, ..Progress::default() };
        self.optimizer.start_afresh();
        self.fresh_state();
        // A seed has 32 bits: every step has random numbers of its own, and step 0 those of the seed.
        let seed = u64::from(self.exp.seed) ^ (weights.step << 32);
        let order = Rng::new(seed, STREAM_BATCHES);
        let batcher = Batcher::new(self.data.n_train, self.train.capacity, self.exp.training.shuffle, order);
        self.batcher = batcher.from_epoch(weights.epoch).whole(self.exp.task.kind.contrasts());
        self.augment.rng = Rng::new(seed, STREAM_AUGMENT);
        Ok(())
    }

    fn misfits(&self, weights: &Weights) -> Vec<Problem> {
        let ours: Vec<(&str, &[usize])> = self.kept().collect();
        let (mut missing, mut shapes) = (Vec::new(), Vec::new());
        for (name, shape) in &ours {
            match weights.find(name) {
                None => missing.push(*name),
                Some(t) if t.shape != *shape => shapes.push((*name, show(&t.shape), show(shape))),
                Some(_) => {}
            }
        }
        let known = |name: &str| ours.iter().any(|(ours, _)| *ours == name);
        let unknown: Vec<&str> = weights.tensors.iter().map(|t| t.name.as_str()).filter(|n| !known(n)).collect();
        let problem =
            |code, name: &str, count: usize| Problem::new("weights", code).arg("name", name).arg("count", count);
        let first = |names: &[&str], code| names.first().map(|name| problem(code, name, names.len()));
        let shape = shapes.first().map(|(name, got, expected)| {
            Problem::new("weights", Code::WeightsShape).arg("name", name).arg("got", got).arg("expected", expected)
        });
        let missing = first(&missing, Code::WeightsMissing);
        missing.into_iter().chain(first(&unknown, Code::WeightsUnknown)).chain(shape).collect()
    }
}

//! What the worker is told about an experiment: to start it afresh, or to go on with it as edited.
//!
//! Pure. Not responsible for fetching files or sending (`ui::link`).

use super::State;
use crate::protocol::Command;
use crate::spec::{Backend, Experiment};
use std::rc::Rc;

/// One experiment on its way to the worker.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// What runs it, where that is not the experiment's own word: with `auto` the winner of the race.
    pub backend: Backend,
    /// It is an edit of what runs; else it starts from the first weights of its seed.
    pub update: bool,
    /// Where the network alone has changed, what fits of the weights is kept.
    pub keep: bool,
    /// What fits is kept on other data too.
    pub carry: bool,
    /// Go on from the checkpoint once it is loaded.
    pub restore: bool,
    /// Begin with these trained weights.
    pub weights: Option<Rc<[u8]>>,
}

impl Job {
    /// The page's experiment.
    pub fn of(state: &State, update: bool) -> Job {
        let (keep, carry) = (state.edit.keep_weights, state.edit.carry_weights);
        let (experiment, backend) = (state.edit.experiment.clone(), state.backend());
        Job { experiment, backend, update, keep, carry, restore: false, weights: None }
    }

    /// From the first weights of its seed.
    pub fn afresh(experiment: Rc<Experiment>) -> Job {
        let backend = experiment.backend;
        Job { experiment, backend, update: false, keep: false, carry: false, restore: false, weights: None }
    }

    /// The experiment anew, from the last checkpoint.
    pub fn again(experiment: Rc<Experiment>) -> Job {
        Job { restore: true, ..Job::afresh(experiment) }
    }

    /// In place of an earlier one that was never sent: what that one would have started afresh must not go on.
    #[must_use]
    pub fn instead_of(self, earlier: &Job) -> Job {
        let (old, new) = (&earlier.experiment, &self.experiment);
        let same = self.update && new.model == old.model && new.same_but_for_the_network(old);
        let weights = self.weights.clone().or_else(|| earlier.weights.clone().filter(|_| same));
        Job { update: self.update && earlier.update, weights, ..self }
    }

    /// As a command to a worker that has (or has not) something loaded.
    pub fn command(&self, is_running: bool) -> Command {
        // Plain data with string keys: serialising cannot fail.
        let experiment = Experiment { backend: self.backend, ..Experiment::clone(&self.experiment) };
        let experiment = serde_json::to_value(experiment).unwrap_or_default();
        if self.weights.is_some() {
            Command::Open { experiment }
        } else if self.update && is_running && !self.restore {
            Command::Update { experiment, keep: self.keep, carry: self.carry }
        } else {
            Command::Load { experiment }
        }
    }
}

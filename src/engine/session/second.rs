//! What a session has more where two networks learn from losses of their own: the generator's plan, optimizer and noise.
//!
//! The first player is the session's own training plan. Not responsible for the graphs (`engine::tasks::gan`).

use super::super::exec::{At, Penalty};
use super::super::graph::{Gradients, Graph, Plan, layout};
use super::super::optim::Optimizer;
use super::super::tasks::gan;
use super::{NonFinite, SECOND, Session, TRAIN};
use crate::engine::nn;
use crate::spec::model::PartName;
use crate::spec::tasks::{Gan, GanLoss};
use crate::spec::{DataInfo, Experiment, TaskKind};
use std::rc::Rc;

/// The second player.
pub(super) struct Second {
    pub plan: Rc<Plan>,
    pub optimizer: Optimizer,
    pub penalty: Penalty,
    /// The latest loss of its own; NaN before the first.
    pub loss: f32,
    pub noise: Vec<f32>,
}

/// The generator's graph, where the task has one.
pub(super) fn graph(exp: &Experiment, info: &DataInfo) -> Option<Graph> {
    match &exp.task.kind {
        TaskKind::Gan(task) => Some(gan::generator(nn::Build::new(exp, info, nn::Mode::Train, false), task, exp, info)),
        TaskKind::Classification
        | TaskKind::Regression
        | TaskKind::LanguageModel
        | TaskKind::Autoencoder(_)
        | TaskKind::Vae(_)
        | TaskKind::Diffusion(_)
        | TaskKind::Several(_) => None,
    }
}

impl Second {
    pub fn new(graph: Graph, exp: &Experiment, layout: &layout::Layout, capacity: usize) -> Second {
        let plan = Plan::new(graph, layout, capacity, Gradients::Params);
        Second {
            noise: vec![0.0; plan.locs[0].len(capacity)],
            penalty: super::start::penalty(exp, &plan),
            plan: Rc::new(plan),
            optimizer: Optimizer::new(&exp.optimizer),
            loss: f32::NAN,
        }
    }
}

impl Session {
    /// Fresh noise for the rows of a batch, in place of targets.
    pub(super) fn noise_for_batch(&mut self, rows: usize) {
        if self.second.is_some() {
            let n = self.train.locs[1].len(rows);
            let rng = &mut self.augment.rng;
            self.batch.1[..n].iter_mut().for_each(|z| *z = rng.normal());
        }
    }

    /// The second player's half of a step, if it is its turn. The same rules hold: a loss that is no number moves nothing.
    pub(super) fn second_turn(&mut self, rows: usize) -> Result<(), NonFinite> {
        let Some(task) = self.second.as_ref().and_then(|_| gan_of(&self.exp)) else { return Ok(()) };
        if task.loss == GanLoss::Wasserstein {
            self.keep_within(task.clip);
        }
        if !(self.step + 1).is_multiple_of(task.critic_steps as u64) {
            return Ok(());
        }
        let Some(mut second) = self.second.take() else { return Ok(()) };
        let (z, rng) = (second.plan.locs[0], &mut self.augment.rng);
        let noise = &mut second.noise[..z.len(rows)];
        noise.iter_mut().for_each(|z| *z = rng.normal());
        self.exec.write(At { plan: SECOND, loc: z, rows }, noise);
        self.exec.forward(SECOND, rows, self.draws());
        second.loss = second.plan.graph.loss.map_or(f32::NAN, |v| self.seen(SECOND, second.plan.locs[v.0], rows)[0]);
        let fine = second.loss.is_finite();
        if fine {
            self.exec.backward(SECOND, rows, 0);
            let hyper = second.optimizer.advance();
            self.exec.update(layout::SECOND, &second.penalty, &hyper);
        }
        let lr = second.optimizer.lr();
        self.second = Some(second);
        if fine {
            return Ok(());
        }
        let value = format!("{}.{}", PartName::Generator.name(), nn::LOSS);
        Err(NonFinite { step: self.step + 1, value, lr, grad_norm: f64::NAN })
    }

    /// Every weight of the discriminator back within ± `bound`.
    fn keep_within(&mut self, bound: f32) {
        // In this plan nothing else learns.
        let params = self.train.graph.params().filter(|(_, v)| v.role.learns());
        let mut bounded = std::mem::take(&mut self.bounded);
        for at in params.map(|(id, _)| At { plan: TRAIN, loc: self.train.locs[id.0], rows: 0 }) {
            bounded.clear();
            bounded.extend(self.exec.host().get(at).iter().map(|w| w.clamp(-bound, bound)));
            self.exec.write(at, &bounded);
        }
        self.bounded = bounded;
    }

    /// The plans that move parameters, each with its id and the group it moves.
    pub(super) fn learning(&self) -> impl Iterator<Item = (super::PlanId, &Rc<Plan>)> {
        std::iter::once((TRAIN, &self.train)).chain(self.second.iter().map(|s| (SECOND, &s.plan)))
    }

    /// Names of the numbers that the loss is made of: `loss.kl`, `generator.loss`.
    pub fn term_names(&self) -> Vec<String> {
        let graph = &self.train.graph;
        let own = self.train.terms.iter().map(|v| graph[*v].name.clone());
        own.chain(self.second.iter().map(|_| format!("{}.{}", PartName::Generator.name(), nn::LOSS))).collect()
    }

    /// Overwrites `to` with those of the latest step, in the same order; with none before the first step. What had no turn
    /// yet is NaN.
    pub fn terms(&self, to: &mut Vec<f32>) {
        to.clear();
        if self.rows > 0 {
            to.extend(self.train.terms.iter().map(|v| self.read_train(self.train.locs[v.0])[0]));
            to.extend(self.second.iter().map(|s| s.loss));
        }
    }

    /// What the generator made of its latest batch, with its shape, and minus the gradient of its loss with respect to each
    /// row, times the rows; `None` before its first step.
    pub fn pushed(&self) -> Option<(Vec<usize>, Vec<f32>, Vec<f32>)> {
        let plan = &self.second.as_ref().filter(|s| s.loss.is_finite() && self.rows > 0)?.plan;
        let made = plan.graph.output?;
        let shape = [vec![self.rows], plan.graph[made].dims.clone()].concat();
        let rows = self.rows as f32;
        let push = self.seen(SECOND, plan.grad(made)?, self.rows).iter().map(|d| -d * rows).collect();
        Some((shape, self.seen(SECOND, plan.locs[made.0], self.rows).to_vec(), push))
    }

    /// The gradient of a value of the second player's plan.
    pub(super) fn read_second_grad(&self, name: &str) -> Option<&[f32]> {
        let plan = &self.second.as_ref()?.plan;
        Some(self.seen(SECOND, plan.grad(plan.graph.find(name)?)?, self.rows))
    }
}

fn gan_of(exp: &Experiment) -> Option<Gan> {
    match exp.task.kind {
        TaskKind::Gan(task) => Some(task),
        TaskKind::Classification
        | TaskKind::Regression
        | TaskKind::LanguageModel
        | TaskKind::Autoencoder(_)
        | TaskKind::Vae(_)
        | TaskKind::Diffusion(_)
        | TaskKind::Several(_) => None,
    }
}

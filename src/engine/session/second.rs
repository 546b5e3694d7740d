//! What a session has more where two networks learn from losses of their own: the generator's plan, optimizer and noise.
//!
//! The first player is the session's own training plan. Not responsible for the graphs (`engine::tasks::gan`).

use super::super::exec::{At, Penalty};
use super::super::graph::{Gradients, Graph, Plan, layout};
use super::super::optim::{Kind, Optimizer};
use super::super::tasks::gan;
use super::{NonFinite, SECOND, Session, TRAIN};
use crate::engine::nn;
use crate::spec::model::PartName;
use crate::spec::tasks::GanLoss;
use crate::spec::{DataInfo, Experiment, TaskKind};
use std::rc::Rc;

/// The second player.
pub(super) struct Second {
    pub plan: Rc<Plan>,
    pub optimizer: Optimizer,
    /// The rule that its part of the optimizer state belongs to.
    pub state_of: Kind,
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
        | TaskKind::Several(_)
        | TaskKind::Rotation
        | TaskKind::Contrastive(_) => None,
    }
}

impl Second {
    pub fn new(graph: Graph, exp: &Experiment, layout: &layout::Layout, capacity: usize) -> Second {
        let plan = Plan::new(graph, layout, capacity, Gradients::Params);
        let optimizer = Optimizer::new(exp.optimizer_of(PartName::Generator));
        Second {
            noise: vec![0.0; plan.locs[0].len(capacity)],
            penalty: super::start::penalty(exp, &plan),
            plan: Rc::new(plan),
            state_of: optimizer.kind(),
            optimizer,
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
        let Some((at, rows)) = self.second_forward(rows) else { return Ok(()) };
        let loss = self.exec.host().get(at)[0];
        let lr = self.second.as_mut().map_or(f64::NAN, |second| {
            second.loss = loss;
            second.optimizer.lr()
        });
        if loss.is_finite() {
            self.second_moves(rows);
            return Ok(());
        }
        let value = format!("{}.{}", PartName::Generator.name(), nn::LOSS);
        Err(NonFinite { step: self.step + 1, value, lr, grad_norm: f64::NAN })
    }

    /// What comes before the second player's loss is known, if it is its turn: where that loss will be, and the rows.
    pub(super) fn second_forward(&mut self, rows: usize) -> Option<(At, usize)> {
        let task = self.second.as_ref().and_then(|_| self.exp.task.kind.gan().copied())?;
        if task.loss == GanLoss::Wasserstein {
            self.keep_within(task.clip);
        }
        if !(self.step + 1).is_multiple_of(task.critic_steps as u64) {
            return None;
        }
        let mut second = self.second.take()?;
        let (z, rng) = (second.plan.locs[0], &mut self.augment.rng);
        let noise = &mut second.noise[..z.len(rows)];
        noise.iter_mut().for_each(|z| *z = rng.normal());
        self.exec.write(At { plan: SECOND, loc: z, rows }, noise);
        self.exec.forward(SECOND, rows, self.draws());
        let loss = second.plan.graph.loss.map(|v| At { plan: SECOND, loc: second.plan.locs[v.0], rows });
        self.second = Some(second);
        loss.zip(Some(rows))
    }

    /// And what comes after.
    pub(super) fn second_moves(&mut self, rows: usize) {
        let Some(second) = &mut self.second else { return };
        self.exec.backward(SECOND, rows, 0);
        let hyper = second.optimizer.advance();
        self.exec.update(layout::SECOND, &second.penalty, &hyper);
    }

    /// Every weight of the discriminator back within ± `bound`.
    fn keep_within(&mut self, bound: f32) {
        for (v, loc) in self.train.graph.values.iter().zip(&self.train.locs) {
            // In this plan nothing else learns.
            if v.role.is_param() && v.role.learns() {
                self.exec.clamp(At { plan: TRAIN, loc: *loc, rows: 0 }, bound);
            }
        }
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

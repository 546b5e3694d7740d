//! Generative adversarial network: two plans over the same parameters. One moves the discriminator, one the generator.

use super::{labels, penalty};
use crate::engine::data::Dataset;
use crate::engine::graph::{AGAIN, Graph, Role, THIRD, ValueId};
use crate::engine::nn::{Build, INPUT, LOSS, Mode};
use crate::engine::ops::{
    Op, adversarial_loss::AdversarialLoss, between::Between, gradient_penalty::GradientPenalty,
    weighted_sum::WeightedSum,
};
use crate::engine::rng::Rng;
use crate::spec::data::Target;
use crate::spec::model::PartName;
use crate::spec::tasks::{Gan, GanLoss};
use crate::spec::{DataInfo, Experiment};

/// What the discriminator learns from: scores of real rows (the input) and of rows made of noise (the target). The generator
/// stands still.
pub(super) fn critic(mut b: Build, task: &Gan, exp: &Experiment, info: &DataInfo) -> Graph {
    let (real, noise) = b.rows(info);
    let fake = b.part(exp, info, PartName::Generator, noise, PartName::Generator.name());
    b.graph.freeze(0);
    let scores = b.part(exp, info, PartName::Discriminator, real, PartName::Discriminator.name());
    let again = format!("{AGAIN}{}", PartName::Discriminator.name());
    let of_fake = b.part(exp, info, PartName::Discriminator, fake, &again);
    let costs = [(scores, true, "loss.real"), (of_fake, false, "loss.fake")]
        .map(|(scores, real, name)| cost(&mut b, task, scores, real, name));
    let mut costs = costs.to_vec();
    let mut weights = vec![1.0, 1.0];
    if task.loss == GanLoss::WassersteinGp {
        costs.push(slopes(&mut b, exp, info, [real, fake]));
        weights.push(task.penalty);
    }
    b.graph.loss = Some(b.graph.op(Op::WeightedSum(WeightedSum { weights }), &costs, LOSS));
    b.graph.output = Some(fake);
    b.graph
}

/// How far the slopes of the discriminator are from 1, between real and made rows.
fn slopes(b: &mut Build, exp: &Experiment, info: &DataInfo, rows: [ValueId; 2]) -> ValueId {
    let op = Between { draws: b.mode == Mode::Train };
    let x = b.graph.op(Op::Between(op), &rows, "loss.penalty.at");
    // Apart, what an activation reads and answers are both values, and an op in between has one derivative.
    let (first, apart) = (b.graph.nodes.len(), std::mem::replace(&mut b.apart, true));
    b.part(exp, info, PartName::Discriminator, x, &format!("{THIRD}{}", PartName::Discriminator.name()));
    b.apart = apart;
    let slope = penalty::input_gradient(&mut b.graph, first, x, "loss.penalty.slope");
    b.graph.op(Op::GradientPenalty(GradientPenalty), &[slope], PENALTY)
}

/// What the generator learns from: its rows are to have the scores of real ones. The discriminator stands still.
pub(crate) fn generator(mut b: Build, task: &Gan, exp: &Experiment, info: &DataInfo) -> Graph {
    let noise = b.graph.input(INPUT, &[task.latent], Role::Input);
    let fake = b.part(exp, info, PartName::Generator, noise, PartName::Generator.name());
    let first = b.graph.values.len();
    let scores = b.part(exp, info, PartName::Discriminator, fake, PartName::Discriminator.name());
    b.graph.freeze(first);
    let loss = cost(&mut b, task, scores, true, LOSS);
    b.graph.output = Some(fake);
    b.graph.loss = Some(loss);
    b.graph
}

/// Name of the penalty among the terms of the loss.
const PENALTY: &str = "loss.penalty";

fn cost(b: &mut Build, task: &Gan, scores: ValueId, real: bool, name: &str) -> ValueId {
    b.graph.op(Op::AdversarialLoss(AdversarialLoss { loss: task.loss, real }), &[scores], name)
}

/// Rows with noise beside them: where a row is only measured, its noise is always the same.
pub(super) fn data(exp: &Experiment, task: &Gan, data: Dataset) -> Dataset {
    let labels = labels(&data);
    let mut noise = vec![0.0; data.len() * task.latent];
    let mut rng = Rng::new(u64::from(exp.seed), super::STREAM_MEASURED);
    noise.iter_mut().for_each(|z| *z = rng.normal());
    let info = DataInfo { target: Target::Values { shape: vec![task.latent] }, ..data.info };
    Dataset { y: noise, target_scale: None, baselines: Vec::new(), labels, info, ..data }
}

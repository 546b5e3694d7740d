//! Variational autoencoder: the negative evidence lower bound of a row, in nats, as the sum of its two terms.

use crate::engine::graph::Graph;
use crate::engine::nn::{Build, LOSS, Mode};
use crate::engine::ops::{Op, kl::Kl, loss::LossOp, reparametrise::Reparametrise, weighted_sum::WeightedSum};
use crate::spec::model::PartName;
use crate::spec::shape::size;
use crate::spec::tasks::Vae;
use crate::spec::{DataInfo, Experiment};

/// Input, parameters of q(z|x), a sample of it (its mean, when evaluating), reconstruction, and
/// `loss = N · reconstruction + beta · kl`, where N numbers make a row.
pub(super) fn graph(mut b: Build, task: &Vae, exp: &Experiment, info: &DataInfo) -> Graph {
    let (input, target) = b.rows(info);
    let stats = b.part(exp, info, PartName::Encoder, input, PartName::Encoder.name());
    let sample = Reparametrise { latent: task.latent, draws: b.mode == Mode::Train };
    let code = b.graph.op(Op::Reparametrise(sample), &[stats], "code");
    let output = b.part(exp, info, PartName::Decoder, code, PartName::Decoder.name());
    let op = LossOp { loss: exp.task.loss(), width: 1, weights: Vec::new() };
    let reconstruction = b.graph.op(Op::Loss(op), &[output, target], "loss.reconstruction");
    let kl = b.graph.op(Op::Kl(Kl { latent: task.latent, free: task.free_bits }), &[stats], "loss.kl");
    let weights = vec![size(&info.input) as f32, task.beta];
    let loss = b.graph.op(Op::WeightedSum(WeightedSum { weights }), &[reconstruction, kl], LOSS);
    b.graph.output = Some(output);
    b.graph.loss = Some(loss);
    b.graph
}

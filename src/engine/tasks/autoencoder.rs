//! Autoencoder: loss between the input and what the decoder makes of its code.

use crate::engine::graph::Graph;
use crate::engine::nn::{Build, LOSS};
use crate::engine::ops::{Op, loss::LossOp};
use crate::engine::rng::Rng;
use crate::spec::model::PartName;
use crate::spec::tasks::Autoencoder;
use crate::spec::{DataInfo, Experiment};

/// Input, code, reconstruction, loss.
pub(super) fn graph(mut b: Build, exp: &Experiment, info: &DataInfo) -> Graph {
    let (input, target) = b.rows(info);
    let code = b.part(exp, info, PartName::Encoder, input, PartName::Encoder.name());
    let output = b.part(exp, info, PartName::Decoder, code, PartName::Decoder.name());
    let op = LossOp { loss: exp.task.loss(), width: 1, weights: Vec::new() };
    let loss = b.graph.op(Op::Loss(op), &[output, target], LOSS);
    b.graph.output = Some(output);
    b.graph.loss = Some(loss);
    b.graph
}

/// Adds noise, and hides places; what the task says.
pub(super) fn corrupt(task: &Autoencoder, rng: &mut Rng, x: &mut [f32]) {
    for x in x {
        if task.noise > 0.0 {
            *x += task.noise * rng.normal();
        }
        if task.mask > 0.0 && rng.uniform() < task.mask {
            *x = 0.0;
        }
    }
}

//! Squeeze-and-excitation: the channels' means, two dense layers, and a factor for every channel.

use super::{Build, ValueId};
use crate::engine::graph::ParamInit;
use crate::engine::init::Fans;
use crate::engine::ops::{Op, global_avg_pool::GlobalAvgPool, linear::Linear, scale::Scale};
use crate::spec::model::SqueezeExcite;
use crate::spec::{Activation, Init};

/// Emits the layer over `x (…, C)`: means as `name.squeeze`, factors as `name.scale`, weights as `name.fc1` and `name.fc2`.
pub(super) fn emit(b: &mut Build, s: &SqueezeExcite, name: &str, x: ValueId) -> ValueId {
    let channels = b.graph[x].dims.last().copied().unwrap_or(1);
    let units = s.units(channels);
    let means = b.graph.op(Op::GlobalAvgPool(GlobalAvgPool { channels }), &[x], &format!("{name}.squeeze"));
    let inner = dense(b, &format!("{name}.fc1"), means, (channels, units), Activation::Relu, &format!("{name}.hidden"));
    let factors =
        dense(b, &format!("{name}.fc2"), inner, (units, channels), Activation::Sigmoid, &format!("{name}.scale"));
    b.graph.op(Op::Scale(Scale { channels }), &[x, factors], name)
}

fn dense(b: &mut Build, params: &str, x: ValueId, size: (usize, usize), act: Activation, name: &str) -> ValueId {
    let (inputs, outputs) = size;
    let init = Init::default();
    let weight = ParamInit::Weight(init, Fans::dense(inputs, outputs));
    let ins = [
        x,
        b.graph.param(format!("{params}.weight"), &[outputs, inputs], weight, true),
        b.graph.param(format!("{params}.bias"), &[outputs], ParamInit::Bias(init, inputs), false),
    ];
    b.graph.op(Op::Linear(Linear { inputs, outputs, act, bias: true }), &ins, name)
}

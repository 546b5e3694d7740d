//! The instance-norm layer: where asked for, gain 1 and shift 0 to learn for every channel.

use super::{Build, ValueId};
use crate::engine::graph::ParamInit;
use crate::engine::ops::{Op, instance_norm::InstanceNorm};

/// Emits the layer over the last axis of `x`.
pub(super) fn emit(b: &mut Build, affine: bool, name: &str, x: ValueId) -> ValueId {
    let channels = b.graph[x].dims.last().copied().unwrap_or(1);
    let g = &mut b.graph;
    let mut ins = vec![x];
    if affine {
        ins.push(g.param(format!("{name}.weight"), &[channels], ParamInit::Fill(1.0), false));
        ins.push(g.param(format!("{name}.bias"), &[channels], ParamInit::Fill(0.0), false));
    }
    g.op(Op::InstanceNorm(InstanceNorm { channels, affine }), &ins, name)
}

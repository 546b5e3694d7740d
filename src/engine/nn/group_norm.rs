//! The group-norm layer: gain 1 and shift 0 to learn for every channel.

use super::{Build, ValueId};
use crate::engine::graph::ParamInit;
use crate::engine::ops::{Op, group_norm::GroupNorm};

/// Emits the layer over the last axis of `x`.
pub(super) fn emit(b: &mut Build, groups: usize, name: &str, x: ValueId) -> ValueId {
    let channels = b.graph[x].dims.last().copied().unwrap_or(1);
    let g = &mut b.graph;
    let ins = [
        x,
        g.param(format!("{name}.weight"), &[channels], ParamInit::Fill(1.0), false),
        g.param(format!("{name}.bias"), &[channels], ParamInit::Fill(0.0), false),
    ];
    g.op(Op::GroupNorm(GroupNorm { channels, groups }), &ins, name)
}

//! The layer-norm layer: gain 1 and shift 0 to learn.

use super::{Build, ValueId};
use crate::engine::graph::ParamInit;
use crate::engine::ops::{Op, layer_norm::LayerNorm};

/// Emits the layer over the last axis of `x`.
pub(super) fn emit(b: &mut Build, name: &str, x: ValueId) -> ValueId {
    let features = b.graph[x].dims.last().copied().unwrap_or(1);
    let g = &mut b.graph;
    let ins = [
        x,
        g.param(format!("{name}.weight"), &[features], ParamInit::Fill(1.0), false),
        g.param(format!("{name}.bias"), &[features], ParamInit::Fill(0.0), false),
    ];
    g.op(Op::LayerNorm(LayerNorm { features }), &ins, name)
}

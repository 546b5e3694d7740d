//! The batch-norm layer: gain 1 and shift 0 to learn, running mean 0 and variance 1 to keep.

use super::{Build, Mode, ValueId};
use crate::engine::graph::ParamInit;
use crate::engine::ops::{Op, batch_norm::BatchNorm};

/// Emits the layer over the last axis of `x`.
pub(super) fn emit(b: &mut Build, name: &str, x: ValueId) -> ValueId {
    let features = b.graph[x].dims.last().copied().unwrap_or(1);
    let g = &mut b.graph;
    let ins = [
        x,
        g.param(format!("{name}.weight"), &[features], ParamInit::Fill(1.0), false),
        g.param(format!("{name}.bias"), &[features], ParamInit::Fill(0.0), false),
        g.buffer(format!("{name}.running_mean"), &[features], 0.0),
        g.buffer(format!("{name}.running_var"), &[features], 1.0),
    ];
    g.op(Op::BatchNorm(BatchNorm { features, train: b.mode == Mode::Train }), &ins, name)
}

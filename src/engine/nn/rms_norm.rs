//! The RMS-norm layer: gain 1 to learn.

use super::{Build, ValueId};
use crate::engine::graph::ParamInit;
use crate::engine::ops::{Op, rms_norm::RmsNorm};

/// Emits the layer over the last axis of `x`.
pub(super) fn emit(b: &mut Build, name: &str, x: ValueId) -> ValueId {
    let features = b.graph[x].dims.last().copied().unwrap_or(1);
    let weight = b.graph.param(format!("{name}.weight"), &[features], ParamInit::Fill(1.0), false);
    b.graph.op(Op::RmsNorm(RmsNorm { features }), &[x, weight], name)
}

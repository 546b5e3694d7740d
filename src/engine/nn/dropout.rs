//! The dropout layers: an op in training, another name for its input in evaluation.

use super::{Build, Mode, ValueId};
use crate::engine::ops::{Op, dropout::Dropout, dropout2d::Dropout2d};

/// Emits the layer.
pub(super) fn emit(b: &mut Build, rate: f32, name: &str, x: ValueId) -> ValueId {
    emit_op(b, Op::Dropout(Dropout { rate }), name, x)
}

/// Emits the layer that drops whole channels, the last axis of `x`.
pub(super) fn emit_channels(b: &mut Build, rate: f32, name: &str, x: ValueId) -> ValueId {
    let channels = b.graph[x].dims.last().copied().unwrap_or(1);
    emit_op(b, Op::Dropout2d(Dropout2d { channels, draw: Dropout { rate } }), name, x)
}

fn emit_op(b: &mut Build, op: Op, name: &str, x: ValueId) -> ValueId {
    match b.mode {
        Mode::Train => b.graph.op(op, &[x], name),
        Mode::Eval => {
            let dims = b.graph[x].dims.clone();
            b.graph.alias(name.into(), x, &dims)
        }
    }
}

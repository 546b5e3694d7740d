//! The dropout layer: an op in training, another name for its input in evaluation.

use super::{Build, Mode, ValueId};
use crate::engine::ops::{Op, dropout::Dropout};

/// Emits the layer.
pub(super) fn emit(b: &mut Build, rate: f32, name: &str, x: ValueId) -> ValueId {
    match b.mode {
        Mode::Train => b.graph.op(Op::Dropout(Dropout { rate }), &[x], name),
        Mode::Eval => {
            let dims = b.graph[x].dims.clone();
            b.graph.alias(name.into(), x, &dims)
        }
    }
}

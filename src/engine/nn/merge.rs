//! Layers that join branches: `add`, `concat`, and the plus of `residual`.

use super::{Build, ValueId};
use crate::engine::ops::{Op, add::Add, concat::Concat};

/// Sum of values of one shape.
pub(super) fn add(b: &mut Build, ins: &[ValueId], name: &str) -> ValueId {
    b.graph.op(Op::Add(Add), ins, name)
}

/// Values side by side on the last axis.
pub(super) fn concat(b: &mut Build, ins: &[ValueId], name: &str) -> ValueId {
    let widths = ins.iter().map(|v| b.graph[*v].dims.last().copied().unwrap_or(1)).collect();
    b.graph.op(Op::Concat(Concat { widths }), ins, name)
}

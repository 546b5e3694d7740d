//! The slice layer: some places of tokens or of a sequence, and of the tokens that stand behind them.

use super::{Build, ValueId};
use crate::engine::ops::{Op, slice::Slice as Cut};
use crate::spec::model::Slice;
use crate::spec::shape::size;

/// Emits the layer over `x (B, T)` or `(B, T, C)`; the tokens behind a sequence are cut as it is, as `name.tokens`.
pub(super) fn emit(b: &mut Build, s: &Slice, name: &str, x: ValueId) -> ValueId {
    let out = cut(b, s, name, x);
    let tokens = match b.tokens_of.get(&x).copied() {
        Some(t) if t == x => Some(out),
        Some(t) => Some(cut(b, s, &format!("{name}.tokens"), t)),
        None => None,
    };
    b.tokens_of.extend(tokens.map(|t| (out, t)));
    out
}

fn cut(b: &mut Build, s: &Slice, name: &str, x: ValueId) -> ValueId {
    let dims = &b.graph[x].dims;
    let op = Cut { start: s.start, length: s.length, steps: dims[0], width: size(&dims[1..]) };
    b.graph.op(Op::Slice(op), &[x], name)
}

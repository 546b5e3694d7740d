//! The embedding layer: a learned row for every token of the vocabulary.

use super::{Build, ValueId};
use crate::engine::graph::ParamInit;
use crate::engine::init::Fans;
use crate::engine::ops::{Op, embedding::Embedding};
use crate::spec::Init;

/// Emits the layer; weights start standard normal, as PyTorch's `nn.Embedding`.
pub(super) fn emit(b: &mut Build, units: usize, name: &str, x: ValueId) -> ValueId {
    let vocab = b.tokens;
    let init = ParamInit::Weight(Init::Normal { std: 1.0 }, Fans::dense(units, vocab));
    let weight = b.graph.param(format!("{name}.weight"), &[vocab, units], init, true);
    b.graph.op(Op::Embedding(Embedding { vocab, units }), &[x, weight], name)
}

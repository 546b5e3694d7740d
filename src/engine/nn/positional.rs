//! The positional layer: adds learned or sinusoidal rows, or has every later attention turn its queries and keys.

use super::{Build, ValueId};
use crate::engine::graph::ParamInit;
use crate::engine::init::Fans;
use crate::engine::ops::{Op, position::Position};
use crate::spec::Init;
use crate::spec::model::PositionKind;

/// Emits the layer over `x (B, T, D)`. Learned rows start standard normal, as PyTorch's `nn.Embedding` for positions.
pub(super) fn emit(b: &mut Build, kind: PositionKind, name: &str, x: ValueId) -> ValueId {
    let dims = b.graph[x].dims.clone();
    let (len, units) = (dims[0], dims[1]);
    match kind {
        PositionKind::Learned => {
            let init = ParamInit::Weight(Init::Normal { std: 1.0 }, Fans::dense(units, len));
            let weight = b.graph.param(format!("{name}.weight"), &[len, units], init, true);
            b.graph.op(Op::Position(Position { table: Vec::new() }), &[x, weight], name)
        }
        PositionKind::Sinusoidal => b.graph.op(Op::Position(Position::sinusoidal(len, units)), &[x], name),
        PositionKind::Rotary => {
            b.rotary = true;
            b.graph.alias(name.into(), x, &dims)
        }
    }
}

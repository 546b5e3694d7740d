//! The recurrent layers: one `recurrent` op a direction with PyTorch's parameters, then all states or the last.
//!
//! Values: `<layer>.states` `(B, T, H)` whatever goes on, and what the cell keeps (`<layer>.gates`, `<layer>.cell`), each
//! with `_reverse` for the second direction. The gradient of the states is complete: `d_loss/d_h_t` through every later
//! step too. Not responsible for the recurrence (`ops::recurrent`).

use super::{Build, ValueId};
use crate::engine::graph::ParamInit;
use crate::engine::init::Fans;
use crate::engine::ops::recurrent::{Cell, Recurrent as Recur};
use crate::engine::ops::{Op, concat::Concat, last_state::LastState};
use crate::spec::Init;
use crate::spec::layers::recurrent::NAMES;
use crate::spec::model::Recurrent;

/// Emits the layer over `x (B, T, I)`.
pub(super) fn emit(b: &mut Build, cell: Cell, r: &Recurrent, name: &str, x: ValueId) -> ValueId {
    let forward = direction(b, cell, r, name, x, false);
    let reverse = r.bidirectional.then(|| direction(b, cell, r, name, x, true));
    let dims = b.graph[forward].dims.clone();
    let both: Vec<ValueId> = std::iter::once(forward).chain(reverse).collect();
    match (r.return_sequences, reverse) {
        (true, None) => b.graph.alias(name.into(), forward, &dims),
        (true, Some(_)) => b.graph.op(Op::Concat(Concat { widths: vec![r.units; 2] }), &both, name),
        (false, _) => b.graph.op(Op::LastState(LastState { steps: dims[0], units: r.units }), &both, name),
    }
}

/// One direction; its states.
fn direction(b: &mut Build, cell: Cell, r: &Recurrent, name: &str, x: ValueId, reverse: bool) -> ValueId {
    let (inputs, units) = (b.graph[x].dims.last().copied().unwrap_or(1), r.units);
    let sums = cell.gates() * units;
    // PyTorch draws everything within ±1/√units, whatever the fans are.
    let fan_in = |n| if r.init == Init::Torch { units } else { n };
    let fans = |n| Fans { fan_in: fan_in(n), ..Fans::dense(n, sums) };
    let [w_ih, w_hh, b_ih, b_hh] = NAMES[usize::from(reverse)].map(|p| format!("{name}.{p}"));
    let first_bias = match cell {
        Cell::Lstm => ParamInit::ForgetBias(r.init, units, r.forget_bias),
        Cell::Rnn(_) | Cell::Gru => ParamInit::Bias(r.init, units),
    };
    let g = &mut b.graph;
    let ins = [
        x,
        g.param(w_ih, &[sums, inputs], ParamInit::Weight(r.init, fans(inputs)), true),
        g.param(w_hh, &[sums, units], ParamInit::Weight(r.init, fans(units)), true),
        g.param(b_ih, &[sums], first_bias, false),
        g.param(b_hh, &[sums], ParamInit::Bias(r.init, units), false),
    ];
    g.op(Op::Recurrent(Recur { cell, inputs, units, reverse, tbptt: r.tbptt }), &ins, name)
}

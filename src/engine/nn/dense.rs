//! The dense layer: one `linear` op with weight `(out, in)` and bias `(out)`.

use super::{Build, ValueId};
use crate::engine::graph::ParamInit;
use crate::engine::init::Fans;
use crate::engine::ops::{Op, linear::Linear};
use crate::spec::model::Dense;

/// Emits the layer; the last axis of `x` goes in, `units` come out.
pub(super) fn emit(b: &mut Build, d: &Dense, units: usize, name: &str, x: ValueId) -> ValueId {
    let inputs = b.graph[x].dims.last().copied().unwrap_or(1);
    let init = ParamInit::Weight(d.init, Fans::dense(inputs, units));
    let mut ins = vec![x, b.graph.param(format!("{name}.weight"), &[units, inputs], init, true)];
    if d.has_bias() {
        ins.push(b.graph.param(format!("{name}.bias"), &[units], ParamInit::Bias(d.init, inputs), false));
    }
    let bias = d.has_bias();
    b.activated(d.activation, |act| Op::Linear(Linear { inputs, outputs: units, act, bias }), &ins, name)
}

//! The attention layer: a joint projection to queries, keys and values, the attention of every head, and a projection
//! of the heads together; parameters are those of PyTorch's `nn.MultiheadAttention`.

use super::{Build, ValueId};
use crate::engine::graph::ParamInit;
use crate::engine::init::Fans;
use crate::engine::ops::{Op, attention::Attention, linear::Linear, rotary::Rotary};
use crate::spec::model::{Attention as Settings, AttentionKind};
use crate::spec::{Activation, Init};

/// Emits the layer. Values: `qkv`, `weights` `(B, heads, T, S)`, `heads` (before the last projection), and the result;
/// `memory_qkv` where keys and values come from a second input.
///
/// In cross-attention the joint projection is computed for both inputs, and the part of each that is not asked for is
/// left unused: three times the work for queries, half as much again for keys and values.
pub(super) fn emit(b: &mut Build, a: &Settings, name: &str, ins: &[ValueId]) -> ValueId {
    let dims = |v: ValueId| (b.graph[v].dims[0], b.graph[v].dims[1]);
    let ((len, units), (keys, _)) = (dims(ins[0]), dims(ins[ins.len() - 1]));
    let cross = ins.len() > 1;
    let additive = a.kind == AttentionKind::Additive;
    // PyTorch: Xavier for the joint weight, nn.Linear's for the last one, all biases 0.
    let xavier = Init::XavierUniform { gain: 1.0 };
    let in_weight = ParamInit::Weight(xavier, Fans::dense(units, 3 * units));
    let in_weight = b.graph.param(format!("{name}.in_proj_weight"), &[3 * units, units], in_weight, true);
    let in_bias = b.graph.param(format!("{name}.in_proj_bias"), &[3 * units], ParamInit::Fill(0.0), false);
    let joint = Linear { inputs: units, outputs: 3 * units, act: Activation::Linear, bias: true };
    let mut parts = Vec::new();
    for (x, suffix) in ins.iter().zip(["qkv", "memory_qkv"]) {
        let mut qkv = b.graph.op(Op::Linear(joint), &[*x, in_weight, in_bias], &format!("{name}.{suffix}"));
        if b.rotary && !additive {
            let len = b.graph[qkv].dims[0];
            let turn = Rotary::new(len, a.heads, units);
            qkv = b.graph.op(Op::Rotary(turn), &[qkv], &format!("{name}.{suffix}_turned"));
        }
        parts.push(qkv);
    }
    if additive {
        let init = ParamInit::Weight(xavier, Fans::dense(units, 1));
        parts.push(b.graph.param(format!("{name}.score_weight"), &[units], init, true));
    }
    let tokens = b.tokens_of.get(&ins[ins.len() - 1]).filter(|_| a.mask_padding);
    parts.extend(tokens);
    let padding = tokens.is_some();
    let causal = a.causal.unwrap_or(b.causal && !cross);
    let op = Attention { heads: a.heads, units, len, keys, causal, cross, additive, padding };
    let heads = b.graph.op(Op::Attention(op), &parts, name);
    // The weights keep the layer's own name, `layers.2.weights`; the result proper is the last projection's.
    b.graph.values[heads.0].name = format!("{name}.heads");
    let out_weight = ParamInit::Weight(Init::default(), Fans::dense(units, units));
    let out_weight = b.graph.param(format!("{name}.out_proj.weight"), &[units, units], out_weight, true);
    let out_bias = b.graph.param(format!("{name}.out_proj.bias"), &[units], ParamInit::Fill(0.0), false);
    let last = Linear { inputs: units, outputs: units, act: Activation::Linear, bias: true };
    let out = b.graph.op(Op::Linear(last), &[heads, out_weight, out_bias], &format!("{name}.out_proj"));
    b.graph.alias(name.into(), out, &[len, units])
}

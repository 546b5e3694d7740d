//! The transformer block: attention and a two-layer perceptron, each with a shortcut and a layer norm.
//!
//! `pre`: `h = x + attn(ln1(x))`, `y = h + mlp(ln2(h))` (GPT-2); `post`: `h = ln1(x + attn(x))`, `y = ln2(h + mlp(h))`
//! (Vaswani et al. 2017; PyTorch's `nn.TransformerEncoderLayer` by default). Values: `ln1`, `attn` and what it has
//! inside, `mid`, `ln2`, `mlp.0`, `mlp.1`.

use super::{Build, ValueId, attention, dense, dropout, layer_norm, merge};
use crate::spec::Activation;
use crate::spec::model::{Attention, Dense, NormPlace, TransformerBlock};

/// Emits the block over `x (B, T, D)`.
pub(super) fn emit(b: &mut Build, t: &TransformerBlock, name: &str, x: ValueId) -> ValueId {
    let pre = t.norm == NormPlace::Pre;
    let attend = Attention { heads: t.heads, causal: t.causal, mask_padding: t.mask_padding, ..Attention::default() };
    let dims = b.graph[x].dims.clone();
    let part = |suffix: &str| format!("{name}.{suffix}");
    let input = if pre { layer_norm::emit(b, &part("ln1"), x) } else { x };
    b.same_places(x, input);
    let attn = attention::emit(b, &attend, &part("attn"), &[input]);
    let attn = drop(b, t.dropout, &part("attn_dropped"), attn);
    let mut mid = merge::add(b, &[x, attn], &part("mid"));
    if !pre {
        mid = layer_norm::emit(b, &part("ln1"), mid);
    }
    let input = if pre { layer_norm::emit(b, &part("ln2"), mid) } else { mid };
    let wide = Dense { activation: t.activation, ..Dense::default() };
    let narrow = Dense { activation: Activation::Linear, ..Dense::default() };
    let hidden = dense::emit(b, &wide, t.mlp_ratio * dims[1], &part("mlp.0"), input);
    let mlp = dense::emit(b, &narrow, dims[1], &part("mlp.1"), hidden);
    let mlp = drop(b, t.dropout, &part("mlp_dropped"), mlp);
    if pre {
        return merge::add(b, &[mid, mlp], name);
    }
    let sum = merge::add(b, &[mid, mlp], &part("sum"));
    let out = layer_norm::emit(b, &part("ln2"), sum);
    b.graph.alias(name.into(), out, &dims)
}

/// Dropout of a branch before it is added; nothing at rate 0.
fn drop(b: &mut Build, rate: f32, name: &str, x: ValueId) -> ValueId {
    if rate > 0.0 { dropout::emit(b, rate, name, x) } else { x }
}

//! The words of attention and of transformer blocks: `attention 4 causal=true`, `transformer_block 4 post relu`.
//!
//! Not responsible for anything else of the text form.

use super::super::activation::Activation;
use super::super::model::{Attention, AttentionKind, NormPlace, TransformerBlock};
use std::fmt::Write as _;

/// The line of an attention.
pub(super) fn write(a: &Attention) -> String {
    let mut s = format!("attention {}", a.heads);
    // Writing to a String cannot fail.
    a.causal.iter().for_each(|c| _ = write!(s, " causal={c}"));
    if a.kind != AttentionKind::default() {
        _ = write!(s, " {}", a.kind.name());
    }
    s
}

/// The line of a transformer block.
pub(super) fn write_block(t: &TransformerBlock) -> String {
    let plain = TransformerBlock::default();
    let mut s = format!("transformer_block {}", t.heads);
    // Writing to a String cannot fail.
    if t.mlp_ratio != plain.mlp_ratio {
        _ = write!(s, " mlp_ratio={}", t.mlp_ratio);
    }
    t.causal.iter().for_each(|c| _ = write!(s, " causal={c}"));
    if t.norm != plain.norm {
        _ = write!(s, " {}", t.norm.name());
    }
    if t.activation != plain.activation {
        _ = write!(s, " {}", t.activation.name());
    }
    if t.dropout != plain.dropout {
        _ = write!(s, " dropout={}", t.dropout);
    }
    s
}

/// Applies one word to an attention; `None` if it makes no sense there.
pub(super) fn setting(a: &mut Attention, w: &str, pair: Option<(&str, &str)>) -> Option<()> {
    let kind = |v: &str| AttentionKind::ALL.into_iter().find(|k| k.name() == v);
    match pair.unwrap_or(("", w)) {
        ("" | "heads", v) if v.parse::<usize>().is_ok() => v.parse().map(|h| a.heads = h).ok(),
        ("causal", v) => v.parse().map(|c| a.causal = Some(c)).ok(),
        ("" | "kind", v) => kind(v).map(|k| a.kind = k),
        _ => None,
    }
}

/// Applies one word to a transformer block; `None` if it makes no sense there.
pub(super) fn block_setting(t: &mut TransformerBlock, w: &str, pair: Option<(&str, &str)>) -> Option<()> {
    let norm = |v: &str| NormPlace::ALL.into_iter().find(|k| k.name() == v);
    match pair.unwrap_or(("", w)) {
        ("" | "heads", v) if v.parse::<usize>().is_ok() => v.parse().map(|h| t.heads = h).ok(),
        ("mlp_ratio", v) => v.parse().map(|r| t.mlp_ratio = r).ok(),
        ("causal", v) => v.parse().map(|c| t.causal = Some(c)).ok(),
        ("dropout", v) => v.parse().map(|r| t.dropout = r).ok(),
        ("" | "norm", v) if norm(v).is_some() => norm(v).map(|n| t.norm = n),
        ("" | "activation", v) => Activation::from_name(v).map(|a| t.activation = a),
        _ => None,
    }
}

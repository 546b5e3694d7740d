//! The words of slices, of attention and of transformer blocks: `slice 0 12`, `attention 4 causal=true`,
//! `transformer_block 4 post relu`.
//!
//! Not responsible for anything else of the text form.

use super::super::activation::Activation;
use super::super::model::{Attention, AttentionKind, NormPlace, Slice, TransformerBlock};
use std::fmt::Write as _;

/// A slice of which nothing has been read yet: of two bare numbers the first is the start.
pub(super) const UNREAD: Slice = Slice { start: usize::MAX, length: usize::MAX };

/// Applies one word to a slice; `None` if it makes no sense there.
pub(super) fn slice_setting(s: &mut Slice, w: &str, pair: Option<(&str, &str)>) -> Option<()> {
    let bare = if s.start == UNREAD.start { "start" } else { "length" };
    let to = match pair.unwrap_or((bare, w)) {
        ("start", v) => (&mut s.start, v),
        ("length", v) => (&mut s.length, v),
        _ => return None,
    };
    to.1.parse().map(|n| *to.0 = n).ok()
}

/// Whether the words said how long it is; it starts at 0 where they did not say.
pub(super) fn whole_slice(s: &mut Slice) -> bool {
    if s.start == UNREAD.start {
        s.start = 0;
    }
    s.length != UNREAD.length
}

/// The line of an attention.
pub(super) fn write(a: &Attention) -> String {
    let mut s = format!("attention {}", a.heads);
    // Writing to a String cannot fail.
    a.causal.iter().for_each(|c| _ = write!(s, " causal={c}"));
    if a.mask_padding {
        s += " mask_padding";
    }
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
    if t.mask_padding {
        s += " mask_padding";
    }
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

/// The key and the value that a word stands for; a bare value has no key, a bare toggle is on.
fn words<'a>(w: &'a str, pair: Option<(&'a str, &'a str)>) -> (&'a str, &'a str) {
    if w == "mask_padding" { (w, "true") } else { pair.unwrap_or(("", w)) }
}

/// Applies one word to an attention; `None` if it makes no sense there.
pub(super) fn setting(a: &mut Attention, w: &str, pair: Option<(&str, &str)>) -> Option<()> {
    let kind = |v: &str| AttentionKind::ALL.into_iter().find(|k| k.name() == v);
    match words(w, pair) {
        ("" | "heads", v) if v.parse::<usize>().is_ok() => v.parse().map(|h| a.heads = h).ok(),
        ("causal", v) => v.parse().map(|c| a.causal = Some(c)).ok(),
        ("mask_padding", v) => v.parse().map(|on| a.mask_padding = on).ok(),
        ("" | "kind", v) => kind(v).map(|k| a.kind = k),
        _ => None,
    }
}

/// Applies one word to a transformer block; `None` if it makes no sense there.
pub(super) fn block_setting(t: &mut TransformerBlock, w: &str, pair: Option<(&str, &str)>) -> Option<()> {
    let norm = |v: &str| NormPlace::ALL.into_iter().find(|k| k.name() == v);
    match words(w, pair) {
        ("" | "heads", v) if v.parse::<usize>().is_ok() => v.parse().map(|h| t.heads = h).ok(),
        ("mlp_ratio", v) => v.parse().map(|r| t.mlp_ratio = r).ok(),
        ("causal", v) => v.parse().map(|c| t.causal = Some(c)).ok(),
        ("mask_padding", v) => v.parse().map(|on| t.mask_padding = on).ok(),
        ("dropout", v) => v.parse().map(|r| t.dropout = r).ok(),
        ("" | "norm", v) if norm(v).is_some() => norm(v).map(|n| t.norm = n),
        ("" | "activation", v) => Activation::from_name(v).map(|a| t.activation = a),
        _ => None,
    }
}

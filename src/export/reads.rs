//! What a network's layers read, as scripts need to know it: whose output by name, in which setting.

use super::python::variable;
use crate::spec::model::PositionKind;
use crate::spec::shape::LayerInfo;
use crate::spec::{Layer, LayerKind};
use std::collections::BTreeSet;

/// What holds for the layers to come.
#[derive(Clone, Debug, Default)]
pub(super) struct Setting {
    /// Size of the vocabulary.
    pub tokens: usize,
    /// Whether self-attention is causal unless it says otherwise.
    pub causal: bool,
    /// Whether attention turns queries and keys by their place.
    pub rotary: bool,
}

/// Names that some layer reads by name.
pub(super) fn references(layers: &[Layer]) -> BTreeSet<String> {
    let own = layers.iter().flat_map(|l| l.from.iter().flatten().cloned());
    own.chain(layers.iter().flat_map(|l| references(l.kind.children()))).collect()
}

/// Whether attention turns by places from this layer on.
pub(super) fn is_rotary(kind: &LayerKind) -> bool {
    matches!(kind, LayerKind::Positional(p) if p.kind == PositionKind::Rotary)
}

/// Whether some attention is kept from seeing padding.
pub(super) fn masks(layers: &[Layer]) -> bool {
    layers.iter().any(|l| match &l.kind {
        LayerKind::Attention(a) => a.mask_padding,
        LayerKind::TransformerBlock(t) => t.mask_padding,
        kind => masks(kind.children()),
    })
}

/// The tokens behind the places of a layer's output, as an expression, after those of its input.
pub(super) fn tokens_after(kind: &LayerKind, info: &LayerInfo, before: Option<&String>) -> Option<String> {
    match (kind, before) {
        (LayerKind::Slice(s), Some(t)) => Some(format!("{t}[:, {}:{}]", s.start, s.start + s.length)),
        (kind, Some(t)) if kind.keeps_tokens() && info.output.len() == 2 => Some(t.clone()),
        _ => None,
    }
}

/// The variable of a layer's output: `x` unless somebody reads it later by its name.
pub(super) fn result(l: &Layer, info: &LayerInfo, refs: &BTreeSet<String>, used: &mut BTreeSet<String>) -> String {
    let read = refs.contains(&info.name) || l.name.as_ref().is_some_and(|n| refs.contains(n));
    if !read {
        return "x".into();
    }
    let else_ = info.name.replace("layers.", "h").replace('.', "_");
    variable(l.name.as_deref().unwrap_or(""), &else_, used)
}

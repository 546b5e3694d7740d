//! `attention`: every place takes from the places that matter to it.
//!
//! What a transformer block has of it too is here: choices and parameters.

use super::{Control, Field, Head, LayerRule, Reads, Setting, Word};
use crate::spec::model::UNITS_MAX;
use crate::spec::problem::{Code, Problem};
use crate::spec::shape::{LayerInfo, ParamInfo, Site, show};
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// Settings of an `attention` layer: PyTorch's `nn.MultiheadAttention`. It reads one sequence (self-attention), or with
/// `"from": [query, memory]` two.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Attention {
    /// Heads; they share the units of the input equally. Default 1.
    pub heads: usize,
    /// Whether a place is kept from seeing later ones; default true in a language model's self-attention.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub causal: Option<bool>,
    /// How scores are computed.
    #[serde(skip_serializing_if = "is_scaled_dot")]
    pub kind: AttentionKind,
    /// Whether places that only fill up a row (token 0) get no weight: PyTorch's `key_padding_mask`. Where a place would see
    /// nothing else it gets zeros (PyTorch: NaN). Default false.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub mask_padding: bool,
}

impl Default for Attention {
    fn default() -> Self {
        Attention { heads: 1, causal: None, kind: AttentionKind::ScaledDot, mask_padding: false }
    }
}

/// How scores are computed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AttentionKind {
    /// `Q·K / √width` (Vaswani et al. 2017).
    #[default]
    ScaledDot,
    /// `Σ v·tanh(Q + K)` (Bahdanau et al. 2015).
    Additive,
}

impl AttentionKind {
    /// Every kind.
    pub const ALL: [AttentionKind; 2] = [AttentionKind::ScaledDot, AttentionKind::Additive];

    /// By its JSON name.
    pub fn from_name(name: &str) -> Option<Self> {
        AttentionKind::ALL.into_iter().find(|k| k.name() == name)
    }

    /// The JSON name.
    pub fn name(self) -> &'static str {
        match self {
            AttentionKind::ScaledDot => "scaled_dot",
            AttentionKind::Additive => "additive",
        }
    }
}

fn is_scaled_dot(kind: &AttentionKind) -> bool {
    *kind == AttentionKind::ScaledDot
}

/// Names of the choices whether a place sees later ones.
const CAUSAL: [&str; 3] = ["auto", "yes", "no"];

/// The field of the choice whether a place sees later ones.
pub(super) fn causal_field(causal: Option<bool>) -> Field {
    Field::choice("causal", CAUSAL.to_vec(), causal.map_or("auto", |c| if c { "yes" } else { "no" }))
}

/// What one of its names stands for.
pub(super) fn causal_of(name: &str) -> Option<bool> {
    (name != "auto").then_some(name == "yes")
}

/// Key and value of a word; a bare value has no key, a bare toggle is on.
pub(super) fn keyed(w: Word<'_>) -> (&str, &str) {
    if w.text == "mask_padding" { (w.text, "true") } else { w.keyed() }
}

/// Joint projection of queries, keys and values, and what heads give joined.
pub(super) fn params(names: [&'static str; 4], units: usize, info: &mut LayerInfo) {
    let three = units.saturating_mul(3);
    let shapes = [vec![three, units], vec![three], vec![units, units], vec![units]];
    names.into_iter().zip(shapes).for_each(|(name, shape)| info.param(name, &shape));
}

/// The rule.
pub(crate) struct Rule;

impl LayerRule for Rule {
    type Settings = Attention;

    const READS: Reads = Reads::OneOrTwo;

    fn starter() -> Attention {
        Attention::default()
    }

    fn write(s: &Attention, to: &mut String) {
        // Writing to a String cannot fail.
        _ = write!(to, " {}", s.heads);
        s.causal.iter().for_each(|c| _ = write!(to, " causal={c}"));
        if s.mask_padding {
            to.push_str(" mask_padding");
        }
        if s.kind != AttentionKind::default() {
            _ = write!(to, " {}", s.kind.name());
        }
    }

    fn read(s: &mut Attention, w: Word<'_>) -> Option<()> {
        match keyed(w) {
            ("" | "heads", v) if v.parse::<usize>().is_ok() => s.heads = v.parse().ok()?,
            ("causal", v) => s.causal = Some(v.parse().ok()?),
            ("mask_padding", v) => s.mask_padding = v.parse().ok()?,
            ("" | "kind", v) => s.kind = AttentionKind::from_name(v)?,
            _ => return None,
        }
        Some(())
    }

    fn shape(s: &Attention, site: &mut Site<'_>, info: &mut LayerInfo) {
        site.walk.mask(s.mask_padding, site.keys, &info.path);
        let Some((len, units)) = site.walk.sequence("attention", info) else { return };
        let memory = site.inputs.get(1).unwrap_or(&info.input);
        if memory.len() != 2 || memory[1] != units {
            let p = Problem::new(&info.path, Code::ShapesDiffer);
            site.walk.problems.push(p.arg("left", show(&info.input)).arg("right", show(memory)));
            return;
        }
        let (keys, additive) = (memory[0], s.kind == AttentionKind::Additive);
        let turned = site.walk.rotary && !additive;
        site.walk.heads(s.heads, units, turned, info);
        params(["in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"], units, info);
        if additive {
            info.params.insert(2, ParamInfo { name: "score_weight", shape: vec![units] });
        }
        site.walk.attention_values(s.heads, len, keys, units);
    }

    fn keeps_tokens(_: &Attention) -> bool {
        true
    }

    fn head(s: &Attention, _: &LayerInfo) -> Head {
        Head::Field(Field::whole("heads", s.heads, 1, UNITS_MAX))
    }

    fn formula(s: &Attention) -> Vec<String> {
        vec![match s.kind {
            AttentionKind::ScaledDot => "softmax(Q Kᵀ / √d) V".into(),
            AttentionKind::Additive => "softmax(vᵀ tanh(Q + K)) V".into(),
        }]
    }

    fn fields(s: &Attention) -> Vec<Field> {
        let names = AttentionKind::ALL.map(AttentionKind::name).to_vec();
        vec![
            Field::choice("kind", names, s.kind.name()).labelled("scores"),
            causal_field(s.causal),
            Field::new("mask-padding", Control::Check(s.mask_padding)),
        ]
    }

    fn set(s: &mut Attention, key: &str, to: Setting) -> bool {
        match (key, to) {
            ("heads", Setting::Whole(n)) => s.heads = n,
            ("kind", Setting::Name(name)) => return AttentionKind::from_name(&name).map(|k| s.kind = k).is_some(),
            ("causal", Setting::Name(name)) => s.causal = causal_of(&name),
            ("mask-padding", Setting::On(on)) => s.mask_padding = on,
            _ => return false,
        }
        true
    }
}

//! `transformer_block`: attention and perceptron with shortcuts and norms.

use super::attention::{self, causal_field, causal_of};
use super::{Control, Field, Head, LayerRule, Setting, Word};
use crate::spec::activation::Activation;
use crate::spec::model::UNITS_MAX;
use crate::spec::shape::{LayerInfo, Site, count};
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// Largest ratio of a perceptron's hidden units to the units.
const RATIO_MAX: usize = 64;

/// Settings of a `transformer_block`: self-attention and a two-layer perceptron, each with shortcut and layer norm
/// (PyTorch's `nn.TransformerEncoderLayer`, which by default norms after, uses relu and drops 0.1, also inside).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct TransformerBlock {
    /// Heads; they share the units of the input equally. Default 1.
    pub heads: usize,
    /// Hidden units of the perceptron, as a multiple of the units; default 4.
    pub mlp_ratio: usize,
    /// Whether a place is kept from seeing later ones; default true in a language model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub causal: Option<bool>,
    /// Whether places that only fill up a row (token 0) get no weight; default false.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub mask_padding: bool,
    /// Where the layer norms are.
    pub norm: NormPlace,
    /// Of the perceptron's hidden units; default gelu.
    pub activation: Activation,
    /// Share of each branch's output set to zero while training; default 0.
    pub dropout: f32,
}

impl Default for TransformerBlock {
    fn default() -> Self {
        let (norm, activation) = (NormPlace::Pre, Activation::Gelu);
        TransformerBlock { heads: 1, mlp_ratio: 4, causal: None, mask_padding: false, norm, activation, dropout: 0.0 }
    }
}

/// Where a transformer block has its layer norms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum NormPlace {
    /// At the start of each branch (GPT-2): trains without warm-up.
    #[default]
    Pre,
    /// After each sum (Vaswani et al. 2017).
    Post,
}

impl NormPlace {
    /// Both.
    pub const ALL: [NormPlace; 2] = [NormPlace::Pre, NormPlace::Post];

    /// By its JSON name.
    pub fn from_name(name: &str) -> Option<Self> {
        NormPlace::ALL.into_iter().find(|n| n.name() == name)
    }

    /// The JSON name.
    pub fn name(self) -> &'static str {
        match self {
            NormPlace::Pre => "pre",
            NormPlace::Post => "post",
        }
    }
}

/// Gain and shift of a norm.
fn norm(names: [&'static str; 2], units: usize, info: &mut LayerInfo) {
    names.into_iter().for_each(|name| info.param(name, &[units]));
}

fn perceptron(hidden: usize, units: usize, info: &mut LayerInfo) {
    info.param("mlp.0.weight", &[hidden, units]);
    info.param("mlp.0.bias", &[hidden]);
    info.param("mlp.1.weight", &[units, hidden]);
    info.param("mlp.1.bias", &[units]);
}

/// The rule.
pub(crate) struct Rule;

impl LayerRule for Rule {
    type Settings = TransformerBlock;

    fn starter() -> TransformerBlock {
        TransformerBlock::default()
    }

    fn write(s: &TransformerBlock, to: &mut String) {
        let plain = TransformerBlock::default();
        // Writing to a String cannot fail.
        _ = write!(to, " {}", s.heads);
        if s.mlp_ratio != plain.mlp_ratio {
            _ = write!(to, " mlp_ratio={}", s.mlp_ratio);
        }
        s.causal.iter().for_each(|c| _ = write!(to, " causal={c}"));
        if s.mask_padding {
            to.push_str(" mask_padding");
        }
        if s.norm != plain.norm {
            _ = write!(to, " {}", s.norm.name());
        }
        if s.activation != plain.activation {
            _ = write!(to, " {}", s.activation.name());
        }
        if s.dropout != plain.dropout {
            _ = write!(to, " dropout={}", s.dropout);
        }
    }

    fn read(s: &mut TransformerBlock, w: Word<'_>) -> Option<()> {
        match attention::keyed(w) {
            ("" | "heads", v) if v.parse::<usize>().is_ok() => s.heads = v.parse().ok()?,
            ("mlp_ratio", v) => s.mlp_ratio = v.parse().ok()?,
            ("causal", v) => s.causal = Some(v.parse().ok()?),
            ("mask_padding", v) => s.mask_padding = v.parse().ok()?,
            ("dropout", v) => s.dropout = v.parse().ok()?,
            ("" | "norm", v) if NormPlace::from_name(v).is_some() => s.norm = NormPlace::from_name(v)?,
            ("" | "activation", v) => s.activation = Activation::from_name(v)?,
            _ => return None,
        }
        Some(())
    }

    fn shape(s: &TransformerBlock, site: &mut Site<'_>, info: &mut LayerInfo) {
        site.walk.mask(s.mask_padding, site.source, &info.path);
        site.range(info, "mlp_ratio", s.mlp_ratio as f64, 1.0, RATIO_MAX as f64);
        site.range(info, "dropout", f64::from(s.dropout), 0.0, 0.99);
        let Some((len, units)) = site.walk.sequence("transformer_block", info) else { return };
        let turned = site.walk.rotary;
        site.walk.heads(s.heads, units, turned, info);
        let hidden = units.saturating_mul(s.mlp_ratio);
        let names = ["attn.in_proj_weight", "attn.in_proj_bias", "attn.out_proj.weight", "attn.out_proj.bias"];
        let (ln1, ln2) = (["ln1.weight", "ln1.bias"], ["ln2.weight", "ln2.bias"]);
        // In the order in which they are used: a norm stands before its branch or after it.
        if s.norm == NormPlace::Pre {
            norm(ln1, units, info);
            attention::params(names, units, info);
            norm(ln2, units, info);
            perceptron(hidden, units, info);
        } else {
            attention::params(names, units, info);
            norm(ln1, units, info);
            perceptron(hidden, units, info);
            norm(ln2, units, info);
        }
        site.walk.attention_values(s.heads, len, len, units);
        // Norms, sums, dropped branches with their masks; the perceptron's hidden units and their sums.
        site.holds(count(&[12, len, units]));
        site.holds(count(&[2, len, hidden]));
    }

    fn keeps_tokens(_: &TransformerBlock) -> bool {
        true
    }

    fn activation(s: &TransformerBlock) -> Option<Activation> {
        Some(s.activation)
    }

    fn head(s: &TransformerBlock, _: &LayerInfo) -> Head {
        Head::Field(Field::whole("heads", s.heads, 1, UNITS_MAX))
    }

    fn formula(s: &TransformerBlock) -> Vec<String> {
        vec![match s.norm {
            NormPlace::Pre => "h = x + attention(norm(x)), y = h + mlp(norm(h))".into(),
            NormPlace::Post => "h = norm(x + attention(x)), y = norm(h + mlp(h))".into(),
        }]
    }

    fn fields(s: &TransformerBlock) -> Vec<Field> {
        vec![
            Field::whole("mlp-ratio", s.mlp_ratio, 1, RATIO_MAX),
            Field::choice("norm", NormPlace::ALL.map(NormPlace::name).to_vec(), s.norm.name()),
            causal_field(s.causal),
            Field::new("mask-padding", Control::Check(s.mask_padding)),
            Field::real("dropout", s.dropout, 0.0, 0.99).labelled("rate"),
        ]
    }

    fn set(s: &mut TransformerBlock, key: &str, to: Setting) -> bool {
        match (key, to) {
            ("heads", Setting::Whole(n)) => s.heads = n,
            ("activation", Setting::Activation(a)) => s.activation = a,
            ("mlp-ratio", Setting::Whole(n)) => s.mlp_ratio = n,
            ("norm", Setting::Name(name)) => return NormPlace::from_name(&name).map(|n| s.norm = n).is_some(),
            ("causal", Setting::Name(name)) => s.causal = causal_of(&name),
            ("mask-padding", Setting::On(on)) => s.mask_padding = on,
            ("dropout", Setting::Real(x)) => s.dropout = x,
            _ => return false,
        }
        true
    }
}

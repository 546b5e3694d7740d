//! Settings of the layers that work on tokens and look from place to place: embedding, positions, attention,
//! transformer blocks, and the parts of sequences.
//!
//! Not responsible for what they compute (`engine::nn`).

use super::super::activation::Activation;
use serde::{Deserialize, Serialize};

/// Settings of an `embedding` layer: a learned row for every token (PyTorch's `nn.Embedding`, Keras's `Embedding`). The
/// size of the vocabulary comes from the data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Embedding {
    /// Length of a row; default 32.
    pub units: usize,
}

impl Default for Embedding {
    fn default() -> Self {
        Embedding { units: 32 }
    }
}

/// Settings of a `slice` layer: the places `start..start + length` of tokens `[T]` or of a sequence `[T, C]`. PyTorch's
/// `narrow(x, 1, start, length)`, Keras's `x[:, start:start + length]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Slice {
    /// The first place, counted from 0.
    #[serde(default)]
    pub start: usize,
    /// How many places.
    pub length: usize,
}

/// Settings of a `positional` layer, which tells the places of a sequence apart; PyTorch and Keras have none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Positional {
    /// How.
    pub kind: PositionKind,
}

/// How places are told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PositionKind {
    /// A learned row is added at each place (BERT, GPT).
    #[default]
    Learned,
    /// Sines and cosines are added (Vaswani et al. 2017).
    Sinusoidal,
    /// Nothing is added: every attention that comes later turns its queries and keys by their place (RoFormer, Su et
    /// al. 2021).
    Rotary,
}

impl PositionKind {
    /// Every kind.
    pub const ALL: [PositionKind; 3] = [PositionKind::Learned, PositionKind::Sinusoidal, PositionKind::Rotary];

    /// The JSON name.
    pub fn name(self) -> &'static str {
        match self {
            PositionKind::Learned => "learned",
            PositionKind::Sinusoidal => "sinusoidal",
            PositionKind::Rotary => "rotary",
        }
    }
}

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

    /// The JSON name.
    pub fn name(self) -> &'static str {
        match self {
            NormPlace::Pre => "pre",
            NormPlace::Post => "post",
        }
    }
}

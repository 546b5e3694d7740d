//! What each layer is in Keras, which has channels last as the page has.
//!
//! Not responsible for layers that read several outputs, nor for containers (`net`).

use super::window;
use crate::export::python::{short, tuple};
use crate::export::reads::Setting;
use crate::spec::layers::attention::AttentionKind;
use crate::spec::layers::positional::PositionKind;
use crate::spec::model::{Attention, NormPlace, Recurrent, RnnActivation, TransformerBlock};
use crate::spec::shape::LayerInfo;
use crate::spec::{Activation, LayerKind};

/// An activation as an argument, none for `linear`.
pub(super) fn act(a: Activation) -> Option<&'static str> {
    Some(match a {
        Activation::Linear => return None,
        Activation::Relu => "\"relu\"",
        // Keras's own falls with 0.2 below zero.
        Activation::LeakyRelu => "lambda x: ops.leaky_relu(x, 0.01)",
        Activation::Elu => "\"elu\"",
        Activation::Selu => "\"selu\"",
        Activation::Gelu => "\"gelu\"",
        Activation::GeluTanh => "lambda x: ops.gelu(x, approximate=True)",
        Activation::Silu => "\"silu\"",
        Activation::Mish => "\"mish\"",
        Activation::Sigmoid => "\"sigmoid\"",
        Activation::Tanh => "\"tanh\"",
        Activation::Softplus => "\"softplus\"",
        Activation::HardSigmoid => "\"hard_sigmoid\"",
        Activation::HardTanh => "\"hard_tanh\"",
        Activation::HardSwish => "\"hard_swish\"",
        Activation::Relu6 => "\"relu6\"",
        Activation::Sin => "ops.sin",
    })
}

/// The argument `activation`, after others.
pub(super) fn ending(a: Activation) -> String {
    act(a).map_or_else(String::new, |a| format!(", activation={a}"))
}

/// What a layer with something to keep is called, without its number; empty for the others.
pub(super) fn kept_as(kind: &LayerKind) -> &'static str {
    match kind {
        LayerKind::Dense(_) => "fc",
        LayerKind::Conv2d(_) | LayerKind::Conv1d(_) => "conv",
        LayerKind::ConvTranspose2d(_) => "deconv",
        LayerKind::SqueezeExcite(_) => "gate",
        LayerKind::BatchNorm(_)
        | LayerKind::LayerNorm(_)
        | LayerKind::RmsNorm(_)
        | LayerKind::InstanceNorm(_)
        | LayerKind::GroupNorm(_) => "norm",
        LayerKind::Rnn(_) => "rnn",
        LayerKind::Lstm(_) => "lstm",
        LayerKind::Gru(_) => "gru",
        LayerKind::Embedding(_) => "embedding",
        LayerKind::Positional(_) => "position",
        LayerKind::Attention(_) => "attention",
        LayerKind::TransformerBlock(_) => "block",
        LayerKind::Activation(_)
        | LayerKind::MaxPool2d(_)
        | LayerKind::AvgPool2d(_)
        | LayerKind::MaxPool1d(_)
        | LayerKind::GlobalAvgPool2d(_)
        | LayerKind::GlobalAvgPool1d(_)
        | LayerKind::Upsample2d(_)
        | LayerKind::Dropout(_)
        | LayerKind::Dropout2d(_)
        | LayerKind::Flatten(_)
        | LayerKind::Reshape(_)
        | LayerKind::Slice(_)
        | LayerKind::Residual(_)
        | LayerKind::Add(_)
        | LayerKind::Concat(_) => "",
    }
}

/// The lines of a layer called `{n}`, with `{x}` for what comes in and `{y}` for what goes out.
pub(super) fn lines(kind: &LayerKind, info: &LayerInfo, set: &Setting) -> Vec<String> {
    let (c, rank) = (info.features(), info.input.len());
    let out = info.output.last().copied().unwrap_or(1);
    let d = rank.saturating_sub(1).max(1);
    let one = match kind {
        LayerKind::Dense(s) => {
            format!("Dense({out}{}{}, name=\"{{n}}\")", ending(s.activation), window::bias(s.has_bias()))
        }
        LayerKind::Activation(a) => match act(a.kind) {
            Some(a) => format!("Activation({a})"),
            None => return Vec::new(),
        },
        LayerKind::Conv2d(s) | LayerKind::Conv1d(s) => return window::conv(s, &info.input),
        LayerKind::ConvTranspose2d(s) => return window::transposed(s, &info.input),
        LayerKind::MaxPool2d(p) | LayerKind::MaxPool1d(p) => return window::pool(p, false, &info.input),
        LayerKind::AvgPool2d(p) => return window::pool(p, true, &info.input),
        LayerKind::GlobalAvgPool2d(_) | LayerKind::GlobalAvgPool1d(_) => format!("GlobalAveragePooling{d}D()"),
        LayerKind::Upsample2d(u) => format!("UpSampling2D({})", u.factor),
        LayerKind::SqueezeExcite(s) => {
            let units = s.units(c);
            return vec![
                format!("means = layers.GlobalAveragePooling{d}D(keepdims=True)({{x}})"),
                format!("means = layers.Dense({units}, activation=\"relu\", name=\"{{n}}_fc1\")(means)"),
                format!("{{y}} = {{x}} * layers.Dense({c}, activation=\"sigmoid\", name=\"{{n}}_fc2\")(means)"),
            ];
        }
        LayerKind::Dropout(s) => format!("Dropout({})", short(s.rate)),
        LayerKind::Dropout2d(s) => format!("SpatialDropout{d}D({})", short(s.rate)),
        LayerKind::BatchNorm(_) => "BatchNormalization(momentum=0.9, epsilon=1e-5, name=\"{n}\")".into(),
        LayerKind::LayerNorm(_) => "LayerNormalization(epsilon=1e-5, name=\"{n}\")".into(),
        LayerKind::RmsNorm(_) => "RMSNormalization(epsilon=1.1920929e-07, name=\"{n}\")".into(),
        LayerKind::InstanceNorm(s) => {
            let affine = if s.affine { "" } else { ", center=False, scale=False" };
            format!("GroupNormalization(-1, epsilon=1e-5{affine}, name=\"{{n}}\")")
        }
        LayerKind::GroupNorm(s) => format!("GroupNormalization({}, epsilon=1e-5, name=\"{{n}}\")", s.groups),
        LayerKind::Rnn(r) | LayerKind::Lstm(r) | LayerKind::Gru(r) => return recurrent(kind.type_name(), r),
        LayerKind::Flatten(_) => "Flatten()".into(),
        LayerKind::Reshape(s) => format!("Reshape({})", tuple(&s.shape)),
        LayerKind::Slice(s) => return vec![format!("{{y}} = {{x}}[:, {}:{}]", s.start, s.start + s.length)],
        LayerKind::Embedding(e) => {
            let draw = "initializers.RandomNormal(stddev=1.0)";
            format!("Embedding({}, {}, embeddings_initializer={draw}, name=\"{{n}}\")", set.tokens, e.units)
        }
        LayerKind::Positional(p) => match p.kind {
            PositionKind::Learned => return vec!["{y} = Positional(name=\"{n}\")({x})".into()],
            PositionKind::Sinusoidal => return vec![format!("{{y}} = {{x}} + sinusoidal({}, {c})", info.input[0])],
            PositionKind::Rotary => return Vec::new(),
        },
        LayerKind::Attention(a) => return vec![format!("{{y}} = {}({{x}})", attention(a, set, false))],
        LayerKind::TransformerBlock(t) => return vec![format!("{{y}} = {}({{x}})", block(t, c, set))],
        LayerKind::Residual(_) | LayerKind::Add(_) | LayerKind::Concat(_) => return Vec::new(),
    };
    vec![format!("{{y}} = layers.{one}({{x}})")]
}

fn switches(list: &[(&str, bool)]) -> String {
    list.iter().filter(|(_, on)| *on).map(|(name, _)| format!(", {name}=True")).collect()
}

/// Attention; `cross` where keys and values are another's.
pub(super) fn attention(a: &Attention, set: &Setting, cross: bool) -> String {
    let causal = a.causal.unwrap_or(set.causal && !cross);
    let additive = a.kind == AttentionKind::Additive;
    let more = switches(&[("causal", causal), ("additive", additive), ("rotary", set.rotary && !additive)]);
    format!("Attention({}{more}, name=\"{{n}}\")", a.heads)
}

fn block(t: &TransformerBlock, c: usize, set: &Setting) -> String {
    let mut more = switches(&[("causal", t.causal.unwrap_or(set.causal)), ("rotary", set.rotary)]);
    if t.norm == NormPlace::Post {
        more.push_str(", norm_first=False");
    }
    if t.dropout > 0.0 {
        more.push_str(&format!(", dropout={}", short(t.dropout)));
    }
    let (hidden, act) = (c * t.mlp_ratio, act(t.activation).unwrap_or("None"));
    format!("TransformerBlock({c}, {}, {hidden}, {act}{more}, name=\"{{n}}\")", t.heads)
}

/// A layer over all steps, or one for each direction.
fn recurrent(cell: &str, r: &Recurrent) -> Vec<String> {
    let class = cell.to_uppercase();
    let relu = if r.activation == Some(RnnActivation::Relu) { ", ops.relu" } else { "" };
    let all = if r.return_sequences { ", return_sequences=True" } else { "" };
    let cell = format!("layers.RNN({class}Cell({}{relu}, name=\"cell\"){all}", r.units);
    if !r.bidirectional {
        return vec![format!("{{y}} = {cell}, name=\"{{n}}\")({{x}})")];
    }
    let back = if r.return_sequences { "ops.flip(backward, 1)" } else { "backward" };
    vec![
        format!("forward = {cell}, name=\"{{n}}\")({{x}})"),
        format!("backward = {cell}, go_backwards=True, name=\"{{n}}_reverse\")({{x}})"),
        format!("{{y}} = ops.concatenate((forward, {back}), -1)"),
    ]
}

/// A parameter's path in the layer called `n`, and which of our axes each of its axes is.
pub(super) fn param(kind: &LayerKind, ours: &str, rank: usize, n: &str) -> (String, Vec<usize>) {
    let flat = matches!(kind, LayerKind::Embedding(_) | LayerKind::Positional(_));
    let axes = match rank {
        2 if !flat => vec![1, 0],
        3 => vec![2, 1, 0],
        4 => vec![2, 3, 1, 0],
        _ => Vec::new(),
    };
    if kind.recurrent().is_some() {
        let (base, back) = ours.strip_suffix("_reverse").map_or((ours, ""), |base| (base, "_reverse"));
        let leaf = match base {
            "weight_ih" => "kernel",
            "weight_hh" => "recurrent_kernel",
            "bias_ih" => "bias",
            _ => "recurrent_bias",
        };
        return (format!("{n}{back}/cell/{leaf}"), axes);
    }
    let norm = kept_as(kind) == "norm" || ours.starts_with("ln");
    let ours =
        ours.replace("mlp.0", "fc1").replace("mlp.1", "fc2").replace("in_proj_", "in_").replace("out_proj.", "out_");
    let (inside, leaf) = ours.rsplit_once('.').unwrap_or(("", &ours));
    let leaf = match (kind, leaf) {
        (LayerKind::Embedding(_), _) => "embeddings",
        (LayerKind::Positional(_), _) => "rows",
        (LayerKind::RmsNorm(_), _) => "scale",
        (_, "weight") if norm => "gamma",
        (_, "bias") if norm => "beta",
        (_, "weight") => "kernel",
        (_, "in_weight") => "in_kernel",
        (_, "out_weight") => "out_kernel",
        (_, "score_weight") => "score",
        (_, "running_mean") => "moving_mean",
        (_, "running_var") => "moving_variance",
        (_, same) => same,
    };
    let path = match (kind, inside) {
        (_, "") => format!("{n}/{leaf}"),
        (LayerKind::SqueezeExcite(_), inside) => format!("{n}_{inside}/{leaf}"),
        (_, inside) => format!("{n}/{inside}/{leaf}"),
    };
    (path, axes)
}

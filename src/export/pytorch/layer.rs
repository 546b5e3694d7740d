//! What each layer is in PyTorch: its pieces, and whether channels come first in what goes out.
//!
//! Not responsible for layers that read several outputs, nor for containers (`net`).

use super::piece::{Piece, to_first, to_last};
use super::{act, window};
use crate::export::python::{short, truth, tuple};
use crate::export::reads::Setting;
use crate::spec::LayerKind;
use crate::spec::layers::attention::AttentionKind;
use crate::spec::layers::positional::PositionKind;
use crate::spec::model::{Attention, NormPlace, Recurrent, RnnActivation, TransformerBlock};
use crate::spec::shape::{LayerInfo, size};

/// Which way channels lie in a layer's input and output.
#[derive(Clone, Copy, PartialEq)]
enum Wants {
    /// Whatever comes, stays.
    Any,
    /// First, as PyTorch has them.
    First,
    /// Last, as the page has them.
    Last,
}

/// The pieces of a layer that reads one value whose channels come first or not, and whether they come first afterwards.
pub(super) fn pieces(kind: &LayerKind, info: &LayerInfo, set: &Setting, first: bool) -> (Vec<Piece>, bool) {
    let rank = info.input.len();
    let c = info.features();
    let wants = match kind {
        LayerKind::Activation(_) | LayerKind::Dropout(_) | LayerKind::Add(_) | LayerKind::Concat(_) => Wants::Any,
        LayerKind::Residual(_) => Wants::Any,
        // Where there is one channel, or one place, both orders are the same list of numbers.
        LayerKind::Flatten(_) | LayerKind::Reshape(_) if c == 1 || size(&info.input) == c => Wants::Any,
        LayerKind::GlobalAvgPool1d(_) | LayerKind::GlobalAvgPool2d(_) => Wants::First,
        LayerKind::Conv2d(_)
        | LayerKind::Conv1d(_)
        | LayerKind::ConvTranspose2d(_)
        | LayerKind::MaxPool2d(_)
        | LayerKind::AvgPool2d(_)
        | LayerKind::MaxPool1d(_)
        | LayerKind::Upsample2d(_)
        | LayerKind::SqueezeExcite(_)
        | LayerKind::Dropout2d(_)
        | LayerKind::BatchNorm(_)
        | LayerKind::InstanceNorm(_)
        | LayerKind::GroupNorm(_) => Wants::First,
        LayerKind::Dense(_)
        | LayerKind::LayerNorm(_)
        | LayerKind::RmsNorm(_)
        | LayerKind::Rnn(_)
        | LayerKind::Lstm(_)
        | LayerKind::Gru(_)
        | LayerKind::Flatten(_)
        | LayerKind::Reshape(_)
        | LayerKind::Slice(_)
        | LayerKind::Embedding(_)
        | LayerKind::Positional(_)
        | LayerKind::Attention(_)
        | LayerKind::TransformerBlock(_) => Wants::Last,
    };
    let mut all = Vec::new();
    let mut first = first && rank >= 2;
    match wants {
        Wants::First if rank >= 2 && !first => (all, first) = (vec![to_first()], true),
        Wants::Last if first => (all, first) = (vec![to_last()], false),
        Wants::Any | Wants::First | Wants::Last => {}
    }
    all.extend(own(kind, info, set, &mut first));
    all.extend(end(kind));
    (all, first && info.output.len() >= 2)
}

/// The activation that ends a layer.
fn end(kind: &LayerKind) -> Option<Piece> {
    match kind {
        LayerKind::Dense(d) => act::piece(d.activation),
        other => act::piece(other.conv()?.activation),
    }
}

fn own(kind: &LayerKind, info: &LayerInfo, set: &Setting, first: &mut bool) -> Vec<Piece> {
    let (c, rank) = (info.features(), info.input.len());
    let out = info.output.last().copied().unwrap_or(1);
    let d = rank.saturating_sub(1).max(1);
    let one = match kind {
        LayerKind::Dense(s) => {
            let bias = if s.has_bias() { "" } else { ", bias=False" };
            Piece::kept("fc", format!("nn.Linear({c}, {out}{bias})"))
        }
        LayerKind::Activation(a) => return act::piece(a.kind).into_iter().collect(),
        LayerKind::Conv2d(s) | LayerKind::Conv1d(s) => return window::conv(s, &info.input),
        LayerKind::ConvTranspose2d(s) => return window::transposed(s, &info.input),
        LayerKind::MaxPool2d(p) | LayerKind::MaxPool1d(p) => return window::pool(p, false, &info.input),
        LayerKind::AvgPool2d(p) => return window::pool(p, true, &info.input),
        LayerKind::GlobalAvgPool2d(_) | LayerKind::GlobalAvgPool1d(_) => {
            return vec![Piece::plain("Mean()", "{x}.flatten(2).mean(2)")];
        }
        LayerKind::Upsample2d(u) => {
            let f = u.factor;
            Piece::plain(format!("nn.Upsample(scale_factor={f})"), format!("F.interpolate({{x}}, scale_factor={f})"))
        }
        LayerKind::SqueezeExcite(s) => Piece::kept("gate", format!("SqueezeExcite({c}, {})", s.units(c))),
        LayerKind::Dropout(s) => Piece::kept("dropout", format!("nn.Dropout({})", short(s.rate))),
        LayerKind::Dropout2d(s) => Piece::kept("dropout", format!("nn.Dropout{d}d({})", short(s.rate))),
        LayerKind::BatchNorm(_) => Piece::kept("norm", format!("nn.BatchNorm{d}d({c})")),
        LayerKind::LayerNorm(_) => Piece::kept("norm", format!("nn.LayerNorm({c})")),
        LayerKind::RmsNorm(_) => Piece::kept("norm", format!("RMSNorm({c})")),
        LayerKind::InstanceNorm(s) => {
            let affine = if s.affine { ", affine=True" } else { "" };
            Piece::kept("norm", format!("nn.InstanceNorm{d}d({c}{affine})"))
        }
        LayerKind::GroupNorm(s) => Piece::kept("norm", format!("nn.GroupNorm({}, {c})", s.groups)),
        LayerKind::Rnn(r) | LayerKind::Lstm(r) | LayerKind::Gru(r) => recurrent(kind.type_name(), r, c),
        LayerKind::Flatten(_) => {
            *first = false;
            if rank == 1 {
                return Vec::new();
            }
            Piece::plain("nn.Flatten()", "{x}.flatten(1)")
        }
        LayerKind::Reshape(s) => {
            // With one channel the page's order is PyTorch's too.
            *first = s.shape.len() >= 3 && s.shape.last() == Some(&1);
            let mut shape = s.shape.clone();
            if *first {
                shape.rotate_right(1);
            }
            let sizes = shape.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            let flat = if rank == 1 { vec![] } else { vec![Piece::plain("nn.Flatten()", "{x}")] };
            let shaped =
                Piece::plain(format!("nn.Unflatten(1, {})", tuple(&shape)), format!("{{x}}.reshape(-1, {sizes})"));
            return flat.into_iter().chain([shaped]).collect();
        }
        LayerKind::Slice(s) => {
            let (a, b) = (s.start, s.start + s.length);
            Piece::plain(format!("Places({a}, {b})"), format!("{{x}}[:, {a}:{b}]"))
        }
        LayerKind::Embedding(e) => Piece::kept("embedding", format!("nn.Embedding({}, {})", set.tokens, e.units)),
        LayerKind::Positional(p) => match p.kind {
            PositionKind::Learned => Piece::kept("position", format!("Positional({}, {c})", info.input[0])),
            PositionKind::Sinusoidal => Piece::kept("position", "Sinusoidal()".into()),
            PositionKind::Rotary => return Vec::new(),
        },
        LayerKind::Attention(a) => attention(a, c, set, false),
        LayerKind::TransformerBlock(t) => block(t, c, set),
        LayerKind::Residual(_) | LayerKind::Add(_) | LayerKind::Concat(_) => return Vec::new(),
    };
    vec![one]
}

/// Attention over `c` units; `cross` where keys and values are another's.
pub(super) fn attention(a: &Attention, c: usize, set: &Setting, cross: bool) -> Piece {
    let causal = a.causal.unwrap_or(set.causal && !cross);
    let additive = a.kind == AttentionKind::Additive;
    let mut more = String::new();
    for (name, on) in [("causal", causal), ("additive", additive), ("rotary", set.rotary && !additive)] {
        if on {
            more.push_str(&format!(", {name}=True"));
        }
    }
    Piece::kept("attention", format!("Attention({c}, {}{more})", a.heads))
}

fn block(t: &TransformerBlock, c: usize, set: &Setting) -> Piece {
    let mut more = String::new();
    for (name, on) in [("causal", t.causal.unwrap_or(set.causal)), ("rotary", set.rotary)] {
        if on {
            more.push_str(&format!(", {name}=True"));
        }
    }
    if t.norm == NormPlace::Post {
        more.push_str(", norm_first=False");
    }
    if t.dropout > 0.0 {
        more.push_str(&format!(", dropout={}", short(t.dropout)));
    }
    let hidden = c * t.mlp_ratio;
    Piece::kept("block", format!("TransformerBlock({c}, {}, {hidden}, {}{more})", t.heads, act::module(t.activation)))
}

/// One layer of `nn.RNN`, `nn.LSTM` or `nn.GRU`, and which of its states go on.
fn recurrent(cell: &str, r: &Recurrent, c: usize) -> Piece {
    let (name, kept_as, rest) = match cell {
        "lstm" => ("LSTM", "lstm", ""),
        "gru" => ("GRU", "gru", ""),
        _ => ("RNN", "rnn", if r.activation == Some(RnnActivation::Relu) { ", nonlinearity=\"relu\"" } else { "" }),
    };
    let both = if r.bidirectional { format!(", bidirectional={}", truth(true)) } else { String::new() };
    let piece = Piece::kept(kept_as, format!("nn.{name}({c}, {}{rest}, batch_first=True{both})", r.units));
    let call = match r.tbptt {
        Some(n) => format!("truncated({{m}}, {{x}}, {n})"),
        None => "{m}({x})".into(),
    };
    let state = if cell == "lstm" { "(h, _)" } else { "h" };
    match (r.return_sequences, r.bidirectional) {
        (true, _) => piece.said(&[&format!("{{y}}, _ = {call}")]),
        (false, false) => piece.said(&[&format!("_, {state} = {call}"), "{y} = h[-1]"]),
        (false, true) => piece.said(&[&format!("_, {state} = {call}"), "{y} = torch.cat((h[0], h[1]), 1)"]),
    }
}

/// A parameter's own name in PyTorch.
pub(super) fn param(kind: &LayerKind, ours: &str) -> String {
    if kind.recurrent().is_some() {
        return match ours.strip_suffix("_reverse") {
            Some(name) => format!("{name}_l0_reverse"),
            None => format!("{ours}_l0"),
        };
    }
    match (kind, ours.strip_prefix("mlp.1.")) {
        // The activation stands between the two layers of the perceptron.
        (LayerKind::TransformerBlock(_), Some(rest)) => format!("mlp.2.{rest}"),
        _ => ours.to_string(),
    }
}

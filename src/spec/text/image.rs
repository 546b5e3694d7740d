//! Words of the layers that see images: `conv 8 5x5 same relu stride=2`, `max_pool 2`.
//!
//! Not responsible for the grammar around them (`spec::text`).

use super::{init as read_init, init_text};
use crate::spec::activation::Activation;
use crate::spec::init::Init;
use crate::spec::model::{Conv, Dropout, Empty, GroupNorm, LayerKind, Pool, SqueezeExcite, Upsample};
use crate::spec::window::{Padding, Pair};
use std::fmt::Write as _;

/// `5x5`.
fn both(p: Pair) -> String {
    format!("{}x{}", p.0[0], p.0[1])
}

/// `2` where both are the same.
fn short(p: Pair) -> String {
    if p.0[0] == p.0[1] { p.0[0].to_string() } else { both(p) }
}

/// `5` or `5x3`.
fn pair(w: &str) -> Option<Pair> {
    match w.split_once(['x', '×']) {
        Some((h, w)) => Some(Pair([h.parse().ok()?, w.parse().ok()?])),
        None => w.parse().ok().map(Pair::square),
    }
}

fn padding(w: &str) -> Option<Padding> {
    match w {
        "valid" => Some(Padding::Valid),
        "same" => Some(Padding::Same),
        n => n.parse().ok().map(Padding::Of),
    }
}

fn write_padding(s: &mut String, p: Padding) {
    // Writing to a String cannot fail.
    match p {
        Padding::Valid => {}
        Padding::Same => s.push_str(" same"),
        Padding::Of(n) => _ = write!(s, " padding={n}"),
    }
}

/// A layer of this type before its words are read: what must be said is 0.
pub(super) fn start(type_name: &str) -> Option<LayerKind> {
    let (conv, pool) = (Conv::new(0, 3), Pool::default());
    Some(match type_name {
        "conv2d" => LayerKind::Conv2d(conv),
        "conv_transpose2d" => LayerKind::ConvTranspose2d(conv),
        "conv1d" => LayerKind::Conv1d(conv),
        "max_pool2d" => LayerKind::MaxPool2d(pool),
        "avg_pool2d" => LayerKind::AvgPool2d(pool),
        "max_pool1d" => LayerKind::MaxPool1d(pool),
        "global_avg_pool2d" => LayerKind::GlobalAvgPool2d(Empty {}),
        "global_avg_pool1d" => LayerKind::GlobalAvgPool1d(Empty {}),
        "upsample2d" => LayerKind::Upsample2d(Upsample::default()),
        "dropout2d" => LayerKind::Dropout2d(Dropout::default()),
        "group_norm" => LayerKind::GroupNorm(GroupNorm { groups: 0 }),
        "squeeze_excite" => LayerKind::SqueezeExcite(SqueezeExcite::default()),
        _ => return None,
    })
}

/// A convolution of images under the name `word`.
pub(super) fn write_conv(word: &str, c: &Conv) -> String {
    conv(format!("{word} {} {}", c.filters, both(c.kernel)), c)
}

/// A convolution of series: its kernel is a number as its filters are, and would be taken for them where they are 0.
pub(super) fn write_conv1d(c: &Conv) -> String {
    let key = if c.filters == 0 { "kernel=" } else { "" };
    conv(format!("conv1d {} {key}{}", c.filters, short(c.kernel)), c)
}

fn conv(mut s: String, c: &Conv) -> String {
    write_padding(&mut s, c.padding);
    if c.activation != Activation::Linear {
        _ = write!(s, " {}", c.activation.name());
    }
    for (key, p) in [("stride", c.stride), ("dilation", c.dilation)] {
        if !p.is_one() {
            _ = write!(s, " {key}={}", short(p));
        }
    }
    if c.groups != 1 {
        _ = write!(s, " groups={}", c.groups);
    }
    if c.init != Init::default() {
        _ = write!(s, " init={}", init_text(&c.init));
    }
    c.bias.iter().for_each(|b| _ = write!(s, " bias={b}"));
    s
}

/// Applies one word: a number is the filters (a second one the kernel), `5x5` the kernel.
pub(super) fn set_conv(c: &mut Conv, w: &str, named: Option<(&str, &str)>) -> Option<()> {
    match named {
        None if c.filters == 0 && w.parse::<usize>().is_ok() => c.filters = w.parse().ok()?,
        None => match (Activation::from_name(w), padding(w).filter(|p| !matches!(p, Padding::Of(_)))) {
            (Some(a), _) => c.activation = a,
            (None, Some(p)) => c.padding = p,
            (None, None) => c.kernel = pair(w)?,
        },
        Some(("filters", v)) => c.filters = v.parse().ok()?,
        Some(("kernel", v)) => c.kernel = pair(v)?,
        Some(("stride", v)) => c.stride = pair(v)?,
        Some(("dilation", v)) => c.dilation = pair(v)?,
        Some(("padding", v)) => c.padding = padding(v)?,
        Some(("groups", v)) => c.groups = v.parse().ok()?,
        Some(("activation", v)) => c.activation = Activation::from_name(v)?,
        Some(("bias", v)) => c.bias = Some(v.parse().ok()?),
        Some(("init", v)) => c.init = read_init(v)?,
        Some(_) => return None,
    }
    Some(())
}

/// A pooling layer under the name `word`.
pub(super) fn write_pool(word: &str, p: &Pool) -> String {
    let mut s = format!("{word} {}", short(p.size));
    p.stride.iter().for_each(|t| _ = write!(s, " stride={}", short(*t)));
    write_padding(&mut s, p.padding);
    s
}

/// Applies one word: a number or `2x3` is the window.
pub(super) fn set_pool(p: &mut Pool, w: &str, named: Option<(&str, &str)>) -> Option<()> {
    match named {
        None => match padding(w).filter(|p| !matches!(p, Padding::Of(_))) {
            Some(pad) => p.padding = pad,
            None => p.size = pair(w)?,
        },
        Some(("size", v)) => p.size = pair(v)?,
        Some(("stride", v)) => p.stride = Some(pair(v)?),
        Some(("padding", v)) => p.padding = padding(v)?,
        Some(_) => return None,
    }
    Some(())
}

//! Convolutions and pooling: kernels, strides and the forms of padding.

use super::args::Args;
use crate::spec::model::{Conv, Pool};
use crate::spec::window::{Padding, Pair, extent};

/// The arguments of a convolution that need no name.
pub(super) fn conv_names(class: &str, torch: bool) -> &'static [&'static str] {
    match (class, torch) {
        ("LazyConv1d" | "LazyConv2d", _) => {
            &["out_channels", "kernel_size", "stride", "padding", "dilation", "groups", "bias"]
        }
        ("ConvTranspose2d", _) => &[
            "in_channels",
            "out_channels",
            "kernel_size",
            "stride",
            "padding",
            "output_padding",
            "groups",
            "bias",
            "dilation",
        ],
        (_, true) => &[
            "in_channels",
            "out_channels",
            "kernel_size",
            "stride",
            "padding",
            "dilation",
            "groups",
            "bias",
            "padding_mode",
        ],
        (_, false) => {
            &["filters", "kernel_size", "strides", "padding", "data_format", "dilation_rate", "groups", "activation"]
        }
    }
}

/// Settings of a convolution, but for what ends it.
pub(super) fn conv(args: &mut Args<'_, '_>, torch: bool, transposed: bool) -> Conv {
    let filters = args.needed(&["out_channels", "filters"]);
    let kernel = args.pair(&["kernel_size"]);
    if kernel.is_none() && args.problems.is_empty() {
        args.refuse("kernel_size", "");
    }
    let kernel = kernel.unwrap_or(Pair::square(3));
    let one = Pair::square(1);
    let stride = args.pair(&["stride", "strides"]).unwrap_or(one);
    let dilation = args.pair(&["dilation", "dilation_rate"]).unwrap_or(one);
    let groups = args.size(&["groups"]).unwrap_or(1);
    let bias = args.truth(&["bias", "use_bias"]).filter(|on| !on);
    let mut padding = padding(args, kernel, if transposed { Pair::square(usize::MAX) } else { stride }, dilation);
    if transposed && torch {
        padding = doubled(args, padding, kernel, stride, dilation);
    }
    Conv { stride, padding, dilation, groups, bias, ..Conv { kernel, ..Conv::new(filters, 3) } }
}

/// A transposed convolution that gives exactly `stride` times what comes in is Keras's `same`.
fn doubled(args: &mut Args<'_, '_>, padding: Padding, kernel: Pair, stride: Pair, dilation: Pair) -> Padding {
    let add = args.pair(&["output_padding"]).unwrap_or(Pair::square(0));
    let p = match padding {
        Padding::Valid => 0,
        Padding::Of(p) => p,
        Padding::Same => return padding,
    };
    if add == Pair::square(0) {
        return padding;
    }
    // `(small − 1)·stride + extent − 2p + add` places.
    let same = (0..2).all(|a| extent(kernel.0[a], dilation.0[a]) + add.0[a] == stride.0[a].saturating_add(2 * p));
    if !same {
        args.refuse("output_padding", "");
    }
    Padding::Same
}

/// Settings of a pooling layer.
pub(super) fn pool(args: &mut Args<'_, '_>, torch: bool) -> Pool {
    let size = args.pair(&["kernel_size", "pool_size"]);
    if torch && size.is_none() && args.problems.is_empty() {
        args.refuse("kernel_size", "");
    }
    let size = size.unwrap_or(Pair::square(2));
    let stride = args.pair(&["stride", "strides"]).filter(|s| *s != size);
    let padding = padding(args, size, stride.unwrap_or(size), Pair::square(1));
    args.same("dilation", 1.0);
    Pool { size, stride, padding }
}

/// So many rows and columns as keep a picture's size are `same`.
fn padding(args: &mut Args<'_, '_>, kernel: Pair, stride: Pair, dilation: Pair) -> Padding {
    match args.pair_or_word(&["padding"]) {
        None => Padding::Valid,
        Some(Err(word)) => match word.to_ascii_lowercase().as_str() {
            "same" => Padding::Same,
            "valid" => Padding::Valid,
            _ => {
                args.refuse("padding", word);
                Padding::Valid
            }
        },
        Some(Ok(Pair([0, 0]))) => Padding::Valid,
        Some(Ok(Pair([high, wide]))) => {
            let keeps = |a: usize, n: usize| n.saturating_mul(2) == extent(kernel.0[a], dilation.0[a]) - 1;
            if stride.is_one() && keeps(0, high) && keeps(1, wide) {
                return Padding::Same;
            }
            if high != wide {
                args.refuse("padding", &format!("({high}, {wide})"));
            }
            Padding::Of(high)
        }
    }
}

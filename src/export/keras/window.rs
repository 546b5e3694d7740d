//! Convolutions and pooling in Keras, with the paddings that it has no word for put around by hand.

use super::layer::ending;
use crate::export::python::{pair, tuple};
use crate::spec::model::{Conv, Pool};
use crate::spec::window::{Padding, Pair, Window, extent};
use std::ops::Range;

/// Both axes of an image, or the one of a series.
fn axes(input: &[usize]) -> Range<usize> {
    usize::from(input.len() == 2)..2
}

fn size(of: [usize; 2], axes: &Range<usize>) -> String {
    if axes.start == 1 { of[1].to_string() } else { pair(of) }
}

fn option(name: &str, of: [usize; 2], axes: &Range<usize>) -> String {
    match size(of, axes) {
        text if text == "1" => String::new(),
        text => format!(", {name}={text}"),
    }
}

/// `((1, 1), (2, 2))`, or `(1, 1)` for a series.
fn sides(of: [[usize; 2]; 2], axes: &Range<usize>) -> String {
    let all: Vec<String> = axes.clone().map(|a| tuple(&of[a])).collect();
    if all.len() == 1 { all.concat() } else { format!("({})", all.join(", ")) }
}

pub(super) fn bias(on: bool) -> &'static str {
    if on { "" } else { ", use_bias=False" }
}

fn window(input: &[usize], kernel: Pair, stride: Pair, dilation: Pair, padding: Padding) -> Option<Window> {
    if input.len() == 2 {
        return Window::line(input[0], kernel, stride, dilation, padding);
    }
    Window::new([input[0], input[1]], kernel, stride, dilation, padding)
}

/// A convolution over `input (H, W, C)` or `(T, C)`.
pub(super) fn conv(c: &Conv, input: &[usize]) -> Vec<String> {
    let axes = axes(input);
    let (mut lines, mut same) = (Vec::new(), "");
    match c.padding {
        Padding::Valid | Padding::Of(0) => {}
        Padding::Same => same = ", padding=\"same\"",
        Padding::Of(n) => lines.push(format!("{{y}} = layers.ZeroPadding{}D({n})({{x}})", axes.len())),
    }
    let groups = if c.groups == 1 { String::new() } else { format!(", groups={}", c.groups) };
    lines.push(format!(
        "{{y}} = layers.Conv{}D({}, {}{}{same}{}{groups}{}{}, name=\"{{n}}\")({{x}})",
        axes.len(),
        c.filters,
        size(c.kernel.0, &axes),
        option("strides", c.stride.0, &axes),
        option("dilation_rate", c.dilation.0, &axes),
        ending(c.activation),
        bias(c.has_bias()),
    ));
    lines
}

/// A transposed convolution without padding, cut to the page's size. What is beyond the kernel's reach is the bias alone.
pub(super) fn transposed(c: &Conv, input: &[usize]) -> Vec<String> {
    let (small, axes) = ([input[0], input[1]], axes(input));
    // `shape` found a place for it.
    let Some(w) = Window::transposed(small, c.kernel, c.stride, c.dilation, c.padding) else { return Vec::new() };
    let cut = [0, 1].map(|a| {
        let over = extent(w.kernel[a], w.dilation[a]).saturating_sub(w.stride[a]);
        let all = small[a] * w.stride[a] + over;
        [w.pad[a], all.saturating_sub(w.pad[a] + w.input[a])]
    });
    let mut lines = vec![format!(
        "{{y}} = layers.Conv2DTranspose({}, {}{}{}{}{}, name=\"{{n}}\")({{x}})",
        c.filters,
        pair(c.kernel.0),
        option("strides", w.stride, &axes),
        option("dilation_rate", w.dilation, &axes),
        ending(c.activation),
        bias(c.has_bias()),
    )];
    if cut != [[0, 0]; 2] {
        lines.push(format!("{{y}} = layers.Cropping2D({})({{x}})", sides(cut, &axes)));
    }
    lines
}

/// Pooling. The page's mean counts what is put around, Keras's does not.
pub(super) fn pool(p: &Pool, mean: bool, input: &[usize]) -> Vec<String> {
    let axes = axes(input);
    let d = axes.len();
    let Some(w) = window(input, p.size, p.steps(), Pair::square(1), p.padding) else { return Vec::new() };
    let around = [0, 1].map(|a| [w.pad[a], w.reach(a).saturating_sub(w.input[a] + w.pad[a])]);
    let (mut lines, mut same) = (Vec::new(), "");
    if around != [[0, 0]; 2] {
        if mean {
            lines.push(format!("{{y}} = layers.ZeroPadding{d}D({})({{x}})", sides(around, &axes)));
        } else if p.padding == Padding::Same {
            same = ", padding=\"same\"";
        } else {
            let all: Vec<String> = axes.clone().map(|a| tuple(&around[a])).collect();
            let all = all.join(", ");
            lines.push(format!("{{y}} = ops.pad({{x}}, ((0, 0), {all}, (0, 0)), constant_values=float(\"-inf\"))"));
        }
    }
    let stride = if p.steps() == p.size { String::new() } else { format!(", {}", size(p.steps().0, &axes)) };
    let kind = if mean { "Average" } else { "Max" };
    let of = size(p.size.0, &axes);
    lines.push(format!("{{y}} = layers.{kind}Pooling{d}D({of}{stride}{same})({{x}})"));
    lines
}

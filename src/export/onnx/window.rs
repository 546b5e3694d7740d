//! Convolutions and pooling as nodes; ONNX pads each side by itself.

use super::proto::Value;
use crate::spec::model::{Conv, Pool};
use crate::spec::window::{Pair, Window, extent};

type Settings = Vec<(&'static str, Value<'static>)>;

/// Both axes of an image, or the one of a series.
fn ints(of: [usize; 2], line: bool) -> Value<'static> {
    Value::Ints(of[usize::from(line)..].iter().map(|n| *n as i64).collect())
}

fn pads(before: [usize; 2], after: [usize; 2], line: bool) -> Value<'static> {
    let from = usize::from(line);
    Value::Ints(before[from..].iter().chain(&after[from..]).map(|n| *n as i64).collect())
}

/// The window over `input`, and what stands around it on the far sides.
fn window(input: &[usize], of: (Pair, Pair, Pair, crate::spec::window::Padding)) -> Option<(Window, [usize; 2])> {
    let (kernel, stride, dilation, padding) = of;
    let w = match *input {
        [t, _] => Window::line(t, kernel, stride, dilation, padding)?,
        [h, w, _] => Window::new([h, w], kernel, stride, dilation, padding)?,
        _ => return None,
    };
    let after = [0, 1].map(|a| w.reach(a).saturating_sub(w.input[a] + w.pad[a]));
    Some((w, after))
}

/// Settings of `Conv`.
pub(super) fn conv(c: &Conv, input: &[usize]) -> Settings {
    let line = input.len() == 2;
    // `shape` found a place for it.
    let Some((w, after)) = window(input, (c.kernel, c.stride, c.dilation, c.padding)) else { return Vec::new() };
    vec![
        ("kernel_shape", ints(w.kernel, line)),
        ("strides", ints(w.stride, line)),
        ("dilations", ints(w.dilation, line)),
        ("pads", pads(w.pad, after, line)),
        ("group", Value::Int(c.groups as i64)),
    ]
}

/// Settings of `ConvTranspose`.
pub(super) fn transposed(c: &Conv, input: &[usize]) -> Settings {
    let small = [input[0], input[1]];
    let Some(w) = Window::transposed(small, c.kernel, c.stride, c.dilation, c.padding) else { return Vec::new() };
    let reach = [0, 1].map(|a| (small[a] - 1) * w.stride[a] + extent(w.kernel[a], w.dilation[a]));
    let more = [0, 1].map(|a| (w.input[a] + w.pad[a]).saturating_sub(reach[a]));
    let after = [0, 1].map(|a| reach[a].saturating_sub(w.input[a] + w.pad[a]));
    vec![
        ("kernel_shape", ints(w.kernel, false)),
        ("strides", ints(w.stride, false)),
        ("dilations", ints(w.dilation, false)),
        ("pads", pads(w.pad, after, false)),
        ("output_padding", ints(more, false)),
        ("group", Value::Int(c.groups as i64)),
    ]
}

/// Settings of `MaxPool` and `AveragePool`.
pub(super) fn pool(p: &Pool, mean: bool, input: &[usize]) -> Settings {
    let line = input.len() == 2;
    let Some((w, after)) = window(input, (p.size, p.steps(), Pair::square(1), p.padding)) else { return Vec::new() };
    let mut all = vec![
        ("kernel_shape", ints(w.kernel, line)),
        ("strides", ints(w.stride, line)),
        ("pads", pads(w.pad, after, line)),
    ];
    all.extend(mean.then_some(("count_include_pad", Value::Int(1))));
    all
}

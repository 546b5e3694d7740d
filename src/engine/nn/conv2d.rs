//! The convolution layers: one op with weight `(filters, channels / groups, kh, kw)` (transposed: `(channels,
//! filters / groups, kh, kw)`) and bias `(filters)`.

use super::{Build, ValueId};
use crate::engine::graph::ParamInit;
use crate::engine::init::Fans;
use crate::engine::ops::{Op, conv_transpose2d::ConvTranspose2d, conv2d::Conv2d};
use crate::spec::model::Conv;
use crate::spec::window::Window;

/// Emits `conv2d` over `x (H, W, I)`.
pub(super) fn emit(b: &mut Build, c: &Conv, name: &str, x: ValueId) -> ValueId {
    let [h, w, inputs] = super::image(&b.graph[x].dims);
    match Window::new([h, w], c.kernel, c.stride, c.dilation, c.padding) {
        Some(window) => gather(b, c, window, inputs, &c.kernel.0, name, x),
        None => x,
    }
}

/// Emits `conv1d` over `x (T, I)`, an image one high, whose weight is `(filters, channels / groups, k)`.
pub(super) fn emit_line(b: &mut Build, c: &Conv, name: &str, x: ValueId) -> ValueId {
    let [_, t, inputs] = super::image(&b.graph[x].dims);
    match Window::line(t, c.kernel, c.stride, c.dilation, c.padding) {
        Some(window) => gather(b, c, window, inputs, &c.kernel.0[1..], name, x),
        None => x,
    }
}

fn gather(b: &mut Build, c: &Conv, window: Window, inputs: usize, kernel: &[usize], name: &str, x: ValueId) -> ValueId {
    let ins = params(b, c, [c.filters, inputs / c.groups], kernel, name, x);
    let (outputs, groups, bias) = (c.filters, c.groups, c.has_bias());
    let op = |act| Op::Conv2d(Conv2d { window, inputs, outputs, groups, act, bias });
    b.activated(c.activation, op, &ins, name)
}

/// Emits `conv_transpose2d` over `x (H, W, I)`.
pub(super) fn emit_transposed(b: &mut Build, c: &Conv, name: &str, x: ValueId) -> ValueId {
    let [h, w, inputs] = super::image(&b.graph[x].dims);
    let Some(window) = Window::transposed([h, w], c.kernel, c.stride, c.dilation, c.padding) else { return x };
    let ins = params(b, c, [inputs, c.filters / c.groups], &c.kernel.0, name, x);
    let (outputs, groups, bias) = (c.filters, c.groups, c.has_bias());
    let op = |act| Op::ConvTranspose2d(ConvTranspose2d { window, inputs, outputs, groups, act, bias });
    b.activated(c.activation, op, &ins, name)
}

/// x, weight and (where there is one) bias. Fans are PyTorch's, which takes the weight's second axis for the inputs of a
/// transposed convolution too.
fn params(b: &mut Build, c: &Conv, ends: [usize; 2], kernel: &[usize], name: &str, x: ValueId) -> Vec<ValueId> {
    let taps: usize = kernel.iter().product();
    let [rows, second] = ends;
    let fans = Fans { fan_in: second * taps, fan_out: rows * taps, rows, cols: second * taps };
    let dims = [&ends[..], kernel].concat();
    let mut ins = vec![x, b.graph.param(format!("{name}.weight"), &dims, ParamInit::Weight(c.init, fans), true)];
    if c.has_bias() {
        let init = ParamInit::Bias(c.init, fans.fan_in);
        ins.push(b.graph.param(format!("{name}.bias"), &[c.filters], init, false));
    }
    ins
}

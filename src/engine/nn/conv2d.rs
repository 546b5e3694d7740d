//! The convolution layer: one `conv2d` op with weight `(filters, channels / groups, kh, kw)` and bias `(filters)`.

use super::{Build, ValueId};
use crate::engine::graph::ParamInit;
use crate::engine::init::Fans;
use crate::engine::ops::{Op, conv2d::Conv2d};
use crate::spec::model::Conv;
use crate::spec::window::Window;

/// PyTorch's fans of a convolution's weight `(O, I/G, kh, kw)`: every number under the kernel counts.
pub(super) fn fans(first: usize, second: usize, taps: usize) -> Fans {
    Fans { fan_in: second * taps, fan_out: first * taps, rows: first, cols: second * taps }
}

/// Emits the layer over `x (H, W, I)`.
pub(super) fn emit(b: &mut Build, c: &Conv, name: &str, x: ValueId) -> ValueId {
    let [h, w, inputs] = super::image(&b.graph[x].dims);
    let Some(window) = Window::new([h, w], c.kernel, c.stride, c.dilation, c.padding) else { return x };
    let [kh, kw] = c.kernel.0;
    emit_window(b, c, window, inputs, &[kh, kw], name, x)
}

/// Emits the op for a window that is settled; `kernel` is the end of the weight's shape.
pub(super) fn emit_window(
    b: &mut Build,
    c: &Conv,
    window: Window,
    inputs: usize,
    kernel: &[usize],
    name: &str,
    x: ValueId,
) -> ValueId {
    let i_g = inputs / c.groups;
    let fans = fans(c.filters, i_g, window.taps());
    let dims = [&[c.filters, i_g], kernel].concat();
    let mut ins = vec![x, b.graph.param(format!("{name}.weight"), &dims, ParamInit::Weight(c.init, fans), true)];
    if c.has_bias() {
        ins.push(b.graph.param(format!("{name}.bias"), &[c.filters], ParamInit::Bias(c.init, fans.fan_in), false));
    }
    let (outputs, groups, act, bias) = (c.filters, c.groups, c.activation, c.has_bias());
    b.graph.op(Op::Conv2d(Conv2d { window, inputs, outputs, groups, act, bias }), &ins, name)
}

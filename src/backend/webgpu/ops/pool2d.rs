//! Pooling on the card.

use super::super::kernel::Kernel;
use super::{Call, Lower};
use crate::engine::ops::pool2d::{Pool2d, Reduce};

fn sizes(k: Kernel, op: &Pool2d) -> Kernel {
    let w = &op.window;
    let k =
        k.ints(&[("high", w.input[0]), ("wide", w.input[1]), ("places", w.pixels_out()), ("out_wide", w.output[1])]);
    let k = k.ints(&[("kernel_wide", w.kernel[1]), ("stride_y", w.stride[0]), ("stride_x", w.stride[1])]);
    let k = k.ints(&[("dilation_y", w.dilation[0]), ("dilation_x", w.dilation[1]), ("pad_y", w.pad[0])]);
    let k = k.ints(&[("pad_x", w.pad[1]), ("channels", op.channels), ("taps", w.taps())]);
    k.flag("MAX", op.reduce == Reduce::Max).text(include_str!("pool2d.wgsl"))
}

impl Lower for Pool2d {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        let body = "fn get_d_y(i: u32) -> f32 { return 0.0; }\n\
                    fn each(i: u32) { put_y(i, pooled(i / slot.channels, i % slot.channels)); }\n";
        let k = sizes(Kernel::each("pool2d", body, c.output(0).len(c.rows)), self);
        vec![k.read("x", c.input(0)).write("y", c.output(0), false)]
    }

    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        let k =
            sizes(Kernel::each("pool2d_backward", "fn each(i: u32) { put_d_x(i, gathered(i)); }\n", c.len(0)), self);
        vec![k.read("x", c.input(0)).read("d_y", c.d_out()).gradient("d_x", c.gradient(0))]
    }
}

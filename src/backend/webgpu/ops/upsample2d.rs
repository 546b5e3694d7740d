//! Upsampling on the card: the gradient of a pixel gathers from its copies.

use super::super::kernel::Kernel;
use super::{Call, Lower};
use crate::engine::ops::upsample2d::Upsample2d;

fn sizes(k: Kernel, op: &Upsample2d) -> Kernel {
    let [high, wide] = op.input;
    k.ints(&[("high", high), ("wide", wide), ("channels", op.channels), ("factor", op.factor)])
}

impl Lower for Upsample2d {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        let body = "fn each(i: u32) {\n  let pixel = i / slot.channels;\n  let x = pixel % (slot.wide * slot.factor) / slot.factor;\n  \
                    let y = pixel / (slot.wide * slot.factor) / slot.factor;\n  \
                    put_y(i, get_x((y * slot.wide + x) * slot.channels + i % slot.channels));\n}\n";
        // Rows of all samples follow one another, so that a sample needs no number of its own.
        let k = sizes(Kernel::each("upsample2d", body, c.output(0).len(c.rows)), self);
        vec![k.read("x", c.input(0)).write("y", c.output(0), false)]
    }

    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        let body = "fn each(i: u32) {\n  let pixel = i / slot.channels;\n  let x = pixel % slot.wide;\n  let y = pixel / slot.wide;\n  \
                    var sum = 0.0;\n  for (var k = 0u; k < slot.factor * slot.factor; k = k + 1u) {\n    \
                    let row = y * slot.factor + k / slot.factor;\n    let column = x * slot.factor + k % slot.factor;\n    \
                    sum = sum + get_d_y((row * slot.wide * slot.factor + column) * slot.channels + i % slot.channels);\n  }\n  \
                    put_d_x(i, sum);\n}\n";
        let k = sizes(Kernel::each("upsample2d_backward", body, c.len(0)), self);
        vec![k.read("d_y", c.d_out()).gradient("d_x", c.gradient(0))]
    }
}

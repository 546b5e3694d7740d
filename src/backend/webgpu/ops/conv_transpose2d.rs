//! Transposed convolution on the card: `kernels::conv` with the output as the image and x as the places.

use super::super::kernel::Kernel;
use super::super::kernels::conv::Conv;
use super::activation::{d_z, finish};
use super::{Call, Lower};
use crate::engine::ops::conv_transpose2d::ConvTranspose2d;

const X: &str = "fn point(i: u32) -> f32 { return get_x(i); }";
const D_Z: &str = "fn image(i: u32) -> f32 { return d_z(i); }";

impl ConvTranspose2d {
    fn sizes(&self, c: &Call) -> Conv {
        Conv {
            window: self.window,
            image: self.outputs,
            places: self.inputs,
            groups: self.groups,
            rows: c.rows,
            sums: c.sums,
        }
    }
}

impl Lower for ConvTranspose2d {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        self.sizes(c).to_image("conv_transpose2d", |k| {
            finish(k.read("x", c.input(0)).read("w", c.input(1)).text(X), c, self.act, self.bias)
        })
    }

    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        let (sizes, mut kernels) = (self.sizes(c), Vec::new());
        if c.gradient(0).is_some() {
            kernels.extend(sizes.to_places("conv_transpose2d_d_x", |k| {
                let k = k.read("w", c.input(1)).gradient("d_x", c.gradient(0)).text(D_Z);
                d_z(k.text("fn finish(i: u32, channel: u32, v: f32) { put_d_x(i, v); }"), c, self.act)
            }));
        }
        if c.gradient(1).is_some() {
            kernels.extend(sizes.to_weight("conv_transpose2d_d_w", false, |k| {
                let k = k.read("x", c.input(0)).gradient("d_w", c.gradient(1)).gradient("d_b", None);
                d_z(k.text(X).text(D_Z), c, self.act)
            }));
        }
        if let Some(slot) = c.gradient(2) {
            // Here the sums run over the image, and no product has them beside it.
            let body = "fn row(item: u32, l: u32) {\n  var sum = 0.0;\n  \
                        for (var k = l; k < slot.pixels; k = k + THREADS) { sum = sum + d_z(k * slot.items + item); }\n  \
                        let all = group_sum(l, sum);\n  if (l == 0u) { put_d_b(item, all); }\n}\n";
            let pixels = c.output(0).len(c.rows) / self.outputs;
            let k = Kernel::rows("conv_transpose2d_d_b", body, self.outputs).int("pixels", pixels);
            kernels.push(d_z(k.gradient("d_b", Some(slot)), c, self.act));
        }
        kernels
    }
}

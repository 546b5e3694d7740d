//! Convolution on the card: `kernels::conv` with x as the image and the output as the places.

use super::super::kernel::Kernel;
use super::super::kernels::conv::Conv;
use super::activation::{d_z, finish};
use super::{Call, Lower};
use crate::engine::ops::conv2d::Conv2d;

const X: &str = "fn image(i: u32) -> f32 { return get_x(i); }";
const D_Z: &str = "fn point(i: u32) -> f32 { return d_z(i); }";

impl Conv2d {
    fn sizes(&self, c: &Call) -> Conv {
        Conv {
            window: self.window,
            image: self.inputs,
            places: self.outputs,
            groups: self.groups,
            rows: c.rows,
            sums: c.sums,
        }
    }
}

impl Lower for Conv2d {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        self.sizes(c).to_places("conv2d", |k| {
            finish(k.read("x", c.input(0)).read("w", c.input(1)).text(X), c, self.act, self.bias)
        })
    }

    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        let (sizes, mut kernels) = (self.sizes(c), Vec::new());
        if c.gradient(0).is_some() {
            kernels.extend(sizes.to_image("conv2d_d_x", |k| {
                let k = k.read("w", c.input(1)).gradient("d_x", c.gradient(0)).text(D_Z);
                d_z(k.text("fn finish(i: u32, channel: u32, v: f32) { put_d_x(i, v); }"), c, self.act)
            }));
        }
        if c.gradient(1).is_some() || c.gradient(2).is_some() {
            kernels.extend(sizes.to_weight("conv2d_d_w", c.gradient(2).is_some(), |k| {
                let k = k.read("x", c.input(0)).gradient("d_w", c.gradient(1)).gradient("d_b", c.gradient(2));
                d_z(k.text(X).text(D_Z), c, self.act)
            }));
        }
        kernels
    }
}

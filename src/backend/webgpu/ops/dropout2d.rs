//! Channel dropout on the card.

use super::super::kernel::Kernel;
use super::{Call, Lower, dropout};
use crate::engine::ops::dropout2d::Dropout2d;

impl Lower for Dropout2d {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        let k = Kernel::each("dropout2d", include_str!("dropout2d.wgsl"), c.len(0)).read("x", c.input(0));
        let k = dropout::drawn(k, c, &self.draw).int("channels", self.channels).int("sample", c.input(0).size);
        vec![k.write("y", c.output(0), false).write("mask", c.output(1), false)]
    }

    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        let body = "fn each(i: u32) {\n  let at = i / slot.sample * slot.channels + i % slot.channels;\n  \
                    put_d_x(i, get_d_y(i) * get_mask(at));\n}\n";
        let k = Kernel::each("dropout2d_backward", body, c.len(0)).read("d_y", c.d_out()).read("mask", c.output(1));
        let k = k.int("channels", self.channels).int("sample", c.input(0).size);
        vec![k.gradient("d_x", c.gradient(0))]
    }
}

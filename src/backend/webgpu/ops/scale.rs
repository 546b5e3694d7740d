//! Scale on the card.

use super::super::kernel::Kernel;
use super::{Call, Lower};
use crate::engine::ops::scale::Scale;

fn sizes(k: Kernel, c: &Call, op: &Scale) -> Kernel {
    k.int("channels", op.channels).int("sample", c.input(0).size).read("x", c.input(0))
}

impl Lower for Scale {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        let body =
            "fn each(i: u32) { put_y(i, get_x(i) * get_s(i / slot.sample * slot.channels + i % slot.channels)); }\n";
        let k = sizes(Kernel::each("scale", body, c.len(0)), c, self);
        vec![k.read("s", c.input(1)).write("y", c.output(0), false)]
    }

    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        let mut kernels = Vec::new();
        if let Some(slot) = c.gradient(0) {
            let body = "fn each(i: u32) { put_d_x(i, get_d_y(i) * get_s(i / slot.sample * slot.channels + i % slot.channels)); }\n";
            let k = sizes(Kernel::each("scale_backward", body, c.len(0)), c, self).read("s", c.input(1));
            kernels.push(k.read("d_y", c.d_out()).gradient("d_x", Some(slot)));
        }
        if let Some(slot) = c.gradient(1) {
            let body = "fn each(i: u32) {\n  let start = i / slot.channels * slot.sample;\n  var sum = 0.0;\n  \
                        for (var k = i % slot.channels; k < slot.sample; k = k + slot.channels) {\n    \
                        sum = sum + get_d_y(start + k) * get_x(start + k);\n  }\n  put_d_s(i, sum);\n}\n";
            let k = sizes(Kernel::each("scale_factors", body, c.len(1)), c, self);
            kernels.push(k.read("d_y", c.d_out()).gradient("d_s", Some(slot)));
        }
        kernels
    }
}

//! The global average on the card: a thread for each channel of a sample.

use super::super::kernel::Kernel;
use super::{Call, Lower};
use crate::engine::ops::global_avg_pool::GlobalAvgPool;

fn sizes(k: Kernel, c: &Call, op: &GlobalAvgPool) -> Kernel {
    let sample = c.input(0).size;
    k.int("channels", op.channels).int("sample", sample).float("share", 1.0 / (sample / op.channels) as f32)
}

impl Lower for GlobalAvgPool {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        let body = "fn each(i: u32) {\n  let start = i / slot.channels * slot.sample;\n  var sum = 0.0;\n  \
                    for (var k = i % slot.channels; k < slot.sample; k = k + slot.channels) { sum = sum + get_x(start + k); }\n  \
                    put_y(i, sum * slot.share);\n}\n";
        let k = sizes(Kernel::each("global_avg_pool", body, c.output(0).len(c.rows)), c, self);
        vec![k.read("x", c.input(0)).write("y", c.output(0), false)]
    }

    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        let body = "fn each(i: u32) {\n  let at = i / slot.sample * slot.channels + i % slot.channels;\n  \
                    put_d_x(i, get_d_y(at) * slot.share);\n}\n";
        let k = sizes(Kernel::each("global_avg_pool_backward", body, c.len(0)), c, self);
        vec![k.read("d_y", c.d_out()).gradient("d_x", c.gradient(0))]
    }
}

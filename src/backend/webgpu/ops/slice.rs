//! Slice on the card.

use super::super::kernel::Kernel;
use super::{Call, Lower};
use crate::engine::ops::slice::Slice;

fn sizes(k: Kernel, op: &Slice) -> Kernel {
    let (kept, all) = op.range();
    k.ints(&[("first", kept.start), ("kept", kept.len()), ("all", all)])
}

impl Lower for Slice {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        let body = "fn each(i: u32) { put_y(i, get_x(i / slot.kept * slot.all + slot.first + i % slot.kept)); }\n";
        let k = sizes(Kernel::each("slice", body, c.output(0).len(c.rows)), self);
        vec![k.read("x", c.input(0)).write("y", c.output(0), false)]
    }

    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        let body = "fn each(i: u32) {\n  let at = i % slot.all - slot.first;\n  var d = 0.0;\n  \
                    if (at < slot.kept) { d = get_d_y(i / slot.all * slot.kept + at); }\n  put_d_x(i, d);\n}\n";
        let k = sizes(Kernel::each("slice_backward", body, c.len(0)), self);
        vec![k.read("d_y", c.d_out()).gradient("d_x", c.gradient(0))]
    }
}

//! Dropout on the card: every thread draws for its own number.

use super::super::kernel::Kernel;
use super::{Call, Lower};
use crate::engine::ops::dropout::Dropout;

/// What the mask is made of.
pub(super) fn drawn(k: Kernel, c: &Call, op: &Dropout) -> Kernel {
    k.call().int("value", c.i.value as usize).float("rate", op.rate).float("kept", op.mask(1.0))
}

impl Lower for Dropout {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        let k = Kernel::each("dropout", include_str!("dropout.wgsl"), c.len(0)).read("x", c.input(0));
        vec![drawn(k, c, self).write("y", c.output(0), false).write("mask", c.output(1), false)]
    }

    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        let body = "fn each(i: u32) { put_d_x(i, get_d_y(i) * get_mask(i)); }\n";
        let k = Kernel::each("dropout_backward", body, c.len(0)).read("d_y", c.d_out()).read("mask", c.output(1));
        vec![k.gradient("d_x", c.gradient(0))]
    }
}

//! What was seen stands as it was, on the card.

use super::super::kernel::Kernel;
use super::{Call, Lower};
use crate::engine::ops::restore::Restore;

impl Lower for Restore {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        let body = "fn each(i: u32) { put_y(i, select(get_p(i), get_t(i), get_x(i) == get_t(i))); }\n";
        let k = Kernel::each("restore", body, c.len(0)).read("p", c.input(0)).read("x", c.input(1));
        vec![k.read("t", c.input(2)).write("y", c.output(0), false)]
    }

    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        let body = "fn each(i: u32) { put_d_p(i, select(get_d_y(i), 0.0, get_x(i) == get_t(i))); }\n";
        let k = Kernel::each("restore_backward", body, c.len(0)).read("x", c.input(1)).read("t", c.input(2));
        vec![k.read("d_y", c.d_out()).gradient("d_p", c.gradient(0))]
    }
}

//! The sum of several inputs.
//!
//! Formulas are those of [`crate::engine::ops::add`].

use super::{Call, Kernel};
use crate::backend::simd::kernels::elementwise;
use crate::engine::ops::add::Add;

impl Kernel for Add {
    fn forward(&self, c: &mut Call) {
        let y = c.output(0);
        elementwise::add(c.input(0), c.input(1), y);
        (2..c.i.ins.len()).for_each(|k| elementwise::add_assign(y, c.input(k)));
    }

    fn backward(&self, c: &mut Call) {
        (0..c.i.d_ins.len()).for_each(|k| c.pass(k));
    }
}

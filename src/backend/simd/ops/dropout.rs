//! Numbers zeroed by chance while training.
//!
//! Formulas are those of [`crate::engine::ops::dropout`].

use super::{Call, Kernel};
use crate::backend::simd::kernels::elementwise;
use crate::engine::ops::dropout::Dropout;

impl Kernel for Dropout {
    fn forward(&self, c: &mut Call) {
        let mask = c.output(1);
        self.fill(c.draw(), mask);
        elementwise::mul(c.input(0), mask, c.output(0));
    }

    fn backward(&self, c: &mut Call) {
        if let Some(d_x) = c.kept(0) {
            elementwise::mul(c.d_out(), c.saved(1), d_x);
            c.add_kept();
        }
    }
}

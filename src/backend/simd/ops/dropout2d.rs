//! Whole channels zeroed by chance while training.
//!
//! Formulas are those of [`crate::engine::ops::dropout2d`].

use super::scale::{scale, scale_backward};
use super::{Call, Kernel};
use crate::engine::ops::dropout2d::Dropout2d;

impl Kernel for Dropout2d {
    fn forward(&self, c: &mut Call) {
        let mask = c.output(1);
        self.draw.fill(c.draw(), mask);
        scale(c.input(0), mask, self.channels, c.output(0));
    }

    fn backward(&self, c: &mut Call) {
        if let Some((d_x, add)) = c.gradient(0) {
            scale_backward(c.d_out(), c.saved(1), self.channels, d_x, add);
        }
    }
}

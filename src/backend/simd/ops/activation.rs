//! A nonlinearity on its own.
//!
//! Not responsible for the functions (`kernels::activation`).

use super::{Call, Kernel};
use crate::backend::simd::kernels::activation;
use crate::engine::ops::activation::Act;

impl Kernel for Act {
    fn forward(&self, c: &mut Call) {
        activation::forward(self.act, c.input(0), c.output(0));
    }

    fn backward(&self, c: &mut Call) {
        let saved = if self.act.saves_input() { c.input(0) } else { c.saved(0) };
        if let Some((d_x, add)) = c.gradient(0) {
            activation::backward(self.act, saved, c.d_out(), d_x, add);
        }
    }
}

//! Several losses in one.
//!
//! Formulas are those of [`crate::engine::ops::weighted_sum`].

use super::{Call, Kernel};
use crate::engine::ops::weighted_sum::WeightedSum;

impl Kernel for WeightedSum {
    fn forward(&self, c: &mut Call) {
        c.output(0)[0] = self.weights.iter().enumerate().map(|(k, w)| w * c.input(k)[0]).sum();
    }

    fn backward(&self, c: &mut Call) {
        for (k, w) in self.weights.iter().enumerate() {
            if let Some((d, add)) = c.gradient(k) {
                d[0] = w * c.d_out()[0] + if add { d[0] } else { 0.0 };
            }
        }
    }
}

//! Rows of a table, one for each token.
//!
//! Formulas are those of [`crate::engine::ops::embedding`].

use super::{Call, Kernel};
use crate::backend::simd::kernels::elementwise::add_assign;
use crate::engine::ops::embedding::Embedding;

impl Kernel for Embedding {
    fn forward(&self, c: &mut Call) {
        let (d, weight) = (self.units, c.input(1));
        for (y, x) in c.output(0).chunks_exact_mut(d).zip(c.input(0)) {
            match self.row(f64::from(*x)) {
                Some(row) => y.copy_from_slice(&weight[row * d..(row + 1) * d]),
                None => y.fill(f32::NAN),
            }
        }
    }

    /// Each token adds to the row it names.
    fn backward(&self, c: &mut Call) {
        let Some((d_weight, add)) = c.gradient(1) else { return };
        let d = self.units;
        if !add {
            d_weight.fill(0.0);
        }
        for (d_y, x) in c.d_out().chunks_exact(d).zip(c.input(0)) {
            if let Some(row) = self.row(f64::from(*x)) {
                add_assign(&mut d_weight[row * d..(row + 1) * d], d_y);
            }
        }
    }
}

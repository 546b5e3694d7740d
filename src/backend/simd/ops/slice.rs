//! Some places of a sequence.
//!
//! Formulas are those of [`crate::engine::ops::slice`].

use super::{Call, Kernel};
use crate::backend::simd::kernels::elementwise::add_assign;
use crate::engine::ops::slice::Slice;

impl Kernel for Slice {
    fn forward(&self, c: &mut Call) {
        let (kept, all) = self.range();
        for (y, x) in c.output(0).chunks_exact_mut(kept.len()).zip(c.input(0).chunks_exact(all)) {
            y.copy_from_slice(&x[kept.clone()]);
        }
    }

    /// Places left out have gradient 0.
    fn backward(&self, c: &mut Call) {
        let Some((d_x, add)) = c.gradient(0) else { return };
        if !add {
            d_x.fill(0.0);
        }
        let (kept, all) = self.range();
        for (d_x, d_y) in d_x.chunks_exact_mut(all).zip(c.d_out().chunks_exact(kept.len())) {
            add_assign(&mut d_x[kept.clone()], d_y);
        }
    }
}

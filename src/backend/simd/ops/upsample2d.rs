//! Every pixel several times.
//!
//! Formulas are those of [`crate::engine::ops::upsample2d`].

use super::{Call, Kernel};
use crate::backend::simd::kernels::elementwise::add_assign;
use crate::engine::ops::upsample2d::Upsample2d;

/// Numbers of an image before and after.
fn sizes(op: &Upsample2d) -> (usize, usize) {
    let n = op.input[0] * op.input[1] * op.channels;
    (n, n * op.factor * op.factor)
}

impl Kernel for Upsample2d {
    fn forward(&self, c: &mut Call) {
        let (w, (small, large)) = (self.channels, sizes(self));
        for (x, y) in c.input(0).chunks_exact(small).zip(c.output(0).chunks_exact_mut(large)) {
            self.pixels(|to, from| y[to..to + w].copy_from_slice(&x[from..from + w]));
        }
    }

    fn backward(&self, c: &mut Call) {
        let Some((d_x, add)) = c.gradient(0) else { return };
        let (w, (small, large)) = (self.channels, sizes(self));
        if !add {
            d_x.fill(0.0);
        }
        for (d_x, d_y) in d_x.chunks_exact_mut(small).zip(c.d_out().chunks_exact(large)) {
            self.pixels(|from, to| add_assign(&mut d_x[to..to + w], &d_y[from..from + w]));
        }
    }
}

//! Several inputs side by side.
//!
//! Formulas are those of [`crate::engine::ops::concat`].

use super::{Call, Kernel};
use crate::backend::simd::kernels::elementwise::add_assign;
use crate::engine::ops::concat::Concat;

impl Kernel for Concat {
    fn forward(&self, c: &mut Call) {
        let (y, mut at) = (c.output(0), 0);
        for (k, w) in self.widths.iter().enumerate() {
            for (y, x) in y.chunks_exact_mut(self.width()).zip(c.input(k).chunks_exact(*w)) {
                y[at..at + w].copy_from_slice(x);
            }
            at += w;
        }
    }

    fn backward(&self, c: &mut Call) {
        let (d_y, mut at) = (c.d_out(), 0);
        for (k, w) in self.widths.iter().enumerate() {
            if let Some((d_x, add)) = c.gradient(k) {
                for (d_x, d_y) in d_x.chunks_exact_mut(*w).zip(d_y.chunks_exact(self.width())) {
                    let part = &d_y[at..at + w];
                    if add { add_assign(d_x, part) } else { d_x.copy_from_slice(part) }
                }
            }
            at += w;
        }
    }
}

//! The mean of every channel.
//!
//! Formulas are those of [`crate::engine::ops::global_avg_pool`].

use super::{Call, Kernel};
use crate::backend::simd::kernels::{elementwise, reduce};
use crate::engine::ops::global_avg_pool::GlobalAvgPool;

impl Kernel for GlobalAvgPool {
    fn forward(&self, c: &mut Call) {
        let (x, y) = (c.input(0), c.output(0));
        let n_x = x.len() / c.rows;
        for (x, y) in x.chunks_exact(n_x).zip(y.chunks_exact_mut(self.channels)) {
            reduce::column_sums(x, y, false);
            elementwise::scale_in_place(self.channels as f32 / n_x as f32, y);
        }
    }

    fn backward(&self, c: &mut Call) {
        let Some((d_x, add)) = c.gradient(0) else { return };
        let n_x = d_x.len() / c.rows;
        let share = self.channels as f32 / n_x as f32;
        for (d_x, d_y) in d_x.chunks_exact_mut(n_x).zip(c.d_out().chunks_exact(self.channels)) {
            if !add {
                d_x.fill(0.0);
            }
            d_x.chunks_exact_mut(self.channels).for_each(|d_x| elementwise::axpy(share, d_y, d_x));
        }
    }
}

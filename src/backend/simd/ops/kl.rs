//! How far normal distributions are from the standard one.
//!
//! Formulas are those of [`crate::engine::ops::kl`]. A code has few numbers: plain loops are fast enough.

use super::{Call, Kernel};
use crate::engine::ops::kl::Kl;

impl Kernel for Kl {
    fn forward(&self, c: &mut Call) {
        let (d, dims) = (self.latent, c.output(1));
        dims.fill(0.0);
        for row in c.input(0).chunks_exact(2 * d) {
            for (i, kl) in dims.iter_mut().enumerate() {
                *kl += row[i] * row[i] + libm::expf(row[d + i]) - 1.0 - row[d + i];
            }
        }
        let half = 0.5 / c.rows as f32;
        dims.iter_mut().for_each(|kl| *kl *= half);
        // Written so that NaN stays NaN.
        c.output(0)[0] = dims.iter().map(|kl| if *kl < self.free { self.free } else { *kl }).sum();
    }

    fn backward(&self, c: &mut Call) {
        let Some(d_stats) = c.kept(0) else { return };
        let (d, dims) = (self.latent, c.saved(1));
        let scale = c.d_out()[0] / c.rows as f32;
        for (row, d_row) in c.input(0).chunks_exact(2 * d).zip(d_stats.chunks_exact_mut(2 * d)) {
            for i in 0..d {
                let charged = if dims[i] >= self.free { scale } else { 0.0 };
                d_row[i] = charged * row[i];
                d_row[d + i] = charged * 0.5 * (libm::expf(row[d + i]) - 1.0);
            }
        }
        c.add_kept();
    }
}

//! A sample of a normal distribution.
//!
//! Formulas are those of [`crate::engine::ops::reparametrise`]. A code has few numbers: plain loops are fast enough.

use super::{Call, Kernel};
use crate::engine::ops::reparametrise::Reparametrise;

impl Kernel for Reparametrise {
    fn forward(&self, c: &mut Call) {
        let (d, noise) = (self.latent, c.output(1));
        self.noise(c.draw(), noise);
        let rows = c.input(0).chunks_exact(2 * d).zip(noise.chunks_exact(d));
        for ((stats, noise), z) in rows.zip(c.output(0).chunks_exact_mut(d)) {
            for i in 0..d {
                z[i] = stats[i] + libm::expf(0.5 * stats[d + i]) * noise[i];
            }
        }
    }

    fn backward(&self, c: &mut Call) {
        let Some(d_stats) = c.kept(0) else { return };
        let d = self.latent;
        let rows = c.input(0).chunks_exact(2 * d).zip(c.saved(1).chunks_exact(d)).zip(c.d_out().chunks_exact(d));
        for (((stats, noise), d_z), d_stats) in rows.zip(d_stats.chunks_exact_mut(2 * d)) {
            for i in 0..d {
                d_stats[i] = d_z[i];
                d_stats[d + i] = 0.5 * d_z[i] * libm::expf(0.5 * stats[d + i]) * noise[i];
            }
        }
        c.add_kept();
    }
}

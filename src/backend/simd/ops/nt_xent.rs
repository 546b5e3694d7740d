//! Two views of each row told apart from all others.
//!
//! Formulas are those of [`crate::engine::ops::nt_xent`]. Similarities are computed again in the backward half: a batch has
//! few rows, and nothing of their square must be kept.

use super::{Call, Kernel};
use crate::backend::simd::kernels::{elementwise, reduce};
use crate::engine::ops::nt_xent::{EPSILON_SQUARED, NtXent};

fn over_length(z: &[f32]) -> f32 {
    1.0 / (reduce::sum_squares(z) + EPSILON_SQUARED as f32).sqrt()
}

impl Kernel for NtXent {
    fn forward(&self, c: &mut Call) {
        let (d, views) = (self.width, 2 * c.rows);
        let (units, sums, ins) = (c.output(1), c.output(2), [c.input(0), c.input(1)]);
        for (v, u) in units.chunks_exact_mut(d).enumerate() {
            let z = &ins[v % 2][v / 2 * d..][..d];
            elementwise::scale(over_length(z), z, u);
        }
        let (by, mut loss) = (1.0 / self.temperature, 0.0);
        for (v, sum) in sums.iter_mut().enumerate() {
            let u = &units[v * d..][..d];
            let similar = |o: usize| by * reduce::dot(u, &units[o * d..][..d]);
            let (mut most, mut all) = (f32::NEG_INFINITY, 0.0);
            for s in (0..views).filter(|o| *o != v).map(similar) {
                // The sum goes on under the greatest so far.
                if s > most {
                    all = all * libm::expf(most - s) + 1.0;
                    most = s;
                } else {
                    all += libm::expf(s - most);
                }
            }
            *sum = most + libm::logf(all);
            loss += *sum - similar(v ^ 1);
        }
        c.output(0)[0] = loss / views as f32;
    }

    fn backward(&self, c: &mut Call) {
        let (d, views, by) = (self.width, 2 * c.rows, 1.0 / self.temperature);
        let scale = c.d_out()[0] * by / views as f32;
        let (units, sums) = (c.saved(1), c.saved(2));
        let unit = |v: usize| &units[v * d..][..d];
        for k in 0..2 {
            let (z, Some((d_z, add))) = (c.input(k), c.gradient(k)) else { continue };
            if !add {
                d_z.fill(0.0);
            }
            for (i, (d_z, z)) in d_z.chunks_exact_mut(d).zip(z.chunks_exact(d)).enumerate() {
                let (v, over, mut along) = (2 * i + k, over_length(z), 0.0);
                for o in (0..views).filter(|o| *o != v) {
                    let s = reduce::dot(unit(v), unit(o));
                    let partner = if o == v ^ 1 { 2.0 } else { 0.0 };
                    let w = libm::expf(s * by - sums[v]) + libm::expf(s * by - sums[o]) - partner;
                    elementwise::axpy(scale * over * w, unit(o), d_z);
                    along += w * s;
                }
                elementwise::axpy(-scale * over * along, unit(v), d_z);
            }
        }
    }
}

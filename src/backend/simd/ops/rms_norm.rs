//! RMS norm over rows: each row is read from the first-level cache as often as it takes.
//!
//! Formulas and what is saved are those of [`crate::engine::ops::rms_norm`].

use super::{Call, Kernel};
use crate::backend::simd::kernels::lanes::{splat, sum};
use crate::backend::simd::kernels::norm::{check, each, each_add};
use crate::backend::simd::kernels::reduce::{fold, sum_squares};
use crate::engine::ops::rms_norm::RmsNorm;

impl Kernel for RmsNorm {
    fn forward(&self, c: &mut Call) {
        let (n, x, w, y, rrms) = (self.features, c.input(0), c.input(1), c.output(0), c.output(1));
        check(x, n, &[y.len()], &[w.len()]);
        for ((x, y), rrms) in x.chunks_exact(n).zip(y.chunks_exact_mut(n)).zip(rrms) {
            *rrms = 1.0 / (sum_squares(x) / n as f32 + RmsNorm::EPS as f32).sqrt();
            let r = splat(*rrms);
            // SAFETY: all slices have n entries.
            unsafe { each(n, [x, w], y.as_mut_ptr(), |[x, w]| x * r * w) }
        }
    }

    fn backward(&self, c: &mut Call) {
        let (n, x, w, rrms, d_y) = (self.features, c.input(0), c.input(1), c.saved(1), c.d_out());
        check(x, n, &[d_y.len()], &[w.len()]);
        let (mut d_x, mut d_w) = (c.gradient(0), c.gradient(1));
        if let Some((d_w, false)) = &mut d_w {
            d_w.fill(0.0);
        }
        for (m, ((x, d_y), rrms)) in x.chunks_exact(n).zip(d_y.chunks_exact(n)).zip(rrms).enumerate() {
            let r = splat(*rrms);
            if let Some((d_w, _)) = &mut d_w {
                // SAFETY: all slices have n entries.
                unsafe { each_add(n, [x, d_y], d_w.as_mut_ptr(), |[x, d]| d * (x * r)) }
            }
            let Some((d_x, add)) = &mut d_x else { continue };
            let total = sum(fold([x, w, d_y], 0.0, 0.0, |a, [x, w, d]| a + d * w * (x * r), |a, b| a + b));
            let (mean, to) = (splat(total / n as f32), d_x[m * n..(m + 1) * n].as_mut_ptr());
            let f = |[x, w, d]: [wide::f32x4; 3]| r * (d * w - x * r * mean);
            // SAFETY: all slices have n entries.
            unsafe { if *add { each_add(n, [x, w, d_y], to, f) } else { each(n, [x, w, d_y], to, f) } }
        }
    }
}

//! Instance norm, one sample after another: every lane is a channel, sums run down the positions.
//!
//! Formulas and what is saved are those of [`crate::engine::ops::instance_norm`].

use super::{Call, Kernel, reserved};
use crate::backend::simd::kernels::elementwise::add_assign;
use crate::backend::simd::kernels::lanes::splat;
use crate::backend::simd::kernels::map::map_in_place;
use crate::backend::simd::kernels::norm::{check, each, each_add};
use crate::backend::simd::kernels::reduce::column_sums;
use crate::engine::ops::instance_norm::InstanceNorm;
use wide::f32x4;

impl Kernel for InstanceNorm {
    fn forward(&self, c: &mut Call) {
        let (n_c, x, y, mean, rstd) = (self.channels, c.input(0), c.output(0), c.output(1), c.output(2));
        let affine = self.affine.then(|| (c.input(1), c.input(2)));
        check(x, n_c, &[y.len()], &[]);
        let n = x.len() / c.rows;
        let samples = x.chunks_exact(n).zip(y.chunks_exact_mut(n));
        for ((x, y), (mu, r)) in samples.zip(mean.chunks_exact_mut(n_c).zip(rstd.chunks_exact_mut(n_c))) {
            statistics(x, mu, r);
            for (x, y) in x.chunks_exact(n_c).zip(y.chunks_exact_mut(n_c)) {
                let (mu, r, y) = (&*mu, &*r, y.as_mut_ptr());
                // SAFETY: all slices have n_c entries.
                unsafe {
                    match affine {
                        Some((w, b)) => each(n_c, [x, mu, r, w, b], y, |[x, mu, r, w, b]| (x - mu) * r * w + b),
                        None => each(n_c, [x, mu, r], y, |[x, mu, r]| (x - mu) * r),
                    }
                }
            }
        }
    }

    fn backward(&self, c: &mut Call) {
        let (n_c, x, mean, rstd, d_y) = (self.channels, c.input(0), c.saved(1), c.saved(2), c.d_out());
        let weight = self.affine.then(|| c.input(1));
        let (mut d_x, mut d_w, mut d_b) = (c.gradient(0), c.gradient(1), c.gradient(2));
        for d in [&mut d_w, &mut d_b].into_iter().flatten() {
            if !d.1 {
                d.0.fill(0.0);
            }
        }
        check(x, n_c, &[d_y.len()], &[]);
        let n = x.len() / c.rows;
        let share = splat(n_c as f32 / n as f32);
        let (sum, sum_x) = reserved(&mut c.room.d_z, 2 * n_c).split_at_mut(n_c);
        for (s, (x, d_y)) in x.chunks_exact(n).zip(d_y.chunks_exact(n)).enumerate() {
            let (mu, r) = (&mean[s * n_c..(s + 1) * n_c], &rstd[s * n_c..(s + 1) * n_c]);
            sums(x, d_y, mu, r, sum, sum_x);
            for (d, of) in [(&mut d_w, &*sum_x), (&mut d_b, &*sum)] {
                d.iter_mut().for_each(|d| add_assign(d.0, of));
            }
            let Some((d_x, add)) = &mut d_x else { continue };
            let places = x.chunks_exact(n_c).zip(d_y.chunks_exact(n_c));
            for ((x, d_y), d_x) in places.zip(d_x[s * n..(s + 1) * n].chunks_exact_mut(n_c)) {
                let gain = weight.unwrap_or(r);
                let one = |w: f32x4| if weight.is_some() { w } else { splat(1.0) };
                let ins = [x, gain, mu, r, d_y, sum, sum_x];
                let f =
                    |[x, w, mu, r, d, s, s_x]: [f32x4; 7]| one(w) * r * (d - s * share - (x - mu) * r * (s_x * share));
                // SAFETY: all slices have n_c entries.
                unsafe {
                    if *add { each_add(n_c, ins, d_x.as_mut_ptr(), f) } else { each(n_c, ins, d_x.as_mut_ptr(), f) }
                }
            }
        }
    }
}

/// Overwrites mean and 1/√(σ² + ε) of every channel of one sample.
fn statistics(x: &[f32], mean: &mut [f32], rstd: &mut [f32]) {
    let n_c = mean.len();
    let (share, one, eps) = (splat(n_c as f32 / x.len() as f32), splat(1.0), splat(InstanceNorm::EPS as f32));
    column_sums(x, mean, false);
    map_in_place(mean, |s| s * share);
    rstd.fill(0.0);
    for x in x.chunks_exact(n_c) {
        // SAFETY: all slices have n_c entries.
        unsafe { each_add(n_c, [x, mean], rstd.as_mut_ptr(), |[x, mu]| (x - mu) * (x - mu)) }
    }
    map_in_place(rstd, |s| one / (s * share + eps).sqrt());
}

/// Overwrites Σ d_y and Σ d_y·x̂ of every channel of one sample.
fn sums(x: &[f32], d_y: &[f32], mean: &[f32], rstd: &[f32], sum: &mut [f32], sum_x: &mut [f32]) {
    column_sums(d_y, sum, false);
    sum_x.fill(0.0);
    for (x, d_y) in x.chunks_exact(mean.len()).zip(d_y.chunks_exact(mean.len())) {
        let ins = [x, mean, rstd, d_y];
        // SAFETY: all slices have as many entries as there are channels.
        unsafe { each_add(mean.len(), ins, sum_x.as_mut_ptr(), |[x, mu, r, d]| d * ((x - mu) * r)) }
    }
}

//! Group norm, one sample after another: sums run down the channels, and only then are channels joined.
//!
//! Formulas and what is saved are those of [`crate::engine::ops::group_norm`].

use super::{Call, Kernel};
use crate::backend::simd::kernels::elementwise::{add_assign, mul_assign};
use crate::backend::simd::kernels::norm::{Affine, check, each, each_add, normalise};
use crate::backend::simd::kernels::reduce::column_sums;
use crate::engine::ops::group_norm::GroupNorm;
use wide::f32x4;

impl Kernel for GroupNorm {
    fn forward(&self, c: &mut Call) {
        let (x, y, mean, rstd) = (c.input(0), c.output(0), c.output(1), c.output(2));
        let to = Affine { weight: c.input(1), bias: c.input(2) };
        let n = x.len() / c.rows;
        for (b, (x, y)) in x.chunks_exact(n).zip(y.chunks_exact_mut(n)).enumerate() {
            let g = b * self.groups..(b + 1) * self.groups;
            let (mean, rstd) = (&mut mean[g.clone()], &mut rstd[g]);
            group_norm(x, to, GroupNorm::EPS as f32, y, mean, rstd, &mut c.room.d_z);
        }
    }

    fn backward(&self, c: &mut Call) {
        let (x, w, mean, rstd, d_y) = (c.input(0), c.input(1), c.saved(1), c.saved(2), c.d_out());
        let (mut d_x, mut d_w, mut d_b) = (c.gradient(0), c.gradient(1), c.gradient(2));
        for d in [&mut d_w, &mut d_b].into_iter().flatten() {
            if !d.1 {
                d.0.fill(0.0);
            }
        }
        let n = x.len() / c.rows;
        for b in 0..c.rows {
            let (s, g) = (b * n..(b + 1) * n, b * self.groups..(b + 1) * self.groups);
            let d_x = d_x.as_mut().map(|(d, add)| (&mut d[s.clone()], *add));
            let (d_w, d_b) = (d_w.as_mut().map(|d| &mut *d.0), d_b.as_mut().map(|d| &mut *d.0));
            let (mean, rstd) = (&mean[g.clone()], &rstd[g]);
            group_norm_backward(&x[s.clone()], w, mean, rstd, &d_y[s], d_x, d_w, d_b, &mut c.room.d_z);
        }
    }
}

/// Cuts `scratch` into N vectors of `c` zeros.
fn vectors<const N: usize>(scratch: &mut Vec<f32>, c: usize) -> [&mut [f32]; N] {
    scratch.clear();
    scratch.resize(N * c, 0.0);
    let mut rest = scratch.as_mut_slice();
    std::array::from_fn(|_| {
        let (one, more) = std::mem::take(&mut rest).split_at_mut(c);
        rest = more;
        one
    })
}

/// `to[channel] = of[group]`.
fn spread(of: &[f32], to: &mut [f32]) {
    let each = to.len() / of.len();
    to.chunks_exact_mut(each).zip(of).for_each(|(to, x)| to.fill(*x));
}

/// Replaces each channel's number by its group's sum times `factor`.
fn join(groups: usize, factor: f32, x: &mut [f32]) {
    let each = x.len() / groups;
    for group in x.chunks_exact_mut(each) {
        let sum = group.iter().sum::<f32>() * factor;
        group.fill(sum);
    }
}

/// Group norm of one sample `(P, C)`: overwrites `y`, `mean (G)` and `rstd (G)` = 1/√(σ² + ε).
///
/// # Panics
/// If a length does not fit, as every function of this file does.
fn group_norm(
    x: &[f32],
    to: Affine,
    eps: f32,
    y: &mut [f32],
    mean: &mut [f32],
    rstd: &mut [f32],
    scratch: &mut Vec<f32>,
) {
    let (c, groups) = (to.weight.len(), mean.len());
    check(x, c, &[y.len()], &[to.bias.len()]);
    assert!(rstd.len() == groups && c.is_multiple_of(groups), "groups differ");
    let share = groups as f32 / x.len() as f32;
    let [mu, r] = vectors(scratch, c);
    column_sums(x, mu, false);
    join(groups, share, mu);
    for x in x.chunks_exact(c) {
        // SAFETY: all slices have c entries.
        unsafe { each_add(c, [x, mu], r.as_mut_ptr(), |[x, mu]| (x - mu) * (x - mu)) }
    }
    join(groups, share, r);
    r.iter_mut().for_each(|v| *v = 1.0 / (*v + eps).sqrt());
    for (g, (mean, rstd)) in mean.iter_mut().zip(rstd).enumerate() {
        (*mean, *rstd) = (mu[g * c / groups], r[g * c / groups]);
    }
    normalise(x, to, mu, r, y);
}

/// Gradients of [`group_norm`] for one sample. Adds to `d_w` and `d_b`; adds to `d_x` or overwrites it.
fn group_norm_backward(
    x: &[f32],
    weight: &[f32],
    mean: &[f32],
    rstd: &[f32],
    d_y: &[f32],
    d_x: Option<(&mut [f32], bool)>,
    d_w: Option<&mut [f32]>,
    d_b: Option<&mut [f32]>,
    scratch: &mut Vec<f32>,
) {
    let (c, groups) = (weight.len(), mean.len());
    check(x, c, &[d_y.len()], &[]);
    assert!(rstd.len() == groups && c.is_multiple_of(groups), "groups differ");
    let share = groups as f32 / x.len() as f32;
    let [mu, r, sum, sum_x] = vectors(scratch, c);
    spread(mean, mu);
    spread(rstd, r);
    column_sums(d_y, sum, false);
    for (x, d_y) in x.chunks_exact(c).zip(d_y.chunks_exact(c)) {
        // SAFETY: all slices have c entries.
        unsafe { each_add(c, [x, mu, r, d_y], sum_x.as_mut_ptr(), |[x, mu, r, d]| d * ((x - mu) * r)) }
    }
    for (to, from) in [(d_w, &*sum_x), (d_b, &*sum)] {
        if let Some(to) = to {
            add_assign(to, from);
        }
    }
    let Some((d_x, add)) = d_x else { return };
    assert_eq!(d_x.len(), x.len(), "lengths differ");
    for sums in [&mut *sum, &mut *sum_x] {
        mul_assign(sums, weight);
        join(groups, share, sums);
    }
    for ((x, d_y), d_x) in x.chunks_exact(c).zip(d_y.chunks_exact(c)).zip(d_x.chunks_exact_mut(c)) {
        let ins = [x, weight, mu, r, d_y, sum, sum_x];
        let f = |[x, w, mu, r, d, s, s_x]: [f32x4; 7]| r * (d * w - s - (x - mu) * r * s_x);
        // SAFETY: all slices have c entries.
        unsafe { if add { each_add(c, ins, d_x.as_mut_ptr(), f) } else { each(c, ins, d_x.as_mut_ptr(), f) } }
    }
}

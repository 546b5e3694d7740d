//! Batch norm, forward and backward.
//!
//! Formulas, ε and what is saved are those of [`crate::engine::ops::batch_norm`].

use super::{Call, Kernel};
use crate::backend::simd::kernels::lanes::splat;
use crate::backend::simd::kernels::map::{map, map_in_place, zip_in_place};
use crate::backend::simd::kernels::norm::{Affine, check, each, each_add, normalise};
use crate::backend::simd::kernels::reduce::column_sums;
use crate::engine::ops::batch_norm::BatchNorm;

impl Kernel for BatchNorm {
    fn forward(&self, c: &mut Call) {
        let to = Affine { weight: c.input(1), bias: c.input(2) };
        let (x, y, mean, rstd, eps) = (c.input(0), c.output(0), c.output(1), c.output(2), BatchNorm::EPS as f32);
        if self.train {
            let running = (c.buffer(3), c.buffer(4));
            batch_norm(x, to, eps, BatchNorm::MOMENTUM as f32, running, y, mean, rstd);
        } else {
            batch_norm_eval(x, to, eps, (c.input(3), c.input(4)), y, mean, rstd);
        }
    }

    fn backward(&self, c: &mut Call) {
        let d_x = c.kept(0);
        let mut kept = std::mem::take(&mut c.room.kept);
        let [_, d_w, d_b] = &mut kept;
        let (d_w, d_b, mean, rstd) = (c.always(1, d_w), c.always(2, d_b), c.saved(1), c.saved(2));
        batch_norm_backward(c.input(0), c.input(1), mean, rstd, self.train, c.d_out(), d_x, d_w, d_b);
        c.room.kept = kept;
        c.add_kept();
    }
}

/// Batch norm in training, over the rows of `x (M, C)`: overwrites `y`, `mean (C)` and `rstd (C)`, and moves `running`
/// (mean, variance) by `momentum` towards the batch's, with the unbiased variance as PyTorch does. A single row has
/// variance 0 and leaves the running variance alone.
pub fn batch_norm(
    x: &[f32],
    to: Affine,
    eps: f32,
    momentum: f32,
    running: (&mut [f32], &mut [f32]),
    y: &mut [f32],
    mean: &mut [f32],
    rstd: &mut [f32],
) {
    let c = to.weight.len();
    let rows = check(x, c, &[y.len()], &[to.bias.len(), mean.len(), rstd.len(), running.0.len(), running.1.len()]);
    column_sums(x, mean, false);
    let n = splat(rows as f32);
    map_in_place(mean, |s| s / n);
    // rstd holds Σ(x − μ)² until the end.
    rstd.fill(0.0);
    for x in x.chunks_exact(c) {
        // SAFETY: all slices have c entries.
        unsafe { each_add(c, [x, mean], rstd.as_mut_ptr(), |[x, mu]| (x - mu) * (x - mu)) }
    }
    let step = splat(momentum);
    zip_in_place(mean, running.0, |new, old| old + step * (new - old));
    if rows > 1 {
        let unbiased = splat((rows - 1) as f32);
        zip_in_place(rstd, running.1, |s, old| old + step * (s / unbiased - old));
    }
    let (one, eps) = (splat(1.0), splat(eps));
    map_in_place(rstd, |s| one / (s / n + eps).sqrt());
    normalise(x, to, mean, rstd, y);
}

/// Batch norm in evaluation, with given statistics. Overwrites `y`, `mean` and `rstd`.
pub fn batch_norm_eval(
    x: &[f32],
    to: Affine,
    eps: f32,
    running: (&[f32], &[f32]),
    y: &mut [f32],
    mean: &mut [f32],
    rstd: &mut [f32],
) {
    check(x, to.weight.len(), &[y.len()], &[to.bias.len(), mean.len(), rstd.len(), running.0.len()]);
    mean.copy_from_slice(running.0);
    let (one, eps) = (splat(1.0), splat(eps));
    map(running.1, rstd, |var| one / (var + eps).sqrt());
    normalise(x, to, mean, rstd, y);
}

/// Gradients of [`batch_norm`] (`train`) or [`batch_norm_eval`]; overwrites `d_w`, `d_b` and, if given, `d_x`:
/// `d_w = Σ d_y·x̂`, `d_b = Σ d_y`, `d_x = w·rstd·(d_y − mean(d_y) − x̂·mean(d_y·x̂))`, without the means in evaluation.
pub fn batch_norm_backward(
    x: &[f32],
    weight: &[f32],
    mean: &[f32],
    rstd: &[f32],
    train: bool,
    d_y: &[f32],
    d_x: Option<&mut [f32]>,
    d_w: &mut [f32],
    d_b: &mut [f32],
) {
    let c = weight.len();
    let rows = check(x, c, &[d_y.len()], &[mean.len(), rstd.len(), d_w.len(), d_b.len()]);
    column_sums(d_y, d_b, false);
    d_w.fill(0.0);
    for (x, d_y) in x.chunks_exact(c).zip(d_y.chunks_exact(c)) {
        // SAFETY: all slices have c entries.
        unsafe { each_add(c, [x, mean, rstd, d_y], d_w.as_mut_ptr(), |[x, mu, r, d]| d * ((x - mu) * r)) }
    }
    let Some(d_x) = d_x else { return };
    assert_eq!(d_x.len(), x.len(), "lengths differ");
    let inverse = splat(if train { 1.0 / rows as f32 } else { 0.0 });
    for ((x, d_y), d_x) in x.chunks_exact(c).zip(d_y.chunks_exact(c)).zip(d_x.chunks_exact_mut(c)) {
        let ins = [x, weight, mean, rstd, d_y, d_w, d_b];
        // SAFETY: all slices have c entries.
        unsafe {
            each(c, ins, d_x.as_mut_ptr(), |[x, w, mu, r, d, d_w, d_b]| {
                w * r * (d - d_b * inverse - (x - mu) * r * (d_w * inverse))
            });
        }
    }
}

//! Batch norm, forward and backward; layer norm is in [`layer`].
//!
//! Formulas, ε and what is saved are those of [`crate::engine::ops::layer_norm`] and [`crate::engine::ops::batch_norm`]:
//! `y = x̂·w + b` with `x̂ = (x − μ)·rstd`, biased variance. Variances are summed around the mean, in a pass of their
//! own, so that a great mean costs no digits. Not responsible for where running statistics live.

mod layer;

pub use layer::{layer_norm, layer_norm_backward};

use super::lanes::{load, load_part, splat, store, store_part, unroll};
use super::map::{map, map_in_place, zip_in_place};
use super::reduce::column_sums;
use wide::f32x4;

mod group;
pub use group::{group_norm, group_norm_backward};

/// The learned gain and shift of a norm, `(C)` each.
#[derive(Clone, Copy, Debug)]
pub struct Affine<'a> {
    /// w.
    pub weight: &'a [f32],
    /// b.
    pub bias: &'a [f32],
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

/// Checks that `x` is whole rows of `c`, `same` its length and `each_c` equal to `c`; returns the number of rows.
fn check(x: &[f32], c: usize, same: &[usize], each_c: &[usize]) -> usize {
    assert!(c > 0 && x.len().is_multiple_of(c), "not whole rows");
    assert!(same.iter().all(|n| *n == x.len()) && each_c.iter().all(|n| *n == c), "lengths differ");
    x.len() / c
}

/// `y = (x − μ)·rstd·w + b`, statistics per column.
fn normalise(x: &[f32], to: Affine, mean: &[f32], rstd: &[f32], y: &mut [f32]) {
    let c = to.weight.len();
    for (x, y) in x.chunks_exact(c).zip(y.chunks_exact_mut(c)) {
        // SAFETY: `check` has seen that all slices have c entries.
        unsafe {
            each(c, [x, mean, rstd, to.weight, to.bias], y.as_mut_ptr(), |[x, mu, r, w, b]| (x - mu) * r * w + b);
        }
    }
}

/// Four entries of each slice from `i` on. (Not `map`: its closure may stay a call, which made norms five times slower.)
///
/// # Safety
/// Every slice must have entries `i .. i + 4`.
#[inline(always)]
unsafe fn gathered<const N: usize>(ins: &[&[f32]; N], i: usize) -> [f32x4; N] {
    let mut all = [splat(0.0); N];
    // SAFETY: as promised.
    unroll!(N, k, { all[k] = unsafe { load(ins[k].as_ptr().add(i)) } });
    all
}

/// The last `n < 4` entries of each slice, from `i` on.
///
/// # Safety
/// Every slice must have entries `i .. i + n`.
#[inline(always)]
unsafe fn gathered_part<const N: usize>(ins: &[&[f32]; N], i: usize, n: usize) -> [f32x4; N] {
    let mut all = [splat(0.0); N];
    // SAFETY: as promised.
    unroll!(N, k, { all[k] = unsafe { load_part(ins[k].as_ptr().add(i), n, 0.0) } });
    all
}

/// `y[i] = f(ins[i])` for `i < n`.
///
/// # Safety
/// Every slice must have `n` entries and `y` room for them.
#[inline(always)]
unsafe fn each<const N: usize>(n: usize, ins: [&[f32]; N], y: *mut f32, f: impl Fn([f32x4; N]) -> f32x4) {
    // SAFETY: i + 4 <= n in the loop, n - i entries in the tail.
    unsafe {
        let mut i = 0;
        while i + 4 <= n {
            store(y.add(i), f(gathered(&ins, i)));
            i += 4;
        }
        if i < n {
            store_part(y.add(i), f(gathered_part(&ins, i, n - i)), 0, n - i);
        }
    }
}

/// `y[i] += f(ins[i])` for `i < n`.
///
/// # Safety
/// As for [`each`].
#[inline(always)]
unsafe fn each_add<const N: usize>(n: usize, ins: [&[f32]; N], y: *mut f32, f: impl Fn([f32x4; N]) -> f32x4) {
    // SAFETY: i + 4 <= n in the loop, n - i entries in the tail.
    unsafe {
        let mut i = 0;
        while i + 4 <= n {
            store(y.add(i), load(y.add(i)) + f(gathered(&ins, i)));
            i += 4;
        }
        if i < n {
            let new = f(gathered_part(&ins, i, n - i));
            store_part(y.add(i), load_part(y.add(i), n - i, 0.0) + new, 0, n - i);
        }
    }
}

#[cfg(test)]
mod tests;

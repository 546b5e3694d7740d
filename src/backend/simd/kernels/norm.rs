//! What the norms share: whole rows checked, and expressions over rows four numbers at a time.
//!
//! `y = x̂·w + b` with `x̂ = (x − μ)·rstd`, biased variance. Variances are summed around the mean, in a pass of their
//! own, so that a great mean costs no digits.

use super::lanes::{load, load_part, splat, store, store_part, unroll};
use wide::f32x4;

/// The learned gain and shift of a norm, `(C)` each.
#[derive(Clone, Copy, Debug)]
pub struct Affine<'a> {
    /// w.
    pub weight: &'a [f32],
    /// b.
    pub bias: &'a [f32],
}

/// Checks that `x` is whole rows of `c`, `same` its length and `each_c` equal to `c`; returns the number of rows.
pub fn check(x: &[f32], c: usize, same: &[usize], each_c: &[usize]) -> usize {
    assert!(c > 0 && x.len().is_multiple_of(c), "not whole rows");
    assert!(same.iter().all(|n| *n == x.len()) && each_c.iter().all(|n| *n == c), "lengths differ");
    x.len() / c
}

/// `y = (x − μ)·rstd·w + b`, statistics per column.
pub fn normalise(x: &[f32], to: Affine, mean: &[f32], rstd: &[f32], y: &mut [f32]) {
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
pub unsafe fn each<const N: usize>(n: usize, ins: [&[f32]; N], y: *mut f32, f: impl Fn([f32x4; N]) -> f32x4) {
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
pub unsafe fn each_add<const N: usize>(n: usize, ins: [&[f32]; N], y: *mut f32, f: impl Fn([f32x4; N]) -> f32x4) {
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

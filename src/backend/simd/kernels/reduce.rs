//! Sums, norms and extremes over slices, and sums over the rows of a matrix (the gradient of a bias).
//!
//! Long sums run in sixteen interleaved partial sums, which also keeps rounding small. Not responsible for softmax.

use super::lanes::{greatest, load, load_part, pick, splat, store, store_part, sum as lanes_sum, unroll};
use wide::f32x4;

/// Folds a slice into one vector with four accumulators; the tail's missing lanes read as `fill`.
#[inline(always)]
pub(in crate::backend::simd) fn fold<const N: usize>(
    x: [&[f32]; N],
    start: f32,
    fill: f32,
    f: impl Fn(f32x4, [f32x4; N]) -> f32x4,
    join: impl Fn(f32x4, f32x4) -> f32x4,
) -> f32x4 {
    let n = x[0].len();
    assert!(x.iter().all(|x| x.len() == n), "lengths differ");
    let mut acc = [splat(start); 4];
    // SAFETY: i + 16 <= n and i + 4 <= n in the loops, n - i floats in the tail; all slices have n.
    unsafe {
        let mut i = 0;
        while i + 16 <= n {
            for (q, acc) in acc.iter_mut().enumerate() {
                *acc = f(*acc, x.map(|x| load(x.as_ptr().add(i + 4 * q))));
            }
            i += 16;
        }
        while i + 4 <= n {
            acc[0] = f(acc[0], x.map(|x| load(x.as_ptr().add(i))));
            i += 4;
        }
        if i < n {
            acc[1] = f(acc[1], x.map(|x| load_part(x.as_ptr().add(i), n - i, fill)));
        }
    }
    join(join(acc[0], acc[1]), join(acc[2], acc[3]))
}

/// Σ x.
pub fn sum(x: &[f32]) -> f32 {
    lanes_sum(fold([x], 0.0, 0.0, |a, [x]| a + x, |a, b| a + b))
}

/// Σ x².
pub fn sum_squares(x: &[f32]) -> f32 {
    lanes_sum(fold([x], 0.0, 0.0, |a, [x]| a + x * x, |a, b| a + b))
}

/// Σ |x|.
pub fn sum_abs(x: &[f32]) -> f32 {
    lanes_sum(fold([x], 0.0, 0.0, |a, [x]| a + x.abs(), |a, b| a + b))
}

/// √Σ x², the L2 norm. Squares must stay in range (|x| < 1.8e19).
pub fn norm(x: &[f32]) -> f32 {
    sum_squares(x).sqrt()
}

/// Σ a·b.
///
/// # Panics
/// If the lengths differ.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    lanes_sum(fold([a, b], 0.0, 0.0, |acc, [a, b]| acc + a * b, |a, b| a + b))
}

/// The greatest element, −∞ for none; NaN elements are passed over.
pub fn max(x: &[f32]) -> f32 {
    let low = f32::NEG_INFINITY;
    greatest(fold([x], low, low, |a, [x]| pick(x.simd_gt(a), x, a), |a, b| pick(b.simd_gt(a), b, a)))
}

/// Whether every element is finite.
pub fn all_finite(x: &[f32]) -> bool {
    // x·0 is 0 for finite x and NaN otherwise; NaN stays in a sum.
    lanes_sum(fold([x], 0.0, 0.0, |a, [x]| a + x * splat(0.0), |a, b| a + b)) == 0.0
}

/// The greatest |x|, 0 for none; NaN if any is.
pub fn max_abs(x: &[f32]) -> f32 {
    let greater = |a: f32x4, x: f32x4| pick(a.simd_ge(x) | a.simd_ne(a), a, x);
    let v = fold([x], 0.0, 0.0, |a, [x]| greater(a, x.abs()), greater);
    v.to_array().into_iter().fold(0.0, |a, x| if a > x || a.is_nan() { a } else { x })
}

/// `out[j] (= or +=) Σᵢ x[i·n + j]` over the rows of `x` (m, n): the gradient of a bias.
///
/// # Panics
/// If `x` is not whole rows of `out.len()`.
pub fn column_sums(x: &[f32], out: &mut [f32], accumulate: bool) {
    let n = out.len();
    if n == 0 {
        return;
    }
    assert_eq!(x.len() % n, 0, "not whole rows");
    if !accumulate {
        out.fill(0.0);
    }
    let m = x.len() / n;
    // SAFETY: j + width <= n in every call, and x has m rows of n.
    unsafe {
        match n {
            1 => out[0] += sum(x),
            2 => narrow::<2>(x, out),
            3 => narrow::<3>(x, out),
            _ => {
                let mut j = 0;
                while j + 16 <= n {
                    strip::<4>(m, n, x.as_ptr().add(j), out.as_mut_ptr().add(j), 0);
                    j += 16;
                }
                while j < n {
                    // The last four overlap the ones before; only what is new is stored.
                    let start = j.min(n - 4);
                    strip::<1>(m, n, x.as_ptr().add(start), out.as_mut_ptr().add(start), j - start);
                    j = start + 4;
                }
            }
        }
    }
}

/// Adds the sums of 4·V columns to `out`, but for the first `skip` of them.
///
/// # Safety
/// `x` must have `m` rows `n` apart with 4·V floats readable in each, `out` 4·V writable; `skip < 4`, 0 unless V is 1.
#[inline(always)]
unsafe fn strip<const V: usize>(m: usize, n: usize, x: *const f32, out: *mut f32, skip: usize) {
    // SAFETY: as promised.
    unsafe {
        let mut acc = [[splat(0.0); V]; 2];
        let mut i = 0;
        while i + 2 <= m {
            unroll!(2, r, {
                unroll!(V, v, { acc[r][v] += load(x.add((i + r) * n + 4 * v)) });
            });
            i += 2;
        }
        unroll!(V, v, {
            let mut s = acc[0][v] + acc[1][v] + load(out.add(4 * v));
            if i < m {
                s += load(x.add(i * n + 4 * v));
            }
            if skip == 0 { store(out.add(4 * v), s) } else { store_part(out.add(4 * v), s, skip, 4) }
        });
    }
}

/// Two or three columns: N vectors hold four rows, lane by lane always the same columns.
fn narrow<const N: usize>(x: &[f32], out: &mut [f32]) {
    let mut acc = [splat(0.0); N];
    let blocks = x.chunks_exact(4 * N);
    let rest = blocks.remainder();
    for block in blocks {
        for (v, acc) in acc.iter_mut().enumerate() {
            // SAFETY: a block has 4·N floats and v < N.
            *acc += unsafe { load(block.as_ptr().add(4 * v)) };
        }
    }
    for (v, acc) in acc.iter().enumerate() {
        for (lane, s) in acc.to_array().into_iter().enumerate() {
            out[(4 * v + lane) % N] += s;
        }
    }
    for (i, x) in rest.iter().enumerate() {
        out[i % N] += x;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::rng::Rng;

    /// A sum of t terms errs by at most t·u·Σ|term| (Higham §4.2); four partial sums only lessen it.
    const UNIT: f64 = 0.5 * f32::EPSILON as f64;

    fn near(name: &str, got: f32, terms: &[f64]) {
        let (truth, size) = (terms.iter().sum::<f64>(), terms.iter().map(|t| t.abs()).sum::<f64>());
        let allowed = UNIT * size * (terms.len() as f64 + 2.0);
        assert!((f64::from(got) - truth).abs() <= allowed, "{name} of {}: {got} for {truth}", terms.len());
    }

    #[test]
    fn sums_and_extremes_at_every_length() {
        let mut rng = Rng::new(5, 0);
        for n in [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33, 1000] {
            let a: Vec<f32> = (0..n).map(|_| rng.range(-3.0, 2.0)).collect();
            let b: Vec<f32> = (0..n).map(|_| rng.range(-3.0, 2.0)).collect();
            let of = |f: &dyn Fn(f64, f64) -> f64| -> Vec<f64> {
                a.iter().zip(&b).map(|(a, b)| f(f64::from(*a), f64::from(*b))).collect()
            };
            near("sum", sum(&a), &of(&|a, _| a));
            near("sum_squares", sum_squares(&a), &of(&|a, _| a * a));
            near("sum_abs", sum_abs(&a), &of(&|a, _| a.abs()));
            near("dot", dot(&a, &b), &of(&|a, b| a * b));
            assert_eq!(norm(&a), sum_squares(&a).sqrt());
            assert_eq!(max(&a), a.iter().copied().fold(f32::NEG_INFINITY, f32::max));
            assert_eq!(max_abs(&a), a.iter().fold(0.0, |m: f32, x| m.max(x.abs())));
            assert!(all_finite(&a));
            for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
                for at in 0..n.min(20) {
                    let mut c = a.clone();
                    c[at] = bad;
                    assert!(!all_finite(&c) && !max_abs(&c).is_finite(), "{bad} at {at} of {n}");
                }
            }
        }
    }

    #[test]
    fn column_sums_of_every_width() {
        let mut rng = Rng::new(6, 0);
        for n in [0, 1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 33, 35] {
            for m in [0, 1, 2, 3, 4, 5, 32, 33] {
                let x: Vec<f32> = (0..m * n).map(|_| rng.range(-1.0, 1.0)).collect();
                for accumulate in [false, true] {
                    let mut out = vec![0.5f32; n];
                    column_sums(&x, &mut out, accumulate);
                    for j in 0..n {
                        let mut terms: Vec<f64> = (0..m).map(|i| f64::from(x[i * n + j])).collect();
                        terms.extend(accumulate.then_some(0.5));
                        near("column_sums", out[j], &terms);
                    }
                }
            }
        }
    }
}

//! Products whose operands both have k contiguous and of which one has only one to three rows (a matrix–vector
//! product, the last layer of a small network): sums of four interleaved partial sums, nothing packed.
//!
//! Not responsible for wide products: with both operands long the packed tiles are as fast.

use super::super::lanes::{load, load_part, splat, sum4, unroll};
use super::tile::Job;
use wide::f32x4;

/// The product seen as every row of `long` times each of the few rows of `few`.
#[derive(Clone, Copy)]
struct Sides {
    rows: usize,
    long: *const f32,
    long_step: usize,
    few: *const f32,
    few_step: usize,
    /// Floats of C between rows of `long`, and between rows of `few`.
    c_long: usize,
    c_few: usize,
    bias_long: usize,
    bias_few: usize,
}

/// Computes all of C.
///
/// # Safety
/// `job` must be valid with `acs == brs == 1`, and `n < 4` or `m < 3`.
pub(super) unsafe fn sweep(job: &Job) {
    let (few, sides) = if job.n < 4 {
        let sides = Sides {
            rows: job.m,
            long: job.a,
            long_step: job.ars,
            few: job.b,
            few_step: job.bcs,
            c_long: job.ldc,
            c_few: 1,
            bias_long: 0,
            bias_few: 1,
        };
        (job.n, sides)
    } else {
        let sides = Sides {
            rows: job.n,
            long: job.b,
            long_step: job.bcs,
            few: job.a,
            few_step: job.ars,
            c_long: 1,
            c_few: job.ldc,
            bias_long: 1,
            bias_few: 0,
        };
        (job.m, sides)
    };
    // SAFETY: `few` is the number of rows on that side.
    unsafe {
        match few {
            1 => rows::<1>(job, &sides),
            2 => rows::<2>(job, &sides),
            _ => rows::<3>(job, &sides),
        }
    }
}

/// Four rows of the long side at a time; the last four overlap the ones before, fewer than four go one by one.
///
/// # Safety
/// As for [`sweep`], with F rows on the few side.
#[inline(never)]
unsafe fn rows<const F: usize>(job: &Job, s: &Sides) {
    let mut i = 0;
    while i < s.rows {
        // SAFETY: start + count <= rows.
        unsafe {
            if s.rows < 4 {
                let sums = tile::<1, F>(job.k, s.long.add(i * s.long_step), s.long_step, s.few, s.few_step);
                close(job, s, i, 0, 1, &sums);
                i += 1;
            } else {
                let start = i.min(s.rows - 4);
                let sums = tile::<4, F>(job.k, s.long.add(start * s.long_step), s.long_step, s.few, s.few_step);
                close(job, s, start, i - start, 4, &sums);
                i = start + 4;
            }
        }
    }
}

/// `R ≤ 4` rows against F: for each of F a vector whose lane i is the product with row i.
///
/// # Safety
/// `k` floats must be readable at each of the rows.
#[inline(always)]
unsafe fn tile<const R: usize, const F: usize>(
    k: usize,
    long: *const f32,
    long_step: usize,
    few: *const f32,
    few_step: usize,
) -> [f32x4; F] {
    let mut acc = [[splat(0.0); 4]; F];
    let mut p = 0;
    // SAFETY: p + 4 <= k in the loop; k - p floats are left after it.
    unsafe {
        while p + 4 <= k {
            step::<R, F>(&mut acc, long.add(p), long_step, few.add(p), few_step, 4);
            p += 4;
        }
        if p < k {
            step::<R, F>(&mut acc, long.add(p), long_step, few.add(p), few_step, k - p);
        }
    }
    let mut sums = [splat(0.0); F];
    unroll!(F, f, { sums[f] = sum4(acc[f][0], acc[f][1], acc[f][2], acc[f][3]) });
    sums
}

/// Four steps of k, or the `left < 4` last ones.
///
/// # Safety
/// `left.min(4)` floats must be readable at each of the rows.
#[inline(always)]
unsafe fn step<const R: usize, const F: usize>(
    acc: &mut [[f32x4; 4]; F],
    long: *const f32,
    long_step: usize,
    few: *const f32,
    few_step: usize,
    left: usize,
) {
    // SAFETY: as promised.
    let at = |x: *const f32| unsafe { if left < 4 { load_part(x, left, 0.0) } else { load(x) } };
    let mut x = [splat(0.0); R];
    unroll!(R, i, { x[i] = at(long.wrapping_add(i * long_step)) });
    unroll!(F, j, {
        let y = at(few.wrapping_add(j * few_step));
        unroll!(R, i, { acc[j][i] += x[i] * y });
    });
}

/// Stores (or adds) lanes `from..to` as rows `start + lane` of the long side.
///
/// # Safety
/// Those elements of C and the bias must exist.
#[inline(always)]
unsafe fn close<const F: usize>(job: &Job, s: &Sides, start: usize, from: usize, to: usize, sums: &[f32x4; F]) {
    for (f, sums) in sums.iter().enumerate() {
        for (lane, sum) in sums.to_array().into_iter().enumerate() {
            if lane < from || lane >= to {
                continue;
            }
            // SAFETY: start + lane and f are in range, as promised.
            unsafe {
                let c = job.c.add((start + lane) * s.c_long + f * s.c_few);
                let mut x = sum;
                if !job.bias.is_null() {
                    x += *job.bias.add((start + lane) * s.bias_long + f * s.bias_few);
                }
                if job.accumulate {
                    x += *c;
                }
                *c = if job.relu && x < 0.0 { 0.0 } else { x };
            }
        }
    }
}

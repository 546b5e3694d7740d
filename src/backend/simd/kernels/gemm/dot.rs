//! Products whose operands both have k contiguous and of which one has few rows for its k (a matrix–vector product, the
//! last layer of a small network, a batch through a wide input): four interleaved partial sums, nothing packed.
//!
//! Not responsible for choosing: see [`super::is_dots`].

use super::super::lanes::{load, load_part, splat, store, sum4, turns, unroll};
use super::tile::{Job, relu};
use wide::f32x4;

/// The product seen as every row of `long` times each of the few rows of `few`.
#[derive(Clone, Copy)]
struct Sides {
    rows: usize,
    long: *const f32,
    long_step: usize,
    few_rows: usize,
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
/// `job` must be valid with `acs == brs == 1` and four rows or columns at least.
pub(super) unsafe fn sweep(job: &Job) {
    let sides = if job.n < 4 {
        Sides {
            rows: job.m,
            long: job.a,
            long_step: job.ars,
            few_rows: job.n,
            few: job.b,
            few_step: job.bcs,
            c_long: job.ldc,
            c_few: 1,
            bias_long: 0,
            bias_few: 1,
        }
    } else {
        Sides {
            rows: job.n,
            long: job.b,
            long_step: job.bcs,
            few_rows: job.m,
            few: job.a,
            few_step: job.ars,
            c_long: 1,
            c_few: job.ldc,
            bias_long: 1,
            bias_few: 0,
        }
    };
    // SAFETY: F is at most the number of rows on the few side.
    unsafe {
        match sides.few_rows {
            1 => rows::<1>(job, &sides),
            3 => rows::<3>(job, &sides),
            _ => rows::<2>(job, &sides),
        }
    }
}

/// Four rows of the long side at a time against F of the other; the last ones overlap the ones before.
///
/// # Safety
/// As for [`sweep`], with at least F rows on the few side.
#[inline(never)]
unsafe fn rows<const F: usize>(job: &Job, s: &Sides) {
    let mut i = 0;
    while i < s.rows {
        let start = i.min(s.rows - 4);
        let mut f = 0;
        while f < s.few_rows {
            let first = f.min(s.few_rows - F);
            // SAFETY: start + 4 <= rows, first + F <= few_rows.
            unsafe {
                let (long, few) = (s.long.add(start * s.long_step), s.few.add(first * s.few_step));
                let sums = tile::<F>(job.k, long, s.long_step, few, s.few_step);
                close(job, s, (start, first), (i - start, f - first), &sums);
            }
            f = first + F;
        }
        i = start + 4;
    }
}

/// Four rows against F: for each of F a vector whose lane i is the product with row i.
///
/// # Safety
/// `k` floats must be readable at each of the rows.
#[inline(always)]
unsafe fn tile<const F: usize>(
    k: usize,
    long: *const f32,
    long_step: usize,
    few: *const f32,
    few_step: usize,
) -> [f32x4; F] {
    let mut acc = [[splat(0.0); 4]; F];
    // A pointer each: a product of row and stride in the loop is not taken out of it where the compiler builds for size.
    let (mut x, mut y) = ([long; 4], [few; F]);
    unroll!(4, i, { x[i] = long.wrapping_add(i * long_step) });
    unroll!(F, j, { y[j] = few.wrapping_add(j * few_step) });
    let mut p = 0;
    // SAFETY: p + 4 <= k in the loop; k - p floats are left after it.
    unsafe {
        turns!(k / 4, {
            step(&mut acc, &x, &y, p, 4);
            p += 4;
        });
        if p < k {
            step(&mut acc, &x, &y, p, k - p);
        }
    }
    let mut sums = [splat(0.0); F];
    unroll!(F, f, { sums[f] = sum4(acc[f][0], acc[f][1], acc[f][2], acc[f][3]) });
    sums
}

/// Four steps of k, or the `left < 4` last ones.
///
/// # Safety
/// `left.min(4)` floats must be readable from the `p`-th on at each of the rows.
#[inline(always)]
unsafe fn step<const F: usize>(
    acc: &mut [[f32x4; 4]; F],
    long: &[*const f32; 4],
    few: &[*const f32; F],
    p: usize,
    left: usize,
) {
    // SAFETY: as promised.
    let at = |x: *const f32| unsafe { if left < 4 { load_part(x.add(p), left, 0.0) } else { load(x.add(p)) } };
    let mut x = [splat(0.0); 4];
    unroll!(4, i, { x[i] = at(long[i]) });
    unroll!(F, j, {
        let y = at(few[j]);
        unroll!(4, i, { acc[j][i] += x[i] * y });
    });
}

/// Stores (or adds) the lanes as rows `start.0 + lane` of the long side and `start.1 + f` of the other, but for
/// those before `from`, which are done.
///
/// # Safety
/// Those elements of C and the bias must exist.
#[inline(always)]
unsafe fn close<const F: usize>(job: &Job, s: &Sides, start: (usize, usize), from: (usize, usize), sums: &[f32x4; F]) {
    // Columns of C: four beside each other, each with a bias of its own.
    let beside = s.bias_long == 1 && from.0 == 0;
    for (f, sums) in sums.iter().enumerate().skip(from.1) {
        if beside {
            // SAFETY: four rows of the long side, beside each other in C, as promised.
            unsafe {
                let c = job.c.add(start.0 + (start.1 + f) * s.c_few);
                let mut x = *sums;
                if !job.bias.is_null() {
                    x += load(job.bias.add(start.0));
                }
                if job.accumulate {
                    x += load(c);
                }
                store(c, if job.relu { relu(x) } else { x });
            }
            continue;
        }
        for (lane, sum) in sums.to_array().into_iter().enumerate() {
            if lane < from.0 {
                continue;
            }
            let (long, few) = (start.0 + lane, start.1 + f);
            // SAFETY: both are in range, as promised.
            unsafe {
                let c = job.c.add(long * s.c_long + few * s.c_few);
                let mut x = sum;
                if !job.bias.is_null() {
                    x += *job.bias.add(long * s.bias_long + few * s.bias_few);
                }
                if job.accumulate {
                    x += *c;
                }
                *c = if job.relu && x < 0.0 { 0.0 } else { x };
            }
        }
    }
}

//! The register tile of the matrix product: MR rows × NV vectors of C stay in registers while k runs.
//!
//! 4×2 vectors (4×8 floats) use 8 accumulators, 2 vectors of B and 1 splat of A, within the 16 registers V8 hands out;
//! a k step is 16 arithmetic instructions to 6 loads. The k loop is not unrolled: LLVM regroups an unrolled one by
//! accumulator, which spills (30 instead of 54 GFLOP/s in wasm). Not responsible for choosing tiles.

use super::super::lanes::{load, load_part, splat, splat_at, store, store_part, turns, unroll};
use wide::f32x4;

/// A checked product whose k is one block; pointers valid for its shape, strides in floats.
#[derive(Clone, Copy)]
pub(super) struct Job {
    pub m: usize,
    pub n: usize,
    pub k: usize,
    pub a: *const f32,
    pub ars: usize,
    pub acs: usize,
    pub b: *const f32,
    pub brs: usize,
    pub bcs: usize,
    pub c: *mut f32,
    pub ldc: usize,
    /// Null for none.
    pub bias: *const f32,
    pub accumulate: bool,
    pub relu: bool,
}

/// Neighbouring column panels of B, each 4·NV columns wide.
#[derive(Clone, Copy)]
pub(super) struct Strip {
    /// The first column.
    pub j: usize,
    pub panels: usize,
    pub b: *const f32,
    /// Floats between rows of a panel, and between panels.
    pub ldb: usize,
    pub step: usize,
    /// Columns before this were finished by a neighbouring strip and may not be added to again.
    pub col_from: usize,
    /// Columns from here on do not exist in C (only for products narrower than one vector).
    pub col_to: usize,
}

/// Computes `MR` rows at a time, row tiles outside, panels inside; the last tile is moved up to be whole.
///
/// # Safety
/// `job` must be valid and have at least MR rows. In each panel, `k` rows of 4·NV floats must be readable; C (and the
/// bias) must have the strip's columns, but for those from `col_to` on. With `UNIT`, `job.ars` must be 1.
#[inline(never)]
pub(super) unsafe fn sweep<const MR: usize, const NV: usize, const UNIT: bool>(job: &Job, strip: &Strip) {
    // SAFETY: start + MR <= m, and panels lie inside the operands, as promised.
    unsafe {
        let rs = if UNIT { 1 } else { job.ars };
        let mut i = 0;
        while i < job.m {
            let start = i.min(job.m - MR);
            let a = job.a.add(start * job.ars);
            let shared = job.accumulate && (start < i || strip.col_from > 0);
            let whole = strip.col_to >= 4 * NV && !shared;
            let (mut b, mut j) = (strip.b, strip.j);
            for _ in 0..strip.panels {
                let bias = if job.bias.is_null() { job.bias } else { job.bias.add(j) };
                let c = job.c.add(start * job.ldc + j);
                let mut acc = open::<MR, NV>(bias, strip.col_to);
                if job.accumulate && whole {
                    reopen(&mut acc, c, job.ldc);
                }
                let (mut x, mut row) = (a, b);
                turns!(job.k, {
                    step(&mut acc, x, rs, row);
                    (x, row) = (x.wrapping_add(job.acs), row.wrapping_add(strip.ldb));
                });
                if whole {
                    close(&acc, c, job.ldc, job.relu);
                } else {
                    // A copy, or the sums themselves would have an address and live in memory all the time.
                    let mut sums = [[splat(0.0); NV]; MR];
                    unroll!(MR, r, {
                        unroll!(NV, v, { sums[r][v] = acc[r][v] });
                    });
                    close_careful(&sums, c, job, i - start, strip);
                }
                (b, j) = (b.wrapping_add(strip.step), j + 4 * NV);
            }
            i = start + MR;
        }
    }
}

/// Accumulators that start at the bias.
///
/// # Safety
/// `bias` null or readable for 4·NV floats (for `col_to` if that is fewer).
#[inline(always)]
unsafe fn open<const MR: usize, const NV: usize>(bias: *const f32, col_to: usize) -> [[f32x4; NV]; MR] {
    let mut row = [splat(0.0); NV];
    if !bias.is_null() {
        unroll!(NV, v, {
            // SAFETY: as promised.
            row[v] = unsafe { if col_to < 4 { load_part(bias, col_to, 0.0) } else { load(bias.add(4 * v)) } };
        });
    }
    let mut acc = [[splat(0.0); NV]; MR];
    unroll!(MR, i, {
        unroll!(NV, v, { acc[i][v] = row[v] });
    });
    acc
}

/// Adds a tile of C to the accumulators.
///
/// # Safety
/// `c[i·ldc + j]` readable for `i < MR`, `j < 4·NV`.
#[inline(always)]
unsafe fn reopen<const MR: usize, const NV: usize>(acc: &mut [[f32x4; NV]; MR], c: *const f32, ldc: usize) {
    unroll!(MR, i, {
        unroll!(NV, v, {
            // SAFETY: as promised.
            acc[i][v] += unsafe { load(c.add(i * ldc + 4 * v)) };
        });
    });
}

/// One k: C += a column of A times a row of B.
///
/// # Safety
/// `a[i·rs]` for `i < MR` and `b[0 .. 4·NV]` must be readable.
#[inline(always)]
unsafe fn step<const MR: usize, const NV: usize>(acc: &mut [[f32x4; NV]; MR], a: *const f32, rs: usize, b: *const f32) {
    // SAFETY: as promised by the caller.
    unsafe {
        let mut row = [splat(0.0); NV];
        unroll!(NV, v, { row[v] = load(b.add(4 * v)) });
        unroll!(MR, i, {
            let x = splat_at(a.add(i * rs));
            unroll!(NV, v, { acc[i][v] += x * row[v] });
        });
    }
}

/// ReLU that keeps NaN.
#[inline(always)]
pub(super) fn relu(x: f32x4) -> f32x4 {
    x & !x.simd_lt(splat(0.0))
}

/// Overwrites a whole tile of C.
///
/// # Safety
/// `c[i·ldc + j]` writable for `i < MR`, `j < 4·NV`.
#[inline(always)]
unsafe fn close<const MR: usize, const NV: usize>(acc: &[[f32x4; NV]; MR], c: *mut f32, ldc: usize, with_relu: bool) {
    unroll!(MR, i, {
        unroll!(NV, v, {
            let x = if with_relu { relu(acc[i][v]) } else { acc[i][v] };
            // SAFETY: as promised.
            unsafe { store(c.add(i * ldc + 4 * v), x) };
        });
    });
}

/// Writes the part of a tile that no neighbour has written; adds to C where asked.
///
/// # Safety
/// As for [`sweep`].
#[inline(never)]
unsafe fn close_careful<const MR: usize, const NV: usize>(
    acc: &[[f32x4; NV]; MR],
    c: *mut f32,
    job: &Job,
    row_from: usize,
    strip: &Strip,
) {
    let (row_from, col_from) = if job.accumulate { (row_from, strip.col_from) } else { (0, 0) };
    for (i, sums) in acc.iter().enumerate().skip(row_from) {
        for (v, sum) in sums.iter().enumerate() {
            let (from, to) = (col_from.saturating_sub(4 * v).min(4), strip.col_to.saturating_sub(4 * v).min(4));
            // SAFETY: only columns below `col_to` are touched.
            unsafe {
                let p = c.add(i * job.ldc + 4 * v);
                let mut x = *sum;
                if job.accumulate {
                    x += if to == 4 { load(p) } else { load_part(p, to, 0.0) };
                }
                if job.relu {
                    x = relu(x);
                }
                if from == 0 && to == 4 { store(p, x) } else { store_part(p, x, from, to) }
            }
        }
    }
}

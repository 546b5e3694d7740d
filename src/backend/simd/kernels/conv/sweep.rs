//! The register tile of convolutions: as the matrix product's, but rows of A and C lie where a table says, and k runs
//! through segments, so that patches of an image are read where they are.
//!
//! Not responsible for which product of a convolution this is: see [`super`].

use super::super::lanes::{load, load_part, splat, splat_at, store, store_part, turns, unroll};
use wide::f32x4;

/// Rows of a tile.
const MR: usize = 4;

/// Where rows begin, in floats.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rows {
    /// Evenly spaced.
    Every(usize),
    /// As a table says.
    At(*const usize),
}

impl Rows {
    /// # Safety
    /// A table must have entry `i`.
    #[inline(always)]
    unsafe fn at(self, i: usize) -> usize {
        match self {
            Rows::Every(n) => i * n,
            // SAFETY: as promised.
            Rows::At(table) => unsafe { *table.add(i) },
        }
    }
}

/// `C[i, j] (= or +=) Σ over segments s and q of A[i](s, q) · B[s, q, j]` for one panel of at most 4·NV columns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Job {
    /// Rows of A and C.
    pub rows: usize,
    pub a: *const f32,
    pub a_rows: Rows,
    /// Where segments begin in a row of A.
    pub segments: *const usize,
    pub n_segments: usize,
    /// Steps of k in a segment, and floats of A between them.
    pub length: usize,
    pub step: usize,
    /// Packed: 4·NV floats to each step of k, those beyond `columns` zero.
    pub b: *const f32,
    pub c: *mut f32,
    pub c_rows: Rows,
    /// Columns of C, at most 4·NV.
    pub columns: usize,
    /// What sums start from, `columns` floats; null for zero.
    pub bias: *const f32,
    /// Adds to C; else overwrites.
    pub accumulate: bool,
    /// Negative results become zero; NaN stays.
    pub relu: bool,
}

/// Runs a job. Where rows of C share floats (an image's overlapping windows), each row is added after the one before.
///
/// # Safety
/// Every element of A, B, the bias and C that the job names must be readable, of C also writable; `rows > 0`.
#[inline(never)]
pub(super) unsafe fn sweep<const NV: usize>(job: &Job) {
    // SAFETY: row indices are below `rows`; the rest as promised.
    unsafe {
        let start_at = bias::<NV>(job);
        let mut i = 0;
        while i < job.rows {
            // The last tile is moved up to be whole; what its neighbour has done is computed and dropped.
            let start = i.min(job.rows.saturating_sub(MR));
            let row = |r: usize| job.a.add(job.a_rows.at((start + r).min(job.rows - 1)));
            let a = [row(0), row(1), row(2), row(3)];
            // Written out: a repeated array is filled by a loop, and what a loop indexes lives in memory.
            let mut acc = [[splat(0.0); NV]; MR];
            unroll!(MR, r, {
                unroll!(NV, v, { acc[r][v] = start_at[v] });
            });
            let mut b = job.b;
            for s in 0..job.n_segments {
                let mut at = *job.segments.add(s);
                turns!(job.length, {
                    step(&mut acc, &a, at, b);
                    at += job.step;
                    b = b.add(4 * NV);
                });
            }
            // All rows by name, not a range of them: what is indexed at run time is not kept in registers.
            unroll!(MR, r, {
                if start + r >= i && start + r < job.rows {
                    close(job, job.c.add(job.c_rows.at(start + r)), &acc[r]);
                }
            });
            i = start + MR;
        }
    }
}

/// One k: a column of A times a row of B.
///
/// # Safety
/// `a[r][at]` and `b[0 .. 4·NV]` must be readable.
#[inline(always)]
unsafe fn step<const NV: usize>(acc: &mut [[f32x4; NV]; MR], a: &[*const f32; MR], at: usize, b: *const f32) {
    // SAFETY: as promised.
    unsafe {
        let mut row = [splat(0.0); NV];
        unroll!(NV, v, { row[v] = load(b.add(4 * v)) });
        unroll!(MR, i, {
            let x = splat_at(a[i].add(at));
            unroll!(NV, v, { acc[i][v] += x * row[v] });
        });
    }
}

/// # Safety
/// As for [`sweep`].
#[inline(always)]
unsafe fn bias<const NV: usize>(job: &Job) -> [f32x4; NV] {
    let mut row = [splat(0.0); NV];
    if !job.bias.is_null() {
        unroll!(NV, v, {
            // SAFETY: only floats below `columns` are read.
            row[v] = unsafe { part(job.bias.add(4 * v), job.columns.saturating_sub(4 * v)) };
        });
    }
    row
}

/// Up to four floats.
///
/// # Safety
/// `p[0 .. n.min(4)]` must be readable.
#[inline(always)]
unsafe fn part(p: *const f32, n: usize) -> f32x4 {
    // SAFETY: as promised.
    unsafe { if n < 4 { load_part(p, n, 0.0) } else { load(p) } }
}

/// Writes one row of a tile.
///
/// # Safety
/// `c[0 .. columns]` must be readable and writable.
#[inline(always)]
unsafe fn close<const NV: usize>(job: &Job, c: *mut f32, sums: &[f32x4; NV]) {
    unroll!(NV, v, {
        let n = job.columns.saturating_sub(4 * v);
        // SAFETY: only floats below `columns` are touched.
        unsafe {
            let p = c.add(4 * v);
            let mut x = sums[v];
            if job.accumulate {
                x += part(p, n);
            }
            if job.relu {
                x &= !x.simd_lt(splat(0.0));
            }
            if n < 4 { store_part(p, x, 0, n) } else { store(p, x) }
        }
    });
}

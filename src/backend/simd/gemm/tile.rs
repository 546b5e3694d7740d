//! The register tile of the matrix product: MR rows × NV vectors of C stay in registers while k runs.
//!
//! 4×2 vectors (4×8 floats) use 8 accumulators, 2 vectors of B and 1 splat of A: all of wasm's 16 xmm registers that
//! V8 hands out, and one k step is 16 arithmetic instructions to 6 loads. Not responsible for choosing tiles.

use super::super::lanes::{load, load_part, splat_at, store, store_part};
use wide::f32x4;

/// Where the left operand's k runs: decides the addressing inside the tile.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Walk {
    /// k contiguous in each row (`cs == 1`): MR row pointers, unrolled by four.
    Rows,
    /// rows contiguous for each k (`rs == 1`): one pointer, stepping `cs`.
    Columns,
    /// any strides.
    Any,
}

/// One tile's operands. All pointers are at the tile's first element; strides count floats.
#[derive(Clone, Copy)]
pub(super) struct Tile {
    pub k: usize,
    pub a: *const f32,
    pub rs: usize,
    pub cs: usize,
    pub b: *const f32,
    pub ldb: usize,
    pub c: *mut f32,
    pub ldc: usize,
    /// Bias at the tile's first column, or null.
    pub bias: *const f32,
    pub accumulate: bool,
    pub relu: bool,
    /// Rows and columns before these were already finished by a neighbouring tile and may not be added to again.
    pub row_from: usize,
    pub col_from: usize,
    /// Columns from here on do not exist in C (only for products narrower than one vector).
    pub col_to: usize,
}

/// Computes one MR × (4·NV) tile of C.
///
/// # Safety
/// For `i < MR`, `p < k`, `j < 4·NV`: `a[i·rs + p·cs]` and `b[p·ldb + j]` must be readable, `bias[j]` too unless null,
/// `c[i·ldc + j]` readable and writable for `j < col_to`. `WALK` must fit the strides as documented there.
#[inline(never)]
pub(super) unsafe fn run<const MR: usize, const NV: usize, const WALK: u8>(t: &Tile) {
    // SAFETY: everything read or written below is inside the ranges the caller promises.
    unsafe {
        let mut acc = [[f32x4::splat(0.0); NV]; MR];
        if !t.bias.is_null() {
            for v in 0..NV {
                let bias = if t.col_to < 4 { load_part(t.bias, t.col_to, 0.0) } else { load(t.bias.add(4 * v)) };
                for row in &mut acc {
                    row[v] = bias;
                }
            }
        }
        let (mut a, mut b, rs, cs, ldb) = (t.a, t.b, t.rs, t.cs, t.ldb);
        if WALK == Walk::Rows as u8 {
            for _ in 0..t.k / 4 {
                step::<MR, NV>(&mut acc, a, rs, b);
                step::<MR, NV>(&mut acc, a.add(1), rs, b.add(ldb));
                step::<MR, NV>(&mut acc, a.add(2), rs, b.add(2 * ldb));
                step::<MR, NV>(&mut acc, a.add(3), rs, b.add(3 * ldb));
                (a, b) = (a.add(4), b.add(4 * ldb));
            }
            for _ in 0..t.k % 4 {
                step::<MR, NV>(&mut acc, a, rs, b);
                (a, b) = (a.wrapping_add(1), b.wrapping_add(ldb));
            }
        } else {
            let rs = if WALK == Walk::Columns as u8 { 1 } else { rs };
            for _ in 0..t.k {
                step::<MR, NV>(&mut acc, a, rs, b);
                (a, b) = (a.wrapping_add(cs), b.wrapping_add(ldb));
            }
        }
        finish(&acc, t);
    }
}

/// One k: C += a column of A times a row of B.
///
/// # Safety
/// `a[i·rs]` for `i < MR` and `b[0 .. 4·NV]` must be readable.
#[inline(always)]
unsafe fn step<const MR: usize, const NV: usize>(acc: &mut [[f32x4; NV]; MR], a: *const f32, rs: usize, b: *const f32) {
    // SAFETY: as promised by the caller.
    unsafe {
        let mut row = [f32x4::splat(0.0); NV];
        for (v, r) in row.iter_mut().enumerate() {
            *r = load(b.add(4 * v));
        }
        for (i, sums) in acc.iter_mut().enumerate() {
            let x = splat_at(a.add(i * rs));
            for (sum, r) in sums.iter_mut().zip(row) {
                *sum += x * r;
            }
        }
    }
}

/// Writes the accumulators to C.
///
/// # Safety
/// As for [`run`].
#[inline(always)]
unsafe fn finish<const MR: usize, const NV: usize>(acc: &[[f32x4; NV]; MR], t: &Tile) {
    // SAFETY: as promised by the caller of `run`.
    unsafe {
        let zero = f32x4::splat(0.0);
        // A constant trip count: starting at `row_from` would force them out of registers.
        for (i, sums) in acc.iter().enumerate() {
            if t.accumulate && i < t.row_from {
                continue;
            }
            let c = t.c.add(i * t.ldc);
            for (v, sum) in sums.iter().enumerate() {
                let p = c.add(4 * v);
                let whole = t.col_to >= 4 * (v + 1);
                let mut x = *sum;
                if t.accumulate {
                    let old = if whole { load(p) } else { load_part(p, t.col_to - 4 * v, 0.0) };
                    x += old;
                }
                if t.relu {
                    x = x & !x.simd_lt(zero);
                }
                let from = if t.accumulate { t.col_from.saturating_sub(4 * v).min(4) } else { 0 };
                if whole && from == 0 {
                    store(p, x);
                } else {
                    store_part(p, x, from, (t.col_to - 4 * v).min(4));
                }
            }
        }
    }
}

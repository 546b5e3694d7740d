//! Copies a panel of B (kc × 8, or narrower) into contiguous rows, so that the tile streams it from the first-level cache.
//!
//! Not responsible for deciding when that pays: see [`super::gemm`].

use super::super::lanes::{load, store};
use wide::f32x4;

/// Panel width in floats: two vectors.
pub(super) const NR: usize = 8;

/// Packs `B[0..k, 0..w]` (strides `rs`, `cs`) into `k` rows of `w` floats at `out`; `w` is 8 or 4.
///
/// # Safety
/// `b[p·rs + j·cs]` readable for `p < k`, `j < w`; `out[0 .. k·w]` writable.
pub(super) unsafe fn panel(k: usize, w: usize, b: *const f32, rs: usize, cs: usize, out: *mut f32) {
    // SAFETY: every access is at p < k and j < w, as promised.
    unsafe {
        if cs == 1 {
            for p in 0..k {
                for v in (0..w).step_by(4) {
                    store(out.add(p * w + v), load(b.add(p * rs + v)));
                }
            }
            return;
        }
        let mut done = 0;
        if rs == 1 {
            while done + 4 <= k {
                for j in (0..w).step_by(4) {
                    let from = b.add(done + j * cs);
                    let block = [load(from), load(from.add(cs)), load(from.add(2 * cs)), load(from.add(3 * cs))];
                    let out = out.add(done * w + j);
                    for (p, row) in f32x4::transpose(block).into_iter().enumerate() {
                        store(out.add(p * w), row);
                    }
                }
                done += 4;
            }
        }
        for p in done..k {
            for j in 0..w {
                *out.add(p * w + j) = *b.add(p * rs + j * cs);
            }
        }
    }
}

/// Packs fewer than four columns into rows of four, the missing ones zero.
///
/// # Safety
/// `b[p·rs + j·cs]` readable for `p < k`, `j < w < 4`; `out[0 .. 4·k]` writable.
pub(super) unsafe fn narrow(k: usize, w: usize, b: *const f32, rs: usize, cs: usize, out: *mut f32) {
    // SAFETY: every access is at p < k and j < w, as promised.
    unsafe {
        for p in 0..k {
            let row = b.add(p * rs);
            let lane = |j: usize| if j < w { *row.add(j * cs) } else { 0.0 };
            store(out.add(4 * p), f32x4::new([lane(0), lane(1), lane(2), 0.0]));
        }
    }
}

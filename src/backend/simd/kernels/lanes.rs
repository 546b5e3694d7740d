//! The few lane operations every kernel needs: unaligned loads and stores, tails, sums across lanes.
//!
//! Products and sums are never contracted into fused multiply-adds, so wasm and native give the same bits.
//! Not responsible for arithmetic: `wide` has that.

use wide::{f32x4, u32x4};

/// Runs a block once for each `$i` in `0..$n` with `$n <= 8` known when compiling, written out: a loop over registers is
/// none any more, also where the compiler builds for size.
macro_rules! unroll {
    ($n:expr, $i:ident, $body:block) => {
        $crate::backend::simd::kernels::lanes::unroll!(@ $n, $i, $body, 0 1 2 3 4 5 6 7)
    };
    (@ $n:expr, $i:ident, $body:block, $($k:literal)*) => {
        $(if $n > $k {
            // Written so that the compiler sees no index beyond the arrays in branches that are never taken.
            let $i: usize = if $k < $n { $k } else { 0 };
            $body
        })*
    };
}
pub(in crate::backend::simd) use unroll;

/// Runs a block `$n` times. A loop with its test at the end, written so: the compiler that builds for size leaves the test
/// at the start and jumps twice a turn, which costs a product's inner loop a tenth (53 instead of 59 GFLOP/s).
macro_rules! turns {
    ($n:expr, $body:block) => {
        let mut left: usize = $n;
        if left > 0 {
            loop {
                $body
                left -= 1;
                if left == 0 {
                    break;
                }
            }
        }
    };
}
pub(in crate::backend::simd) use turns;

/// Four floats from `p`, any alignment.
///
/// # Safety
/// `p .. p + 4` must be readable.
#[inline(always)]
pub(crate) unsafe fn load(p: *const f32) -> f32x4 {
    // SAFETY: the caller promises four readable floats; the read is unaligned.
    unsafe { p.cast::<f32x4>().read_unaligned() }
}

/// Writes four floats to `p`, any alignment.
///
/// # Safety
/// `p .. p + 4` must be writable.
#[inline(always)]
pub(crate) unsafe fn store(p: *mut f32, v: f32x4) {
    // SAFETY: the caller promises four writable floats; the write is unaligned.
    unsafe { p.cast::<f32x4>().write_unaligned(v) }
}

/// `x` in all four lanes. `wide` fills an array in a loop, which stays one where the compiler builds for size.
#[inline(always)]
pub(crate) fn splat(x: f32) -> f32x4 {
    #[cfg(target_arch = "wasm32")]
    // SAFETY: both types are four floats in sixteen bytes, and every bit pattern is valid.
    return unsafe { std::mem::transmute::<std::arch::wasm32::v128, f32x4>(std::arch::wasm32::f32x4_splat(x)) };
    #[cfg(not(target_arch = "wasm32"))]
    f32x4::splat(x)
}

/// The same of whole numbers.
#[inline(always)]
pub(crate) fn splat_bits(x: u32) -> u32x4 {
    #[cfg(target_arch = "wasm32")]
    // SAFETY: as for [`splat`].
    return unsafe { std::mem::transmute::<std::arch::wasm32::v128, u32x4>(std::arch::wasm32::u32x4_splat(x)) };
    #[cfg(not(target_arch = "wasm32"))]
    u32x4::splat(x)
}

/// The float at `p` in all four lanes.
///
/// # Safety
/// `p` must be readable.
#[inline(always)]
pub(crate) unsafe fn splat_at(p: *const f32) -> f32x4 {
    // SAFETY: the caller promises a readable float.
    splat(unsafe { *p })
}

/// The first `n < 4` floats from `p`, the other lanes `fill`.
///
/// # Safety
/// `p .. p + n` must be readable.
#[inline(always)]
pub(crate) unsafe fn load_part(p: *const f32, n: usize, fill: f32) -> f32x4 {
    // SAFETY: lane i is read only if i < n, which the caller promises is readable.
    unsafe {
        f32x4::new([
            if n > 0 { *p } else { fill },
            if n > 1 { *p.add(1) } else { fill },
            if n > 2 { *p.add(2) } else { fill },
            fill,
        ])
    }
}

/// Writes lanes `from..to` (`to <= 4`) of `v` to `p + from .. p + to`.
///
/// # Safety
/// `p + from .. p + to` must be writable.
#[inline(always)]
pub(crate) unsafe fn store_part(p: *mut f32, v: f32x4, from: usize, to: usize) {
    let lanes = v.to_array();
    for (i, lane) in lanes.iter().enumerate() {
        if i >= from && i < to {
            // SAFETY: from <= i < to, which the caller promises is writable.
            unsafe { *p.add(i) = *lane };
        }
    }
}

/// Lane sums of four vectors at once: `[Σa, Σb, Σc, Σd]`.
#[inline(always)]
pub(crate) fn sum4(a: f32x4, b: f32x4, c: f32x4, d: f32x4) -> f32x4 {
    // Two rounds of interleaving: after the first, lanes hold half-sums of a and c (b and d) side by side.
    let ac = a.unpack_lo(c) + a.unpack_hi(c);
    let bd = b.unpack_lo(d) + b.unpack_hi(d);
    ac.unpack_lo(bd) + ac.unpack_hi(bd)
}

/// The sum of the four lanes, in the order of [`sum4`].
#[inline(always)]
pub(crate) fn sum(v: f32x4) -> f32 {
    let [a, b, c, d] = v.to_array();
    (a + c) + (b + d)
}

/// The greatest lane; NaN lanes are ignored or returned, whichever the order brings.
#[inline(always)]
pub(crate) fn greatest(v: f32x4) -> f32 {
    let [a, b, c, d] = v.to_array();
    let (x, y) = (if a < c { c } else { a }, if b < d { d } else { b });
    if x < y { y } else { x }
}

/// `x`, but at most `bound`; NaN stays NaN. One instruction.
#[inline(always)]
pub(crate) fn at_most(x: f32x4, bound: f32x4) -> f32x4 {
    // wasm's pmin keeps its first operand, SSE's minps its second, when the comparison is false.
    if cfg!(target_arch = "wasm32") { x.fast_min(bound) } else { bound.fast_min(x) }
}

/// `x`, but at least `bound`; NaN stays NaN. One instruction.
#[inline(always)]
pub(crate) fn at_least(x: f32x4, bound: f32x4) -> f32x4 {
    if cfg!(target_arch = "wasm32") { x.fast_max(bound) } else { bound.fast_max(x) }
}

/// `a` where the mask's lane is set, else `b` (the mask's lanes are all ones or all zeros).
#[inline(always)]
pub(crate) fn pick(mask: f32x4, a: f32x4, b: f32x4) -> f32x4 {
    mask.bitselect(a, b)
}

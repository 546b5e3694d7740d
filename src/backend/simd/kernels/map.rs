//! Loops over slices, four lanes at a time, with tails: the skeleton of every element-wise kernel.
//!
//! Not responsible for what is done to an element.

use super::lanes::{load, load_part, store, store_part, turns};
use wide::f32x4;

/// `y[i] = f(x[i])` through pointers that may be equal.
///
/// # Safety
/// `x` readable and `y` writable for `n` floats; the two equal or apart.
#[inline(always)]
pub(in crate::backend::simd) unsafe fn raw1(n: usize, x: *const f32, y: *mut f32, f: impl Fn(f32x4) -> f32x4) {
    // SAFETY: i + 4 <= n inside the loop; the tail touches n - i floats.
    unsafe {
        let mut i = 0;
        turns!(n / 4, {
            store(y.add(i), f(load(x.add(i))));
            i += 4;
        });
        if i < n {
            store_part(y.add(i), f(load_part(x.add(i), n - i, 0.0)), 0, n - i);
        }
    }
}

/// `y[i] = f(a[i], b[i], y[i])` through pointers that may be equal.
///
/// # Safety
/// `a`, `b` readable and `y` readable and writable for `n` floats; `y` equal to each of the others or apart.
#[inline(always)]
pub(in crate::backend::simd) unsafe fn raw3(
    n: usize,
    a: *const f32,
    b: *const f32,
    y: *mut f32,
    f: impl Fn(f32x4, f32x4, f32x4) -> f32x4,
) {
    // SAFETY: i + 4 <= n inside the loop; the tail touches n - i floats.
    unsafe {
        let mut i = 0;
        turns!(n / 4, {
            store(y.add(i), f(load(a.add(i)), load(b.add(i)), load(y.add(i))));
            i += 4;
        });
        if i < n {
            let part = |p: *const f32| load_part(p.add(i), n - i, 0.0);
            store_part(y.add(i), f(part(a), part(b), part(y)), 0, n - i);
        }
    }
}

/// `y[i] = f(x[i])`.
#[inline(always)]
pub(crate) fn map(x: &[f32], y: &mut [f32], f: impl Fn(f32x4) -> f32x4) {
    assert_eq!(x.len(), y.len(), "lengths differ");
    // SAFETY: both slices have the length.
    unsafe { raw1(x.len(), x.as_ptr(), y.as_mut_ptr(), f) }
}

/// `x[i] ← f(x[i])`.
#[inline(always)]
pub(crate) fn map_in_place(x: &mut [f32], f: impl Fn(f32x4) -> f32x4) {
    let p = x.as_mut_ptr();
    // SAFETY: one slice, read and then written.
    unsafe { raw1(x.len(), p, p, f) }
}

/// `y[i] = f(a[i], b[i])`.
#[inline(always)]
pub(crate) fn zip(a: &[f32], b: &[f32], y: &mut [f32], f: impl Fn(f32x4, f32x4) -> f32x4) {
    assert!(a.len() == b.len() && b.len() == y.len(), "lengths differ");
    // SAFETY: all slices have the length.
    unsafe { raw3(a.len(), a.as_ptr(), b.as_ptr(), y.as_mut_ptr(), |a, b, _| f(a, b)) }
}

/// `y[i] += f(a[i], b[i])`.
#[inline(always)]
pub(crate) fn zip_add(a: &[f32], b: &[f32], y: &mut [f32], f: impl Fn(f32x4, f32x4) -> f32x4) {
    assert!(a.len() == b.len() && b.len() == y.len(), "lengths differ");
    // SAFETY: all slices have the length.
    unsafe { raw3(a.len(), a.as_ptr(), b.as_ptr(), y.as_mut_ptr(), |a, b, y| y + f(a, b)) }
}

/// `y[i] ← f(a[i], y[i])`.
#[inline(always)]
pub(crate) fn zip_in_place(a: &[f32], y: &mut [f32], f: impl Fn(f32x4, f32x4) -> f32x4) {
    assert_eq!(a.len(), y.len(), "lengths differ");
    let p = y.as_mut_ptr();
    // SAFETY: both slices have the length; y is read and then written.
    unsafe { raw3(a.len(), a.as_ptr(), a.as_ptr(), p, |a, _, y| f(a, y)) }
}

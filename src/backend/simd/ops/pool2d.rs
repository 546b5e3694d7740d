//! Pooling, one image after another: every lane is a channel, windows are walked place by place.
//!
//! Formulas and ties are those of [`crate::engine::ops::pool2d`].

use super::{Call, Kernel};
use crate::backend::simd::kernels::lanes::{load, load_part, pick, splat, store, store_part};
use crate::engine::ops::pool2d::{Pool2d, Reduce};
use crate::spec::window::Window;
use wide::f32x4;

impl Kernel for Pool2d {
    fn forward(&self, c: &mut Call) {
        let (x, y) = (c.input(0), c.output(0));
        let (n_x, n_y) = (x.len() / c.rows, y.len() / c.rows);
        for (x, y) in x.chunks_exact(n_x).zip(y.chunks_exact_mut(n_y)) {
            forward(&self.window, self.channels, self.reduce, x, y);
        }
    }

    fn backward(&self, c: &mut Call) {
        let Some((d_x, add)) = c.gradient(0) else { return };
        let (x, y, d_y) = (c.input(0), c.saved(0), c.d_out());
        let (n_x, n_y) = (x.len() / c.rows, y.len() / c.rows);
        for (b, d_x) in d_x.chunks_exact_mut(n_x).enumerate() {
            let (x, out) = (&x[b * n_x..(b + 1) * n_x], b * n_y..(b + 1) * n_y);
            backward(&self.window, self.channels, self.reduce, x, &y[out.clone()], &d_y[out], d_x, add);
        }
    }
}

/// Up to four floats; what is missing is zero.
///
/// # Safety
/// `p[0 .. n.min(4)]` must be readable.
#[inline(always)]
unsafe fn get(p: *const f32, n: usize) -> f32x4 {
    // SAFETY: as promised.
    unsafe { if n < 4 { load_part(p, n, 0.0) } else { load(p) } }
}

/// # Safety
/// `p[0 .. n.min(4)]` must be writable.
#[inline(always)]
unsafe fn put(p: *mut f32, x: f32x4, n: usize) {
    // SAFETY: as promised.
    unsafe { if n < 4 { store_part(p, x, 0, n) } else { store(p, x) } }
}

/// The part of the kernel that lies on the image at place `at` of an axis: first row or column of the image, and how many.
#[inline]
fn covered(w: &Window, axis: usize, at: usize) -> (usize, usize) {
    let from = (at * w.stride[axis]).saturating_sub(w.pad[axis]);
    let to = (at * w.stride[axis] + w.kernel[axis]).saturating_sub(w.pad[axis]).min(w.input[axis]);
    (from, to.saturating_sub(from))
}

/// Calls `f(place, first pixel, rows, columns)`, the first two as indices of their first channel.
#[inline(always)]
fn places(w: &Window, channels: usize, mut f: impl FnMut(usize, usize, usize, usize)) {
    for row in 0..w.output[0] {
        let (top, rows) = covered(w, 0, row);
        for column in 0..w.output[1] {
            let (left, columns) = covered(w, 1, column);
            f((row * w.output[1] + column) * channels, (top * w.input[1] + left) * channels, rows, columns);
        }
    }
}

fn check(w: &Window, channels: usize, x: usize, y: usize) {
    assert!(x == w.pixels_in() * channels && y == w.pixels_out() * channels, "images of another shape");
    assert!(w.dilation == [1, 1], "windows of pooling have no gaps");
}

/// Overwrites `y` with what every window is reduced to.
///
/// # Panics
/// If a length does not fit, or the window is dilated.
pub fn forward(w: &Window, channels: usize, reduce: Reduce, x: &[f32], y: &mut [f32]) {
    check(w, channels, x.len(), y.len());
    let (wide, share) = (w.input[1] * channels, splat(1.0 / w.taps() as f32));
    let (x, y) = (x.as_ptr(), y.as_mut_ptr());
    places(w, channels, |place, pixel, rows, columns| {
        for c in (0..channels).step_by(4) {
            let n = channels - c;
            // SAFETY: pixels under a window lie on the image, c + n are its channels; a window covers one at least.
            unsafe {
                let from = x.add(pixel + c);
                let mut acc = match reduce {
                    Reduce::Max => get(from, n),
                    Reduce::Mean => splat(0.0),
                };
                for row in 0..rows {
                    for column in 0..columns {
                        let v = get(from.add(row * wide + column * channels), n);
                        acc = match reduce {
                            // NaN wins, and stays: nothing is greater.
                            Reduce::Max => pick(v.simd_gt(acc) | v.simd_ne(v), v, acc),
                            Reduce::Mean => acc + v,
                        };
                    }
                }
                put(y.add(place + c), if reduce == Reduce::Mean { acc * share } else { acc }, n);
            }
        }
    });
}

/// Gradient of [`forward`], which gave `y` from `x`; adds to `d_x` or overwrites it.
///
/// # Panics
/// As [`forward`].
pub fn backward(
    w: &Window,
    channels: usize,
    reduce: Reduce,
    x: &[f32],
    y: &[f32],
    d_y: &[f32],
    d_x: &mut [f32],
    add: bool,
) {
    check(w, channels, x.len(), y.len());
    assert!(d_x.len() == x.len() && d_y.len() == y.len(), "lengths differ");
    // Where windows meet edge to edge, each number is written once and nothing need be cleared.
    let once = w.stride == w.kernel && (0..2).all(|a| w.output[a] * w.stride[a] == w.input[a]);
    if !add && !once {
        d_x.fill(0.0);
    }
    let add = add || !once;
    let (wide, share) = (w.input[1] * channels, splat(1.0 / w.taps() as f32));
    let (x, y, d_y, d_x) = (x.as_ptr(), y.as_ptr(), d_y.as_ptr(), d_x.as_mut_ptr());
    places(w, channels, |place, pixel, rows, columns| {
        for c in (0..channels).step_by(4) {
            let n = channels - c;
            // SAFETY: as in `forward`; all four slices have their shapes.
            unsafe {
                let (top, d) = (get(y.add(place + c), n), get(d_y.add(place + c), n));
                // Lanes whose winner has not been met yet: the first of equals gets the gradient.
                let mut open = splat(0.0).simd_eq(splat(0.0));
                for row in 0..rows {
                    for column in 0..columns {
                        let at = pixel + c + row * wide + column * channels;
                        let part = match reduce {
                            Reduce::Max => {
                                let wins = open & get(x.add(at), n).simd_eq(top);
                                open &= !wins;
                                d & wins
                            }
                            Reduce::Mean => d * share,
                        };
                        let to = d_x.add(at);
                        put(to, if add { get(to, n) + part } else { part }, n);
                    }
                }
            }
        }
    });
}

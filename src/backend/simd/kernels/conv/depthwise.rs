//! Convolutions whose channels do not see each other: every lane is a channel of its own.
//!
//! Not responsible for fewer, wider groups: those are products ([`super`]).

use super::super::lanes::{load, load_part, splat, store, store_part};
use super::Shape;
use wide::f32x4;

/// Weights `(C, 1, kh, kw)` into `(taps, C)`.
pub(super) fn pack(s: &Shape, w: &[f32], out: &mut Vec<f32>) {
    let (n_c, taps) = (s.inputs, s.window.taps());
    out.clear();
    out.extend((0..taps * n_c).map(|k| w[k % n_c * taps + k / n_c]));
}

/// Gradients `(taps, C)` into the weight's order; adds or overwrites.
pub(super) fn unpack(s: &Shape, from: &[f32], d_w: &mut [f32], add: bool) {
    let (n_c, taps) = (s.inputs, s.window.taps());
    for (k, new) in from.iter().enumerate() {
        let old = &mut d_w[k % n_c * taps + k / n_c];
        *old = if add { *old + new } else { *new };
    }
}

/// Calls `f(place, tap, pixel)`, each as the index of its first channel, for every tap that lies on the image.
fn each(s: &Shape, mut f: impl FnMut(usize, usize, usize)) {
    let (w, c) = (&s.window, s.inputs);
    for place in 0..w.pixels_out() {
        for tap in 0..w.taps() {
            let row = w.under(0, place / w.output[1], tap / w.kernel[1]);
            let column = w.under(1, place % w.output[1], tap % w.kernel[1]);
            if let (Some(row), Some(column)) = (row, column) {
                f(place * c, tap * c, (row * w.input[1] + column) * c);
            }
        }
    }
}

/// `y[i] += a[i]·b[i]`.
fn add_product(a: &[f32], b: &[f32], y: &mut [f32]) {
    let n = y.len();
    assert!(a.len() == n && b.len() == n, "lengths differ");
    let (a, b, y) = (a.as_ptr(), b.as_ptr(), y.as_mut_ptr());
    let mut i = 0;
    // SAFETY: i + 4 <= n in the loop, n - i floats in the tail.
    unsafe {
        while i + 4 <= n {
            store(y.add(i), load(y.add(i)) + load(a.add(i)) * load(b.add(i)));
            i += 4;
        }
        if i < n {
            let part = |p: *const f32| load_part(p.add(i), n - i, 0.0);
            store_part(y.add(i), part(y) + part(a) * part(b), 0, n - i);
        }
    }
}

/// Sums of one image, with bias and ReLU. Overwrites `y`.
pub(super) fn gather(s: &Shape, x: &[f32], w: &[f32], bias: Option<&[f32]>, relu: bool, y: &mut [f32]) {
    let c = s.inputs;
    for y in y.chunks_exact_mut(c) {
        match bias {
            Some(b) => y.copy_from_slice(b),
            None => y.fill(0.0),
        }
    }
    each(s, |place, tap, pixel| add_product(&x[pixel..pixel + c], &w[tap..tap + c], &mut y[place..place + c]));
    if relu {
        super::super::map::map_in_place(y, |v: f32x4| v & !v.simd_lt(splat(0.0)));
    }
}

/// Adds one image's gradient of the weight.
pub(super) fn correlate(s: &Shape, x: &[f32], d_z: &[f32], d_w: &mut [f32]) {
    let c = s.inputs;
    each(s, |place, tap, pixel| add_product(&x[pixel..pixel + c], &d_z[place..place + c], &mut d_w[tap..tap + c]));
}

/// Adds one image's gradient of the input.
pub(super) fn scatter(s: &Shape, d_z: &[f32], w: &[f32], d_x: &mut [f32]) {
    let c = s.inputs;
    each(s, |place, tap, pixel| add_product(&d_z[place..place + c], &w[tap..tap + c], &mut d_x[pixel..pixel + c]));
}

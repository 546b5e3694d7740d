//! Layer norm over rows, forward and backward: each row is read from the first-level cache as often as it takes.
//!
//! Formulas and what is saved are those of [`crate::engine::ops::layer_norm`].

use super::{Call, Kernel};
use crate::backend::simd::kernels::lanes::{load, load_part, splat, store, store_part, sum};
use crate::backend::simd::kernels::norm::{Affine, check};
use crate::backend::simd::kernels::reduce::column_sums;
use crate::engine::ops::layer_norm::LayerNorm;
use wide::f32x4;

impl Kernel for LayerNorm {
    fn forward(&self, c: &mut Call) {
        let to = Affine { weight: c.input(1), bias: c.input(2) };
        layer_norm(c.input(0), to, LayerNorm::EPS as f32, c.output(0), c.output(1), c.output(2));
    }

    fn backward(&self, c: &mut Call) {
        let (d_x, d_w, d_b) = (c.kept(0), c.kept(1), c.kept(2));
        layer_norm_backward(c.input(0), c.input(1), c.saved(1), c.saved(2), c.d_out(), d_x, d_w, d_b);
        c.add_kept();
    }
}

/// `whole` at every fourth place `i` of `0..n`, and `part` at the tail with what is left.
macro_rules! fours {
    ($n:expr, |$i:ident| $whole:expr, |$j:ident, $rest:ident| $part:expr) => {{
        let mut at = 0;
        while at + 4 <= $n {
            let $i = at;
            $whole;
            at += 4;
        }
        if at < $n {
            let ($j, $rest) = (at, $n - at);
            $part;
        }
    }};
}

/// Layer norm over rows of C: overwrites `y (M, C)`, and per row `mean (M)` and `rstd (M)` = 1/√(σ² + ε).
///
/// # Panics
/// If a length does not fit, as every function of this file does.
pub fn layer_norm(x: &[f32], to: Affine, eps: f32, y: &mut [f32], mean: &mut [f32], rstd: &mut [f32]) {
    let c = to.weight.len();
    let rows = check(x, c, &[y.len()], &[to.bias.len()]);
    assert!(mean.len() == rows && rstd.len() == rows, "lengths differ");
    let inverse = 1.0 / c as f32;
    let (w, b) = (to.weight.as_ptr(), to.bias.as_ptr());
    for m in 0..rows {
        // SAFETY: every access is at i + 4 <= c or within the rest of a row of c, and there are `rows` of them.
        unsafe {
            let (x, y) = (x.as_ptr().add(m * c), y.as_mut_ptr().add(m * c));
            // Two sums by turns, so that additions do not wait for each other.
            let (mut s, mut t) = (splat(0.0), splat(0.0));
            fours!(c, |i| if i & 4 == 0 { s += load(x.add(i)) } else { t += load(x.add(i)) }, |i, n| {
                s += load_part(x.add(i), n, 0.0);
            });
            let mu = sum(s + t) * inverse;
            let (mut s, mut t, at) = (splat(0.0), splat(0.0), splat(mu));
            fours!(
                c,
                |i| {
                    let d = load(x.add(i)) - at;
                    if i & 4 == 0 { s += d * d } else { t += d * d }
                },
                |i, n| {
                    // Empty lanes of the tail read as the mean, so that they add nothing.
                    let d = load_part(x.add(i), n, mu) - at;
                    s += d * d;
                }
            );
            let r = 1.0 / (sum(s + t) * inverse + eps).sqrt();
            (mean[m], rstd[m]) = (mu, r);
            let r = splat(r);
            fours!(c, |i| store(y.add(i), (load(x.add(i)) - at) * r * load(w.add(i)) + load(b.add(i))), |i, n| {
                let part = |p: *const f32| load_part(p.add(i), n, 0.0);
                store_part(y.add(i), (part(x) - at) * r * part(w) + part(b), 0, n);
            });
        }
    }
}

/// Gradients of [`layer_norm`]; overwrites those that are given. With `g = d_y·w`:
/// `d_x = rstd·(g − mean(g) − x̂·mean(g·x̂))`, `d_w = Σ d_y·x̂`, `d_b = Σ d_y`.
pub fn layer_norm_backward(
    x: &[f32],
    weight: &[f32],
    mean: &[f32],
    rstd: &[f32],
    d_y: &[f32],
    mut d_x: Option<&mut [f32]>,
    mut d_w: Option<&mut [f32]>,
    d_b: Option<&mut [f32]>,
) {
    let c = weight.len();
    let rows = check(x, c, &[d_y.len()], &[]);
    assert!(mean.len() == rows && rstd.len() == rows, "lengths differ");
    if let Some(d_w) = &mut d_w {
        d_w.fill(0.0);
    }
    assert!(d_x.as_ref().is_none_or(|d| d.len() == x.len()), "lengths differ");
    assert!(d_w.as_ref().is_none_or(|d| d.len() == c), "lengths differ");
    let (inverse, w) = (1.0 / c as f32, weight.as_ptr());
    for m in 0..rows {
        let (mu, r) = (splat(mean[m]), splat(rstd[m]));
        // SAFETY: every access is at i + 4 <= c or within the rest of a row of c, and there are `rows` of them; d_w is
        // read and written at the same place.
        unsafe {
            let (x, d) = (x.as_ptr().add(m * c), d_y.as_ptr().add(m * c));
            if let Some(d_x) = &mut d_x {
                let d_x = d_x.as_mut_ptr().add(m * c);
                let (mut g, mut g_x) = (splat(0.0), splat(0.0));
                fours!(
                    c,
                    |i| {
                        let one = load(d.add(i)) * load(w.add(i));
                        g += one;
                        g_x += one * ((load(x.add(i)) - mu) * r);
                    },
                    |i, n| {
                        // Empty lanes have d_y = 0.
                        let part = |p: *const f32| load_part(p.add(i), n, 0.0);
                        let one = part(d) * part(w);
                        g += one;
                        g_x += one * ((part(x) - mu) * r);
                    }
                );
                let (g, g_x) = (splat(sum(g) * inverse), splat(sum(g_x) * inverse));
                let one = |x: f32x4, w: f32x4, d: f32x4| r * (d * w - g - (x - mu) * r * g_x);
                fours!(c, |i| store(d_x.add(i), one(load(x.add(i)), load(w.add(i)), load(d.add(i)))), |i, n| {
                    let part = |p: *const f32| load_part(p.add(i), n, 0.0);
                    store_part(d_x.add(i), one(part(x), part(w), part(d)), 0, n);
                });
            }
            if let Some(d_w) = &mut d_w {
                let to = d_w.as_mut_ptr();
                fours!(
                    c,
                    |i| store(to.add(i), load(to.add(i)) + load(d.add(i)) * ((load(x.add(i)) - mu) * r)),
                    |i, n| {
                        let part = |p: *const f32| load_part(p.add(i), n, 0.0);
                        store_part(to.add(i), part(to) + part(d) * ((part(x) - mu) * r), 0, n);
                    }
                );
            }
        }
    }
    if let Some(d_b) = d_b {
        assert_eq!(d_b.len(), c, "lengths differ");
        column_sums(d_y, d_b, false);
    }
}

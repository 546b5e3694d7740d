//! Additive scores `Σ v·tanh(q + k)` of one head and their gradient (Bahdanau et al. 2015).
//!
//! Every pair of places costs a tanh per unit, so this is for short sequences. Not responsible for the softmax nor for
//! values (`attention`).

use crate::backend::simd::kernels::lanes::{splat, sum};
use crate::backend::simd::kernels::math::tanh;
use crate::engine::ops::attention::Attention;
use wide::f32x4;

/// Up to four floats from `i` on, the other lanes 0.
#[inline(always)]
fn lanes(x: &[f32], i: usize, n: usize) -> f32x4 {
    let mut four = [0.0; 4];
    four[..n].copy_from_slice(&x[i..i + n]);
    f32x4::new(four)
}

/// Adds the first `n` lanes to `x[i..]`.
#[inline(always)]
fn add(x: &mut [f32], i: usize, n: usize, v: f32x4) {
    x[i..i + n].iter_mut().zip(v.to_array()).for_each(|(x, v)| *x += v);
}

/// Chunks `(start, length)` of a head's width.
fn chunks(w: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..w).step_by(4).map(move |i| (i, 4.min(w - i)))
}

/// Overwrites the scores seen in `p`, whose rows are the places from `from` on; `x` and `m` begin at the head's queries
/// of that place and at its keys.
pub(super) fn scores(op: &Attention, from: usize, x: &[f32], m: &[f32], v: &[f32], p: &mut [f32]) {
    let d3 = 3 * op.units;
    for (r, p) in p.chunks_exact_mut(op.keys).enumerate() {
        for (s, p) in p.iter_mut().enumerate().take(op.seen(from + r)) {
            let mut total = splat(0.0);
            for (i, n) in chunks(v.len()) {
                total += lanes(v, i, n) * tanh(lanes(x, r * d3 + i, n) + lanes(m, s * d3 + i, n));
            }
            *p = sum(total);
        }
    }
}

/// Overwrites the gradients of queries, of keys (in `d_m`, or behind the queries in `d_x`) and adds that of `v`; slices
/// begin at the head's numbers.
pub(super) fn backward(
    op: &Attention,
    (x, m, v): (&[f32], &[f32], &[f32]),
    d_scores: &[f32],
    d_x: &mut [f32],
    mut d_m: Option<&mut [f32]>,
    d_v: &mut [f32],
) {
    let (w, d3) = (v.len(), 3 * op.units);
    (0..op.len).for_each(|t| d_x[t * d3..t * d3 + w].fill(0.0));
    for s in 0..op.keys {
        match &mut d_m {
            Some(d_m) => d_m[s * d3..s * d3 + w].fill(0.0),
            None => d_x[op.units + s * d3..][..w].fill(0.0),
        }
    }
    for t in 0..op.len {
        for s in 0..op.seen(t) {
            let d = splat(d_scores[t * op.keys + s]);
            for (i, n) in chunks(w) {
                let e = tanh(lanes(x, t * d3 + i, n) + lanes(m, s * d3 + i, n));
                let both = d * lanes(v, i, n) * (splat(1.0) - e * e);
                add(d_v, i, n, d * e);
                add(d_x, t * d3 + i, n, both);
                match &mut d_m {
                    Some(d_m) => add(d_m, s * d3 + i, n, both),
                    None => add(d_x, op.units + s * d3 + i, n, both),
                }
            }
        }
    }
}

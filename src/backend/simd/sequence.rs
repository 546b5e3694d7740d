//! What tokens and places need beside attention: places taken, rows looked up, rows added at each place, pairs turned.
//!
//! Formulas are those of the ops of the same names. Not responsible for attention.

use super::{elementwise, reduce};
use crate::engine::ops::embedding::Embedding;
use crate::engine::ops::rotary::Rotary;
use crate::engine::ops::slice::Slice;

/// Copies the places of `x (…, T, C)` into `y`. Overwrites.
pub fn slice(op: &Slice, x: &[f32], y: &mut [f32]) {
    let (kept, all) = op.range();
    for (y, x) in y.chunks_exact_mut(kept.len()).zip(x.chunks_exact(all)) {
        y.copy_from_slice(&x[kept.clone()]);
    }
}

/// Adds `d_y` to those places of `d_x`; the rest is 0 unless `add`.
pub fn slice_backward(op: &Slice, d_y: &[f32], d_x: &mut [f32], add: bool) {
    if !add {
        d_x.fill(0.0);
    }
    let (kept, all) = op.range();
    for (d_x, d_y) in d_x.chunks_exact_mut(all).zip(d_y.chunks_exact(kept.len())) {
        elementwise::add_assign(&mut d_x[kept.clone()], d_y);
    }
}

/// Copies the rows of `weight (V, D)` that the tokens name into `y (…, D)`. Overwrites.
pub fn embedding(op: &Embedding, tokens: &[f32], weight: &[f32], y: &mut [f32]) {
    let d = op.units;
    for (y, x) in y.chunks_exact_mut(d).zip(tokens) {
        match op.row(f64::from(*x)) {
            Some(row) => y.copy_from_slice(&weight[row * d..(row + 1) * d]),
            None => y.fill(f32::NAN),
        }
    }
}

/// Adds each row of `d_y (…, D)` to the row of `d_weight (V, D)` that its token names; the rest is 0 unless `add`.
pub fn embedding_backward(op: &Embedding, tokens: &[f32], d_y: &[f32], d_weight: &mut [f32], add: bool) {
    let d = op.units;
    if !add {
        d_weight.fill(0.0);
    }
    for (d_y, x) in d_y.chunks_exact(d).zip(tokens) {
        if let Some(row) = op.row(f64::from(*x)) {
            elementwise::add_assign(&mut d_weight[row * d..(row + 1) * d], d_y);
        }
    }
}

/// `y = x + p` for every sample, `p (T, D)`. Overwrites.
pub fn position(x: &[f32], p: &[f32], y: &mut [f32]) {
    for (x, y) in x.chunks_exact(p.len()).zip(y.chunks_exact_mut(p.len())) {
        elementwise::add(x, p, y);
    }
}

/// `d_p = Σ_b d_y[b]`, or added to it.
pub fn position_backward(d_y: &[f32], d_p: &mut [f32], add: bool) {
    reduce::column_sums(d_y, d_p, add);
}

/// Turns queries and keys by their place, or `back`. Overwrites `y`.
pub fn rotary(op: &Rotary, x: &[f32], back: bool, y: &mut [f32]) {
    y.copy_from_slice(x);
    op.each_pair(x.len() / (3 * op.units), |a, b, k| {
        let [cos, mut sin] = op.table[k];
        if back {
            sin = -sin;
        }
        (y[a], y[b]) = (x[a] * cos - x[b] * sin, x[b] * cos + x[a] * sin);
    });
}

//! The ops that treat a sample as rows of channels: means, factors and masks of channels, repeated pixels, group norm.
//!
//! Not responsible for convolution and pooling (`image`).

use super::norm::{self, Affine};
use super::view::View;
use super::{elementwise, reduce};
use crate::engine::graph::Instr;
use crate::engine::ops::{
    dropout2d::Dropout2d, global_avg_pool::GlobalAvgPool, group_norm::GroupNorm, scale::Scale, upsample2d::Upsample2d,
};
use crate::engine::rng::Rng;

/// Forward half of the global average.
pub(super) fn global_avg_pool(op: &GlobalAvgPool, i: &Instr, v: &View, rows: usize) {
    let (x, y) = (v.read(i.ins[0], rows), v.write(i.outs[0], rows));
    let n_x = x.len() / rows;
    for (x, y) in x.chunks_exact(n_x).zip(y.chunks_exact_mut(op.channels)) {
        reduce::column_sums(x, y, false);
        elementwise::scale_in_place(op.channels as f32 / n_x as f32, y);
    }
}

/// Backward half of the global average.
pub(super) fn global_avg_pool_backward(op: &GlobalAvgPool, i: &Instr, v: &View, rows: usize, d_y: &[f32]) {
    let Some(slot) = i.d_ins[0] else { return };
    let d_x = v.write(slot.loc, rows);
    let n_x = d_x.len() / rows;
    let share = op.channels as f32 / n_x as f32;
    for (d_x, d_y) in d_x.chunks_exact_mut(n_x).zip(d_y.chunks_exact(op.channels)) {
        if !slot.add {
            d_x.fill(0.0);
        }
        d_x.chunks_exact_mut(op.channels).for_each(|d_x| elementwise::axpy(share, d_y, d_x));
    }
}

/// `y = x · s`, every row of a sample by the sample's own factors `(C)`.
pub(super) fn scale(x: &[f32], s: &[f32], channels: usize, y: &mut [f32]) {
    let n = sample(x, s, channels);
    for ((x, s), y) in x.chunks_exact(n).zip(s.chunks_exact(channels)).zip(y.chunks_exact_mut(n)) {
        for (x, y) in x.chunks_exact(channels).zip(y.chunks_exact_mut(channels)) {
            elementwise::mul(x, s, y);
        }
    }
}

/// Numbers of one sample of `x`, of which there are as many as rows of factors.
fn sample(x: &[f32], factors: &[f32], channels: usize) -> usize {
    x.len() / (factors.len() / channels)
}

/// Backward half of [`scale`] for the first input: `d_x (= or +=) d_y · s`.
pub(super) fn scale_backward(d_y: &[f32], s: &[f32], channels: usize, d_x: &mut [f32], add: bool) {
    if !add {
        return scale(d_y, s, channels, d_x);
    }
    let n = sample(d_y, s, channels);
    for ((d_y, s), d_x) in d_y.chunks_exact(n).zip(s.chunks_exact(channels)).zip(d_x.chunks_exact_mut(n)) {
        for (d_y, d_x) in d_y.chunks_exact(channels).zip(d_x.chunks_exact_mut(channels)) {
            elementwise::mul_add(d_y, s, d_x);
        }
    }
}

/// Backward half of [`scale`] for the factors: `d_s (= or +=) Σ d_y · x` over the rows of each sample.
fn factors_backward(d_y: &[f32], x: &[f32], channels: usize, d_s: &mut [f32], add: bool) {
    let n = sample(x, d_s, channels);
    if !add {
        d_s.fill(0.0);
    }
    for ((d_y, x), d_s) in d_y.chunks_exact(n).zip(x.chunks_exact(n)).zip(d_s.chunks_exact_mut(channels)) {
        for (d_y, x) in d_y.chunks_exact(channels).zip(x.chunks_exact(channels)) {
            elementwise::mul_add(d_y, x, d_s);
        }
    }
}

/// Backward half of [`scale`].
pub(super) fn scale_gradients(op: &Scale, i: &Instr, v: &View, rows: usize, d_y: &[f32]) {
    let (x, s) = (v.read(i.ins[0], rows), v.read(i.ins[1], rows));
    if let Some(slot) = i.d_ins[0] {
        scale_backward(d_y, s, op.channels, v.write(slot.loc, rows), slot.add);
    }
    if let Some(slot) = i.d_ins[1] {
        factors_backward(d_y, x, op.channels, v.write(slot.loc, rows), slot.add);
    }
}

/// Forward half of channel dropout.
pub(super) fn dropout2d(op: &Dropout2d, x: &[f32], mask: &mut [f32], y: &mut [f32], rng: &mut Rng) {
    mask.iter_mut().for_each(|m| *m = op.draw.draw(rng));
    scale(x, mask, op.channels, y);
}

/// Forward half of upsampling.
pub(super) fn upsample2d(op: &Upsample2d, x: &[f32], y: &mut [f32]) {
    let (c, n) = (op.channels, op.input[0] * op.input[1] * op.channels);
    for (x, y) in x.chunks_exact(n).zip(y.chunks_exact_mut(n * op.factor * op.factor)) {
        op.pixels(|to, from| y[to..to + c].copy_from_slice(&x[from..from + c]));
    }
}

/// Backward half of upsampling.
pub(super) fn upsample2d_backward(op: &Upsample2d, d_y: &[f32], d_x: &mut [f32], add: bool) {
    let (c, n) = (op.channels, op.input[0] * op.input[1] * op.channels);
    if !add {
        d_x.fill(0.0);
    }
    for (d_x, d_y) in d_x.chunks_exact_mut(n).zip(d_y.chunks_exact(n * op.factor * op.factor)) {
        op.pixels(|from, to| elementwise::add_assign(&mut d_x[to..to + c], &d_y[from..from + c]));
    }
}

/// Forward half of group norm.
pub(super) fn group_norm(op: &GroupNorm, i: &Instr, v: &View, rows: usize, scratch: &mut Vec<f32>) {
    let (x, y) = (v.read(i.ins[0], rows), v.write(i.outs[0], rows));
    let to = Affine { weight: v.read(i.ins[1], rows), bias: v.read(i.ins[2], rows) };
    let (mean, rstd) = (v.write(i.outs[1], rows), v.write(i.outs[2], rows));
    let n = x.len() / rows;
    for (b, (x, y)) in x.chunks_exact(n).zip(y.chunks_exact_mut(n)).enumerate() {
        let g = b * op.groups..(b + 1) * op.groups;
        norm::group_norm(x, to, GroupNorm::EPS as f32, y, &mut mean[g.clone()], &mut rstd[g], scratch);
    }
}

/// Backward half of group norm.
pub(super) fn group_norm_backward(
    op: &GroupNorm,
    i: &Instr,
    v: &View,
    rows: usize,
    d_y: &[f32],
    scratch: &mut Vec<f32>,
) {
    let (x, w) = (v.read(i.ins[0], rows), v.read(i.ins[1], rows));
    let (mean, rstd) = (v.read(i.outs[1], rows), v.read(i.outs[2], rows));
    let place = |k: usize| i.d_ins[k].map(|s| (v.write(s.loc, rows), s.add));
    let (mut d_x, mut d_w, mut d_b) = (place(0), place(1), place(2));
    for d in [&mut d_w, &mut d_b].into_iter().flatten() {
        if !d.1 {
            d.0.fill(0.0);
        }
    }
    let n = x.len() / rows;
    for b in 0..rows {
        let (s, g) = (b * n..(b + 1) * n, b * op.groups..(b + 1) * op.groups);
        let d_x = d_x.as_mut().map(|(d, add)| (&mut d[s.clone()], *add));
        let (d_w, d_b) = (d_w.as_mut().map(|d| &mut *d.0), d_b.as_mut().map(|d| &mut *d.0));
        norm::group_norm_backward(&x[s.clone()], w, &mean[g.clone()], &rstd[g], &d_y[s], d_x, d_w, d_b, scratch);
    }
}

//! One step of each cell for all rows of the batch, four units at a time; formulas in `engine::ops::recurrent`.
//!
//! Slices begin at the step; its next row is `steps` rows further on. `h`, `c` and their gradients are `(B, H)` without
//! gaps. Not responsible for products nor for time (`super`).

use crate::backend::simd::kernels::lanes::{load, load_part, splat, store, store_part};
use crate::backend::simd::kernels::math::{sigmoid, tanh};
use crate::spec::model::RnnActivation;
use wide::f32x4;

/// `x[at .. at + n]`, `n ≤ 4`, the other lanes 0.
#[inline(always)]
fn get(x: &[f32], at: usize, n: usize) -> f32x4 {
    let x = &x[at..at + n];
    // SAFETY: the slice has n floats.
    unsafe { if n == 4 { load(x.as_ptr()) } else { load_part(x.as_ptr(), n, 0.0) } }
}

/// `x[at .. at + n] ← v`.
#[inline(always)]
fn put(x: &mut [f32], at: usize, n: usize, v: f32x4) {
    let x = &mut x[at..at + n];
    // SAFETY: the slice has n floats.
    unsafe { if n == 4 { store(x.as_mut_ptr(), v) } else { store_part(x.as_mut_ptr(), v, 0, n) } }
}

/// Calls `f(row, unit, units)` for every row and every four units (fewer at a row's end).
#[inline(always)]
fn each(len: usize, n_h: usize, mut f: impl FnMut(usize, usize, usize)) {
    for row in 0..len / n_h {
        for j in (0..n_h).step_by(4) {
            f(row, j, (n_h - j).min(4));
        }
    }
}

fn one() -> f32x4 {
    splat(1.0)
}

/// Elman's cell: `now` holds the sums and becomes the state, `h` too.
pub(super) fn rnn(act: RnnActivation, steps: usize, now: &mut [f32], h: &mut [f32], n_h: usize) {
    each(h.len(), n_h, |row, j, n| {
        let at = row * steps * n_h + j;
        let z = get(now, at, n);
        let y = match act {
            RnnActivation::Tanh => tanh(z),
            RnnActivation::Relu => z & !z.simd_lt(splat(0.0)),
        };
        put(now, at, n, y);
        put(h, row * n_h + j, n, y);
    });
}

/// `d_p ← d_h · f′`.
pub(super) fn rnn_backward(act: RnnActivation, steps: usize, states: &[f32], d_h: &[f32], d_p: &mut [f32], n_h: usize) {
    each(d_h.len(), n_h, |row, j, n| {
        let at = row * steps * n_h + j;
        let y = get(states, at, n);
        let slope = match act {
            RnnActivation::Tanh => one() - y * y,
            RnnActivation::Relu => y.simd_gt(splat(0.0)) & one(),
        };
        put(d_p, at, n, get(d_h, row * n_h + j, n) * slope);
    });
}

/// `d_h += d_state`, and the sum goes back: the complete gradient of the state.
pub(super) fn complete(steps: usize, d_states: &mut [f32], d_h: &mut [f32], n_h: usize) {
    each(d_h.len(), n_h, |row, j, n| {
        let (at, k) = (row * steps * n_h + j, row * n_h + j);
        let d = get(d_h, k, n) + get(d_states, at, n);
        put(d_states, at, n, d);
        put(d_h, k, n, d);
    });
}

/// `gates` holds the sums and becomes i, f, g, o; `c` and `h` move on and are copied to `cell` and `states`.
pub(super) fn lstm(
    steps: usize,
    gates: &mut [f32],
    cell: &mut [f32],
    states: &mut [f32],
    c: &mut [f32],
    h: &mut [f32],
    n_h: usize,
) {
    each(h.len(), n_h, |row, j, n| {
        let (at, k, g) = (row * steps * n_h + j, row * n_h + j, row * steps * 4 * n_h + j);
        let i = sigmoid(get(gates, g, n));
        let f = sigmoid(get(gates, g + n_h, n));
        let new = tanh(get(gates, g + 2 * n_h, n));
        let o = sigmoid(get(gates, g + 3 * n_h, n));
        let memory = f * get(c, k, n) + i * new;
        let state = o * tanh(memory);
        for (part, v) in [i, f, new, o].into_iter().enumerate() {
            put(gates, g + part * n_h, n, v);
        }
        put(c, k, n, memory);
        put(cell, at, n, memory);
        put(h, k, n, state);
        put(states, at, n, state);
    });
}

/// `d_p` from `d_h` and `d_c`; `d_c` becomes that of the step before.
pub(super) fn lstm_backward(
    steps: usize,
    gates: &[f32],
    cell: &[f32],
    earlier: Option<&[f32]>,
    d_h: &[f32],
    d_c: &mut [f32],
    d_p: &mut [f32],
    n_h: usize,
) {
    each(d_h.len(), n_h, |row, j, n| {
        let (at, k, g) = (row * steps * n_h + j, row * n_h + j, row * steps * 4 * n_h + j);
        let [i, f, new, o] = [0, 1, 2, 3].map(|part| get(gates, g + part * n_h, n));
        let (t, d_state) = (tanh(get(cell, at, n)), get(d_h, k, n));
        let d_memory = get(d_c, k, n) + d_state * o * (one() - t * t);
        let c_before = earlier.map_or(splat(0.0), |c| get(c, at, n));
        put(d_p, g, n, d_memory * new * (i * (one() - i)));
        put(d_p, g + n_h, n, d_memory * c_before * (f * (one() - f)));
        put(d_p, g + 2 * n_h, n, d_memory * i * (one() - new * new));
        put(d_p, g + 3 * n_h, n, d_state * t * (o * (one() - o)));
        put(d_c, k, n, d_memory * f);
    });
}

/// `gates` holds the sums from the input and becomes r, z, n, with the sums from the state in `q` `(B, 3H)`; `h` moves on
/// and is copied to `states`.
pub(super) fn gru(
    steps: usize,
    gates: &mut [f32],
    q: &[f32],
    hidden_n: &mut [f32],
    states: &mut [f32],
    h: &mut [f32],
    n_h: usize,
) {
    each(h.len(), n_h, |row, j, n| {
        let (at, k, g, from) = (row * steps * n_h + j, row * n_h + j, row * steps * 3 * n_h + j, row * 3 * n_h + j);
        let r = sigmoid(get(gates, g, n) + get(q, from, n));
        let z = sigmoid(get(gates, g + n_h, n) + get(q, from + n_h, n));
        let inner = get(q, from + 2 * n_h, n);
        let new = tanh(get(gates, g + 2 * n_h, n) + r * inner);
        let state = (one() - z) * new + z * get(h, k, n);
        put(hidden_n, at, n, inner);
        for (part, v) in [r, z, new].into_iter().enumerate() {
            put(gates, g + part * n_h, n, v);
        }
        put(h, k, n, state);
        put(states, at, n, state);
    });
}

/// `d_p` and `d_q` from `d_h`, which becomes what goes straight to the state before, `d_h · z`.
pub(super) fn gru_backward(
    steps: usize,
    gates: &[f32],
    hidden_n: &[f32],
    earlier: &[f32],
    d_h: &mut [f32],
    d_p: &mut [f32],
    d_q: &mut [f32],
    n_h: usize,
) {
    each(d_h.len(), n_h, |row, j, n| {
        let (at, k, g) = (row * steps * n_h + j, row * n_h + j, row * steps * 3 * n_h + j);
        let [r, z, new] = [0, 1, 2].map(|part| get(gates, g + part * n_h, n));
        let d_state = get(d_h, k, n);
        let d_new = d_state * (one() - z) * (one() - new * new);
        let d_r = d_new * get(hidden_n, at, n) * (r * (one() - r));
        let d_z = d_state * (get(earlier, at, n) - new) * (z * (one() - z));
        for (part, d) in [d_r, d_z, d_new].into_iter().enumerate() {
            put(d_p, g + part * n_h, n, d);
            put(d_q, g + part * n_h, n, if part == 2 { d * r } else { d });
        }
        put(d_h, k, n, d_state * z);
    });
}

//! Recurrent layers: the products with the input over all steps at once, the product with the state step by step.
//!
//! Everything is batch-major `(B, T, …)` as the plan has it; the rows of one step are T rows apart, which the product
//! reads and writes as it is. The state's weights are packed once a pass. Not responsible for what a cell computes
//! (`cells`).

mod cells;

use super::{Call, Kernel, reserved};
use crate::backend::simd::kernels::gemm::{Epilogue, Mat, Packed, Scratch, gemm};
use crate::backend::simd::kernels::reduce;
use crate::backend::simd::view::View;
use crate::engine::graph::Instr;
use crate::engine::ops::recurrent::{Cell, Recurrent};

/// Memory that recurrent layers share; grows in the first step and is then reused.
#[derive(Clone, Debug, Default)]
pub struct Recurrence {
    weights: Packed,
    /// bias_ih + bias_hh.
    bias: Vec<f32>,
    /// `(B, H)`: the state, and its gradient.
    h: Vec<f32>,
    d_h: Vec<f32>,
    /// `(B, H)`: LSTM's cell, and its gradient.
    c: Vec<f32>,
    d_c: Vec<f32>,
    /// `(B, 3H)`: GRU's sums from the state in one step.
    q: Vec<f32>,
    /// `(B, T, G·H)`: gradients of the sums from the input, and from the state where they differ (GRU).
    d_p: Vec<f32>,
    d_q: Vec<f32>,
    /// `(B, T, H)`: the state before each step.
    before: Vec<f32>,
}

/// `n` numbers of `room`, zero.
fn zeroed(room: &mut Vec<f32>, n: usize) -> &mut [f32] {
    let part = reserved(room, n);
    part.fill(0.0);
    part
}

/// Where one pass works.
#[derive(Clone, Copy)]
struct Sizes {
    rows: usize,
    steps: usize,
    n_i: usize,
    n_h: usize,
    /// G·H.
    n_g: usize,
}

impl Sizes {
    fn of(op: &Recurrent, i: &Instr, rows: usize) -> Self {
        let steps = i.outs[0].size / op.units;
        Sizes { rows, steps, n_i: op.inputs, n_h: op.units, n_g: op.cell.gates() * op.units }
    }
}

impl Kernel for Recurrent {
    fn forward(&self, c: &mut Call) {
        c.room.recurrence.forward(self, c.i, c.v, c.rows, &mut c.room.gemm);
    }

    fn backward(&self, c: &mut Call) {
        c.room.recurrence.backward(self, c.i, c.v, c.rows, &mut c.room.gemm);
    }
}

impl Recurrence {
    /// All states, and what the cell keeps. Overwrites them.
    fn forward(&mut self, op: &Recurrent, i: &Instr, v: &View, rows: usize, scratch: &mut Scratch) {
        let x = v.read(i.ins[0], rows);
        let n = Sizes::of(op, i, rows);
        let Sizes { steps, n_h, n_g, .. } = n;
        let (b_ih, b_hh) = (v.read(i.ins[3], rows), v.read(i.ins[4], rows));
        let bias = reserved(&mut self.bias, n_g);
        bias.copy_from_slice(b_ih);
        if op.cell != Cell::Gru {
            bias.iter_mut().zip(b_hh).for_each(|(b, h)| *b += h);
        }
        let (a, b) = (Mat::rows(x, n.n_i), Mat::transposed(v.read(i.ins[1], rows), n.n_i));
        // The sums are made where what becomes of them is kept: a plain cell's state, other cells' gates.
        let sums = v.write(i.outs[usize::from(i.outs.len() > 1)], rows);
        gemm(rows * steps, n_g, n.n_i, a, b, sums, n_g, false, Epilogue::Bias(bias), scratch);
        self.weights.pack(n_h, n_g, Mat::transposed(v.read(i.ins[2], rows), n_h));
        let (h, c) = (zeroed(&mut self.h, rows * n_h), zeroed(&mut self.c, rows * n_h));
        for s in 0..steps {
            let t = op.place(s, steps);
            let now = &mut sums[t * n_g..];
            let kept = |k: usize| &mut v.write(i.outs[k], rows)[t * n_h..];
            if s > 0 && op.cell != Cell::Gru {
                self.weights.product(rows, Mat::rows(h, n_h), now, steps * n_g, true);
            }
            match op.cell {
                Cell::Rnn(act) => cells::rnn(act, steps, now, h, n_h),
                Cell::Lstm => cells::lstm(steps, now, kept(2), kept(0), c, h, n_h),
                Cell::Gru => {
                    let q = reserved(&mut self.q, rows * n_g);
                    q.chunks_exact_mut(n_g).for_each(|q| q.copy_from_slice(b_hh));
                    if s > 0 {
                        self.weights.product(rows, Mat::rows(h, n_h), q, n_g, true);
                    }
                    cells::gru(steps, now, q, kept(2), kept(0), h, n_h);
                }
            }
        }
    }

    /// Gradients of the input and of the parameters; completes the gradient of the states.
    fn backward(&mut self, op: &Recurrent, i: &Instr, v: &View, rows: usize, scratch: &mut Scratch) {
        let (x, w_ih, w_hh) = (v.read(i.ins[0], rows), v.read(i.ins[1], rows), v.read(i.ins[2], rows));
        let n = Sizes::of(op, i, rows);
        let Some(d_states) = i.d_out.map(|l| v.write(l, rows)) else { return };
        let states = v.read(i.outs[0], rows);
        self.weights.pack(n.n_g, n.n_h, Mat::rows(w_hh, n.n_h));
        let before = reserved(&mut self.before, states.len());
        shift(op, n, states, before);
        self.steps_back(op, i, v, n, d_states);
        let m = rows * n.steps;
        let d_p = &self.d_p[..m * n.n_g];
        let d_q = if op.cell == Cell::Gru { &self.d_q[..m * n.n_g] } else { d_p };
        let before = &self.before[..states.len()];
        for (k, d, from, width) in [(1, d_p, x, n.n_i), (2, d_q, before, n.n_h)] {
            if let Some(s) = i.d_ins[k] {
                let (a, b) = (Mat::transposed(d, n.n_g), Mat::rows(from, width));
                gemm(n.n_g, width, m, a, b, v.write(s.loc, rows), width, s.add, Epilogue::None, scratch);
            }
            if let Some(s) = i.d_ins[k + 2] {
                reduce::column_sums(d, v.write(s.loc, rows), s.add);
            }
        }
        if let Some(s) = i.d_ins[0] {
            let (a, b) = (Mat::rows(d_p, n.n_g), Mat::rows(w_ih, n.n_i));
            gemm(m, n.n_i, n.n_g, a, b, v.write(s.loc, rows), n.n_i, s.add, Epilogue::None, scratch);
        }
    }

    /// Fills `d_p` (and `d_q`), from the last step to the first, and completes `d_states`.
    fn steps_back(&mut self, op: &Recurrent, i: &Instr, v: &View, n: Sizes, d_states: &mut [f32]) {
        let Sizes { rows, steps, n_h, n_g, .. } = n;
        let (d_h, d_c) = (zeroed(&mut self.d_h, rows * n_h), zeroed(&mut self.d_c, rows * n_h));
        let d_p = reserved(&mut self.d_p, rows * steps * n_g);
        let d_q = reserved(&mut self.d_q, if op.cell == Cell::Gru { d_p.len() } else { 0 });
        let kept = |k: usize| v.read(i.outs[k], rows);
        for s in (0..steps).rev() {
            let t = op.place(s, steps);
            let d_now = &mut d_p[t * n_g..];
            cells::complete(steps, &mut d_states[t * n_h..], d_h, n_h);
            match op.cell {
                Cell::Rnn(act) => cells::rnn_backward(act, steps, &kept(0)[t * n_h..], d_h, d_now, n_h),
                Cell::Lstm => {
                    let (gates, c) = (&kept(1)[t * n_g..], kept(2));
                    let earlier = (s > 0).then(|| &c[op.place(s - 1, steps) * n_h..]);
                    cells::lstm_backward(steps, gates, &c[t * n_h..], earlier, d_h, d_c, d_now, n_h);
                }
                Cell::Gru => {
                    let (gates, hidden_n, earlier) =
                        (&kept(1)[t * n_g..], &kept(2)[t * n_h..], &self.before[t * n_h..]);
                    cells::gru_backward(steps, gates, hidden_n, earlier, d_h, d_now, &mut d_q[t * n_g..], n_h);
                }
            }
            if op.cuts(s) {
                d_h.fill(0.0);
                d_c.fill(0.0);
            } else {
                let gru = op.cell == Cell::Gru;
                let a = Mat { data: if gru { &d_q[t * n_g..] } else { d_now }, rs: steps * n_g, cs: 1 };
                self.weights.product(rows, a, d_h, n_h, gru);
            }
        }
    }
}

/// The state before each step at the step's place; zero before the first.
fn shift(op: &Recurrent, n: Sizes, states: &[f32], before: &mut [f32]) {
    let all = n.steps * n.n_h;
    for (to, from) in before.chunks_exact_mut(all).zip(states.chunks_exact(all)) {
        let (first, kept) = (op.place(0, n.steps) * n.n_h, all - n.n_h);
        let (at, source) = if op.reverse { (0, n.n_h) } else { (n.n_h, 0) };
        to[at..at + kept].copy_from_slice(&from[source..source + kept]);
        to[first..first + n.n_h].fill(0.0);
    }
}

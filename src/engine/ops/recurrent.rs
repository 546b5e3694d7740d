//! Recurrence: `h_t = cell(x_t, h_{t−1})` along the time axis, `x (B, T, I)` → all hidden states `(B, T, H)`, from zero.
//!
//! PyTorch's `nn.RNN`, `nn.LSTM` and `nn.GRU` with one layer and `batch_first=True`; a cell's formulas stand in its own
//! file. Other than PyTorch's, the gradient of the states is complete after backward: the `d_h_t` of step t includes
//! what comes back through every later step, not only what the layers above it ask of `h_t`.
//! Not responsible for the second direction of a bidirectional layer nor for initial weights (`nn::recurrent`).

mod gru;
mod lstm;
mod rnn;

use super::{Backward, Forward, OpRule, Output};
use crate::engine::graph::Instr;
use crate::engine::real::Real;
use crate::spec::model::RnnActivation;

/// What happens in one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Elman's: one sum through tanh or ReLU.
    Rnn(RnnActivation),
    /// Long short-term memory; gates in PyTorch's order i, f, g, o.
    Lstm,
    /// Gated recurrent unit; gates in PyTorch's order r, z, n.
    Gru,
}

impl Cell {
    /// G, the sums that a unit computes in one step.
    pub fn gates(self) -> usize {
        match self {
            Cell::Rnn(_) => 1,
            Cell::Lstm => 4,
            Cell::Gru => 3,
        }
    }
}

/// Parameters of the op. Inputs: x, weight_ih `(G·H, I)`, weight_hh `(G·H, H)`, bias_ih `(G·H)`, bias_hh `(G·H)`.
///
/// Outputs, each with axes `(B, T, …)`: the states (H); LSTM: gates (4H) and cell (H); GRU: gates (3H) and hidden_n (H),
/// the part of n's sum that comes from the state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recurrent {
    /// What happens in one step.
    pub cell: Cell,
    /// I.
    pub inputs: usize,
    /// H.
    pub units: usize,
    /// Reads the sequence from its end; the state of step t still stands at t.
    pub reverse: bool,
    /// Truncated back-propagation in time: no gradient goes from step k·n to the one before (Williams & Peng 1990).
    pub tbptt: Option<usize>,
}

impl Recurrent {
    /// Place in the sequence of the step that is computed as number `s`.
    pub fn place(&self, s: usize, steps: usize) -> usize {
        if self.reverse { steps - 1 - s } else { s }
    }

    /// Whether no gradient goes from step number `s` to the one computed before it.
    pub fn cuts(&self, s: usize) -> bool {
        s == 0 || self.tbptt.is_some_and(|n| s.is_multiple_of(n))
    }
}

impl OpRule for Recurrent {
    fn outputs(&self, ins: &[(&[usize], bool)]) -> Vec<Output> {
        let (steps, h) = (ins[0].0[0], self.units);
        let name = |forward, reverse| if self.reverse { reverse } else { forward };
        let saved = |suffix, width| Output::saved(suffix, vec![steps, width], true);
        let states = Output { suffix: name("states", "states_reverse"), ..Output::result(vec![steps, h]) };
        let gates = saved(name("gates", "gates_reverse"), self.cell.gates() * h);
        match self.cell {
            Cell::Rnn(_) => vec![states],
            Cell::Lstm => vec![states, gates, saved(name("cell", "cell_reverse"), h)],
            Cell::Gru => vec![states, gates, saved(name("hidden_n", "hidden_n_reverse"), h)],
        }
    }

    /// With `p = W_ih x_t + b_ih` and `q = W_hh h_{t−1} + b_hh`, the cell makes `h_t`.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        let (n_i, n_h, n_g) = (self.inputs, self.units, self.cell.gates() * self.units);
        let (x, w_ih, w_hh, b_ih, b_hh) = (c.ins[0], c.ins[1], c.ins[2], c.ins[3], c.ins[4]);
        let steps = x.len() / (c.rows * n_i);
        let (mut p, mut q) = (vec![T::ZERO; n_g], vec![T::ZERO; n_g]);
        for b in 0..c.rows {
            let (mut h, mut memory) = (vec![T::ZERO; n_h], vec![T::ZERO; n_h]);
            for s in 0..steps {
                let at = b * steps + self.place(s, steps);
                affine(w_ih, b_ih, &x[at * n_i..(at + 1) * n_i], &mut p);
                affine(w_hh, b_hh, &h, &mut q);
                let (units, sums) = (at * n_h..(at + 1) * n_h, at * n_g..(at + 1) * n_g);
                match self.cell {
                    Cell::Rnn(act) => rnn::forward(act, &p, &q, &mut h),
                    Cell::Lstm => {
                        lstm::forward(&p, &q, &mut memory, &mut h, &mut c.outs[1][sums]);
                        c.outs[2][units.clone()].copy_from_slice(&memory);
                    }
                    Cell::Gru => {
                        c.outs[2][units.clone()].copy_from_slice(&q[2 * n_h..]);
                        gru::forward(&p, &q, &mut h, &mut c.outs[1][sums]);
                    }
                }
                c.outs[0][units].copy_from_slice(&h);
            }
        }
    }

    /// Back through the steps, with `d_p`, `d_q` from the cell: `d_x_t = W_ihᵀ d_p`, `d_h_{t−1} = W_hhᵀ d_q` and what the
    /// cell passes on directly; `d_W_ih = Σ d_p x_tᵀ`, `d_b_ih = Σ d_p`, `d_W_hh = Σ d_q h_{t−1}ᵀ`, `d_b_hh = Σ d_q`.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        let (n_i, n_h, n_g) = (self.inputs, self.units, self.cell.gates() * self.units);
        let (x, w_ih, w_hh, states) = (c.ins[0], c.ins[1], c.ins[2], c.outs[0]);
        let steps = x.len() / (c.rows * n_i);
        let zeros = vec![T::ZERO; n_h];
        let (mut d_p, mut d_q) = (vec![T::ZERO; n_g], vec![T::ZERO; n_g]);
        let mut complete = c.d_out.to_vec();
        for b in 0..c.rows {
            let (mut d_h, mut d_c) = (zeros.clone(), zeros.clone());
            for s in (0..steps).rev() {
                let at = b * steps + self.place(s, steps);
                let before = (s > 0).then(|| b * steps + self.place(s - 1, steps));
                let units =
                    |all: &'_ [T], at: Option<usize>| at.map_or(zeros.clone(), |a| all[a * n_h..][..n_h].to_vec());
                let h_before = units(states, before);
                add(&mut d_h, &complete[at * n_h..(at + 1) * n_h]);
                complete[at * n_h..(at + 1) * n_h].copy_from_slice(&d_h);
                let sums = || &c.outs[1][at * n_g..(at + 1) * n_g];
                match self.cell {
                    Cell::Rnn(act) => {
                        rnn::backward(act, &units(states, Some(at)), &mut d_h, &mut d_p);
                        d_q.copy_from_slice(&d_p);
                    }
                    Cell::Lstm => {
                        let (now, before) = (units(c.outs[2], Some(at)), units(c.outs[2], before));
                        lstm::backward(sums(), &now, &before, &mut d_h, &mut d_c, &mut d_p);
                        d_q.copy_from_slice(&d_p);
                    }
                    Cell::Gru => {
                        let hidden_n = units(c.outs[2], Some(at));
                        gru::backward(sums(), &hidden_n, &h_before, &mut d_h, &mut d_p, &mut d_q);
                    }
                }
                let (d_x, params) = c.d_ins.split_at_mut(1);
                let d_x = d_x[0].as_mut().map(|d| &mut d[at * n_i..(at + 1) * n_i]);
                into(w_ih, &x[at * n_i..(at + 1) * n_i], &d_p, d_x, params, [0, 2]);
                into(w_hh, &h_before, &d_q, Some(&mut d_h), params, [1, 3]);
                if self.cuts(s) {
                    d_h.fill(T::ZERO);
                    d_c.fill(T::ZERO);
                }
            }
        }
        c.d_out_complete = Some(complete);
    }

    fn flops(&self, instr: &Instr, rows: usize) -> f64 {
        let product = 2.0 * instr.outs[0].len(rows) as f64 * self.cell.gates() as f64;
        let (by_x, by_h) = (product * self.inputs as f64, product * self.units as f64);
        match instr.d_ins.as_slice() {
            [] => by_x + by_h,
            d_ins => {
                let has = |k: usize| f64::from(u8::from(d_ins.get(k).is_some_and(Option::is_some)));
                by_x * (has(0) + has(1)) + by_h * (1.0 + has(2))
            }
        }
    }
}

/// `z = W x + b`, `W` with a row per element of `z`. Overwrites `z`.
fn affine<T: Real>(w: &[T], b: &[T], x: &[T], z: &mut [T]) {
    for (j, z) in z.iter_mut().enumerate() {
        *z = w[j * x.len()..].iter().zip(x).fold(b[j], |a, (w, x)| a + *w * *x);
    }
}

/// Backward of [`affine`]: adds `Wᵀ d_z` to `d_x`, `d_z xᵀ` to the weight's gradient and `d_z` to the bias's, the two at
/// the places `k` of `params`.
fn into<T: Real>(w: &[T], x: &[T], d_z: &[T], d_x: Option<&mut [T]>, params: &mut [Option<Vec<T>>], k: [usize; 2]) {
    let n = x.len();
    if let Some(d_x) = d_x {
        for (row, d) in w.chunks_exact(n).zip(d_z) {
            d_x.iter_mut().zip(row).for_each(|(to, w)| *to += *d * *w);
        }
    }
    if let Some(d_w) = &mut params[k[0]] {
        for (row, d) in d_w.chunks_exact_mut(n).zip(d_z) {
            row.iter_mut().zip(x).for_each(|(to, x)| *to += *d * *x);
        }
    }
    if let Some(d_b) = &mut params[k[1]] {
        add(d_b, d_z);
    }
}

fn add<T: Real>(to: &mut [T], x: &[T]) {
    to.iter_mut().zip(x).for_each(|(to, x)| *to += *x);
}

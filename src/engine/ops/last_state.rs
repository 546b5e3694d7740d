//! Last state: what a recurrent layer holds when it has read everything, `(B, T, H)` → `(B, H)`; of two directions side
//! by side, `(B, 2H)`: the second has read everything at the first place.
//!
//! PyTorch's `h_n` of one layer, Keras's `return_sequences=False`. Not responsible for the recurrence (`recurrent`).

use super::{Backward, Forward, OpRule, Output};
use crate::engine::real::Real;

/// Parameters of the op. Inputs: the states, and those of the reverse direction if there is one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LastState {
    /// T.
    pub steps: usize,
    /// H.
    pub units: usize,
}

impl LastState {
    /// The place of the last state of input `k`, in rows of H.
    fn place(&self, k: usize, row: usize) -> usize {
        row * self.steps + if k == 0 { self.steps - 1 } else { 0 }
    }

    /// Where input `k`'s part of row `row` stands in the output (of so many `inputs`), and where in that input.
    pub fn ranges(&self, k: usize, inputs: usize, row: usize) -> (std::ops::Range<usize>, std::ops::Range<usize>) {
        let (h, out, at) = (self.units, (row * inputs + k) * self.units, self.place(k, row) * self.units);
        (out..out + h, at..at + h)
    }
}

impl OpRule for LastState {
    fn outputs(&self, ins: &[(&[usize], bool)]) -> Vec<Output> {
        vec![Output::result(vec![self.units * ins.len()])]
    }

    /// `y[b] = (x₀[b, T−1], x₁[b, 0])`.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        for (k, x) in c.ins.iter().enumerate() {
            for row in 0..c.rows {
                let (to, from) = self.ranges(k, c.ins.len(), row);
                c.outs[0][to].copy_from_slice(&x[from]);
            }
        }
    }

    /// `d_y` goes to those places, zero to all others.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        let inputs = c.ins.len();
        for (k, d_x) in c.d_ins.iter_mut().enumerate() {
            let Some(d_x) = d_x else { continue };
            for row in 0..c.rows {
                let (from, to) = self.ranges(k, inputs, row);
                d_x[to].copy_from_slice(&c.d_out[from]);
            }
        }
    }
}

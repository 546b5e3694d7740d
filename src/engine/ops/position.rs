//! Position: `y = x + P`, one row of `P (T, D)` for each place of a sequence, `x (B, T, D)`, `y (B, T, D)`.
//!
//! `P` is learned (a second input, as BERT and GPT have it) or the sines and cosines of Vaswani et al. 2017, §3.5.
//! PyTorch has no layer for it. Not responsible for rotary positions (`rotary`).

use super::{Backward, Forward, OpRule, Output};
use crate::engine::real::Real;

/// Parameters of the op. Inputs: x, and `P` where it is learned.
#[derive(Clone, Debug, PartialEq)]
pub struct Position {
    /// `P (T, D)` where it is fixed; empty where it is learned.
    pub table: Vec<f32>,
}

impl Position {
    /// The op with fixed `P[t, 2i] = sin(t / 10000^(2i/D))`, `P[t, 2i + 1] = cos(…)`.
    pub fn sinusoidal(len: usize, units: usize) -> Position {
        let angle = |t: usize, i: usize| t as f64 / 1e4f64.powf((i / 2 * 2) as f64 / units as f64);
        let one = |t: usize, i: usize| if i.is_multiple_of(2) { angle(t, i).sin() } else { angle(t, i).cos() };
        Position { table: (0..len).flat_map(|t| (0..units).map(move |i| one(t, i) as f32)).collect() }
    }
}

impl OpRule for Position {
    fn outputs(&self, ins: &[(&[usize], bool)]) -> Vec<Output> {
        vec![Output::result(ins[0].0.to_vec())]
    }

    /// Adds the same rows to every sample.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        let x = c.ins[0];
        match c.ins.get(1) {
            Some(p) => c.outs[0].iter_mut().zip(x).zip(p.iter().cycle()).for_each(|((y, x), p)| *y = *x + *p),
            None => {
                let p = self.table.iter().cycle().map(|p| T::from_f64(f64::from(*p)));
                c.outs[0].iter_mut().zip(x).zip(p).for_each(|((y, x), p)| *y = *x + p);
            }
        }
    }

    /// `d_x = d_y`, `d_P = Σ_b d_y[b]`.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        if let Some(d_x) = &mut c.d_ins[0] {
            d_x.copy_from_slice(c.d_out);
        }
        if let Some(Some(d_p)) = c.d_ins.get_mut(1) {
            for d_y in c.d_out.chunks_exact(d_p.len()) {
                d_p.iter_mut().zip(d_y).for_each(|(p, d)| *p += *d);
            }
        }
    }
}

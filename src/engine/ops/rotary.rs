//! Rotary: turns pairs of queries and keys by an angle that grows with their place (RoFormer, Su et al. 2021).
//!
//! `x (B, T, 3D)` holds queries, keys and values of all heads side by side. Within a head of width `W` the pair
//! `(i, i + W/2)` at place `t` is turned by `t / 10000^(2i/W)` (the halves of GPT-NeoX and Llama; the paper pairs
//! neighbours, the same up to the order of units); values stay. PyTorch has no layer for it. Not responsible for the
//! attention itself (`attention`).

use super::{Backward, Forward, OpRule, Output};
use crate::engine::real::Real;

/// Parameters of the op. Input: x.
#[derive(Clone, Debug, PartialEq)]
pub struct Rotary {
    /// Heads.
    pub heads: usize,
    /// D.
    pub units: usize,
    /// Cosine and sine of each place and pair, `(T, W/2, 2)`.
    pub table: Vec<[f32; 2]>,
}

impl Rotary {
    /// The op for sequences of `len` places.
    pub fn new(len: usize, heads: usize, units: usize) -> Rotary {
        let width = units / heads;
        let one = |t: usize, i: usize| {
            let (sin, cos) = (t as f64 / 1e4f64.powf(2.0 * i as f64 / width as f64)).sin_cos();
            [cos as f32, sin as f32]
        };
        Rotary { heads, units, table: (0..len).flat_map(|t| (0..width / 2).map(move |i| one(t, i))).collect() }
    }

    /// Pairs in a head.
    pub fn pairs(&self) -> usize {
        self.units / self.heads / 2
    }

    /// Calls `turn(index of the first of a pair, index of the second, place and pair in the table)` for every pair of a
    /// row-major `(rows, 3D)`.
    pub fn each_pair(&self, rows: usize, mut turn: impl FnMut(usize, usize, usize)) {
        let (half, len) = (self.pairs(), self.table.len() / self.pairs().max(1));
        for m in 0..rows {
            for head in 0..2 * self.heads {
                let at = m * 3 * self.units + head * 2 * half;
                (0..half).for_each(|i| turn(at + i, at + half + i, m % len * half + i));
            }
        }
    }
}

impl OpRule for Rotary {
    fn outputs(&self, ins: &[(&[usize], bool)]) -> Vec<Output> {
        vec![Output::result(ins[0].0.to_vec())]
    }

    /// `(a, b) → (a cos − b sin, b cos + a sin)`.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        let (x, y) = (c.ins[0], &mut c.outs[0]);
        y.copy_from_slice(x);
        self.each_pair(x.len() / (3 * self.units), |a, b, k| {
            let [cos, sin] = self.table[k].map(|v| T::from_f64(f64::from(v)));
            (y[a], y[b]) = (x[a] * cos - x[b] * sin, x[b] * cos + x[a] * sin);
        });
    }

    /// The turn back.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        let Some(d_x) = &mut c.d_ins[0] else { return };
        let d = c.d_out;
        d_x.copy_from_slice(d);
        self.each_pair(d.len() / (3 * self.units), |a, b, k| {
            let [cos, sin] = self.table[k].map(|v| T::from_f64(f64::from(v)));
            (d_x[a], d_x[b]) = (d[a] * cos + d[b] * sin, d[b] * cos - d[a] * sin);
        });
    }
}

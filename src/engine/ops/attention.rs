//! Attention: `y = softmax(score(Q, K)) V`, each head for itself (Vaswani et al. 2017, §3.2).
//!
//! `x (B, T, 3D)` holds queries, keys and values side by side, each `D = heads · W` wide: what PyTorch's
//! `nn.MultiheadAttention` has after its `in_proj`. With a second input `m (B, S, 3D)` keys and values are its own
//! (cross-attention). Scores are `Q·K / √W`, or with a third kind of weight `v (D)` those of Bahdanau et al. 2015,
//! `Σ v·tanh(Q + K)`. Causal: place `t` sees places up to `t`. Saves the weights `(B, heads, T, S)`, 0 where nothing
//! is seen. With the tokens of the keys `(B, S)` those whose token is 0, padding, are not seen either; a place that sees
//! nothing gets zeros (PyTorch's `key_padding_mask` then gives NaN). Not responsible for the projections before and after
//! (`nn::attention`).

use super::{Backward, Forward, OpRule, Output};
use crate::engine::graph::Instr;
use crate::engine::real::Real;

/// Parameters of the op. Inputs: x, then m with `cross`, then v with `additive`, then the keys' tokens with `padding`.
/// Outputs: y `(B, T, D)`, weights.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attention {
    /// Heads.
    pub heads: usize,
    /// D.
    pub units: usize,
    /// T.
    pub len: usize,
    /// S; T unless keys are another sequence's.
    pub keys: usize,
    /// Whether later places are hidden.
    pub causal: bool,
    /// Whether keys and values come from a second input.
    pub cross: bool,
    /// Scores by a small network instead of a product.
    pub additive: bool,
    /// Whether keys whose token is 0 are hidden.
    pub padding: bool,
}

impl Attention {
    /// Width of one head.
    pub fn width(&self) -> usize {
        self.units / self.heads
    }

    /// Places that place `t` sees.
    pub fn seen(&self, t: usize) -> usize {
        if self.causal { self.keys.min(t + 1) } else { self.keys }
    }

    /// Index of the input that holds keys and values.
    pub fn memory(&self) -> usize {
        usize::from(self.cross)
    }

    /// Index of the input `v`.
    pub fn v_input(&self) -> usize {
        1 + usize::from(self.cross)
    }

    /// Index of the input that holds the keys' tokens.
    pub fn tokens_input(&self) -> usize {
        1 + usize::from(self.cross) + usize::from(self.additive)
    }

    /// Where `part` (0 query, 1 key, 2 value) of a place begins, for head `h` of sample `b` with `len` places.
    fn at(&self, part: usize, b: usize, len: usize, t: usize, h: usize) -> usize {
        (b * len + t) * 3 * self.units + part * self.units + h * self.width()
    }
}

impl OpRule for Attention {
    fn outputs(&self, _: &[(&[usize], bool)]) -> Vec<Output> {
        let weights = vec![self.heads, self.len, self.keys];
        vec![Output::result(vec![self.len, self.units]), Output::saved("weights", weights, true)]
    }

    fn differentiable(&self, k: usize) -> bool {
        !self.padding || k != self.tokens_input()
    }

    /// Scores, softmax over the places seen, and the mean of their values by it.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        let (w, scale) = (self.width(), T::from_f64((self.width() as f64).sqrt().recip()));
        let (x, m) = (c.ins[0], c.ins[self.memory()]);
        let (ys, weights) = c.outs.split_at_mut(1);
        for (row, p) in weights[0].chunks_exact_mut(self.keys).enumerate() {
            let (b, h, t) = (row / self.len / self.heads, row / self.len % self.heads, row % self.len);
            let q = &x[self.at(0, b, self.len, t, h)..][..w];
            for (s, p) in p.iter_mut().enumerate().take(self.seen(t)) {
                let k = &m[self.at(1, b, self.keys, s, h)..][..w];
                *p = if self.additive {
                    let v = &c.ins[self.v_input()][h * w..][..w];
                    (0..w).map(|i| v[i] * (q[i] + k[i]).tanh()).sum()
                } else {
                    (0..w).map(|i| q[i] * k[i]).sum::<T>() * scale
                };
            }
            let p = &mut p[..self.seen(t)];
            if self.padding {
                let tokens = &c.ins[self.tokens_input()][b * self.keys..];
                if p.iter().zip(tokens).all(|(_, token)| *token == T::ZERO) {
                    p.fill(T::ZERO);
                    continue;
                }
                let hidden = p.iter_mut().zip(tokens).filter(|(_, token)| **token == T::ZERO);
                hidden.for_each(|(p, _)| *p = T::from_f64(f64::NEG_INFINITY));
            }
            // A NaN anywhere reaches the sum, whether or not it becomes `max`.
            let max = p.iter().fold(p[0], |a, v| if *v > a { *v } else { a });
            p.iter_mut().for_each(|p| *p = (*p - max).exp());
            let sum: T = p.iter().copied().sum();
            p.iter_mut().for_each(|p| *p /= sum);
            let y = &mut ys[0][(b * self.len + t) * self.units + h * w..][..w];
            for (s, p) in p.iter().enumerate() {
                let v = &m[self.at(2, b, self.keys, s, h)..][..w];
                y.iter_mut().zip(v).for_each(|(y, v)| *y += *p * *v);
            }
        }
    }

    /// With weights `p`: `d_V = pᵀ d_y`, `d_p = d_y Vᵀ`, `d_score = p∘(d_p − Σ d_p∘p)`, and from there to Q and K.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        let (w, scale) = (self.width(), T::from_f64((self.width() as f64).sqrt().recip()));
        let (x, m) = (c.ins[0], c.ins[self.memory()]);
        for (row, p) in c.outs[1].chunks_exact(self.keys).enumerate() {
            let (b, h, t) = (row / self.len / self.heads, row / self.len % self.heads, row % self.len);
            let p = &p[..self.seen(t)];
            let (q_at, d_y) = (self.at(0, b, self.len, t, h), &c.d_out[(b * self.len + t) * self.units + h * w..][..w]);
            let value = |s: usize| &m[self.at(2, b, self.keys, s, h)..][..w];
            let d_p: Vec<T> = (0..p.len()).map(|s| value(s).iter().zip(d_y).map(|(v, d)| *v * *d).sum()).collect();
            let mean: T = d_p.iter().zip(p).map(|(d, p)| *d * *p).sum();
            for (s, p) in p.iter().enumerate() {
                let d_score = *p * (d_p[s] - mean);
                let (k_at, v_at) = (self.at(1, b, self.keys, s, h), self.at(2, b, self.keys, s, h));
                for i in 0..w {
                    let (q, k) = (x[q_at + i], m[k_at + i]);
                    let (d_q, d_k) = if self.additive {
                        let e = (q + k).tanh();
                        if let Some(d_v) = &mut c.d_ins[self.v_input()] {
                            d_v[h * w + i] += d_score * e;
                        }
                        let d = d_score * c.ins[self.v_input()][h * w + i] * (T::ONE - e * e);
                        (d, d)
                    } else {
                        (d_score * scale * k, d_score * scale * q)
                    };
                    if let Some(d_x) = &mut c.d_ins[0] {
                        d_x[q_at + i] += d_q;
                    }
                    if let Some(d_m) = &mut c.d_ins[self.memory()] {
                        d_m[k_at + i] += d_k;
                        d_m[v_at + i] += *p * d_y[i];
                    }
                }
            }
        }
    }

    /// Counted in full, as benchmarks do: not halved where later places are hidden.
    fn flops(&self, instr: &Instr, rows: usize) -> f64 {
        let products = if instr.d_ins.is_empty() { 2 } else { 4 };
        2.0 * (products * rows * self.len * self.keys * self.units) as f64
    }
}

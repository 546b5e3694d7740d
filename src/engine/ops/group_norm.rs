//! Group norm: `y = (x − μ) / √(σ² + ε) · w + b`, with μ, σ² per sample and group of neighbouring channels over all
//! positions (Wu & He 2018).
//!
//! PyTorch's `GroupNorm(G, C)`: biased variance, ε 1e-5. Channels are last.

use super::{Backward, Forward, OpRule, Output};
use crate::engine::real::Real;

/// Parameters of the op. Inputs: x `(…, C)`, weight `(C)`, bias `(C)`. Outputs: y, and per group mean and 1/√(σ² + ε).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroupNorm {
    /// C.
    pub channels: usize,
    /// G; divides C.
    pub groups: usize,
}

impl GroupNorm {
    /// Keeps the root away from zero.
    pub const EPS: f64 = 1e-5;

    /// Indices of one group's numbers in a sample of `n`.
    fn members(self, g: usize, n: usize) -> impl Iterator<Item = usize> {
        let each = self.channels / self.groups;
        (0..n / self.groups).map(move |k| k / each * self.channels + g * each + k % each)
    }
}

impl OpRule for GroupNorm {
    fn outputs(&self, ins: &[(&[usize], bool)]) -> Vec<Output> {
        let g = vec![self.groups];
        let saved = [Output::saved("mean", g.clone(), true), Output::saved("rstd", g, true)];
        std::iter::once(Output::result(ins[0].0.to_vec())).chain(saved).collect()
    }

    /// Normalises, scales, shifts.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        let n = c.ins[0].len() / c.rows;
        for b in 0..c.rows * self.groups {
            let (x, g) = (&c.ins[0][b / self.groups * n..], b % self.groups);
            let count = T::from_usize(n / self.groups);
            let mean = self.members(g, n).map(|k| x[k]).sum::<T>() / count;
            let var = self.members(g, n).map(|k| (x[k] - mean) * (x[k] - mean)).sum::<T>() / count;
            let rstd = T::ONE / (var + T::from_f64(Self::EPS)).sqrt();
            (c.outs[1][b], c.outs[2][b]) = (mean, rstd);
            for k in self.members(g, n) {
                let channel = k % self.channels;
                c.outs[0][b / self.groups * n + k] = (x[k] - mean) * rstd * c.ins[1][channel] + c.ins[2][channel];
            }
        }
    }

    /// With `x̂ = (x − μ)·rstd`, `g = d_y w`: `d_x = rstd·(g − mean(g) − x̂·mean(g x̂))` over the group,
    /// `d_w = Σ d_y x̂`, `d_b = Σ d_y`.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        let (n, w) = (c.ins[0].len() / c.rows, c.ins[1]);
        for b in 0..c.rows * self.groups {
            let (start, g) = (b / self.groups * n, b % self.groups);
            let (x, d_y) = (&c.ins[0][start..], &c.d_out[start..]);
            let x_hat = |k: usize| (x[k] - c.outs[1][b]) * c.outs[2][b];
            let (mut sum, mut sum_x) = (T::ZERO, T::ZERO);
            for k in self.members(g, n) {
                let channel = k % self.channels;
                sum += d_y[k] * w[channel];
                sum_x += d_y[k] * w[channel] * x_hat(k);
                if let Some(d_w) = &mut c.d_ins[1] {
                    d_w[channel] += d_y[k] * x_hat(k);
                }
                if let Some(d_b) = &mut c.d_ins[2] {
                    d_b[channel] += d_y[k];
                }
            }
            let share = T::ONE / T::from_usize(n / self.groups);
            if let Some(d_x) = &mut c.d_ins[0] {
                for k in self.members(g, n) {
                    let centred = d_y[k] * w[k % self.channels] - sum * share - x_hat(k) * sum_x * share;
                    d_x[start + k] = c.outs[2][b] * centred;
                }
            }
        }
    }
}

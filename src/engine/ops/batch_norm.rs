//! Batch norm: `y = (x − μ) / √(σ² + ε) · w + b`, with μ, σ² per feature over batch and positions (Ioffe & Szegedy 2015).
//!
//! PyTorch's `BatchNorm1d`: ε 1e-5; running statistics move by 0.1 towards the batch's, with the unbiased variance; they
//! replace the batch's in evaluation. A batch of one row, which PyTorch refuses, gets variance 0 and leaves the running
//! variance alone.

use super::{Backward, Forward, OpRule, Output};
use crate::engine::real::Real;

/// Parameters of the op. Inputs: x `(…, C)`, weight `(C)`, bias `(C)`, running mean `(C)`, running variance `(C)`.
/// Outputs: y, and in training the batch's mean `(C)` and 1/√(σ² + ε) `(C)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BatchNorm {
    /// C.
    pub features: usize,
    /// Use and update the batch's statistics; else use the running ones.
    pub train: bool,
}

impl BatchNorm {
    /// Keeps the root away from zero.
    pub const EPS: f64 = 1e-5;
    /// How far running statistics move towards the batch's.
    pub const MOMENTUM: f64 = 0.1;
}

impl OpRule for BatchNorm {
    fn outputs(&self, ins: &[(&[usize], bool)]) -> Vec<Output> {
        let c = vec![self.features];
        let saved = [Output::saved("mean", c.clone(), false), Output::saved("rstd", c, false)];
        std::iter::once(Output::result(ins[0].0.to_vec())).chain(saved).collect()
    }

    fn differentiable(&self, k: usize) -> bool {
        k < 3
    }

    /// Normalises, scales, shifts; updates the running statistics in training.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        let (n_c, x) = (self.features, c.ins[0]);
        let n = x.len() / n_c;
        let (mut new_mean, mut new_var) = (c.ins[3].to_vec(), c.ins[4].to_vec());
        for k in 0..n_c {
            let column = || (0..n).map(|m| x[m * n_c + k]);
            let (mean, var) = if self.train {
                let mean = column().fold(T::ZERO, |a, v| a + v) / T::from_usize(n);
                let ss = column().fold(T::ZERO, |a, v| a + (v - mean) * (v - mean));
                let move_to = |old: T, new: T| old + T::from_f64(Self::MOMENTUM) * (new - old);
                new_mean[k] = move_to(new_mean[k], mean);
                if n > 1 {
                    new_var[k] = move_to(new_var[k], ss / T::from_usize(n - 1));
                }
                (mean, ss / T::from_usize(n))
            } else {
                (c.ins[3][k], c.ins[4][k])
            };
            let rstd = T::ONE / (var + T::from_f64(Self::EPS)).sqrt();
            (c.outs[1][k], c.outs[2][k]) = (mean, rstd);
            for m in 0..n {
                c.outs[0][m * n_c + k] = (x[m * n_c + k] - mean) * rstd * c.ins[1][k] + c.ins[2][k];
            }
        }
        if self.train {
            c.updates.extend([(3, new_mean), (4, new_var)]);
        }
    }

    /// With `x̂ = (x − μ)·rstd`: `d_w = Σ d_y x̂`, `d_b = Σ d_y`, `d_x = w·rstd·(d_y − mean(d_y) − x̂·mean(d_y x̂))`.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        let (n_c, x) = (self.features, c.ins[0]);
        let n = x.len() / n_c;
        for k in 0..n_c {
            let (mean, rstd, w) = (c.outs[1][k], c.outs[2][k], c.ins[1][k]);
            let x_hat = |m: usize| (x[m * n_c + k] - mean) * rstd;
            let (mut d_w, mut d_b) = (T::ZERO, T::ZERO);
            for m in 0..n {
                d_w += c.d_out[m * n_c + k] * x_hat(m);
                d_b += c.d_out[m * n_c + k];
            }
            let inv_n = T::ONE / T::from_usize(n);
            if let Some(d_x) = &mut c.d_ins[0] {
                for m in 0..n {
                    let d_y = c.d_out[m * n_c + k];
                    let centred = if self.train { d_y - d_b * inv_n - x_hat(m) * d_w * inv_n } else { d_y };
                    d_x[m * n_c + k] = w * rstd * centred;
                }
            }
            if let Some(d) = &mut c.d_ins[1] {
                d[k] = d_w;
            }
            if let Some(d) = &mut c.d_ins[2] {
                d[k] = d_b;
            }
        }
    }
}

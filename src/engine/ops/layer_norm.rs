//! Layer norm: `y = (x − μ) / √(σ² + ε) · w + b`, with μ, σ² per row over the last axis (Ba 2016).
//!
//! PyTorch's `LayerNorm(C)`: biased variance, ε 1e-5 (Keras: 1e-3).

use super::{Backward, Forward, OpRule, Output};
use crate::engine::real::Real;

/// Parameters of the op. Inputs: x `(…, C)`, weight `(C)`, bias `(C)`. Outputs: y, and per row mean and 1/√(σ² + ε).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayerNorm {
    /// C.
    pub features: usize,
}

impl LayerNorm {
    /// Keeps the root away from zero.
    pub const EPS: f64 = 1e-5;
}

impl OpRule for LayerNorm {
    fn outputs(&self, ins: &[(&[usize], bool)]) -> Vec<Output> {
        let dims = ins[0].0.to_vec();
        let rows = dims[..dims.len() - 1].to_vec();
        let saved = [Output::saved("mean", rows.clone(), true), Output::saved("rstd", rows, true)];
        std::iter::once(Output::result(dims)).chain(saved).collect()
    }

    /// Normalises, scales, shifts.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        let (n_c, x) = (self.features, c.ins[0]);
        for (m, row) in x.chunks_exact(n_c).enumerate() {
            let mean = row.iter().fold(T::ZERO, |a, v| a + *v) / T::from_usize(n_c);
            let var = row.iter().fold(T::ZERO, |a, v| a + (*v - mean) * (*v - mean)) / T::from_usize(n_c);
            let rstd = T::ONE / (var + T::from_f64(Self::EPS)).sqrt();
            (c.outs[1][m], c.outs[2][m]) = (mean, rstd);
            for (k, x) in row.iter().enumerate() {
                c.outs[0][m * n_c + k] = (*x - mean) * rstd * c.ins[1][k] + c.ins[2][k];
            }
        }
    }

    /// With `x̂ = (x − μ)·rstd`, `g = d_y w`: `d_x = rstd·(g − mean(g) − x̂·mean(g x̂))`, `d_w = Σ d_y x̂`, `d_b = Σ d_y`.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        let (n_c, x, w) = (self.features, c.ins[0], c.ins[1]);
        let inv_c = T::ONE / T::from_usize(n_c);
        for (m, row) in x.chunks_exact(n_c).enumerate() {
            let (mean, rstd) = (c.outs[1][m], c.outs[2][m]);
            let d_y = &c.d_out[m * n_c..(m + 1) * n_c];
            let x_hat = |k: usize| (row[k] - mean) * rstd;
            let (mut g_sum, mut gx_sum) = (T::ZERO, T::ZERO);
            for k in 0..n_c {
                g_sum += d_y[k] * w[k];
                gx_sum += d_y[k] * w[k] * x_hat(k);
                if let Some(d_w) = &mut c.d_ins[1] {
                    d_w[k] += d_y[k] * x_hat(k);
                }
                if let Some(d_b) = &mut c.d_ins[2] {
                    d_b[k] += d_y[k];
                }
            }
            if let Some(d_x) = &mut c.d_ins[0] {
                for k in 0..n_c {
                    d_x[m * n_c + k] = rstd * (d_y[k] * w[k] - g_sum * inv_c - x_hat(k) * gx_sum * inv_c);
                }
            }
        }
    }
}

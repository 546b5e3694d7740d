//! RMS norm: `y = x / √(mean(x²) + ε) · w` per row over the last axis; no mean is taken away (Zhang & Sennrich 2019).
//!
//! PyTorch's `RMSNorm(C)` with `eps=None`: the machine epsilon of `f32`, whatever is computed in.

use super::{Backward, Forward, OpRule, Output};
use crate::engine::real::Real;

/// Parameters of the op. Inputs: x `(…, C)`, weight `(C)`. Outputs: y, and per row 1/√(mean(x²) + ε).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RmsNorm {
    /// C.
    pub features: usize,
}

impl RmsNorm {
    /// Keeps the root away from zero.
    pub const EPS: f64 = f32::EPSILON as f64;
}

impl OpRule for RmsNorm {
    fn outputs(&self, ins: &[(&[usize], bool)]) -> Vec<Output> {
        let dims = ins[0].0.to_vec();
        let rows = dims[..dims.len() - 1].to_vec();
        vec![Output::result(dims), Output::saved("rrms", rows, true)]
    }

    /// Divides by the root of the mean square, scales.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        let (n_c, x) = (self.features, c.ins[0]);
        for (m, row) in x.chunks_exact(n_c).enumerate() {
            let square = row.iter().fold(T::ZERO, |a, v| a + *v * *v) / T::from_usize(n_c);
            let r = T::ONE / (square + T::from_f64(Self::EPS)).sqrt();
            c.outs[1][m] = r;
            for (k, x) in row.iter().enumerate() {
                c.outs[0][m * n_c + k] = *x * r * c.ins[1][k];
            }
        }
    }

    /// With `x̂ = x·r`, `g = d_y w`: `d_x = r·(g − x̂·mean(g x̂))`, `d_w = Σ d_y x̂`.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        let (n_c, x, w) = (self.features, c.ins[0], c.ins[1]);
        for (m, row) in x.chunks_exact(n_c).enumerate() {
            let (r, d_y) = (c.outs[1][m], &c.d_out[m * n_c..(m + 1) * n_c]);
            let mut sum = T::ZERO;
            for k in 0..n_c {
                sum += d_y[k] * w[k] * row[k] * r;
                if let Some(d_w) = &mut c.d_ins[1] {
                    d_w[k] += d_y[k] * row[k] * r;
                }
            }
            let mean = sum / T::from_usize(n_c);
            if let Some(d_x) = &mut c.d_ins[0] {
                for k in 0..n_c {
                    d_x[m * n_c + k] = r * (d_y[k] * w[k] - row[k] * r * mean);
                }
            }
        }
    }
}

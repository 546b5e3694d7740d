//! Instance norm: `y = (x − μ) / √(σ² + ε) [· w + b]`, with μ, σ² per sample and channel over all positions (Ulyanov et
//! al. 2016).
//!
//! PyTorch's `InstanceNorm1d` and `InstanceNorm2d`: biased variance, ε 1e-5, no running statistics. Channels are last.

use super::{Backward, Forward, OpRule, Output};
use crate::engine::real::Real;

/// Parameters of the op. Inputs: x `(…, C)`, and where it is affine weight `(C)` and bias `(C)`. Outputs: y, and per
/// channel mean and 1/√(σ² + ε).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InstanceNorm {
    /// C.
    pub channels: usize,
    /// Whether gain and shift follow.
    pub affine: bool,
}

impl InstanceNorm {
    /// Keeps the root away from zero.
    pub const EPS: f64 = 1e-5;
}

impl OpRule for InstanceNorm {
    fn outputs(&self, ins: &[(&[usize], bool)]) -> Vec<Output> {
        let c = vec![self.channels];
        let saved = [Output::saved("mean", c.clone(), true), Output::saved("rstd", c, true)];
        std::iter::once(Output::result(ins[0].0.to_vec())).chain(saved).collect()
    }

    /// Normalises; scales and shifts.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        let (n_c, n) = (self.channels, c.ins[0].len() / c.rows);
        let count = T::from_usize(n / n_c);
        for (b, x) in c.ins[0].chunks_exact(n).enumerate() {
            for ch in 0..n_c {
                let places = || (ch..n).step_by(n_c);
                let mean = places().map(|k| x[k]).sum::<T>() / count;
                let var = places().map(|k| (x[k] - mean) * (x[k] - mean)).sum::<T>() / count;
                let rstd = T::ONE / (var + T::from_f64(Self::EPS)).sqrt();
                (c.outs[1][b * n_c + ch], c.outs[2][b * n_c + ch]) = (mean, rstd);
                for k in places() {
                    let x_hat = (x[k] - mean) * rstd;
                    c.outs[0][b * n + k] = if self.affine { x_hat * c.ins[1][ch] + c.ins[2][ch] } else { x_hat };
                }
            }
        }
    }

    /// With `x̂ = (x − μ)·rstd`, means over the positions: `d_x = w·rstd·(d_y − mean(d_y) − x̂·mean(d_y x̂))`,
    /// `d_w = Σ d_y x̂`, `d_b = Σ d_y`.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        let (n_c, n) = (self.channels, c.ins[0].len() / c.rows);
        let share = T::ONE / T::from_usize(n / n_c);
        for (b, (x, d_y)) in c.ins[0].chunks_exact(n).zip(c.d_out.chunks_exact(n)).enumerate() {
            for ch in 0..n_c {
                let (mean, rstd) = (c.outs[1][b * n_c + ch], c.outs[2][b * n_c + ch]);
                let x_hat = |k: usize| (x[k] - mean) * rstd;
                let places = || (ch..n).step_by(n_c);
                let sum = places().map(|k| d_y[k]).sum::<T>();
                let sum_x = places().map(|k| d_y[k] * x_hat(k)).sum::<T>();
                let w = if self.affine { c.ins[1][ch] } else { T::ONE };
                for (slot, sum) in [(1, sum_x), (2, sum)] {
                    if let Some(Some(d)) = c.d_ins.get_mut(slot) {
                        d[ch] += sum;
                    }
                }
                if let Some(d_x) = &mut c.d_ins[0] {
                    for k in places() {
                        d_x[b * n + k] = w * rstd * (d_y[k] - sum * share - x_hat(k) * sum_x * share);
                    }
                }
            }
        }
    }
}

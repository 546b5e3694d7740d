//! Reparametrisation: a sample of a normal distribution as a function of its parameters, `z = μ + exp(½ log σ²) · ε`
//! (Kingma & Welling 2014, §2.4), `stats (B, 2·D)` holds μ and then log σ², `z (B, D)`.
//!
//! ε is drawn for every step and element and saved. Where nothing is drawn (evaluation), z is μ.

use super::{Backward, Forward, OpRule, Output};
use crate::engine::draws::Draw;
use crate::engine::real::Real;

/// Parameters of the op. Input: stats.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reparametrise {
    /// D.
    pub latent: usize,
    /// Whether ε is drawn; else it is 0.
    pub draws: bool,
}

impl Reparametrise {
    /// ε of all elements.
    pub fn noise(&self, draw: Draw, noise: &mut [f32]) {
        if self.draws { draw.normal(noise) } else { noise.fill(0.0) }
    }
}

impl OpRule for Reparametrise {
    fn outputs(&self, _: &[(&[usize], bool)]) -> Vec<Output> {
        let dims = vec![self.latent];
        vec![Output::result(dims.clone()), Output::saved("noise", dims, true)]
    }

    /// `z = μ + exp(½ log σ²) · ε`.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        let d = self.latent;
        let mut noise = vec![0.0; c.rows * d];
        self.noise(c.draw, &mut noise);
        for (k, eps) in noise.into_iter().enumerate() {
            let stats = &c.ins[0][k / d * 2 * d..];
            let (mean, log_var, eps) = (stats[k % d], stats[d + k % d], T::from_f64(f64::from(eps)));
            c.outs[1][k] = eps;
            c.outs[0][k] = mean + (log_var * T::from_f64(0.5)).exp() * eps;
        }
    }

    /// `d_μ = d_z`, `d_log σ² = ½ · d_z · exp(½ log σ²) · ε`.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        let d = self.latent;
        let Some(d_stats) = &mut c.d_ins[0] else { return };
        for (k, d_z) in c.d_out.iter().enumerate() {
            let (row, i) = (k / d * 2 * d, k % d);
            let deviation = (c.ins[0][row + d + i] * T::from_f64(0.5)).exp();
            d_stats[row + i] = *d_z;
            d_stats[row + d + i] = *d_z * deviation * c.outs[1][k] * T::from_f64(0.5);
        }
    }
}

//! Kullback–Leibler divergence of normal distributions from the standard one, mean over the batch of
//! `Σ ½(μ² + σ² − 1 − log σ²)` in nats (Kingma & Welling 2014, appendix B), `stats (B, 2·D)` holds μ and then log σ².
//!
//! With free nats, a dimension whose mean over the batch is below them counts as that many and is not pushed (Kingma et al.
//! 2016, appendix C.8).

use super::{Backward, Forward, OpRule, Output};
use crate::engine::graph::Role;
use crate::engine::real::Real;

/// Parameters of the op. Input: stats. Outputs: the sum, and each dimension's mean over the batch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kl {
    /// D.
    pub latent: usize,
    /// Nats that every dimension may hold for nothing.
    pub free: f32,
}

impl OpRule for Kl {
    fn outputs(&self, _: &[(&[usize], bool)]) -> Vec<Output> {
        let sum = Output { suffix: "", dims: Vec::new(), batched: false, role: Role::Loss };
        vec![sum, Output::saved("dims", vec![self.latent], false)]
    }

    /// Sum over dimensions of the mean over the batch, each at least `free`.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        let d = self.latent;
        let half = T::from_f64(0.5 / c.rows as f64);
        for row in c.ins[0].chunks_exact(2 * d) {
            for i in 0..d {
                let (mean, log_var) = (row[i], row[d + i]);
                c.outs[1][i] += (mean * mean + log_var.exp() - T::ONE - log_var) * half;
            }
        }
        let free = T::from_f64(f64::from(self.free));
        c.outs[0][0] = c.outs[1].iter().map(|kl| if *kl < free { free } else { *kl }).sum();
    }

    /// `d_μ = d · μ / B`, `d_log σ² = d · ½(σ² − 1) / B` in dimensions that hold more than `free`.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        let d = self.latent;
        let Some(d_stats) = &mut c.d_ins[0] else { return };
        let scale = c.d_out[0] * T::from_f64(1.0 / c.rows as f64);
        for (row, d_row) in c.ins[0].chunks_exact(2 * d).zip(d_stats.chunks_exact_mut(2 * d)) {
            for i in (0..d).filter(|i| c.outs[1][*i] >= T::from_f64(f64::from(self.free))) {
                d_row[i] = scale * row[i];
                d_row[d + i] = scale * T::from_f64(0.5) * (row[d + i].exp() - T::ONE);
            }
        }
    }
}

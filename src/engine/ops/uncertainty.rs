//! Losses weighted by learned uncertainties: `loss = Σ exp(−sₖ)·lossₖ + sₖ`, all single numbers but `s (K)`.
//!
//! Kendall et al. 2018, eq. 10, with s = log σ² and without the factors ½, which move no minimum. A task whose loss stays
//! large gets a small weight; `+ s` keeps weights from vanishing.

use super::{Backward, Forward, OpRule, Output};
use crate::engine::graph::Role;
use crate::engine::real::Real;

/// Parameters of the op. Inputs: s, then the losses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Uncertainty {
    /// K.
    pub losses: usize,
}

impl OpRule for Uncertainty {
    fn outputs(&self, _: &[(&[usize], bool)]) -> Vec<Output> {
        vec![Output { suffix: "", dims: Vec::new(), batched: false, role: Role::Loss }]
    }

    /// `loss = Σ exp(−sₖ)·lossₖ + sₖ`.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        let s = c.ins[0];
        c.outs[0][0] = s.iter().zip(&c.ins[1..]).map(|(s, loss)| (-*s).exp() * loss[0] + *s).sum();
    }

    /// `d_lossₖ = d·exp(−sₖ)`, `d_sₖ = d·(1 − exp(−sₖ)·lossₖ)`.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        let (s, d) = (c.ins[0], c.d_out[0]);
        for k in 0..self.losses {
            let weight = (-s[k]).exp();
            if let Some(d_s) = &mut c.d_ins[0] {
                d_s[k] = d * (T::ONE - weight * c.ins[k + 1][0]);
            }
            if let Some(d_loss) = &mut c.d_ins[k + 1] {
                d_loss[0] = d * weight;
            }
        }
    }
}

//! Gradient penalty: how far the slopes of a critic are from 1, `p = mean over the batch of (‖g‖ − 1)²`, `g (B, …)` the
//! gradient of each row's score with respect to the row (Gulrajani et al. 2017, eq. 3, without its factor λ).
//!
//! The norms are saved. Not responsible for the gradients themselves (`engine::tasks::penalty`).

use super::{Backward, Forward, OpRule, Output};
use crate::engine::graph::Role;
use crate::engine::real::Real;

/// The op. Input: g.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GradientPenalty;

impl OpRule for GradientPenalty {
    fn outputs(&self, _: &[(&[usize], bool)]) -> Vec<Output> {
        let penalty = Output { suffix: "", dims: Vec::new(), batched: false, role: Role::Loss };
        vec![penalty, Output::saved("norm", vec![1], true)]
    }

    /// `p = Σ (‖g‖ − 1)² / B`.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        let width = c.ins[0].len() / c.rows.max(1);
        let mut sum = T::ZERO;
        for (g, norm) in c.ins[0].chunks(width).zip(c.outs[1].iter_mut()) {
            *norm = g.iter().map(|g| *g * *g).sum::<T>().sqrt();
            sum += (*norm - T::ONE) * (*norm - T::ONE);
        }
        c.outs[0][0] = sum / T::from_usize(c.rows);
    }

    /// `d_g = d_p · 2 (‖g‖ − 1) / (B ‖g‖) · g`; 0 where g is 0, as in PyTorch.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        let width = c.ins[0].len() / c.rows.max(1);
        let scale = c.d_out[0] * T::from_f64(2.0) / T::from_usize(c.rows);
        let Some(d_g) = &mut c.d_ins[0] else { return };
        for (k, d) in d_g.iter_mut().enumerate() {
            let norm = c.outs[1][k / width];
            if norm != T::ZERO {
                *d = scale * (norm - T::ONE) / norm * c.ins[0][k];
            }
        }
    }
}

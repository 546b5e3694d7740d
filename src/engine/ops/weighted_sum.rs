//! Weighted sum of losses: `loss = Σ wₖ · lossₖ`, all of them single numbers.

use super::{Backward, Forward, OpRule, Output};
use crate::engine::graph::Role;
use crate::engine::real::Real;

/// Parameters of the op. Inputs: the losses.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightedSum {
    /// One weight to each input.
    pub weights: Vec<f32>,
}

impl OpRule for WeightedSum {
    fn outputs(&self, _: &[(&[usize], bool)]) -> Vec<Output> {
        vec![Output { suffix: "", dims: Vec::new(), batched: false, role: Role::Loss }]
    }

    /// `loss = Σ wₖ · lossₖ`.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        let terms = c.ins.iter().zip(&self.weights).map(|(x, w)| x[0] * T::from_f64(f64::from(*w)));
        c.outs[0][0] = terms.sum();
    }

    /// `d_lossₖ = d · wₖ`.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        for (d_in, w) in c.d_ins.iter_mut().zip(&self.weights) {
            if let Some(d) = d_in {
                d[0] = c.d_out[0] * T::from_f64(f64::from(*w));
            }
        }
    }
}

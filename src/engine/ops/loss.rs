//! Loss: the mean loss of a batch, `pred (B, …)`, `target (B, …)` or classes `(B)` or `(B, T)`, `loss ()`.
//!
//! Each loss's formula, kernel and gradient are in its file under `engine::loss`; this op puts them into the graph.
//! Backward scales them by the gradient of the loss itself, so that losses can be weighted and summed: 1 where training
//! minimises this very loss.

use super::{Backward, Forward, OpRule, Output};
use crate::engine::graph::Role;
use crate::engine::loss;
use crate::engine::real::Real;
use crate::spec::Loss;

/// Parameters of the op. Inputs: prediction, target. Outputs: loss, and for cross-entropy the class probabilities.
#[derive(Clone, Debug, PartialEq)]
pub struct LossOp {
    /// Which loss.
    pub loss: Loss,
    /// Classes, for losses by class: the last axis of the prediction.
    pub width: usize,
    /// How much each class counts in cross-entropy; empty: all alike.
    pub weights: Vec<f32>,
}

impl LossOp {
    /// Whether forward saves the softmax of the prediction.
    pub fn saves_probs(&self) -> bool {
        matches!(self.loss, Loss::CrossEntropy { .. })
    }
}

impl OpRule for LossOp {
    fn outputs(&self, ins: &[(&[usize], bool)]) -> Vec<Output> {
        let mut outs = vec![Output { suffix: "", dims: Vec::new(), batched: false, role: Role::Loss }];
        if self.saves_probs() {
            outs.push(Output::saved("probs", ins[0].0.to_vec(), true));
        }
        outs
    }

    fn differentiable(&self, k: usize) -> bool {
        k == 0
    }

    /// Mean over the batch, or over every element.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        let (p, t, w) = (c.ins[0], c.ins[1], self.width);
        c.outs[0][0] = match self.loss {
            Loss::CrossEntropy { label_smoothing } => {
                loss::cross_entropy::forward(p, t, w, f64::from(label_smoothing), &self.weights, &mut c.outs[1])
            }
            Loss::Bce => loss::bce::forward(p, t),
            Loss::Mse => loss::mse::forward(p, t),
            Loss::HalfMse => loss::mse::forward(p, t) * T::from_f64(0.5),
            Loss::Mae => loss::mae::forward(p, t),
            Loss::Huber { delta } => loss::huber::forward(p, t, f64::from(delta)),
            Loss::Hinge { margin } => loss::hinge::forward(p, t, w, f64::from(margin)),
        };
    }

    /// Overwrites `d_pred`.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        let (p, t, w, scale) = (c.ins[0], c.ins[1], self.width, c.d_out[0]);
        let Some(d) = &mut c.d_ins[0] else { return };
        match self.loss {
            Loss::CrossEntropy { label_smoothing } => {
                loss::cross_entropy::backward(c.outs[1], t, w, f64::from(label_smoothing), &self.weights, d);
            }
            Loss::Bce => loss::bce::backward(p, t, d),
            Loss::Mse => loss::mse::backward(p, t, 2.0, d),
            Loss::HalfMse => loss::mse::backward(p, t, 1.0, d),
            Loss::Mae => loss::mae::backward(p, t, d),
            Loss::Huber { delta } => loss::huber::backward(p, t, f64::from(delta), d),
            Loss::Hinge { margin } => loss::hinge::backward(p, t, w, f64::from(margin), d),
        }
        d.iter_mut().for_each(|d| *d *= scale);
    }
}

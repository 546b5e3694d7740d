//! The mean loss of the batch, and its gradient.
//!
//! Formulas are those of [`crate::engine::loss`]; the kernels are in the files below this one.

mod elementwise;
mod weighted;

use super::{Call, Kernel};
use crate::backend::simd::kernels::elementwise::scale_in_place;
use crate::engine::loss::hinge;
use crate::engine::ops::loss::LossOp;
use crate::spec::Loss;

impl Kernel for LossOp {
    fn forward(&self, c: &mut Call) {
        let (p, t) = (c.input(0), c.input(1));
        c.output(0)[0] = match self.loss {
            Loss::CrossEntropy { label_smoothing } => weighted::cross_entropy(p, t, self, label_smoothing, c.output(1)),
            Loss::Bce => elementwise::bce(p, t),
            Loss::Mse => elementwise::mse(p, t),
            Loss::HalfMse => 0.5 * elementwise::mse(p, t),
            Loss::Mae => elementwise::mae(p, t),
            Loss::Huber { delta } => elementwise::huber(p, t, delta),
            // A few comparisons per row: the reference kernel is fast enough.
            Loss::Hinge { margin } => hinge::forward(p, t, self.width, f64::from(margin)),
        };
    }

    fn backward(&self, c: &mut Call) {
        let Some(d) = c.kept(0) else { return };
        let (p, t) = (c.input(0), c.input(1));
        match self.loss {
            Loss::CrossEntropy { label_smoothing } => {
                weighted::cross_entropy_backward(c.saved(1), t, self, label_smoothing, d);
            }
            Loss::Bce => elementwise::bce_backward(p, t, d),
            Loss::Mse => elementwise::mse_backward(p, t, 2.0, d),
            Loss::HalfMse => elementwise::mse_backward(p, t, 1.0, d),
            Loss::Mae => elementwise::mae_backward(p, t, d),
            Loss::Huber { delta } => elementwise::huber_backward(p, t, delta, d),
            Loss::Hinge { margin } => hinge::backward(p, t, self.width, f64::from(margin), d),
        }
        // Written so that NaN scales too; a loss that is minimised itself has 1.
        if c.d_out() != [1.0] {
            scale_in_place(c.d_out()[0], d);
        }
        c.add_kept();
    }
}

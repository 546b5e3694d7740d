//! What a discriminator's scores cost.
//!
//! Formulas are those of [`crate::engine::ops::adversarial_loss`]. One number a row: plain loops are fast enough.

use super::{Call, Kernel};
use crate::engine::ops::adversarial_loss::AdversarialLoss;
use crate::spec::tasks::GanLoss;

impl Kernel for AdversarialLoss {
    fn forward(&self, c: &mut Call) {
        let sign = if self.real { -1.0 } else { 1.0 };
        let scores = c.input(0);
        let one = |s: f32| match self.loss {
            GanLoss::Bce => {
                // `f32::max` would lose a NaN.
                let x = sign * s;
                (if x < 0.0 { 0.0 } else { x }) + libm::log1pf(libm::expf(-s.abs()))
            }
            GanLoss::LeastSquares if self.real => (s - 1.0) * (s - 1.0),
            GanLoss::LeastSquares => s * s,
            GanLoss::Wasserstein | GanLoss::WassersteinGp => sign * s,
        };
        c.output(0)[0] = scores.iter().map(|s| one(*s)).sum::<f32>() / scores.len() as f32;
    }

    fn backward(&self, c: &mut Call) {
        let Some(d_s) = c.kept(0) else { return };
        let (scores, label) = (c.input(0), f32::from(u8::from(self.real)));
        let scale = c.d_out()[0] / scores.len() as f32;
        for (s, d) in scores.iter().zip(d_s) {
            let slope = match self.loss {
                GanLoss::Bce => 1.0 / (1.0 + libm::expf(-s)) - label,
                GanLoss::LeastSquares => 2.0 * (s - label),
                GanLoss::Wasserstein | GanLoss::WassersteinGp => 1.0 - 2.0 * label,
            };
            *d = scale * slope;
        }
        c.add_kept();
    }
}

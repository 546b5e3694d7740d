//! What a discriminator's scores `(B, 1)` cost, mean over the batch, when all of the batch is real, or all of it is made.
//!
//! | | real | made |
//! |---|---|---|
//! | binary cross-entropy on logits (Goodfellow et al. 2014) | `log(1 + e⁻ˢ)` | `log(1 + eˢ)` |
//! | least squares (Mao et al. 2017, with targets 1 and 0) | `(s − 1)²` | `s²` |
//! | Wasserstein (Arjovsky et al. 2017) | `−s` | `s` |

use super::{Backward, Forward, OpRule, Output};
use crate::engine::graph::Role;
use crate::engine::real::Real;
use crate::spec::tasks::GanLoss;

/// Parameters of the op. Input: scores.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdversarialLoss {
    /// Which loss.
    pub loss: GanLoss,
    /// Whether the scores are to be those of real inputs.
    pub real: bool,
}

impl OpRule for AdversarialLoss {
    fn outputs(&self, _: &[(&[usize], bool)]) -> Vec<Output> {
        vec![Output { suffix: "", dims: Vec::new(), batched: false, role: Role::Loss }]
    }

    /// Mean over the batch.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        let sign = if self.real { -T::ONE } else { T::ONE };
        let one = |s: T| match self.loss {
            // log(1 + eˣ) without overflow.
            GanLoss::Bce => (sign * s).max(T::ZERO) + (-s.abs()).exp().ln_1p(),
            GanLoss::LeastSquares if self.real => (s - T::ONE) * (s - T::ONE),
            GanLoss::LeastSquares => s * s,
            GanLoss::Wasserstein | GanLoss::WassersteinGp => sign * s,
        };
        let n = T::from_usize(c.ins[0].len());
        c.outs[0][0] = c.ins[0].iter().map(|s| one(*s)).sum::<T>() / n;
    }

    /// `d_s = d / B ·` the derivative of the row's cost.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        let Some(d_s) = &mut c.d_ins[0] else { return };
        let scale = c.d_out[0] / T::from_usize(c.ins[0].len());
        let label = if self.real { T::ONE } else { T::ZERO };
        for (s, d) in c.ins[0].iter().zip(d_s) {
            let slope = match self.loss {
                GanLoss::Bce => T::ONE / (T::ONE + (-*s).exp()) - label,
                GanLoss::LeastSquares => (*s - label) * T::from_f64(2.0),
                GanLoss::Wasserstein | GanLoss::WassersteinGp => T::ONE - label - label,
            };
            *d = scale * slope;
        }
    }
}

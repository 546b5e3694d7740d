//! Several losses in one, with learned weights.
//!
//! Formulas are those of [`crate::engine::ops::uncertainty`].

use super::{Call, Kernel};
use crate::engine::ops::uncertainty::Uncertainty;

impl Kernel for Uncertainty {
    fn forward(&self, c: &mut Call) {
        let s = c.input(0);
        c.output(0)[0] = (0..self.losses).map(|k| libm::expf(-s[k]) * c.input(k + 1)[0] + s[k]).sum();
    }

    fn backward(&self, c: &mut Call) {
        let (s, d) = (c.input(0), c.d_out()[0]);
        if let Some((d_s, add)) = c.gradient(0) {
            for (k, (s, d_s)) in s.iter().zip(d_s).enumerate() {
                let own = d * (1.0 - libm::expf(-s) * c.input(k + 1)[0]);
                *d_s = own + if add { *d_s } else { 0.0 };
            }
        }
        for (k, s) in s.iter().enumerate() {
            if let Some((d_loss, add)) = c.gradient(k + 1) {
                d_loss[0] = d * libm::expf(-s) + if add { d_loss[0] } else { 0.0 };
            }
        }
    }
}

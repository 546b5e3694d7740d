//! Channel dropout: `y[…, c] = x[…, c] · mask[c]`, a mask for every sample, 0 with probability `rate`, else
//! `1/(1 − rate)` (Tompson et al. 2015; PyTorch's `Dropout2d`).
//!
//! The mask is drawn for every step and element and saved. Evaluation graphs leave the op out.

use super::dropout::Dropout;
use super::{Backward, Forward, OpRule, Output};
use crate::engine::real::Real;

/// Parameters of the op. Input: x `(…, C)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dropout2d {
    /// C.
    pub channels: usize,
    /// How the mask is drawn.
    pub draw: Dropout,
}

impl OpRule for Dropout2d {
    fn outputs(&self, ins: &[(&[usize], bool)]) -> Vec<Output> {
        vec![Output::result(ins[0].0.to_vec()), Output::saved("mask", vec![self.channels], true)]
    }

    /// `y = x · mask`.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        let (n_c, n_x) = (self.channels, c.ins[0].len() / c.rows);
        for k in 0..c.rows * n_c {
            c.outs[1][k] = T::from_f64(f64::from(self.draw.mask(c.draw.uniform(k))));
        }
        for (k, x) in c.ins[0].iter().enumerate() {
            c.outs[0][k] = *x * c.outs[1][k / n_x * n_c + k % n_c];
        }
    }

    /// `d_x = d_y · mask`.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        let (n_c, n_x) = (self.channels, c.d_out.len() / c.rows);
        if let Some(d_x) = &mut c.d_ins[0] {
            for (k, d) in d_x.iter_mut().enumerate() {
                *d = c.d_out[k] * c.outs[1][k / n_x * n_c + k % n_c];
            }
        }
    }
}

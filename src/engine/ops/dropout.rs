//! Dropout: `y = x · mask`, mask 0 with probability `rate`, else `1/(1 − rate)` (Srivastava 2014; inverted, as PyTorch).
//!
//! The mask is drawn anew in every forward pass and saved. Evaluation graphs leave the op out.

use super::{Backward, Forward, OpRule, Output};
use crate::engine::real::Real;
use crate::engine::rng::Rng;

/// Parameters of the op. Input: x.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dropout {
    /// Share of values set to zero.
    pub rate: f32,
}

impl Dropout {
    /// One number of the mask; backends draw in the same order, so that all see the same mask.
    #[inline]
    pub fn draw(&self, rng: &mut Rng) -> f32 {
        if rng.uniform() < self.rate { 0.0 } else { 1.0 / (1.0 - self.rate) }
    }
}

impl OpRule for Dropout {
    fn outputs(&self, ins: &[(&[usize], bool)]) -> Vec<Output> {
        let dims = ins[0].0.to_vec();
        vec![Output::result(dims.clone()), Output::saved("mask", dims, true)]
    }

    /// `y = x · mask`.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        for (k, x) in c.ins[0].iter().enumerate() {
            let mask = T::from_f64(f64::from(self.draw(c.rng)));
            c.outs[1][k] = mask;
            c.outs[0][k] = *x * mask;
        }
    }

    /// `d_x = d_y · mask`.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        if let Some(d_x) = &mut c.d_ins[0] {
            for (k, d) in d_x.iter_mut().enumerate() {
                *d = c.d_out[k] * c.outs[1][k];
            }
        }
    }
}

//! Dropout: `y = x · mask`, mask 0 with probability `rate`, else `1/(1 − rate)` (Srivastava 2014; inverted, as PyTorch).
//!
//! The mask is drawn for every step and element and saved. Evaluation graphs leave the op out.

use super::{Backward, Forward, OpRule, Output};
use crate::engine::draws::Draw;
use crate::engine::real::Real;

/// Parameters of the op. Input: x.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dropout {
    /// Share of values set to zero.
    pub rate: f32,
}

impl Dropout {
    /// One number of the mask, from a uniform one.
    #[inline]
    pub fn mask(&self, uniform: f32) -> f32 {
        if uniform < self.rate { 0.0 } else { 1.0 / (1.0 - self.rate) }
    }

    /// Draws a whole mask, four elements at a time.
    pub fn fill(&self, draw: Draw, mask: &mut [f32]) {
        for (block, four) in mask.chunks_mut(4).enumerate() {
            let drawn = draw.four(block as u32);
            four.iter_mut().zip(drawn).for_each(|(m, u)| *m = self.mask(u));
        }
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
            let mask = T::from_f64(f64::from(self.mask(c.draw.uniform(k))));
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

//! Add: `y = x₀ + x₁ + …`, all of one shape.
//!
//! The plus of a residual connection and of the `add` layer. No broadcasting.

use super::{Backward, Forward, OpRule, Output};
use crate::engine::real::Real;

/// Parameters of the op. Inputs: two or more values of one shape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Add;

impl OpRule for Add {
    fn outputs(&self, ins: &[(&[usize], bool)]) -> Vec<Output> {
        vec![Output::result(ins[0].0.to_vec())]
    }

    /// `y = Σ xₖ`.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        for x in &c.ins {
            for (y, x) in c.outs[0].iter_mut().zip(*x) {
                *y += *x;
            }
        }
    }

    /// `d_xₖ = d_y`.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        for d_x in c.d_ins.iter_mut().flatten() {
            d_x.copy_from_slice(c.d_out);
        }
    }
}

//! Concat: inputs side by side on the last axis, `x₀ (…, W₀)`, `x₁ (…, W₁)` … → `y (…, ΣW)`.
//!
//! PyTorch's `cat(dim=-1)`, Keras's `Concatenate(axis=-1)`.

use super::{Backward, Forward, OpRule, Output};
use crate::engine::real::Real;

/// Parameters of the op. Inputs: one per width.
#[derive(Clone, Debug, PartialEq)]
pub struct Concat {
    /// Last axis of each input.
    pub widths: Vec<usize>,
}

impl Concat {
    /// Last axis of the output.
    pub fn width(&self) -> usize {
        self.widths.iter().sum()
    }
}

impl OpRule for Concat {
    fn outputs(&self, ins: &[(&[usize], bool)]) -> Vec<Output> {
        let mut dims = ins[0].0[..ins[0].0.len() - 1].to_vec();
        dims.push(self.width());
        vec![Output::result(dims)]
    }

    /// Each row of `y` is the rows of the inputs, one after another.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        let mut at = 0;
        for (x, w) in c.ins.iter().zip(&self.widths) {
            for (y, x) in c.outs[0].chunks_exact_mut(self.width()).zip(x.chunks_exact(*w)) {
                y[at..at + w].copy_from_slice(x);
            }
            at += w;
        }
    }

    /// Each input gets its columns of `d_y`.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        let mut at = 0;
        for (d_x, w) in c.d_ins.iter_mut().zip(&self.widths) {
            if let Some(d_x) = d_x {
                for (d_x, d_y) in d_x.chunks_exact_mut(*w).zip(c.d_out.chunks_exact(self.width())) {
                    d_x.copy_from_slice(&d_y[at..at + w]);
                }
            }
            at += w;
        }
    }
}

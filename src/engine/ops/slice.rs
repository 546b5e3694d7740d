//! Slice: some places of a sequence, `y[b, t] = x[b, start + t]`, `x (B, T, …)` → `y (B, length, …)`.
//!
//! PyTorch's `narrow(x, 1, start, length)`. Of tokens it gives tokens, which have no gradient.

use super::{Backward, Forward, OpRule, Output};
use crate::engine::real::Real;

/// Parameters of the op. Input: x.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slice {
    /// First place.
    pub start: usize,
    /// Places.
    pub length: usize,
    /// T.
    pub steps: usize,
    /// Numbers at one place.
    pub width: usize,
}

impl Slice {
    /// Numbers of a sample that are kept, and those of the whole sample.
    pub fn range(&self) -> (std::ops::Range<usize>, usize) {
        let from = self.start * self.width;
        (from..from + self.length * self.width, self.steps * self.width)
    }
}

impl OpRule for Slice {
    fn outputs(&self, ins: &[(&[usize], bool)]) -> Vec<Output> {
        let mut dims = ins[0].0.to_vec();
        dims[0] = self.length;
        vec![Output::result(dims)]
    }

    /// Copies the places.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        let (kept, all) = self.range();
        for (y, x) in c.outs[0].chunks_exact_mut(kept.len()).zip(c.ins[0].chunks_exact(all)) {
            y.copy_from_slice(&x[kept.clone()]);
        }
    }

    /// `d_y` goes to those places, zero to all others.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        let Some(d_x) = &mut c.d_ins[0] else { return };
        let (kept, all) = self.range();
        for (d_x, d_y) in d_x.chunks_exact_mut(all).zip(c.d_out.chunks_exact(kept.len())) {
            d_x[kept.clone()].copy_from_slice(d_y);
        }
    }
}

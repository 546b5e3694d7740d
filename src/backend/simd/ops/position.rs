//! A row added at each place of a sequence.
//!
//! Formulas are those of [`crate::engine::ops::position`].

use super::{Call, Kernel};
use crate::backend::simd::kernels::{elementwise, reduce};
use crate::engine::ops::position::Position;

impl Kernel for Position {
    fn forward(&self, c: &mut Call) {
        let p = if c.i.ins.len() > 1 { c.input(1) } else { &self.table };
        for (x, y) in c.input(0).chunks_exact(p.len()).zip(c.output(0).chunks_exact_mut(p.len())) {
            elementwise::add(x, p, y);
        }
    }

    fn backward(&self, c: &mut Call) {
        c.pass(0);
        if let Some((d_p, add)) = c.gradient(1) {
            reduce::column_sums(c.d_out(), d_p, add);
        }
    }
}

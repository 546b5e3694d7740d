//! The state after the last step.
//!
//! Formulas are those of [`crate::engine::ops::last_state`].

use super::{Call, Kernel};
use crate::backend::simd::kernels::elementwise::add_assign;
use crate::engine::ops::last_state::LastState;

impl Kernel for LastState {
    fn forward(&self, c: &mut Call) {
        let (y, n) = (c.output(0), c.i.ins.len());
        for k in 0..n {
            let x = c.input(k);
            for row in 0..c.rows {
                let (to, from) = self.ranges(k, n, row);
                y[to].copy_from_slice(&x[from]);
            }
        }
    }

    fn backward(&self, c: &mut Call) {
        let (d_y, n) = (c.d_out(), c.i.ins.len());
        for k in 0..n {
            let Some((d_x, add)) = c.gradient(k) else { continue };
            if !add {
                d_x.fill(0.0);
            }
            for row in 0..c.rows {
                let (from, to) = self.ranges(k, n, row);
                add_assign(&mut d_x[to], &d_y[from]);
            }
        }
    }
}

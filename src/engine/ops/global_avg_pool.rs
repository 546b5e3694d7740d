//! Global average: the mean of every channel over all positions, `x (…, C)` → `y (C)`.
//!
//! PyTorch's `adaptive_avg_pool2d(x, 1)`, Keras's `GlobalAveragePooling2D`; a series' mean over time as well.

use super::{Backward, Forward, OpRule, Output};
use crate::engine::real::Real;

/// Parameters of the op. Input: x.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GlobalAvgPool {
    /// C.
    pub channels: usize,
}

impl OpRule for GlobalAvgPool {
    fn outputs(&self, _: &[(&[usize], bool)]) -> Vec<Output> {
        vec![Output::result(vec![self.channels])]
    }

    /// `y[c] = mean over positions of x[…, c]`.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        let (n_c, n_x) = (self.channels, c.ins[0].len() / c.rows);
        let share = T::ONE / T::from_usize(n_x / n_c);
        for (k, x) in c.ins[0].iter().enumerate() {
            c.outs[0][k / n_x * n_c + k % n_c] += *x * share;
        }
    }

    /// Every position gets its share of `d_y`.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        let (n_c, n_x) = (self.channels, c.ins[0].len() / c.rows);
        let share = T::ONE / T::from_usize(n_x / n_c);
        if let Some(d_x) = &mut c.d_ins[0] {
            for (k, d) in d_x.iter_mut().enumerate() {
                *d = c.d_out[k / n_x * n_c + k % n_c] * share;
            }
        }
    }
}

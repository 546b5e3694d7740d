//! Scale: every channel of a sample times a factor of its own, `y[…, c] = x[…, c] · s[c]`, `x (…, C)`, `s (C)`.
//!
//! The last step of squeeze-and-excitation (Hu et al. 2018); PyTorch's `x * s[:, :, None, None]`.

use super::{Backward, Forward, OpRule, Output};
use crate::engine::real::Real;

/// Parameters of the op. Inputs: x, factors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// C.
    pub channels: usize,
}

impl OpRule for Scale {
    fn outputs(&self, ins: &[(&[usize], bool)]) -> Vec<Output> {
        vec![Output::result(ins[0].0.to_vec())]
    }

    /// `y = x · s`.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        let (n_c, n_x) = (self.channels, c.ins[0].len() / c.rows);
        for (k, x) in c.ins[0].iter().enumerate() {
            c.outs[0][k] = *x * c.ins[1][k / n_x * n_c + k % n_c];
        }
    }

    /// `d_x = d_y · s`, `d_s = Σ d_y · x` over positions.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        let (n_c, n_x) = (self.channels, c.ins[0].len() / c.rows);
        for (k, d_y) in c.d_out.iter().enumerate() {
            let factor = k / n_x * n_c + k % n_c;
            if let Some(d_x) = &mut c.d_ins[0] {
                d_x[k] = *d_y * c.ins[1][factor];
            }
            if let Some(d_s) = &mut c.d_ins[1] {
                d_s[factor] += *d_y * c.ins[0][k];
            }
        }
    }
}

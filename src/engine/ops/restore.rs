//! Restore: what was seen stands as it was, and only what was hidden is the answer's, `y = t` where `x = t`, else `y = p`;
//! answers p, what was read x and what is asked t, all `(B, …)`.
//!
//! A loss of y counts hidden places only (He et al. 2021, §3): a place is hidden where what is read is not what is asked.

use super::{Backward, Forward, OpRule, Output};
use crate::engine::real::Real;

/// The op. Inputs: p, x, t; only p has a gradient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Restore;

impl OpRule for Restore {
    fn outputs(&self, ins: &[(&[usize], bool)]) -> Vec<Output> {
        vec![Output::result(ins[0].0.to_vec())]
    }

    fn differentiable(&self, k: usize) -> bool {
        k == 0
    }

    /// `y = t` where `x = t`, else `p`.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        for (k, y) in c.outs[0].iter_mut().enumerate() {
            let (p, x, t) = (c.ins[0][k], c.ins[1][k], c.ins[2][k]);
            *y = if x == t { t } else { p };
        }
    }

    /// `d_p = d_y` where `x ≠ t`, else 0.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        let Some(d_p) = &mut c.d_ins[0] else { return };
        for (k, d) in d_p.iter_mut().enumerate() {
            *d = if c.ins[1][k] == c.ins[2][k] { T::ZERO } else { c.d_out[k] };
        }
    }
}

//! Between: a place on the line from `b` to `a` for each row, `y = ε a + (1 − ε) b` with ε uniform in [0, 1), all `(B, …)`.
//!
//! Where a critic's slope is asked for (Gulrajani et al. 2017, algorithm 1). ε is drawn for every step and row and saved;
//! where nothing is drawn (evaluation) it is ½.

use super::{Backward, Forward, OpRule, Output};
use crate::engine::draws::Draw;
use crate::engine::real::Real;

/// Parameters of the op. Inputs: a, b.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Between {
    /// Whether ε is drawn; else it is ½.
    pub draws: bool,
}

impl Between {
    /// ε of each row.
    pub fn shares(&self, draw: Draw, shares: &mut [f32]) {
        for (row, share) in shares.iter_mut().enumerate() {
            *share = if self.draws { draw.uniform(row) } else { 0.5 };
        }
    }
}

impl OpRule for Between {
    fn outputs(&self, ins: &[(&[usize], bool)]) -> Vec<Output> {
        vec![Output::result(ins[0].0.to_vec()), Output::saved("share", vec![1], true)]
    }

    /// `y = ε a + (1 − ε) b`.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        let mut shares = vec![0.0; c.rows];
        self.shares(c.draw, &mut shares);
        let width = c.ins[0].len() / c.rows.max(1);
        for (k, y) in c.outs[0].iter_mut().enumerate() {
            let share = T::from_f64(f64::from(shares[k / width]));
            *y = share * c.ins[0][k] + (T::ONE - share) * c.ins[1][k];
        }
        for (to, share) in c.outs[1].iter_mut().zip(shares) {
            *to = T::from_f64(f64::from(share));
        }
    }

    /// `d_a = ε d_y`, `d_b = (1 − ε) d_y`.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        let width = c.ins[0].len() / c.rows.max(1);
        for (which, d) in c.d_ins.iter_mut().enumerate() {
            let Some(d) = d else { continue };
            for (k, d) in d.iter_mut().enumerate() {
                let share = c.outs[1][k / width];
                *d = c.d_out[k] * if which == 0 { share } else { T::ONE - share };
            }
        }
    }
}

//! Embedding: `y[…, :] = W[x[…], :]`, tokens `x (…)` as whole numbers, `W (V, D)`, `y (…, D)`.
//!
//! PyTorch's `nn.functional.embedding`. A number that is no token gives NaN (PyTorch: an error), so that it shows. Not
//! responsible for initial weights (`nn::embedding`).

use super::{Backward, Forward, OpRule, Output};
use crate::engine::real::Real;

/// Parameters of the op. Inputs: tokens, weight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Embedding {
    /// V.
    pub vocab: usize,
    /// D.
    pub units: usize,
}

impl Embedding {
    /// The row of the weight that a token reads; `None` for what is no token.
    pub fn row(&self, token: f64) -> Option<usize> {
        (token >= 0.0 && token < self.vocab as f64).then_some(token as usize)
    }
}

impl OpRule for Embedding {
    fn outputs(&self, ins: &[(&[usize], bool)]) -> Vec<Output> {
        vec![Output::result([ins[0].0, &[self.units]].concat())]
    }

    fn differentiable(&self, k: usize) -> bool {
        k == 1
    }

    /// Copies rows.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        let d = self.units;
        for (y, x) in c.outs[0].chunks_exact_mut(d).zip(c.ins[0]) {
            match self.row(x.to_f64()) {
                Some(row) => y.copy_from_slice(&c.ins[1][row * d..(row + 1) * d]),
                None => y.fill(T::from_f64(f64::NAN)),
            }
        }
    }

    /// `d_W[x[m]] = Σ_m d_y[m]` over all places `m` where the token stands.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        let d = self.units;
        let Some(d_w) = &mut c.d_ins[1] else { return };
        for (d_y, x) in c.d_out.chunks_exact(d).zip(c.ins[0]) {
            if let Some(row) = self.row(x.to_f64()) {
                d_w[row * d..(row + 1) * d].iter_mut().zip(d_y).for_each(|(w, d)| *w += *d);
            }
        }
    }
}

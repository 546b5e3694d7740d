//! Linear: `y = act(x Wᵀ + b)` over the last axis, `x (…, I)`, `W (O, I)`, `b (O)`, `y (…, O)`.
//!
//! PyTorch's `nn.functional.linear` with the activation fused. Where the activation's derivative needs it, the sum
//! `z = x Wᵀ + b` is saved as a second output. Not responsible for initial weights (`nn::dense`).

use super::{Backward, Forward, OpRule, Output, activation};
use crate::engine::graph::Instr;
use crate::engine::real::Real;
use crate::spec::Activation;

/// Parameters of the op. Inputs: x, weight, and bias if there is one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Linear {
    /// I.
    pub inputs: usize,
    /// O.
    pub outputs: usize,
    /// Applied to the sum.
    pub act: Activation,
    /// Whether a bias is added.
    pub bias: bool,
}

impl OpRule for Linear {
    fn outputs(&self, ins: &[(&[usize], bool)]) -> Vec<Output> {
        let mut dims = ins[0].0[..ins[0].0.len() - 1].to_vec();
        dims.push(self.outputs);
        let mut outs = vec![Output::result(dims.clone())];
        if self.act.saves_input() {
            outs.push(Output::saved("sum", dims, true));
        }
        outs
    }

    /// `y[m, o] = act(Σᵢ x[m, i] W[o, i] + b[o])`.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        let (i, o) = (self.inputs, self.outputs);
        let (x, w) = (c.ins[0], c.ins[1]);
        for m in 0..x.len() / i {
            for n in 0..o {
                let mut z = if self.bias { c.ins[2][n] } else { T::ZERO };
                for k in 0..i {
                    z += x[m * i + k] * w[n * i + k];
                }
                c.outs[0][m * o + n] = activation::forward(self.act, z);
                if self.act.saves_input() {
                    c.outs[1][m * o + n] = z;
                }
            }
        }
    }

    /// With `d_z = d_y · act′`: `d_x = d_z W`, `d_W = d_zᵀ x`, `d_b = Σ_m d_z`.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        let (i, o) = (self.inputs, self.outputs);
        let (x, w, y) = (c.ins[0], c.ins[1], c.outs[0]);
        let z = if self.act.saves_input() { c.outs[1] } else { y };
        for m in 0..x.len() / i {
            for n in 0..o {
                let d_z = c.d_out[m * o + n] * activation::derivative(self.act, z[m * o + n], y[m * o + n]);
                for k in 0..i {
                    if let Some(d_x) = &mut c.d_ins[0] {
                        d_x[m * i + k] += d_z * w[n * i + k];
                    }
                    if let Some(d_w) = &mut c.d_ins[1] {
                        d_w[n * i + k] += d_z * x[m * i + k];
                    }
                }
                if let Some(Some(d_b)) = c.d_ins.get_mut(2) {
                    d_b[n] += d_z;
                }
            }
        }
    }

    fn flops(&self, instr: &Instr, rows: usize) -> f64 {
        let product = 2.0 * instr.ins[0].len(rows) as f64 * self.outputs as f64;
        match instr.d_ins.as_slice() {
            [] => product,
            d_ins => product * d_ins.iter().take(2).filter(|d| d.is_some()).count() as f64,
        }
    }
}

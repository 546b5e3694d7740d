//! Transposed convolution: every pixel of `x (H, W, I)` spreads its filters over the output,
//! `y[p·stride + t·dilation − pad, o] += x[p, i] W[i, o, t]`, then bias and activation; `W (I, O/G, kh, kw)`, `b (O)`.
//!
//! PyTorch's `nn.functional.conv_transpose2d` (no output padding; `same` gives input times stride) with channels last and
//! the activation fused. Where the activation's derivative needs it, the sum before it is saved as a second output. The
//! gradient of a convolution's input, as an op of its own: the window is that convolution's, from the output to `x`.

use super::conv2d::{shaped, terms};
use super::{Backward, Forward, OpRule, Output, activation};
use crate::engine::graph::Instr;
use crate::engine::real::Real;
use crate::spec::Activation;
use crate::spec::window::Window;

/// Parameters of the op. Inputs: x, weight, and bias if there is one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ConvTranspose2d {
    /// Over the output; its places are the pixels of x.
    pub window: Window,
    /// I.
    pub inputs: usize,
    /// O.
    pub outputs: usize,
    /// G; divides I and O.
    pub groups: usize,
    /// Applied to the sums.
    pub act: Activation,
    /// Whether a bias is added.
    pub bias: bool,
}

impl OpRule for ConvTranspose2d {
    fn outputs(&self, ins: &[(&[usize], bool)]) -> Vec<Output> {
        let dims = shaped(self.window.input, self.outputs, ins[0].0);
        let mut outs = vec![Output::result(dims.clone())];
        if self.act.saves_input() {
            outs.push(Output::saved("sum", dims, true));
        }
        outs
    }

    /// Adds all terms onto the bias, then bends.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        let (n_x, n_y) = (c.ins[0].len() / c.rows, c.outs[0].len() / c.rows);
        let mut z = vec![T::ZERO; n_y];
        for b in 0..c.rows {
            for (k, z) in z.iter_mut().enumerate() {
                *z = if self.bias { c.ins[2][k % self.outputs] } else { T::ZERO };
            }
            let (x, w) = (&c.ins[0][b * n_x..], c.ins[1]);
            // Of the convolution that this turns round, the output is the image.
            terms(&self.window, self.outputs, self.inputs, self.groups, |t| z[t.x] += x[t.y] * w[t.w]);
            for (k, z) in z.iter().enumerate() {
                c.outs[0][b * n_y + k] = activation::forward(self.act, *z);
                if self.act.saves_input() {
                    c.outs[1][b * n_y + k] = *z;
                }
            }
        }
    }

    /// With `d_z = d_y · act′`, every term gives `d_x += d_z·w` and `d_w += d_z·x`; `d_b = Σ d_z`.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        let (n_x, n_y) = (c.ins[0].len() / c.rows, c.outs[0].len() / c.rows);
        let y = c.outs[0];
        let z = if self.act.saves_input() { c.outs[1] } else { y };
        let slope = |k: usize| c.d_out[k] * activation::derivative(self.act, z[k], y[k]);
        let d_z: Vec<T> = (0..y.len()).map(slope).collect();
        for b in 0..c.rows {
            let (x, w, d_z) = (&c.ins[0][b * n_x..], c.ins[1], &d_z[b * n_y..]);
            let [d_x, d_w] = &mut c.d_ins[..2] else { return };
            terms(&self.window, self.outputs, self.inputs, self.groups, |t| {
                if let Some(d_x) = d_x {
                    d_x[b * n_x + t.y] += d_z[t.x] * w[t.w];
                }
                if let Some(d_w) = d_w {
                    d_w[t.w] += d_z[t.x] * x[t.y];
                }
            });
        }
        if let Some(Some(d_b)) = c.d_ins.get_mut(2) {
            d_z.iter().enumerate().for_each(|(k, d)| d_b[k % self.outputs] += *d);
        }
    }

    fn flops(&self, instr: &Instr, rows: usize) -> f64 {
        let pixels = (rows * self.window.pixels_out() * self.inputs) as f64;
        let product = 2.0 * pixels * (self.outputs / self.groups * self.window.taps()) as f64;
        match instr.d_ins.as_slice() {
            [] => product,
            d_ins => product * d_ins.iter().take(2).filter(|d| d.is_some()).count() as f64,
        }
    }
}

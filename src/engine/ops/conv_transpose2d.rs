//! Transposed convolution: every pixel of `x (H, W, I)` spreads its filters over the output,
//! `y[p·stride + t·dilation − pad, o] += x[p, i] W[i, o, t]`, then bias and activation; `W (I, O/G, kh, kw)`, `b (O)`.
//!
//! PyTorch's `nn.functional.conv_transpose2d` (no output padding; `same` gives input times stride) with channels last and
//! the activation fused. Where the activation's derivative needs it, the sum before it is saved as a second output. The
//! gradient of a convolution's input, as an op of its own: the window is that convolution's, from the output to `x`.

use super::conv2d::{Term, shaped, spread, sum, terms};
use super::{Backward, Forward, OpRule, Output};
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
        sum(c, self.outputs, self.act, |f| self.terms(f));
    }

    /// With `d_z = d_y · act′`, every term gives `d_x += d_z·w` and `d_w += d_z·x`; `d_b = Σ d_z`.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        spread(c, self.outputs, self.act, |f| self.terms(f));
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

impl ConvTranspose2d {
    /// Of the convolution that this turns round, the output is the image.
    fn terms(&self, f: &mut dyn FnMut(Term)) {
        let turned = &mut |t: Term| f(Term { x: t.y, w: t.w, y: t.x });
        terms(&self.window, self.outputs, self.inputs, self.groups, turned);
    }
}

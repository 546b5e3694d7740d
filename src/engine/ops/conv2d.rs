//! Convolution: `y[p, o] = act(Σ_{t,c} x[p·stride + t·dilation − pad, c] W[o, c, t] + b[o])` over places p and taps t,
//! `x (H, W, I)`, `W (O, I/G, kh, kw)`, `b (O)`, `y (H', W', O)`.
//!
//! PyTorch's `nn.functional.conv2d` (a cross-correlation, as everywhere) with channels last and the activation fused; a
//! series `(T, I)` is an image of height 1 and gives `(T', O)`. Where the activation's derivative needs it, the sum before
//! it is saved as a second output. Not responsible for first weights (`nn::conv2d`) nor for the window's arithmetic.

use super::{Backward, Forward, OpRule, Output, activation};
use crate::engine::graph::Instr;
use crate::engine::real::Real;
use crate::spec::Activation;
use crate::spec::window::Window;

/// Parameters of the op. Inputs: x, weight, and bias if there is one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Conv2d {
    /// Where the kernel goes.
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

/// One product of a convolution: which numbers of image, weight and output meet.
pub(super) struct Term {
    /// Index into one sample's image.
    pub x: usize,
    /// Index into the weight.
    pub w: usize,
    /// Index into one sample's output.
    pub y: usize,
}

/// Every product of one sample, outputs outermost: `w` is `(O, I/G, kh, kw)`, image and output have channels last.
pub(super) fn terms(w: &Window, inputs: usize, outputs: usize, groups: usize, f: &mut dyn FnMut(Term)) {
    let (i_g, o_g, taps) = (inputs / groups, outputs / groups, w.taps());
    for place in 0..w.pixels_out() {
        let (py, px) = (place / w.output[1], place % w.output[1]);
        for tap in 0..taps {
            let (row, column) = (w.under(0, py, tap / w.kernel[1]), w.under(1, px, tap % w.kernel[1]));
            let (Some(row), Some(column)) = (row, column) else { continue };
            let pixel = (row * w.input[1] + column) * inputs;
            for o in 0..outputs {
                for c in 0..i_g {
                    let x = pixel + o / o_g * i_g + c;
                    f(Term { x, w: (o * i_g + c) * taps + tap, y: place * outputs + o });
                }
            }
        }
    }
}

/// The forward half of an op that is a sum of products, convolution or transposed: of each sample all terms that `each`
/// lists onto the bias (input 2, where there is one), then the activation. Overwrites the result, and the saved sum.
pub(super) fn sum<T: Real>(
    c: &mut Forward<'_, T>,
    outputs: usize,
    act: Activation,
    each: impl Fn(&mut dyn FnMut(Term)),
) {
    let (n_x, n_y) = (c.ins[0].len() / c.rows, c.outs[0].len() / c.rows);
    let mut z = vec![T::ZERO; n_y];
    for b in 0..c.rows {
        for (k, z) in z.iter_mut().enumerate() {
            *z = c.ins.get(2).map_or(T::ZERO, |bias| bias[k % outputs]);
        }
        let (x, w) = (&c.ins[0][b * n_x..], c.ins[1]);
        each(&mut |t| z[t.y] += x[t.x] * w[t.w]);
        for (k, z) in z.iter().enumerate() {
            c.outs[0][b * n_y + k] = activation::forward(act, *z);
            if act.saves_input() {
                c.outs[1][b * n_y + k] = *z;
            }
        }
    }
}

/// The gradient of [`sum`]: every term gives `d_x += d_z·w` and `d_w += d_z·x`, with `d_z = d_y · act′`; `d_b = Σ d_z`.
pub(super) fn spread<T: Real>(
    c: &mut Backward<'_, T>,
    outputs: usize,
    act: Activation,
    each: impl Fn(&mut dyn FnMut(Term)),
) {
    let (n_x, n_y) = (c.ins[0].len() / c.rows, c.outs[0].len() / c.rows);
    let y = c.outs[0];
    let z = if act.saves_input() { c.outs[1] } else { y };
    let slope = |k: usize| c.d_out[k] * activation::derivative(act, z[k], y[k]);
    let d_z: Vec<T> = (0..y.len()).map(slope).collect();
    for b in 0..c.rows {
        let (x, w, d_z) = (&c.ins[0][b * n_x..], c.ins[1], &d_z[b * n_y..]);
        let [d_x, d_w] = &mut c.d_ins[..2] else { return };
        each(&mut |t| {
            if let Some(d_x) = d_x {
                d_x[b * n_x + t.x] += d_z[t.y] * w[t.w];
            }
            if let Some(d_w) = d_w {
                d_w[t.w] += d_z[t.y] * x[t.x];
            }
        });
    }
    if let Some(Some(d_b)) = c.d_ins.get_mut(2) {
        d_z.iter().enumerate().for_each(|(k, d)| d_b[k % outputs] += *d);
    }
}

/// Shape of an output with these pixels and channels, as high as the input's rank.
pub(super) fn shaped(pixels: [usize; 2], channels: usize, input: &[usize]) -> Vec<usize> {
    if input.len() == 2 { vec![pixels[1], channels] } else { vec![pixels[0], pixels[1], channels] }
}

impl OpRule for Conv2d {
    fn outputs(&self, ins: &[(&[usize], bool)]) -> Vec<Output> {
        let dims = shaped(self.window.output, self.outputs, ins[0].0);
        let mut outs = vec![Output::result(dims.clone())];
        if self.act.saves_input() {
            outs.push(Output::saved("sum", dims, true));
        }
        outs
    }

    /// Sums all terms onto the bias, then bends.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        sum(c, self.outputs, self.act, |f| terms(&self.window, self.inputs, self.outputs, self.groups, f));
    }

    /// With `d_z = d_y · act′`, every term gives `d_x += d_z·w` and `d_w += d_z·x`; `d_b = Σ d_z`.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        spread(c, self.outputs, self.act, |f| terms(&self.window, self.inputs, self.outputs, self.groups, f));
    }

    fn flops(&self, instr: &Instr, rows: usize) -> f64 {
        let sums = (rows * self.window.pixels_out() * self.outputs) as f64;
        let product = 2.0 * sums * (self.inputs / self.groups * self.window.taps()) as f64;
        match instr.d_ins.as_slice() {
            [] => product,
            d_ins => product * d_ins.iter().take(2).filter(|d| d.is_some()).count() as f64,
        }
    }
}

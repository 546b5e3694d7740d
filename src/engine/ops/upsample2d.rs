//! Upsampling: every pixel `factor` times along both axes, `x (H, W, C)` → `y (H·f, W·f, C)`.
//!
//! PyTorch's `interpolate(scale_factor=f, mode="nearest")`.

use super::{Backward, Forward, OpRule, Output};
use crate::engine::real::Real;

/// Parameters of the op. Input: x.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Upsample2d {
    /// H and W.
    pub input: [usize; 2],
    /// C.
    pub channels: usize,
    /// f.
    pub factor: usize,
}

impl Upsample2d {
    /// Calls `f(output, input)` for every pixel of the output of one sample, each as the index of its first channel.
    pub fn pixels(&self, mut f: impl FnMut(usize, usize)) {
        let (wide, n) = (self.input[1] * self.factor, self.input[0] * self.input[1] * self.factor * self.factor);
        for out in 0..n {
            let (row, column) = (out / wide / self.factor, out % wide / self.factor);
            f(out * self.channels, (row * self.input[1] + column) * self.channels);
        }
    }
}

impl OpRule for Upsample2d {
    fn outputs(&self, _: &[(&[usize], bool)]) -> Vec<Output> {
        vec![Output::result(vec![self.input[0] * self.factor, self.input[1] * self.factor, self.channels])]
    }

    /// Copies.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        let n_x = self.input[0] * self.input[1] * self.channels;
        let n_y = n_x * self.factor * self.factor;
        for b in 0..c.rows {
            let (x, y) = (&c.ins[0][b * n_x..], &mut c.outs[0][b * n_y..]);
            self.pixels(|to, from| y[to..to + self.channels].copy_from_slice(&x[from..from + self.channels]));
        }
    }

    /// Each pixel gets the sum over its copies.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        let n_x = self.input[0] * self.input[1] * self.channels;
        let n_y = n_x * self.factor * self.factor;
        let Some(d_x) = &mut c.d_ins[0] else { return };
        for b in 0..c.rows {
            let (d_x, d_y) = (&mut d_x[b * n_x..], &c.d_out[b * n_y..]);
            self.pixels(|from, to| (0..self.channels).for_each(|k| d_x[to + k] += d_y[from + k]));
        }
    }
}

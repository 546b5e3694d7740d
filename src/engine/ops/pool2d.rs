//! Pooling: the greatest value or the mean of every window, each channel by itself, `x (H, W, C)` → `y (H', W', C)`.
//!
//! PyTorch's `max_pool2d` (padding never wins; of equal values the first, row by row, gets the gradient; NaN wins) and
//! `avg_pool2d` with `count_include_pad=True` (padding counts as zeros). A series `(T, C)` is an image of height 1.

use super::conv2d::shaped;
use super::{Backward, Forward, OpRule, Output};
use crate::engine::real::Real;
use crate::spec::window::Window;

/// What a window is reduced to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reduce {
    /// Its greatest value.
    Max,
    /// Its mean, padding included.
    Mean,
}

/// Parameters of the op. Input: x.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pool2d {
    /// Where windows are.
    pub window: Window,
    /// C.
    pub channels: usize,
    /// What becomes of each.
    pub reduce: Reduce,
}

impl Pool2d {
    /// Calls `f(output, inputs…)` with every output of one sample and what its window covers.
    fn windows(&self, mut f: impl FnMut(usize, &[usize])) {
        let w = &self.window;
        let mut under = Vec::new();
        for k in 0..w.pixels_out() * self.channels {
            let (place, channel) = (k / self.channels, k % self.channels);
            under.clear();
            for tap in 0..w.taps() {
                let row = w.under(0, place / w.output[1], tap / w.kernel[1]);
                let column = w.under(1, place % w.output[1], tap % w.kernel[1]);
                if let (Some(row), Some(column)) = (row, column) {
                    under.push((row * w.input[1] + column) * self.channels + channel);
                }
            }
            f(k, &under);
        }
    }

    /// Index of the value that wins among `under`.
    fn winner<T: Real>(x: &[T], under: &[usize]) -> usize {
        let mut best = under[0];
        for i in &under[1..] {
            // A NaN has no order to anything, and wins.
            if x[*i] > x[best] || x[*i].partial_cmp(&x[*i]).is_none() {
                best = *i;
            }
        }
        best
    }
}

impl OpRule for Pool2d {
    fn outputs(&self, ins: &[(&[usize], bool)]) -> Vec<Output> {
        vec![Output::result(shaped(self.window.output, self.channels, ins[0].0))]
    }

    /// Reduces every window.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        let (n_x, n_y) = (c.ins[0].len() / c.rows, c.outs[0].len() / c.rows);
        for b in 0..c.rows {
            let x = &c.ins[0][b * n_x..];
            let y = &mut c.outs[0][b * n_y..];
            self.windows(|k, under| {
                y[k] = match self.reduce {
                    Reduce::Max => x[Self::winner(x, under)],
                    Reduce::Mean => under.iter().map(|i| x[*i]).sum::<T>() / T::from_usize(self.window.taps()),
                }
            });
        }
    }

    /// Max: `d_x[winner] += d_y`; mean: every value under the window gets its share.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        let (n_x, n_y) = (c.ins[0].len() / c.rows, c.d_out.len() / c.rows);
        let Some(d_x) = &mut c.d_ins[0] else { return };
        for b in 0..c.rows {
            let (x, d_y) = (&c.ins[0][b * n_x..], &c.d_out[b * n_y..]);
            let d_x = &mut d_x[b * n_x..];
            self.windows(|k, under| match self.reduce {
                Reduce::Max => d_x[Self::winner(x, under)] += d_y[k],
                Reduce::Mean => under.iter().for_each(|i| d_x[*i] += d_y[k] / T::from_usize(self.window.taps())),
            });
        }
    }
}

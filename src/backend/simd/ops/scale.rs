//! Every row of channels times factors of its sample.
//!
//! Formulas are those of [`crate::engine::ops::scale`]. [`scale`] and [`scale_backward`] also serve masks of channels.

use super::{Call, Kernel};
use crate::backend::simd::kernels::elementwise;
use crate::engine::ops::scale::Scale;

impl Kernel for Scale {
    fn forward(&self, c: &mut Call) {
        scale(c.input(0), c.input(1), self.channels, c.output(0));
    }

    fn backward(&self, c: &mut Call) {
        let (x, s, d_y) = (c.input(0), c.input(1), c.d_out());
        if let Some((d_x, add)) = c.gradient(0) {
            scale_backward(d_y, s, self.channels, d_x, add);
        }
        if let Some((d_s, add)) = c.gradient(1) {
            factors_backward(d_y, x, self.channels, d_s, add);
        }
    }
}

/// `y = x · s`, every row of a sample by the sample's own factors `(C)`.
pub(super) fn scale(x: &[f32], s: &[f32], channels: usize, y: &mut [f32]) {
    let n = sample(x, s, channels);
    for ((x, s), y) in x.chunks_exact(n).zip(s.chunks_exact(channels)).zip(y.chunks_exact_mut(n)) {
        for (x, y) in x.chunks_exact(channels).zip(y.chunks_exact_mut(channels)) {
            elementwise::mul(x, s, y);
        }
    }
}

/// Numbers of one sample of `x`, of which there are as many as rows of factors.
fn sample(x: &[f32], factors: &[f32], channels: usize) -> usize {
    x.len() / (factors.len() / channels)
}

/// Backward half of [`scale`] for the first input: `d_x (= or +=) d_y · s`.
pub(super) fn scale_backward(d_y: &[f32], s: &[f32], channels: usize, d_x: &mut [f32], add: bool) {
    if !add {
        return scale(d_y, s, channels, d_x);
    }
    let n = sample(d_y, s, channels);
    for ((d_y, s), d_x) in d_y.chunks_exact(n).zip(s.chunks_exact(channels)).zip(d_x.chunks_exact_mut(n)) {
        for (d_y, d_x) in d_y.chunks_exact(channels).zip(d_x.chunks_exact_mut(channels)) {
            elementwise::mul_add(d_y, s, d_x);
        }
    }
}

/// Backward half of [`scale`] for the factors: `d_s (= or +=) Σ d_y · x` over the rows of each sample.
fn factors_backward(d_y: &[f32], x: &[f32], channels: usize, d_s: &mut [f32], add: bool) {
    let n = sample(x, d_s, channels);
    if !add {
        d_s.fill(0.0);
    }
    for ((d_y, x), d_s) in d_y.chunks_exact(n).zip(x.chunks_exact(n)).zip(d_s.chunks_exact_mut(channels)) {
        for (d_y, x) in d_y.chunks_exact(channels).zip(x.chunks_exact(channels)) {
            elementwise::mul_add(d_y, x, d_s);
        }
    }
}

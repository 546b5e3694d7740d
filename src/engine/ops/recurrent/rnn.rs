//! Elman's cell: `h_t = f(p + q)`, f = tanh or ReLU (Elman 1990; PyTorch's `nn.RNN`).
//!
//! Not responsible for the sums p, q nor for time (`super`).

use crate::engine::ops::activation;
use crate::engine::real::Real;
use crate::spec::model::RnnActivation;

/// `h ← f(p + q)`.
pub(super) fn forward<T: Real>(act: RnnActivation, p: &[T], q: &[T], h: &mut [T]) {
    for (h, (p, q)) in h.iter_mut().zip(p.iter().zip(q)) {
        *h = activation::forward(act.into(), *p + *q);
    }
}

/// `d_p = d_q = d_h · f′`; nothing goes to `h_{t−1}` but through q: `d_h ← 0`.
pub(super) fn backward<T: Real>(act: RnnActivation, h: &[T], d_h: &mut [T], d_p: &mut [T]) {
    for (j, d_p) in d_p.iter_mut().enumerate() {
        *d_p = d_h[j] * activation::derivative(act.into(), h[j], h[j]);
        d_h[j] = T::ZERO;
    }
}

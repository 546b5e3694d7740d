//! The LSTM cell (Hochreiter & Schmidhuber 1997, with the forget gate of Gers 2000): with `z = p + q` in four parts,
//! `i = σ(z_i)`, `f = σ(z_f)`, `g = tanh(z_g)`, `o = σ(z_o)`, `c_t = f c_{t−1} + i g`, `h_t = o tanh(c_t)`.
//!
//! PyTorch's `nn.LSTM`. Not responsible for the sums p, q nor for time (`super`).

use crate::engine::ops::activation;
use crate::engine::real::Real;
use crate::spec::Activation;

/// Overwrites `gates` (i, f, g, o), moves `c` and `h` on by one step.
pub(super) fn forward<T: Real>(p: &[T], q: &[T], c: &mut [T], h: &mut [T], gates: &mut [T]) {
    let n = h.len();
    for (k, z) in gates.iter_mut().enumerate() {
        let act = if k / n == 2 { Activation::Tanh } else { Activation::Sigmoid };
        *z = activation::forward(act, p[k] + q[k]);
    }
    for j in 0..n {
        let [i, f, g, o] = [0, 1, 2, 3].map(|k| gates[k * n + j]);
        c[j] = f * c[j] + i * g;
        h[j] = o * c[j].tanh();
    }
}

/// With `d_c` from the step after: `d_c += d_h o (1 − tanh²c)`, then `d_z = (d_c g i′, d_c c_{t−1} f′, d_c i g′,
/// d_h tanh(c) o′)`, overwritten in `d_p`, and `d_c ← d_c f`, `d_h ← 0`.
pub(super) fn backward<T: Real>(gates: &[T], c: &[T], c_before: &[T], d_h: &mut [T], d_c: &mut [T], d_p: &mut [T]) {
    let n = c.len();
    let one = T::ONE;
    for j in 0..n {
        let [i, f, g, o] = [0, 1, 2, 3].map(|k| gates[k * n + j]);
        let t = c[j].tanh();
        d_c[j] += d_h[j] * o * (one - t * t);
        d_p[j] = d_c[j] * g * i * (one - i);
        d_p[n + j] = d_c[j] * c_before[j] * f * (one - f);
        d_p[2 * n + j] = d_c[j] * i * (one - g * g);
        d_p[3 * n + j] = d_h[j] * t * o * (one - o);
        d_c[j] *= f;
        d_h[j] = T::ZERO;
    }
}

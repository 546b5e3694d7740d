//! The GRU cell (Cho 2014) in PyTorch's form: `r = σ(p_r + q_r)`, `z = σ(p_z + q_z)`, `n = tanh(p_n + r q_n)`,
//! `h_t = (1 − z) n + z h_{t−1}`. The paper applies r to the state before the product; so does Keras with
//! `reset_after=False`.
//!
//! Not responsible for the sums p, q nor for time (`super`).

use crate::engine::ops::activation;
use crate::engine::real::Real;
use crate::spec::Activation;

/// Overwrites `gates` (r, z, n), moves `h` on by one step.
pub(super) fn forward<T: Real>(p: &[T], q: &[T], h: &mut [T], gates: &mut [T]) {
    let n_h = h.len();
    for j in 0..n_h {
        let [r, z] = [j, n_h + j].map(|k| activation::forward(Activation::Sigmoid, p[k] + q[k]));
        let n = (p[2 * n_h + j] + r * q[2 * n_h + j]).tanh();
        (gates[j], gates[n_h + j], gates[2 * n_h + j]) = (r, z, n);
        h[j] = (T::ONE - z) * n + z * h[j];
    }
}

/// With `hidden_n = q_n`: `d_p_n = d_h (1 − z) n′`, `d_p_z = d_h (h_{t−1} − n) z′`, `d_p_r = d_p_n q_n r′`; `d_q` is the
/// same but for `d_q_n = d_p_n r`. Overwrites both; `d_h ← d_h z`, what goes straight to `h_{t−1}`.
pub(super) fn backward<T: Real>(
    gates: &[T],
    hidden_n: &[T],
    h_before: &[T],
    d_h: &mut [T],
    d_p: &mut [T],
    d_q: &mut [T],
) {
    let (n_h, one) = (d_h.len(), T::ONE);
    for j in 0..n_h {
        let [r, z, n] = [0, 1, 2].map(|k| gates[k * n_h + j]);
        let d_n = d_h[j] * (one - z) * (one - n * n);
        d_p[j] = d_n * hidden_n[j] * r * (one - r);
        d_p[n_h + j] = d_h[j] * (h_before[j] - n) * z * (one - z);
        d_p[2 * n_h + j] = d_n;
        (d_q[j], d_q[n_h + j], d_q[2 * n_h + j]) = (d_p[j], d_p[n_h + j], d_n * r);
        d_h[j] *= z;
    }
}

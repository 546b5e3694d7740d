//! Binary cross-entropy on logits, mean over every element: `L = max(z, 0) − z·t + ln(1 + e^{−|z|})`.
//!
//! PyTorch's `BCEWithLogitsLoss`; targets are in `[0, 1]`.

use crate::engine::ops::activation;
use crate::engine::real::Real;
use crate::spec::Activation;

/// L.
pub fn forward<T: Real>(z: &[T], t: &[T]) -> T {
    let one = |z: T, t: T| (if z > T::ZERO { z } else { T::ZERO }) - z * t + (-z.abs()).exp().ln_1p();
    z.iter().zip(t).fold(T::ZERO, |a, (z, t)| a + one(*z, *t)) / T::from_usize(z.len())
}

/// `d_z = (σ(z) − t) / N`. Overwrites.
pub fn backward<T: Real>(z: &[T], t: &[T], d: &mut [T]) {
    let s = T::ONE / T::from_usize(z.len());
    for (d, (z, t)) in d.iter_mut().zip(z.iter().zip(t)) {
        *d = s * (activation::forward(Activation::Sigmoid, *z) - *t);
    }
}

//! Mean squared error over every element: `L = mean((p − t)²)`; half of it is TensorFlow Playground's loss.

use crate::engine::real::Real;

/// L.
pub fn forward<T: Real>(p: &[T], t: &[T]) -> T {
    p.iter().zip(t).fold(T::ZERO, |a, (p, t)| a + (*p - *t) * (*p - *t)) / T::from_usize(p.len())
}

/// `d_p = factor · (p − t) / N`, factor 2 (or 1 for half the error). Overwrites.
pub fn backward<T: Real>(p: &[T], t: &[T], factor: f64, d: &mut [T]) {
    let s = T::from_f64(factor) / T::from_usize(p.len());
    for (d, (p, t)) in d.iter_mut().zip(p.iter().zip(t)) {
        *d = s * (*p - *t);
    }
}

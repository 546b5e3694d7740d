//! Mean absolute error over every element: `L = mean(|p − t|)` (PyTorch's `L1Loss`).

use crate::engine::real::Real;

/// L.
pub fn forward<T: Real>(p: &[T], t: &[T]) -> T {
    p.iter().zip(t).fold(T::ZERO, |a, (p, t)| a + (*p - *t).abs()) / T::from_usize(p.len())
}

/// `d_p = sign(p − t) / N`, 0 at equality as PyTorch. Overwrites.
pub fn backward<T: Real>(p: &[T], t: &[T], d: &mut [T]) {
    let s = T::ONE / T::from_usize(p.len());
    for (d, (p, t)) in d.iter_mut().zip(p.iter().zip(t)) {
        let e = *p - *t;
        // e times 0 keeps NaN and is 0 at equality.
        *d = if e > T::ZERO {
            s
        } else if e < T::ZERO {
            -s
        } else {
            e * T::ZERO
        };
    }
}

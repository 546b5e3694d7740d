//! Huber (1964): `e²/2` where `|e| ≤ δ`, else `δ(|e| − δ/2)`, mean over every element (PyTorch's `HuberLoss`).

use crate::engine::real::Real;

/// L.
pub fn forward<T: Real>(p: &[T], t: &[T], delta: f64) -> T {
    let (d, half) = (T::from_f64(delta), T::from_f64(0.5));
    let one = |e: T| if e.abs() <= d { half * e * e } else { d * (e.abs() - half * d) };
    p.iter().zip(t).fold(T::ZERO, |a, (p, t)| a + one(*p - *t)) / T::from_usize(p.len())
}

/// `d_p = clamp(p − t, −δ, δ) / N`. Overwrites.
pub fn backward<T: Real>(p: &[T], t: &[T], delta: f64, out: &mut [T]) {
    let (d, s) = (T::from_f64(delta), T::ONE / T::from_usize(p.len()));
    for (o, (p, t)) in out.iter_mut().zip(p.iter().zip(t)) {
        let e = *p - *t;
        *o = s * if e > d {
            d
        } else if e < -d {
            -d
        } else {
            e
        };
    }
}

//! Multi-class hinge, mean over rows: `L = Σ_{k≠t} max(0, margin − z_t + z_k) / K` (PyTorch's `MultiMarginLoss`).

use crate::engine::real::Real;

/// L.
pub fn forward<T: Real>(z: &[T], t: &[T], k: usize, margin: f64) -> T {
    let mut total = T::ZERO;
    for (m, row) in z.chunks_exact(k).enumerate() {
        let class = t[m].to_f64() as usize;
        for (j, v) in row.iter().enumerate() {
            let h = T::from_f64(margin) - row[class] + *v;
            // Written so that NaN counts.
            if j == class || h <= T::ZERO {
                continue;
            }
            total += h;
        }
    }
    total / T::from_usize(t.len() * k)
}

/// `1/(B·K)` for every class inside the margin, their negative sum for the right one. Overwrites.
pub fn backward<T: Real>(z: &[T], t: &[T], k: usize, margin: f64, d: &mut [T]) {
    let s = T::ONE / T::from_usize(t.len() * k);
    d.fill(T::ZERO);
    for (m, row) in z.chunks_exact(k).enumerate() {
        let class = t[m].to_f64() as usize;
        for (j, v) in row.iter().enumerate() {
            if j != class && T::from_f64(margin) - row[class] + *v > T::ZERO {
                d[m * k + j] += s;
                d[m * k + class] -= s;
            }
        }
    }
}

//! Softmax cross-entropy on logits, mean over rows: `L = −Σ_k q_k ln softmax(z)_k`, `q = (1 − ε)·onehot + ε/K`.
//!
//! PyTorch's `CrossEntropyLoss(label_smoothing=ε, ignore_index=-1)`. Targets are class indices, stored as numbers; rows
//! with a negative one count neither in the sum nor in the mean. Without any that count the loss is 0 (PyTorch: NaN).

use crate::engine::real::Real;

/// Rows that count.
fn counted<T: Real>(t: &[T]) -> T {
    T::from_usize(t.iter().filter(|t| **t >= T::ZERO).count().max(1))
}

/// L; overwrites `probs (B, K)` with the softmax.
pub fn forward<T: Real>(z: &[T], t: &[T], k: usize, smoothing: f64, probs: &mut [T]) -> T {
    let eps = T::from_f64(smoothing);
    let mut total = T::ZERO;
    for (m, row) in z.chunks_exact(k).enumerate() {
        // A NaN anywhere in the row reaches `sum`, whether or not it becomes `max`.
        let max = row.iter().fold(row[0], |a, v| if *v > a { *v } else { a });
        let sum = row.iter().fold(T::ZERO, |a, v| a + (*v - max).exp());
        let log_sum = sum.ln() + max;
        let mut mean_z = T::ZERO;
        for (j, v) in row.iter().enumerate() {
            // Not exp(v − log_sum): the rounding of a large log_sum would become a relative error of the softmax.
            probs[m * k + j] = (*v - max).exp() / sum;
            mean_z += *v / T::from_usize(k);
        }
        if t[m] < T::ZERO {
            continue;
        }
        let class = t[m].to_f64() as usize;
        total += (T::ONE - eps) * (log_sum - row[class]) + eps * (log_sum - mean_z);
    }
    total / counted(t)
}

/// `d_z = (softmax(z) − q) / rows that count`, 0 in the others. Overwrites.
pub fn backward<T: Real>(probs: &[T], t: &[T], k: usize, smoothing: f64, d: &mut [T]) {
    let s = T::ONE / counted(t);
    let (rest, hit) = (T::from_f64(smoothing / k as f64), T::from_f64(1.0 - smoothing));
    for m in 0..t.len() {
        let class = t[m].to_f64() as usize;
        for j in 0..k {
            let q = rest + if j == class { hit } else { T::ZERO };
            d[m * k + j] = if t[m] < T::ZERO { T::ZERO } else { s * (probs[m * k + j] - q) };
        }
    }
}

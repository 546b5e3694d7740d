//! Softmax cross-entropy on logits, mean over rows: `L = −Σ_k q_k ln softmax(z)_k`, `q = (1 − ε)·onehot + ε/K`.
//!
//! With a weight `w_k` for each class: `L = Σ_rows Σ_k w_k q_k (−ln softmax(z)_k) / Σ_rows w_y`, where the share `1 − ε` of a
//! row counts as its own class `y` does.
//!
//! PyTorch's `CrossEntropyLoss(weight=w, label_smoothing=ε, ignore_index=-1)`. Targets are class indices, stored as numbers; rows
//! with a negative one count neither in the sum nor in the mean. Without any that count the loss is 0 (PyTorch: NaN).

use crate::engine::real::Real;

/// Weight of a class; all count alike where none are given.
fn weight<T: Real>(weights: &[f32], class: usize) -> T {
    weights.get(class).map_or(T::ONE, |w| T::from_f64(f64::from(*w)))
}

/// What the sum over rows is divided by: the weights of those that count.
fn counted<T: Real>(t: &[T], weights: &[f32]) -> T {
    let mine = |t: &T| weight(weights, t.to_f64() as usize);
    let sum = t.iter().filter(|t| **t >= T::ZERO).fold(T::ZERO, |sum, t| sum + mine(t));
    if sum > T::ZERO { sum } else { T::ONE }
}

/// L; overwrites `probs (B, K)` with the softmax.
pub fn forward<T: Real>(z: &[T], t: &[T], k: usize, smoothing: f64, weights: &[f32], probs: &mut [T]) -> T {
    let eps = T::from_f64(smoothing);
    let mut total = T::ZERO;
    for (m, row) in z.chunks_exact(k).enumerate() {
        // A NaN anywhere in the row reaches `sum`, whether or not it becomes `max`.
        let max = row.iter().fold(row[0], |a, v| if *v > a { *v } else { a });
        let sum = row.iter().fold(T::ZERO, |a, v| a + (*v - max).exp());
        let log_sum = sum.ln() + max;
        let mut spread = T::ZERO;
        for (j, v) in row.iter().enumerate() {
            // Not exp(v − log_sum): the rounding of a large log_sum would become a relative error of the softmax.
            probs[m * k + j] = (*v - max).exp() / sum;
            spread += weight::<T>(weights, j) * (log_sum - *v) / T::from_usize(k);
        }
        if t[m] < T::ZERO {
            continue;
        }
        let class = t[m].to_f64() as usize;
        total += (T::ONE - eps) * weight(weights, class) * (log_sum - row[class]) + eps * spread;
    }
    total / counted(t, weights)
}

/// `d_z = (Σ_j w_j q_j · softmax(z) − w q) / weights of the rows that count`, 0 in the others. Overwrites.
pub fn backward<T: Real>(probs: &[T], t: &[T], k: usize, smoothing: f64, weights: &[f32], d: &mut [T]) {
    let s = T::ONE / counted(t, weights);
    let (rest, hit) = (T::from_f64(smoothing / k as f64), T::from_f64(1.0 - smoothing));
    let all = (0..k).fold(T::ZERO, |sum, j| sum + weight(weights, j));
    for m in 0..t.len() {
        let class = t[m].to_f64() as usize;
        for j in 0..k {
            let q = rest + if j == class { hit } else { T::ZERO };
            let of_row = rest * all + hit * weight(weights, class);
            let own = of_row * probs[m * k + j] - weight::<T>(weights, j) * q;
            d[m * k + j] = if t[m] < T::ZERO { T::ZERO } else { s * own };
        }
    }
}

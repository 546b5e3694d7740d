//! Softmax cross-entropy in which classes count differently; without weights the kernels of `softmax` do it.
//!
//! Formulas are those of [`crate::engine::loss::cross_entropy`]. Not responsible for where weights come from.

use crate::backend::simd::kernels::math::ln;
use crate::backend::simd::kernels::{map, softmax};
use crate::engine::ops::loss::LossOp;
use wide::f32x4;

/// The weighted mean loss. Overwrites `probs` (B, k) with the softmax.
///
/// # Panics
/// If the lengths differ or a class is not below `k`, as every function of this file does.
pub fn cross_entropy(z: &[f32], t: &[f32], op: &LossOp, smoothing: f32, probs: &mut [f32]) -> f32 {
    let (k, w) = (op.width, op.weights.as_slice());
    if w.is_empty() {
        return softmax::cross_entropy(z, t, k, smoothing, probs);
    }
    assert!(z.len() == t.len() * k && w.len() == k, "lengths differ");
    softmax::softmax(z, k, probs);
    let mut loss = 0.0f64;
    for ((z, probs), t) in z.chunks_exact(k).zip(probs.chunks_exact(k)).zip(t) {
        let greatest = z.iter().fold(f32::NEG_INFINITY, |a, v| a.max(*v));
        // Of the greatest entry the softmax is 1 over the sum of all.
        let top = probs.iter().fold(0.0f32, |a, p| a.max(*p));
        // NaN passes through the sum, whichever is the greatest.
        let log_total = -ln(f32x4::splat(top)).to_array()[0] + 0.0 * probs.iter().sum::<f32>();
        if *t < 0.0 {
            continue;
        }
        let distance = |j: usize| (greatest - z[j]) + log_total;
        let class = *t as usize;
        let mut row = (1.0 - smoothing) * w[class] * distance(class);
        if smoothing != 0.0 {
            row += smoothing / k as f32 * (0..k).map(|j| w[j] * distance(j)).sum::<f32>();
        }
        loss += f64::from(row);
    }
    (loss / f64::from(counted(t, w))) as f32
}

/// Weights of the rows that count; 1 where there are none, to be divided by.
fn counted(t: &[f32], w: &[f32]) -> f32 {
    let sum: f32 = t.iter().filter(|t| **t >= 0.0).map(|t| w[*t as usize]).sum();
    if sum > 0.0 { sum } else { 1.0 }
}

/// The gradient of [`cross_entropy`]. Overwrites `d_z`.
pub fn cross_entropy_backward(probs: &[f32], t: &[f32], op: &LossOp, smoothing: f32, d_z: &mut [f32]) {
    let (k, w) = (op.width, op.weights.as_slice());
    if w.is_empty() {
        return softmax::cross_entropy_backward(probs, t, k, smoothing, d_z);
    }
    assert!(probs.len() == t.len() * k && d_z.len() == probs.len() && w.len() == k, "lengths differ");
    let (scale, rest) = (1.0 / counted(t, w), smoothing / k as f32);
    let all: f32 = w.iter().sum();
    for ((probs, d), t) in probs.chunks_exact(k).zip(d_z.chunks_exact_mut(k)).zip(t) {
        if *t < 0.0 {
            d.fill(0.0);
            continue;
        }
        let class = *t as usize;
        let of_row = f32x4::splat(scale * (rest * all + (1.0 - smoothing) * w[class]));
        let spread = f32x4::splat(scale * rest);
        map::zip(probs, w, d, |p, w| p * of_row - w * spread);
        d[class] -= scale * (1.0 - smoothing) * w[class];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::loss::cross_entropy as reference;
    use crate::engine::rng::Rng;
    use crate::spec::Loss;

    #[test]
    fn rows_of_every_width_follow_the_reference() {
        let mut rng = Rng::new(5, 0);
        for (k, rows, size) in [(1, 3, 1.0), (2, 1, 1.0), (3, 9, 2.0), (10, 32, 60.0), (17, 5, 1.0), (33, 6, 20.0)] {
            let z: Vec<f32> = (0..rows * k).map(|_| rng.range(-size, size)).collect();
            let mut t: Vec<f32> = (0..rows).map(|_| rng.below(k as u32) as f32).collect();
            if size > 1.0 {
                t[0] = crate::spec::data::IGNORED;
            }
            let weights: Vec<f32> = (0..k).map(|_| rng.range(0.1, 5.0)).collect();
            let op = LossOp { loss: Loss::CrossEntropy { label_smoothing: 0.0 }, width: k, weights: weights.clone() };
            let wide = |x: &[f32]| x.iter().map(|v| f64::from(*v)).collect::<Vec<_>>();
            let (z64, t64) = (wide(&z), wide(&t));
            for smoothing in [0.0, 0.1] {
                let (mut probs, mut d) = (vec![9.0; z.len()], vec![9.0; z.len()]);
                let (mut probs64, mut d64) = (vec![0.0; z.len()], vec![0.0; z.len()]);
                let loss = cross_entropy(&z, &t, &op, smoothing, &mut probs);
                let truth = reference::forward(&z64, &t64, k, f64::from(smoothing), &weights, &mut probs64);
                assert!((f64::from(loss) - truth).abs() < 4e-6 * (1.0 + truth.abs()), "{k}: {loss} for {truth}");
                cross_entropy_backward(&probs, &t, &op, smoothing, &mut d);
                reference::backward(&probs64, &t64, k, f64::from(smoothing), &weights, &mut d64);
                for (a, b) in d.iter().zip(&d64) {
                    assert!((f64::from(*a) - b).abs() < 4e-6 * (1.0 + b.abs()), "{k}: {a} for {b}");
                }
            }
        }
        let op = LossOp { loss: Loss::CrossEntropy { label_smoothing: 0.0 }, width: 2, weights: vec![1.0, 2.0] };
        assert!(cross_entropy(&[0.0, f32::NAN], &[0.0], &op, 0.0, &mut [0.0; 2]).is_nan());
    }
}

//! The element-wise losses and their gradients: squared, absolute, Huber, binary cross-entropy on logits.
//!
//! Formulas and means are those of [`crate::engine::loss`]. Sums run in sixteen partial sums. Not responsible for
//! softmax cross-entropy (`softmax`) nor the hinge, which has too few numbers to need lanes.

use crate::backend::simd::kernels::lanes::{at_least, at_most, pick, splat, sum};
use crate::backend::simd::kernels::map::zip;
use crate::backend::simd::kernels::math::{exp, ln_1p_unit, sigmoid};
use crate::backend::simd::kernels::reduce::fold;
use wide::f32x4;

/// Mean of `f(p, t)`, where `f(0, 0)` must be `at_zero` (the tail's empty lanes).
#[inline(always)]
fn mean(p: &[f32], t: &[f32], at_zero: f32, f: impl Fn(f32x4, f32x4) -> f32x4) -> f32 {
    let n = p.len();
    let total = sum(fold([p, t], 0.0, 0.0, |a, [p, t]| a + f(p, t), |a, b| a + b));
    let empty = (4 - n % 4) % 4;
    (total - empty as f32 * at_zero) / n as f32
}

/// `mean((p − t)²)`.
///
/// # Panics
/// If the lengths differ, as every function of this file does.
pub fn mse(p: &[f32], t: &[f32]) -> f32 {
    mean(p, t, 0.0, |p, t| (p - t) * (p - t))
}

/// `d_p = factor·(p − t) / N`, factor 2, or 1 for half the squared error. Overwrites `d_p`.
pub fn mse_backward(p: &[f32], t: &[f32], factor: f32, d_p: &mut [f32]) {
    let s = splat(factor / p.len() as f32);
    zip(p, t, d_p, |p, t| s * (p - t));
}

/// `mean(|p − t|)`.
pub fn mae(p: &[f32], t: &[f32]) -> f32 {
    mean(p, t, 0.0, |p, t| (p - t).abs())
}

/// `d_p = sign(p − t) / N`, 0 at equality. Overwrites `d_p`.
pub fn mae_backward(p: &[f32], t: &[f32], d_p: &mut [f32]) {
    let (s, zero) = (splat(1.0 / p.len() as f32), splat(0.0));
    zip(p, t, d_p, |p, t| {
        let e = p - t;
        // e·0 is 0 at equality and NaN for NaN.
        pick(e.simd_gt(zero), s, pick(e.simd_lt(zero), -s, e * zero))
    });
}

/// Mean of `e²/2` where `|e| ≤ δ`, else `δ(|e| − δ/2)`, with `e = p − t`.
pub fn huber(p: &[f32], t: &[f32], delta: f32) -> f32 {
    let (delta, half) = (splat(delta), splat(0.5));
    mean(p, t, 0.0, |p, t| {
        let e = (p - t).abs();
        pick(e.simd_le(delta), half * e * e, delta * (e - half * delta))
    })
}

/// `d_p = clamp(p − t, −δ, δ) / N`. Overwrites `d_p`.
pub fn huber_backward(p: &[f32], t: &[f32], delta: f32, d_p: &mut [f32]) {
    let (delta, s) = (splat(delta), splat(1.0 / p.len() as f32));
    zip(p, t, d_p, |p, t| s * at_least(at_most(p - t, delta), -delta));
}

/// Binary cross-entropy on logits: mean of `max(z, 0) − z·t + ln(1 + e^−|z|)`.
pub fn bce(z: &[f32], t: &[f32]) -> f32 {
    mean(z, t, std::f32::consts::LN_2, |z, t| at_least(z, splat(0.0)) - z * t + ln_1p_unit(exp(-z.abs())))
}

/// `d_z = (σ(z) − t) / N`. Overwrites `d_z`.
pub fn bce_backward(z: &[f32], t: &[f32], d_z: &mut [f32]) {
    let s = splat(1.0 / z.len() as f32);
    zip(z, t, d_z, |z, t| s * (sigmoid(z) - t));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::loss as reference;
    use crate::engine::rng::Rng;

    /// A few ulp per term and as many for the sum; relative, or absolute below 1.
    const NEAR: f64 = 2e-6;

    #[test]
    fn every_length_follows_the_reference() {
        let mut rng = Rng::new(12, 0);
        for n in [1, 2, 3, 4, 5, 7, 8, 9, 17, 33, 1000] {
            let mut p: Vec<f32> = (0..n).map(|_| rng.range(-9.0, 9.0)).collect();
            let t: Vec<f32> = (0..n).map(|_| rng.uniform()).collect();
            p[0] = t[0];
            let p64: Vec<f64> = p.iter().map(|x| f64::from(*x)).collect();
            let t64: Vec<f64> = t.iter().map(|x| f64::from(*x)).collect();
            let (mut d, mut d64) = (vec![9.0; n], vec![0.0; n]);
            let check = |name: &str, loss: f32, truth: f64, d: &[f32], d64: &[f64]| {
                for (a, b) in d.iter().zip(d64).chain([(&loss, &truth)]) {
                    assert!((f64::from(*a) - b).abs() <= NEAR * (1.0 + b.abs()), "{name} of {n}: {a} for {b}");
                }
            };
            mse_backward(&p, &t, 2.0, &mut d);
            reference::mse::backward(&p64, &t64, 2.0, &mut d64);
            check("mse", mse(&p, &t), reference::mse::forward(&p64, &t64), &d, &d64);
            mae_backward(&p, &t, &mut d);
            reference::mae::backward(&p64, &t64, &mut d64);
            check("mae", mae(&p, &t), reference::mae::forward(&p64, &t64), &d, &d64);
            huber_backward(&p, &t, 1.5, &mut d);
            reference::huber::backward(&p64, &t64, 1.5, &mut d64);
            check("huber", huber(&p, &t, 1.5), reference::huber::forward(&p64, &t64, 1.5), &d, &d64);
            bce_backward(&p, &t, &mut d);
            reference::bce::backward(&p64, &t64, &mut d64);
            check("bce", bce(&p, &t), reference::bce::forward(&p64, &t64), &d, &d64);
        }
    }

    #[test]
    fn nan_shows_in_every_loss_and_gradient() {
        let (p, t) = ([1.0, f32::NAN, 0.0, 2.0, 1.0], [0.0; 5]);
        for loss in [mse(&p, &t), mae(&p, &t), huber(&p, &t, 1.0), bce(&p, &t)] {
            assert!(loss.is_nan());
        }
        let mut d = [[0.0; 5]; 4];
        mse_backward(&p, &t, 2.0, &mut d[0]);
        mae_backward(&p, &t, &mut d[1]);
        huber_backward(&p, &t, 1.0, &mut d[2]);
        bce_backward(&p, &t, &mut d[3]);
        assert!(d.iter().all(|d| d[1].is_nan() && d[0].is_finite() && d[4].is_finite()));
    }
}

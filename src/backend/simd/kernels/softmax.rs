//! Softmax over rows, its logarithm, and softmax cross-entropy with its gradient.
//!
//! Every row is shifted by its greatest entry first, so nothing overflows. Formulas are those of
//! [`crate::engine::loss::cross_entropy`]; exp and ln are the four-lane ones. Not responsible for other losses (`loss`).

use super::elementwise::scale_in_place;
use super::lanes::{load, load_part, pick, splat, store, store_part, sum};
use super::map::{map, map_in_place};
use super::math::{exp, ln};
use super::reduce;
use wide::f32x4;

/// `e[j] = exp(z[j] − max z)`; returns `(max z, Σ e)`.
#[inline(always)]
fn exp_row(z: &[f32], e: &mut [f32]) -> (f32, f32) {
    assert_eq!(z.len(), e.len(), "lengths differ");
    let max = reduce::max(z);
    let (shift, n) = (splat(max), z.len());
    let mut total = splat(0.0);
    // SAFETY: i + 4 <= n in the loop, n - i floats in the tail; both slices have n.
    unsafe {
        let (z, e) = (z.as_ptr(), e.as_mut_ptr());
        let mut i = 0;
        while i + 4 <= n {
            let x = exp(load(z.add(i)) - shift);
            store(e.add(i), x);
            total += x;
            i += 4;
        }
        if i < n {
            // Lanes beyond the row become exp(−∞) = 0.
            let x = exp(load_part(z.add(i), n - i, f32::NEG_INFINITY) - shift);
            store_part(e.add(i), x, 0, n - i);
            total += x;
        }
    }
    (max, sum(total))
}

/// Rows at most this long are taken four at a time, a row to a lane: with few classes the lanes would else stay empty.
const SHORT: usize = 16;

/// Softmax of four rows of `k <= SHORT`; returns per row `(max z, Σ e)`.
#[inline(always)]
fn four_rows(z: &[f32], k: usize, y: &mut [f32]) -> (f32x4, f32x4) {
    assert!(k <= SHORT && z.len() == 4 * k && y.len() == 4 * k, "not four short rows");
    let mut e = [splat(0.0); SHORT];
    let e = &mut e[..k];
    let mut max = splat(f32::NEG_INFINITY);
    for (j, e) in e.iter_mut().enumerate() {
        *e = f32x4::new([z[j], z[k + j], z[2 * k + j], z[3 * k + j]]);
        max = pick(e.simd_gt(max), *e, max);
    }
    let mut total = splat(0.0);
    for e in e.iter_mut() {
        *e = exp(*e - max);
        total += *e;
    }
    let scale = splat(1.0) / total;
    for (j, e) in e.iter().enumerate() {
        let [a, b, c, d] = (*e * scale).to_array();
        (y[j], y[k + j], y[2 * k + j], y[3 * k + j]) = (a, b, c, d);
    }
    (max, total)
}

/// Splits rows of `k` into blocks of four short ones and the rest; returns where the rest starts.
#[inline(always)]
fn whole_blocks(len: usize, k: usize) -> usize {
    if k <= SHORT { len / (4 * k) * (4 * k) } else { 0 }
}

#[inline(always)]
fn ln_of(x: f32) -> f32 {
    ln(splat(x)).to_array()[0]
}

/// `y = softmax(z)` over rows of `k`. Overwrites `y`.
///
/// # Panics
/// If the lengths differ, as every function of this file does.
pub fn softmax(z: &[f32], k: usize, y: &mut [f32]) {
    assert_eq!(z.len(), y.len(), "lengths differ");
    let rest = whole_blocks(z.len(), k);
    for (z, y) in z[..rest].chunks_exact(4 * k).zip(y[..rest].chunks_exact_mut(4 * k)) {
        four_rows(z, k, y);
    }
    for (z, y) in z[rest..].chunks_exact(k).zip(y[rest..].chunks_exact_mut(k)) {
        let (_, total) = exp_row(z, y);
        scale_in_place(1.0 / total, y);
    }
}

/// `y = ln softmax(z)` over rows of `k`. Overwrites `y`.
pub fn log_softmax(z: &[f32], k: usize, y: &mut [f32]) {
    assert_eq!(z.len(), y.len(), "lengths differ");
    for (z, y) in z.chunks_exact(k).zip(y.chunks_exact_mut(k)) {
        let (max, total) = exp_row(z, y);
        // One after the other: added up first, the logarithm would be lost beside a great maximum.
        let (max, log_total) = (splat(max), splat(ln_of(total)));
        map(z, y, |z| (z - max) - log_total);
    }
}

/// `d_z = y·(d_y − Σ d_y·y)` for `y = softmax(z)`, over rows of `k`. Overwrites `d_z`.
pub fn softmax_backward(y: &[f32], d_y: &[f32], k: usize, d_z: &mut [f32]) {
    assert!(y.len() == d_y.len() && y.len() == d_z.len(), "lengths differ");
    for ((y, d_y), d_z) in y.chunks_exact(k).zip(d_y.chunks_exact(k)).zip(d_z.chunks_exact_mut(k)) {
        let mean = splat(reduce::dot(y, d_y));
        super::map::zip(y, d_y, d_z, |y, d_y| y * (d_y - mean));
    }
}

/// Mean over rows of `−Σ_k q_k ln softmax(z)_k`, with `q = (1 − ε)·onehot + ε/k`; classes are whole numbers in `t` (B).
/// Rows with a negative class count neither in the sum nor in the mean; without any that count the result is 0.
/// Overwrites `probs` (B, k) with the softmax. PyTorch's `CrossEntropyLoss(label_smoothing=ε, ignore_index=-1)`.
///
/// # Panics
/// Also if a class is not below `k`.
pub fn cross_entropy(z: &[f32], t: &[f32], k: usize, smoothing: f32, probs: &mut [f32]) -> f32 {
    assert!(z.len() == t.len() * k && probs.len() == z.len(), "lengths differ");
    let row_loss = |z: &[f32], t: f32, max: f32, log_total: f32| {
        if t < 0.0 {
            return 0.0;
        }
        let mut row = (1.0 - smoothing) * (max - z[t as usize]) + log_total;
        if smoothing != 0.0 {
            row += smoothing * (max - reduce::sum(z) / k as f32);
        }
        f64::from(row)
    };
    let (mut loss, mut m) = (0.0f64, 0);
    let rest = whole_blocks(z.len(), k);
    for (z, probs) in z[..rest].chunks_exact(4 * k).zip(probs[..rest].chunks_exact_mut(4 * k)) {
        let (max, total) = four_rows(z, k, probs);
        let log_total = ln(total).to_array();
        for (r, (max, log_total)) in max.to_array().into_iter().zip(log_total).enumerate() {
            loss += row_loss(&z[r * k..(r + 1) * k], t[m + r], max, log_total);
        }
        m += 4;
    }
    for (z, probs) in z[rest..].chunks_exact(k).zip(probs[rest..].chunks_exact_mut(k)) {
        let (max, total) = exp_row(z, probs);
        scale_in_place(1.0 / total, probs);
        loss += row_loss(z, t[m], max, ln_of(total));
        m += 1;
    }
    (loss / counted(t) as f64) as f32
}

/// Rows whose class is not negative; at least 1, to be divided by.
fn counted(t: &[f32]) -> usize {
    t.iter().filter(|t| **t >= 0.0).count().max(1)
}

/// `d_z = (probs − q) / rows that count`, 0 in rows with a negative class. Overwrites `d_z`.
///
/// # Panics
/// Also if a class is not below `k`.
pub fn cross_entropy_backward(probs: &[f32], t: &[f32], k: usize, smoothing: f32, d_z: &mut [f32]) {
    assert_eq!(probs.len(), t.len() * k, "lengths differ");
    let scale = 1.0 / counted(t) as f32;
    let (rest, s) = (splat(smoothing / k as f32), splat(scale));
    map(probs, d_z, |p| s * (p - rest));
    let hit = scale * (1.0 - smoothing);
    for (d, t) in d_z.chunks_exact_mut(k).zip(t) {
        if *t >= 0.0 {
            d[*t as usize] -= hit;
        } else {
            d.fill(0.0);
        }
    }
}

/// `x ← exp(x)`, for callers that keep log-probabilities.
pub fn exp_in_place(x: &mut [f32]) {
    map_in_place(x, exp);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::loss::cross_entropy as reference;
    use crate::engine::rng::Rng;

    /// exp and ln err by about an ulp each; sums of up to 33 terms add a few more. Relative, or absolute below 1.
    const NEAR: f64 = 4e-6;

    fn near(name: &str, got: &[f32], truth: &[f64]) {
        assert_eq!(got.len(), truth.len());
        for (a, b) in got.iter().zip(truth) {
            assert!((f64::from(*a) - b).abs() <= NEAR * (1.0 + b.abs()), "{name}: {a} for {b}");
        }
    }

    #[test]
    fn rows_of_every_width_follow_the_reference() {
        let mut rng = Rng::new(9, 0);
        for k in [1, 2, 3, 4, 5, 7, 8, 9, 10, 17, 33] {
            for rows in [1, 2, 5, 32] {
                for size in [1.0, 60.0] {
                    let z: Vec<f32> = (0..rows * k).map(|_| rng.range(-size, size)).collect();
                    let mut t: Vec<f32> = (0..rows).map(|_| rng.below(k as u32) as f32).collect();
                    if size > 1.0 {
                        // Of one row none counts then, of two one.
                        t.iter_mut().step_by(3).for_each(|t| *t = crate::spec::data::IGNORED);
                    }
                    let z64: Vec<f64> = z.iter().map(|z| f64::from(*z)).collect();
                    let t64: Vec<f64> = t.iter().map(|t| f64::from(*t)).collect();
                    let (mut y, mut probs, mut d) = (vec![9.0; z.len()], vec![9.0; z.len()], vec![9.0; z.len()]);
                    let (mut probs64, mut d64) = (vec![0.0; z.len()], vec![0.0; z.len()]);
                    for smoothing in [0.0, 0.1] {
                        let eps = f64::from(smoothing);
                        let loss = cross_entropy(&z, &t, k, smoothing, &mut probs);
                        let truth = reference::forward(&z64, &t64, k, eps, &[], &mut probs64);
                        near("loss", &[loss], &[truth]);
                        near("probs", &probs, &probs64);
                        cross_entropy_backward(&probs, &t, k, smoothing, &mut d);
                        reference::backward(&probs64, &t64, k, eps, &[], &mut d64);
                        near("d_z", &d, &d64);
                    }
                    softmax(&z, k, &mut y);
                    near("softmax", &y, &probs64);
                    log_softmax(&z, k, &mut y);
                    near("log_softmax", &y, &probs64.iter().map(|p| p.ln()).collect::<Vec<_>>());
                    let d_y: Vec<f32> = (0..rows * k).map(|_| rng.range(-1.0, 1.0)).collect();
                    softmax_backward(&probs, &d_y, k, &mut d);
                    for m in 0..rows {
                        let row = m * k..(m + 1) * k;
                        let mean: f64 =
                            probs64[row.clone()].iter().zip(&d_y[row.clone()]).map(|(p, d)| p * f64::from(*d)).sum();
                        let truth: Vec<f64> = row.clone().map(|i| probs64[i] * (f64::from(d_y[i]) - mean)).collect();
                        near("softmax_backward", &d[row], &truth);
                    }
                }
            }
        }
    }

    #[test]
    fn great_logits_stay_finite_and_nan_shows() {
        let mut probs = [0.0; 4];
        assert_eq!(cross_entropy(&[1e30, -1e30, 3e38, 3e38], &[0.0, 1.0], 2, 0.0, &mut probs), 0.5 * 2f32.ln());
        assert_eq!(probs, [1.0, 0.0, 0.5, 0.5]);
        assert!(cross_entropy(&[0.0, f32::NAN, 0.0, 0.0], &[0.0, 1.0], 2, 0.0, &mut probs).is_nan());
        assert!(probs[0].is_nan() && probs[2] == 0.5);
        let mut x = [0.0, 1.0];
        exp_in_place(&mut x);
        assert_eq!(x[0], 1.0);
    }
}

//! A linear classifier on given features: softmax regression, fitted to few rows and measured on others.
//!
//! The whole set in every step, so that nothing is drawn: the same features give the same figure. Not responsible for where
//! features come from (`session::probe`).

/// Steps of Adam, with rate and decay of the weights: enough for some hundred rows to be told apart.
const STEPS: i32 = 200;
const RATE: f32 = 0.05;
const DECAY: f32 = 1e-2;
/// A feature that varies less than this share of the one that varies most is not blown up to the same size.
const LEAST: f32 = 0.1;

/// Rows of features with their classes.
pub struct Rows<'a> {
    /// Row after row.
    pub x: &'a [f32],
    /// The class of each.
    pub y: &'a [usize],
}

/// Mean and deviation of each feature over these rows.
fn measure(x: &[f32], width: usize) -> (Vec<f32>, Vec<f32>) {
    let n = (x.len() / width).max(1) as f32;
    let (mut mean, mut std) = (vec![0.0; width], vec![0.0; width]);
    for row in x.chunks_exact(width) {
        mean.iter_mut().zip(row).for_each(|(m, v)| *m += v / n);
    }
    for row in x.chunks_exact(width) {
        std.iter_mut().zip(row).zip(&mean).for_each(|((s, v), m)| *s += (v - m) * (v - m) / n);
    }
    let most = std.iter().fold(0.0_f32, |a, s| a.max(s.sqrt())).max(f32::MIN_POSITIVE);
    std.iter_mut().for_each(|s| *s = s.sqrt().max(LEAST * most));
    (mean, std)
}

/// Logits of a row: weights `(width + 1, classes)`, the last row of them the biases.
fn logits(row: &[f32], weights: &[f32], out: &mut [f32]) {
    let classes = out.len();
    out.copy_from_slice(&weights[row.len() * classes..]);
    for (v, w) in row.iter().zip(weights.chunks_exact(classes)) {
        out.iter_mut().zip(w).for_each(|(o, w)| *o += v * w);
    }
}

fn softmax(z: &mut [f32]) {
    let most = z.iter().copied().fold(f32::MIN, f32::max);
    z.iter_mut().for_each(|z| *z = libm::expf(*z - most));
    let sum: f32 = z.iter().sum();
    z.iter_mut().for_each(|z| *z /= sum);
}

/// Share of `test` that a classifier fitted to `train` gets right; `None` where there is nothing to fit or to measure.
pub fn probe(train: &Rows, test: &Rows, width: usize, classes: usize) -> Option<f32> {
    if width == 0 || classes == 0 || train.y.is_empty() || test.y.is_empty() {
        return None;
    }
    let (mean, std) = measure(train.x, width);
    let standard =
        |x: &[f32]| -> Vec<f32> { x.iter().enumerate().map(|(i, v)| (v - mean[i % width]) / std[i % width]).collect() };
    let weights = fit(&standard(train.x), train.y, width, classes);
    let mut out = vec![0.0; classes];
    let is_right = |(row, y): (&[f32], &usize)| {
        logits(row, &weights, &mut out);
        (0..classes).max_by(|a, b| out[*a].total_cmp(&out[*b])) == Some(*y)
    };
    let right = standard(test.x).chunks_exact(width).zip(test.y).map(is_right).filter(|r| *r).count();
    Some(right as f32 / test.y.len() as f32)
}

/// Weights after [`STEPS`] of Adam from 0.
fn fit(x: &[f32], y: &[usize], width: usize, classes: usize) -> Vec<f32> {
    let n = (width + 1) * classes;
    let (mut weights, mut grad) = (vec![0.0; n], vec![0.0; n]);
    let share = 1.0 / y.len() as f32;
    let (mut first, mut second, mut odds) = (vec![0.0_f32; n], vec![0.0_f32; n], vec![0.0; classes]);
    for step in 1..=STEPS {
        grad.iter_mut().zip(&weights).for_each(|(g, w)| *g = DECAY * w);
        for (row, y) in x.chunks_exact(width).zip(y) {
            logits(row, &weights, &mut odds);
            softmax(&mut odds);
            odds[*y] -= 1.0;
            odds.iter_mut().for_each(|o| *o *= share);
            for (v, g) in row.iter().chain([&1.0]).zip(grad.chunks_exact_mut(classes)) {
                g.iter_mut().zip(&odds).for_each(|(g, o)| *g += v * o);
            }
        }
        let (b1, b2) = (1.0 - 0.9_f32.powi(step), 1.0 - 0.999_f32.powi(step));
        for (i, g) in grad.iter().enumerate() {
            first[i] += 0.1 * (g - first[i]);
            second[i] += 0.001 * (g * g - second[i]);
            weights[i] -= RATE * first[i] / b1 / ((second[i] / b2).sqrt() + 1e-8);
        }
    }
    weights
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::engine::rng::Rng;

    #[test]
    fn what_a_plane_parts_is_told_apart_and_noise_is_not() {
        let mut rng = Rng::new(3, 1);
        let mut rows = |n: usize, far: f32| {
            let y: Vec<usize> = (0..n).map(|k| k % 3).collect();
            let x = y.iter().flat_map(|c| (0..5).map(|i| if i == *c { far } else { 0.0 }).collect::<Vec<f32>>());
            let x: Vec<f32> = x.collect::<Vec<f32>>().into_iter().map(|v| v + rng.normal()).collect();
            (x, y)
        };
        let mut figure = |far: f32| {
            let ((x, y), (tx, ty)) = (rows(60, far), rows(300, far));
            let (train, test) = (Rows { x: &x, y: &y }, Rows { x: &tx, y: &ty });
            let once = probe(&train, &test, 5, 3);
            assert_eq!(once, probe(&train, &test, 5, 3));
            once.unwrap()
        };
        let (near, far) = (figure(0.0), figure(6.0));
        assert!(far > 0.98 && (0.2..0.5).contains(&near), "{near} {far}");
        assert_eq!(probe(&Rows { x: &[], y: &[] }, &Rows { x: &[], y: &[] }, 5, 3), None);
    }
}

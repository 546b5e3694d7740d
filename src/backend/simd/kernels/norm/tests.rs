//! Both norms against the formulas in f64, over odd sizes, with and without each gradient.

use super::*;
use crate::backend::simd::ops::{
    batch_norm::{batch_norm, batch_norm_backward, batch_norm_eval},
    layer_norm::{layer_norm, layer_norm_backward},
};
use crate::engine::rng::Rng;

/// A few ulp of numbers of size one; sums over up to 33 rows or columns. Relative, or absolute below 1.
const NEAR: f64 = 1e-5;
const EPS: f64 = 1e-5;

fn near(name: &str, got: &[f32], truth: &[f64]) {
    assert_eq!(got.len(), truth.len());
    for (i, (a, b)) in got.iter().zip(truth).enumerate() {
        assert!((f64::from(*a) - b).abs() <= NEAR * (1.0 + b.abs()), "{name}[{i}]: {a} for {b}");
    }
}

fn random(rng: &mut Rng, n: usize) -> Vec<f32> {
    (0..n).map(|_| rng.range(-1.0, 2.0)).collect()
}

fn wide(x: &[f32]) -> Vec<f64> {
    x.iter().map(|x| f64::from(*x)).collect()
}

/// `groups[i]` says which statistics element `i` belongs to. Returns y, d_x, mean, biased variance.
fn truth(
    x: &[f64],
    groups: &[usize],
    count: usize,
    c: usize,
    w: &[f64],
    b: &[f64],
    d_y: &[f64],
) -> (Vec<f64>, Vec<f64>, Vec<f64>, Vec<f64>) {
    let n = (x.len() / count) as f64;
    let per_group = |f: &dyn Fn(usize) -> f64| {
        let mut s = vec![0.0; count];
        groups.iter().enumerate().for_each(|(i, g)| s[*g] += f(i) / n);
        s
    };
    let mean = per_group(&|i| x[i]);
    let var = per_group(&|i| (x[i] - mean[groups[i]]).powi(2));
    let hat = |i: usize| (x[i] - mean[groups[i]]) / (var[groups[i]] + EPS).sqrt();
    let g = |i: usize| d_y[i] * w[i % c];
    let (mean_g, mean_gx) = (per_group(&g), per_group(&|i| g(i) * hat(i)));
    let y = (0..x.len()).map(|i| hat(i) * w[i % c] + b[i % c]).collect();
    let d_x = (0..x.len())
        .map(|i| (g(i) - mean_g[groups[i]] - hat(i) * mean_gx[groups[i]]) / (var[groups[i]] + EPS).sqrt())
        .collect();
    (y, d_x, mean, var)
}

fn column_totals(x: &[f64], c: usize) -> Vec<f64> {
    (0..c).map(|k| x.iter().skip(k).step_by(c).sum()).collect()
}

#[test]
fn layer_norm_and_its_gradients() {
    let mut rng = Rng::new(21, 0);
    for c in [1, 2, 3, 4, 5, 7, 8, 9, 17, 33] {
        for rows in [1, 2, 3, 5] {
            let n = rows * c;
            let (x, d_y) = (random(&mut rng, n), random(&mut rng, n));
            let (w, b) = (random(&mut rng, c), random(&mut rng, c));
            let groups: Vec<usize> = (0..n).map(|i| i / c).collect();
            let (y64, d_x64, mean64, var64) = truth(&wide(&x), &groups, rows, c, &wide(&w), &wide(&b), &wide(&d_y));
            let (mut y, mut mean, mut rstd) = (vec![9.0; n], vec![9.0; rows], vec![9.0; rows]);
            layer_norm(&x, Affine { weight: &w, bias: &b }, EPS as f32, &mut y, &mut mean, &mut rstd);
            near("mean", &mean, &mean64);
            near("rstd", &rstd, &var64.iter().map(|v| 1.0 / (v + EPS).sqrt()).collect::<Vec<_>>());
            near("y", &y, &y64);
            let hat: Vec<f64> =
                (0..n).map(|i| (f64::from(x[i]) - mean64[i / c]) / (var64[i / c] + EPS).sqrt()).collect();
            let d_w64: Vec<f64> = (0..n).map(|i| f64::from(d_y[i]) * hat[i]).collect();
            let (mut d_x, mut d_w, mut d_b) = (vec![9.0; n], vec![9.0; c], vec![9.0; c]);
            layer_norm_backward(&x, &w, &mean, &rstd, &d_y, Some(&mut d_x), Some(&mut d_w), Some(&mut d_b));
            near("d_x", &d_x, &d_x64);
            near("d_w", &d_w, &column_totals(&d_w64, c));
            near("d_b", &d_b, &column_totals(&wide(&d_y), c));
            let mut alone = vec![9.0; n];
            layer_norm_backward(&x, &w, &mean, &rstd, &d_y, Some(&mut alone), None, None);
            assert_eq!(alone, d_x);
        }
    }
}

#[test]
fn batch_norm_and_its_gradients() {
    let mut rng = Rng::new(22, 0);
    for c in [1, 2, 3, 4, 5, 7, 8, 9, 17, 33] {
        for rows in [2, 3, 5, 32] {
            let n = rows * c;
            let (x, d_y) = (random(&mut rng, n), random(&mut rng, n));
            let (w, b, old) = (random(&mut rng, c), random(&mut rng, c), random(&mut rng, c));
            let groups: Vec<usize> = (0..n).map(|i| i % c).collect();
            let (y64, d_x64, mean64, var64) = truth(&wide(&x), &groups, c, c, &wide(&w), &wide(&b), &wide(&d_y));
            let (mut y, mut mean, mut rstd) = (vec![9.0; n], vec![9.0; c], vec![9.0; c]);
            let (mut run_mean, mut run_var) = (old.clone(), old.clone());
            let to = Affine { weight: &w, bias: &b };
            let eps = EPS as f32;
            batch_norm(&x, to, eps, 0.1, (&mut run_mean, &mut run_var), &mut y, &mut mean, &mut rstd);
            near("mean", &mean, &mean64);
            let rstd64: Vec<f64> = var64.iter().map(|v| 1.0 / (v + EPS).sqrt()).collect();
            near("rstd", &rstd, &rstd64);
            near("y", &y, &y64);
            let moved = |new: &dyn Fn(usize) -> f64| -> Vec<f64> {
                (0..c).map(|k| f64::from(old[k]) * 0.9 + 0.1 * new(k)).collect()
            };
            near("running mean", &run_mean, &moved(&|k| mean64[k]));
            near("running variance", &run_var, &moved(&|k| var64[k] * rows as f64 / (rows - 1) as f64));
            let (mut d_x, mut d_w, mut d_b) = (vec![9.0; n], vec![9.0; c], vec![9.0; c]);
            batch_norm_backward(&x, &w, &mean, &rstd, true, &d_y, Some(&mut d_x), &mut d_w, &mut d_b);
            near("d_x", &d_x, &d_x64);
            let hat = |i: usize| (f64::from(x[i]) - mean64[i % c]) * rstd64[i % c];
            let d_w64: Vec<f64> = (0..n).map(|i| f64::from(d_y[i]) * hat(i)).collect();
            near("d_w", &d_w, &column_totals(&d_w64, c));
            near("d_b", &d_b, &column_totals(&wide(&d_y), c));

            let var: Vec<f32> = (0..c).map(|_| rng.range(0.5, 2.0)).collect();
            batch_norm_eval(&x, to, eps, (&old, &var), &mut y, &mut mean, &mut rstd);
            assert_eq!(mean, old);
            let r = |k: usize| 1.0 / (f64::from(var[k]) + EPS).sqrt();
            let hat = |i: usize| (f64::from(x[i]) - f64::from(old[i % c])) * r(i % c);
            let y64: Vec<f64> = (0..n).map(|i| hat(i) * f64::from(w[i % c]) + f64::from(b[i % c])).collect();
            near("y of evaluation", &y, &y64);
            batch_norm_backward(&x, &w, &mean, &rstd, false, &d_y, Some(&mut d_x), &mut d_w, &mut d_b);
            let d_x64: Vec<f64> = (0..n).map(|i| f64::from(w[i % c]) * r(i % c) * f64::from(d_y[i])).collect();
            near("d_x of evaluation", &d_x, &d_x64);
        }
    }
}

#[test]
fn a_single_row_leaves_the_running_variance_alone() {
    let (mut run_mean, mut run_var) = ([0.0f32; 2], [3.0f32; 2]);
    let (mut y, mut mean, mut rstd) = ([9.0f32; 2], [9.0f32; 2], [9.0f32; 2]);
    let to = Affine { weight: &[1.0, 2.0], bias: &[0.5, 0.25] };
    batch_norm(&[1.0, 2.0], to, 1e-5, 0.1, (&mut run_mean, &mut run_var), &mut y, &mut mean, &mut rstd);
    assert_eq!((y, run_var, run_mean), ([0.5, 0.25], [3.0; 2], [0.1, 0.2]));
}

#[test]
fn a_great_mean_costs_no_digits() {
    let x: Vec<f32> = (0..64).map(|i| 4096.0 + (i % 2) as f32).collect();
    let (mut y, mut mean, mut rstd) = (vec![0.0; 64], [0.0; 1], [0.0; 1]);
    let (weight, bias) = (vec![1.0; 64], vec![0.0; 64]);
    layer_norm(&x, Affine { weight: &weight, bias: &bias }, 1e-5, &mut y, &mut mean, &mut rstd);
    assert_eq!(mean[0], 4096.5);
    near("y", &y[..2], &[-1.0 / (1.0 + 4.0 * EPS).sqrt(), 1.0 / (1.0 + 4.0 * EPS).sqrt()]);
}

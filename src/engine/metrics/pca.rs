//! Principal component analysis: what the best straight code of so many numbers leaves of the rows.
//!
//! The eigenvectors of the rows' covariance with the largest eigenvalues (Hotelling 1933), found by subspace iteration with
//! Rayleigh–Ritz steps until what they hold does not change any more (Halko et al. 2011, §4.5). The covariance itself is never
//! held: each pass goes over the rows, in pieces, so that whoever has little time can stop between them. Not responsible for
//! which rows, nor for when.

use super::super::rng::Rng;

/// Directions beside those asked for: the more, the faster the iteration ends.
const BESIDE: usize = 8;
/// It is over when the variance held grows by no more than this share of all variance.
const SETTLED: f64 = 1e-7;
/// Passes after which it is over in any case.
const PASSES: usize = 60;
/// Sweeps of Jacobi's rotations over a matrix of a few rows.
const SWEEPS: usize = 30;

/// See the module.
#[derive(Clone, Debug)]
pub struct Pca {
    width: usize,
    code: usize,
    mean: Vec<f64>,
    /// Sum over the rows of the squared distance to the mean.
    total: f64,
    /// Orthonormal directions, one after another.
    basis: Vec<f64>,
    /// Covariance times them, as far as this pass has come.
    image: Vec<f64>,
    /// The next row of this pass.
    at: usize,
    /// 0: the mean; 1: the variance and the first pass; and so on.
    pass: usize,
    held: f64,
    done: bool,
}

impl Pca {
    /// For rows of `width` numbers and codes of `code`, fewer than `width`.
    pub fn new(width: usize, code: usize) -> Pca {
        let beside = (code + BESIDE).min(width);
        let mut rng = Rng::new(0, 0);
        let mut basis: Vec<f64> = (0..beside * width).map(|_| f64::from(rng.normal())).collect();
        orthonormal(&mut basis, width);
        let (mean, image) = (vec![0.0; width], vec![0.0; beside * width]);
        Pca { width, code, mean, total: 0.0, basis, image, at: 0, pass: 0, held: 0.0, done: false }
    }

    /// Goes over the next `n` of these rows, the same every time; whether it is over.
    pub fn advance(&mut self, rows: &[f32], n: usize) -> bool {
        let all = rows.len() / self.width.max(1);
        if self.done || all == 0 {
            return self.done;
        }
        let end = (self.at + n).min(all);
        for row in rows[self.at * self.width..end * self.width].chunks_exact(self.width) {
            if self.pass == 0 {
                self.mean.iter_mut().zip(row).for_each(|(m, x)| *m += f64::from(*x) / all as f64);
            } else {
                self.add(row);
            }
        }
        self.at = end;
        if end == all {
            self.end_pass();
        }
        self.done
    }

    fn centred(&self, row: &[f32]) -> Vec<f64> {
        row.iter().zip(&self.mean).map(|(x, m)| f64::from(*x) - m).collect()
    }

    fn add(&mut self, row: &[f32]) {
        let c = self.centred(row);
        if self.pass == 1 {
            self.total += dot(&c, &c);
        }
        for (v, y) in self.basis.chunks_exact(self.width).zip(self.image.chunks_exact_mut(self.width)) {
            let along = dot(v, &c);
            y.iter_mut().zip(&c).for_each(|(y, c)| *y += along * c);
        }
    }

    fn end_pass(&mut self) {
        (self.at, self.pass) = (0, self.pass + 1);
        if self.pass == 1 {
            return;
        }
        // What the directions hold among themselves: the largest of it first.
        let n = self.basis.len() / self.width;
        let row = |i: usize| i * self.width..(i + 1) * self.width;
        let small: Vec<f64> = (0..n * n).map(|ij| dot(&self.basis[row(ij / n)], &self.image[row(ij % n)])).collect();
        let (values, vectors) = eigen(small, n);
        self.basis = turned(&self.basis, &vectors, self.width);
        let held: f64 = values.iter().take(self.code).sum();
        self.done = held - self.held <= SETTLED * self.total || self.pass > PASSES;
        self.held = held;
        if !self.done {
            self.basis = turned(&self.image, &vectors, self.width);
            orthonormal(&mut self.basis, self.width);
            self.image.fill(0.0);
        }
    }

    /// Mean squared difference between these rows and what their codes give back; `None` before it is over.
    pub fn error(&self, rows: &[f32]) -> Option<f64> {
        let n = rows.len();
        (self.done && n > 0).then(|| {
            let left = rows.chunks_exact(self.width).map(|row| {
                let c = self.centred(row);
                let held = self.basis.chunks_exact(self.width).take(self.code).map(|v| dot(v, &c).powi(2));
                dot(&c, &c) - held.sum::<f64>()
            });
            left.sum::<f64>() / n as f64
        })
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Gram and Schmidt, twice over for what rounding left; a direction that is none becomes zero.
fn orthonormal(basis: &mut [f64], width: usize) {
    for i in 0..basis.len() / width.max(1) {
        let (before, rest) = basis.split_at_mut(i * width);
        let v = &mut rest[..width];
        for _ in 0..2 {
            for u in before.chunks_exact(width) {
                let along = dot(u, v);
                v.iter_mut().zip(u).for_each(|(v, u)| *v -= along * u);
            }
        }
        let norm = dot(v, v).sqrt();
        let scale = if norm > 1e-12 { 1.0 / norm } else { 0.0 };
        v.iter_mut().for_each(|v| *v *= scale);
    }
}

/// Combinations of directions, one for each row of `vectors`.
fn turned(basis: &[f64], vectors: &[f64], width: usize) -> Vec<f64> {
    let n = basis.len() / width.max(1);
    let mut out = vec![0.0; basis.len()];
    for (to, by) in out.chunks_exact_mut(width).zip(vectors.chunks_exact(n)) {
        for (v, share) in basis.chunks_exact(width).zip(by) {
            to.iter_mut().zip(v).for_each(|(to, v)| *to += share * v);
        }
    }
    out
}

/// Eigenvalues of a symmetric matrix, the largest first, and its eigenvectors row by row (Jacobi 1846).
fn eigen(mut a: Vec<f64>, n: usize) -> (Vec<f64>, Vec<f64>) {
    let mut vectors = vec![0.0; n * n];
    (0..n).for_each(|i| vectors[i * n + i] = 1.0);
    for _ in 0..SWEEPS {
        for (p, q) in (0..n).flat_map(|p| (p + 1..n).map(move |q| (p, q))) {
            let off = 0.5 * (a[p * n + q] + a[q * n + p]);
            if off == 0.0 {
                continue;
            }
            let angle = 0.5 * libm::atan2(2.0 * off, a[p * n + p] - a[q * n + q]);
            let (s, c) = (libm::sin(angle), libm::cos(angle));
            for k in 0..n {
                let (x, y) = (a[k * n + p], a[k * n + q]);
                (a[k * n + p], a[k * n + q]) = (c * x + s * y, c * y - s * x);
            }
            for k in 0..n {
                let (x, y) = (a[p * n + k], a[q * n + k]);
                (a[p * n + k], a[q * n + k]) = (c * x + s * y, c * y - s * x);
                let (x, y) = (vectors[p * n + k], vectors[q * n + k]);
                (vectors[p * n + k], vectors[q * n + k]) = (c * x + s * y, c * y - s * x);
            }
        }
    }
    let mut order: Vec<usize> = (0..n).collect();
    crate::spec::order::sort_by(&mut order, |i, j| a[j * n + j].total_cmp(&a[i * n + i]));
    let values = order.iter().map(|i| a[i * n + i]).collect();
    let sorted = order.iter().flat_map(|i| vectors[i * n..(i + 1) * n].to_vec()).collect();
    (values, sorted)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn error(rows: &[f32], width: usize, code: usize, piece: usize) -> f64 {
        let mut pca = Pca::new(width, code);
        assert_eq!(pca.error(rows), None);
        while !pca.advance(rows, piece) {}
        pca.error(rows).unwrap()
    }

    #[test]
    fn points_on_a_line_are_told_by_one_number_and_noise_by_none() {
        let line: Vec<f32> = (0..50).flat_map(|i| [i as f32, 2.0 * i as f32 + 1.0, 3.0]).collect();
        assert!(error(&line, 3, 1, 7) < 1e-6);
        // A cross: two directions with variances 2 and 1/2 of four points; one number leaves the smaller.
        let cross = [2.0f32, 0.0, -2.0, 0.0, 0.0, 1.0, 0.0, -1.0];
        assert!((error(&cross, 2, 1, 100) - 0.5 / 2.0).abs() < 1e-9);
    }

    #[test]
    fn the_error_is_the_sum_of_the_smallest_eigenvalues_of_the_covariance() {
        let (n, width) = (300, 6);
        let mut rng = Rng::new(5, 0);
        let mix: Vec<f32> = (0..width * width).map(|_| rng.normal()).collect();
        let mut rows = Vec::new();
        for _ in 0..n {
            let z: Vec<f32> = (0..width).map(|_| rng.normal()).collect();
            rows.extend((0..width).map(|j| (0..width).map(|k| z[k] * mix[k * width + j]).sum::<f32>()));
        }
        let mean = |j: usize| rows.iter().skip(j).step_by(width).map(|v| f64::from(*v)).sum::<f64>() / n as f64;
        let means: Vec<f64> = (0..width).map(mean).collect();
        let at = |i: usize, j: usize| f64::from(rows[i * width + j]) - means[j];
        let covariance = |jk: usize| (0..n).map(|i| at(i, jk / width) * at(i, jk % width)).sum::<f64>() / n as f64;
        let (values, _) = eigen((0..width * width).map(covariance).collect(), width);
        for code in 1..width {
            let wanted = values[code..].iter().sum::<f64>() / width as f64;
            let got = error(&rows, width, code, 64);
            assert!((got - wanted).abs() < 1e-5 * values[0], "{code}: {got} {wanted}");
        }
    }
}

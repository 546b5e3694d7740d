//! Random matrices with orthonormal rows or columns (Saxe et al. 2013).
//!
//! Not responsible for gain or precision of the weights: `engine::init` scales and rounds.

use crate::engine::rng::Rng;

/// A `(rows, cols)` matrix, row by row, whose columns (or rows, when there are fewer of them) are orthonormal,
/// uniformly distributed over all such matrices.
///
/// The R of a QR factorisation made positive on its diagonal is what PyTorch gets by flipping signs; modified
/// Gram–Schmidt on normal vectors gives it directly. Every vector is projected twice ("twice is enough", Kahan and
/// Parlett), which keeps the columns orthogonal to rounding.
pub fn orthonormal(rows: usize, cols: usize, rng: &mut Rng) -> Vec<f64> {
    let (count, len) = (rows.min(cols), rows.max(cols));
    let mut basis: Vec<Vec<f64>> = Vec::with_capacity(count);
    while basis.len() < count {
        let mut v: Vec<f64> = (0..len).map(|_| f64::from(rng.normal())).collect();
        for _ in 0..2 {
            for b in &basis {
                let along = dot(&v, b);
                v.iter_mut().zip(b).for_each(|(v, b)| *v -= along * b);
            }
        }
        let length = dot(&v, &v).sqrt();
        // A draw that lies in the span of the others (practically never) is thrown away.
        if length > 1e-6 {
            v.iter_mut().for_each(|v| *v /= length);
            basis.push(v);
        }
    }
    if rows <= cols {
        return basis.concat();
    }
    (0..rows * cols).map(|i| basis[i % cols][i / cols]).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shorter_side_is_orthonormal() {
        for (rows, cols) in [(1, 1), (1, 9), (9, 1), (7, 7), (5, 12), (12, 5), (64, 48)] {
            let q = orthonormal(rows, cols, &mut Rng::new(5, 0));
            let at = |r: usize, c: usize| q[r * cols + c];
            let count = rows.min(cols);
            for i in 0..count {
                for j in 0..count {
                    let got: f64 = if cols <= rows {
                        (0..rows).map(|r| at(r, i) * at(r, j)).sum()
                    } else {
                        (0..cols).map(|c| at(i, c) * at(j, c)).sum()
                    };
                    let want = if i == j { 1.0 } else { 0.0 };
                    // Rounding of dot products of at most 64 terms.
                    assert!((got - want).abs() < 1e-14, "({rows}, {cols}) at {i}, {j}: {got}");
                }
            }
        }
    }

    #[test]
    fn an_empty_matrix_is_empty() {
        assert!(orthonormal(0, 3, &mut Rng::new(1, 0)).is_empty());
    }
}

//! How well the nearest rows of a data set tell the target of another: what can be learned from it at the least.
//!
//! Not responsible for which rows.

use super::r2::R2;

/// Neighbours that are asked.
const K: usize = 5;
/// Most rows looked at.
const ROWS_MAX: usize = 400;
/// Multiply-adds that all distances together may take.
const WORK_MAX: usize = 16_000_000;
/// Fewer rows say nothing.
const ROWS_MIN: usize = 20;

/// Each of the first rows is answered by its nearest others: accuracy for `classes`, R² (of numbers) where there are none.
/// 0, what knowing nothing reaches, where there are too few rows.
pub fn left_out(x: &[f32], y: &[f32], features: usize, classes: usize) -> f32 {
    let affordable = ((WORK_MAX / features.max(1)) as f64).sqrt() as usize;
    let n = y.len().min(ROWS_MAX).min(affordable);
    if n < ROWS_MIN || features == 0 {
        return 0.0;
    }
    let row = |i: usize| &x[i * features..(i + 1) * features];
    let (mut right, mut r2) = (0usize, R2::new(1));
    let mut near: Vec<(f32, usize)> = Vec::with_capacity(n);
    for i in 0..n {
        near.clear();
        near.extend((0..n).filter(|j| *j != i).map(|j| (distance(row(i), row(j)), j)));
        near.select_nth_unstable_by(K - 1, |a, b| a.0.total_cmp(&b.0));
        let answers = near[..K].iter().map(|(_, j)| y[*j]);
        if classes > 0 {
            right += usize::from(commonest(answers, classes) == y[i] as usize);
        } else {
            r2.add(&[answers.sum::<f32>() / K as f32], &[y[i]]);
        }
    }
    if classes > 0 { right as f32 / n as f32 } else { r2.value().unwrap_or(0.0) }
}

fn distance(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum()
}

fn commonest(answers: impl Iterator<Item = f32>, classes: usize) -> usize {
    let mut votes = vec![0u32; classes];
    answers.for_each(|a| votes[(a as usize).min(classes - 1)] += 1);
    (0..classes).max_by_key(|i| (votes[*i], classes - i)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A grid of points with the exclusive or of their signs, which no straight line tells apart.
    fn xor() -> (Vec<f32>, Vec<f32>) {
        let at = |i: usize| [(i % 14) as f32 / 6.5 - 1.0, (i / 14) as f32 / 6.5 - 1.0];
        let x: Vec<f32> = (0..196).flat_map(at).collect();
        let y = x.chunks(2).map(|p| f32::from(u8::from(p[0] * p[1] > 0.0))).collect();
        (x, y)
    }

    #[test]
    fn neighbours_tell_what_lies_together_and_nothing_of_chance() {
        let (x, y) = xor();
        assert!(left_out(&x, &y, 2, 2) > 0.85);
        let height: Vec<f32> = x.chunks(2).map(|p| p[0] * p[0] - p[1]).collect();
        assert!(left_out(&x, &height, 2, 0) > 0.9);
        let mut rng = crate::engine::rng::Rng::new(3, 0);
        let chance: Vec<f32> = y.iter().map(|_| rng.below(2) as f32).collect();
        assert!((left_out(&x, &chance, 2, 2) - 0.5).abs() < 0.12);
        assert_eq!(left_out(&x[..10], &y[..5], 2, 2), 0.0);
    }
}

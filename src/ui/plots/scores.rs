//! What a confusion matrix and a scatter of predictions say in single numbers.
//!
//! Not responsible for counting (the worker does) nor for showing. Pure, tested natively.

/// Scores of one class, each 0–1, or `None` where it is 0 divided by 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClassScores {
    /// Of those said to be of this class, the share that is.
    pub precision: Option<f64>,
    /// Of those that are of this class, the share that was said to be.
    pub recall: Option<f64>,
    /// Harmonic mean of the two: `2·hits / (2·hits + false alarms + misses)`.
    pub f1: Option<f64>,
    /// Samples of this class.
    pub support: u64,
}

/// Scores of all classes.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    /// By class.
    pub classes: Vec<ClassScores>,
    /// Share of right answers; `None` without samples.
    pub accuracy: Option<f64>,
    /// Unweighted means over the classes where they are defined (scikit-learn counts undefined ones as 0 instead).
    pub macro_mean: ClassScores,
}

fn ratio(a: u64, b: u64) -> Option<f64> {
    (b > 0).then(|| a as f64 / b as f64)
}

fn mean(values: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    let (sum, n) = values.flatten().fold((0.0, 0), |(s, n), v| (s + v, n + 1));
    (n > 0).then(|| sum / f64::from(n))
}

impl Scores {
    /// From `counts[target][predicted]`.
    pub fn of(counts: &[Vec<u32>]) -> Scores {
        let cell = |t: usize, p: usize| u64::from(counts.get(t).and_then(|r| r.get(p)).copied().unwrap_or(0));
        let n = counts.len();
        let class = |c: usize| {
            let hits = cell(c, c);
            let said: u64 = (0..n).map(|t| cell(t, c)).sum();
            let support: u64 = (0..n).map(|p| cell(c, p)).sum();
            let f1 = ratio(2 * hits, said + support);
            ClassScores { precision: ratio(hits, said), recall: ratio(hits, support), f1, support }
        };
        let classes: Vec<ClassScores> = (0..n).map(class).collect();
        let total: u64 = classes.iter().map(|c| c.support).sum();
        let macro_mean = ClassScores {
            precision: mean(classes.iter().map(|c| c.precision)),
            recall: mean(classes.iter().map(|c| c.recall)),
            f1: mean(classes.iter().map(|c| c.f1)),
            support: total,
        };
        Scores { accuracy: ratio((0..n).map(|c| cell(c, c)).sum(), total), classes, macro_mean }
    }
}

/// The `most` largest cells off the diagonal of `counts[target][predicted]`, as (target, predicted, count), largest first.
pub fn mixed_up(counts: &[Vec<u32>], most: usize) -> Vec<(usize, usize, u32)> {
    let row = |(t, row): (usize, &Vec<u32>)| {
        let wrong = row.iter().enumerate().filter(move |(p, n)| *p != t && **n > 0);
        wrong.map(|(p, n)| (t, p, *n)).collect::<Vec<_>>()
    };
    let mut cells: Vec<_> = counts.iter().enumerate().flat_map(row).collect();
    crate::spec::order::sort_by_key(&mut cells, |c| std::cmp::Reverse(c.2));
    cells.truncate(most);
    cells
}

/// How well numbers are predicted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// Coefficient of determination, `1 − Σ(y−ŷ)²/Σ(y−ȳ)²`; `None` where all true values are equal.
    pub r2: Option<f64>,
    /// Root of the mean squared error, in the target's unit.
    pub rmse: f64,
    /// Pairs it was computed from (finite ones).
    pub n: usize,
}

impl Fit {
    /// From `(N, 2)` pairs of true and predicted value; `None` without a finite pair.
    pub fn of(pairs: &[f32]) -> Option<Fit> {
        let finite = || {
            let all = pairs.chunks_exact(2).map(|p| (f64::from(p[0]), f64::from(p[1])));
            all.filter(|(y, z)| y.is_finite() && z.is_finite())
        };
        let n = finite().count();
        if n == 0 {
            return None;
        }
        let mean = finite().map(|p| p.0).sum::<f64>() / n as f64;
        let error: f64 = finite().map(|(y, z)| (y - z).powi(2)).sum();
        let spread: f64 = finite().map(|(y, _)| (y - mean).powi(2)).sum();
        Some(Fit { r2: (spread > 0.0).then(|| 1.0 - error / spread), rmse: (error / n as f64).sqrt(), n })
    }
}

/// Probabilities of the classes from a row of logits; one logit alone is class 1's against class 0 (sigmoid).
pub fn probabilities(logits: &[f32]) -> Vec<f32> {
    if let [z] = logits {
        let p = 1.0 / (1.0 + (-z).exp());
        return vec![1.0 - p, p];
    }
    let max = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = logits.iter().map(|z| (z - max).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.iter().map(|p| p / sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_agree_with_the_textbook() {
        // 8 of 10 cats found, 2 of 5 dogs called cats.
        let s = Scores::of(&[vec![8, 2], vec![2, 3]]);
        assert_eq!(s.accuracy, Some(11.0 / 15.0));
        assert_eq!(s.classes[0].precision, Some(0.8));
        assert_eq!(s.classes[1].recall, Some(0.6));
        assert!((s.classes[1].f1.unwrap() - 0.6).abs() < 1e-12);
        assert!((s.macro_mean.f1.unwrap() - 0.7).abs() < 1e-12);
        assert_eq!(s.macro_mean.support, 15);
    }

    #[test]
    fn the_most_frequent_mistakes_come_first() {
        let counts = [vec![9, 1, 0], vec![4, 0, 2], vec![0, 0, 7]];
        assert_eq!(mixed_up(&counts, 2), [(1, 0, 4), (1, 2, 2)]);
        assert_eq!(mixed_up(&counts, 9).len(), 3);
        assert!(mixed_up(&[], 3).is_empty());
    }

    #[test]
    fn what_is_undefined_is_not_called_zero() {
        let s = Scores::of(&[vec![4, 0], vec![0, 0]]);
        assert_eq!(s.classes[1].precision, None);
        assert_eq!(s.classes[1].f1, None);
        assert_eq!(s.macro_mean.recall, Some(1.0));
        assert_eq!(Scores::of(&[]).accuracy, None);
    }

    #[test]
    fn fit_of_a_perfect_and_of_a_constant_answer() {
        let perfect = Fit::of(&[1.0, 1.0, 2.0, 2.0]).unwrap();
        assert_eq!((perfect.r2, perfect.rmse), (Some(1.0), 0.0));
        let mean_only = Fit::of(&[1.0, 2.0, 3.0, 2.0]).unwrap();
        assert_eq!((mean_only.r2, mean_only.rmse), (Some(0.0), 1.0));
    }

    #[test]
    fn fit_survives_what_is_not_finite() {
        assert_eq!(Fit::of(&[]), None);
        assert_eq!(Fit::of(&[1.0, f32::NAN]), None);
        assert_eq!(Fit::of(&[5.0, 5.0, 1.0, f32::INFINITY]).unwrap().r2, None);
    }

    #[test]
    fn probabilities_add_up_and_one_logit_is_two_classes() {
        let p = probabilities(&[1000.0, 1000.0, 0.0]);
        assert_eq!(p, [0.5, 0.5, 0.0]);
        assert_eq!(probabilities(&[0.0]), [0.5, 0.5]);
    }
}

//! Curves made ready for drawing: smoothed, cut into pieces where they are not finite, thinned to what pixels can show.
//!
//! Not responsible for drawing them. Pure, tested natively.

use crate::i18n::{Lang, Text};
use crate::protocol::CurvePoint;

/// A point of a curve: step and value.
pub type Point = (f64, f64);

/// Which number of a [`CurvePoint`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Series {
    /// Loss on the training batches.
    TrainLoss,
    /// Loss on the test part.
    TestLoss,
    /// Accuracy or R² on the training part.
    TrainMetric,
    /// Accuracy or R² on the test part.
    TestMetric,
    /// A term of the training loss, by its index.
    Term(usize),
}

impl Series {
    /// The number, where it was measured.
    pub fn of(self, p: &CurvePoint) -> Option<f64> {
        match self {
            Series::TrainLoss => Some(p.train_loss),
            Series::TestLoss => p.test_loss,
            Series::TrainMetric => p.train_metric,
            Series::TestMetric => p.test_metric,
            Series::Term(i) => p.terms.get(i).copied(),
        }
        .map(f64::from)
    }

    /// All points at which it was measured; values may be NaN or infinite.
    pub fn points(self, curve: &[CurvePoint]) -> Vec<Point> {
        curve.iter().filter_map(|p| Some((p.step as f64, self.of(p)?))).collect()
    }
}

/// Exponential moving average with weight `smoothing` (0: none) on the past, started without bias as Adam's moments are.
/// Values that are not finite pass through and are not averaged in.
pub fn smooth(points: &[Point], smoothing: f64) -> Vec<Point> {
    if smoothing <= 0.0 {
        return points.to_vec();
    }
    let (mut mean, mut weight) = (0.0, 0.0);
    let step = |&(x, y): &Point| {
        if !y.is_finite() {
            return (x, y);
        }
        mean = smoothing * mean + (1.0 - smoothing) * y;
        weight = smoothing * weight + (1.0 - smoothing);
        (x, mean / weight)
    };
    points.iter().map(step).collect()
}

/// Pieces of a curve between values that `place` refuses (not finite; not positive on a logarithmic axis), placed, and
/// where the refused ones are.
pub fn pieces(points: &[Point], place: impl Fn(f64) -> Option<f64>) -> (Vec<Vec<Point>>, Vec<f64>) {
    let (mut all, mut refused) = (Vec::new(), Vec::new());
    let mut piece: Vec<Point> = Vec::new();
    for &(x, y) in points {
        match place(y) {
            Some(at) => piece.push((x, at)),
            None => {
                refused.push(x);
                if !piece.is_empty() {
                    all.push(std::mem::take(&mut piece));
                }
            }
        }
    }
    if !piece.is_empty() {
        all.push(piece);
    }
    (all, refused)
}

/// At most two points (lowest and highest, in order) for each of `columns` equal parts of `from..=to`, so that a spike
/// of one step is never lost. First and last point stay.
pub fn decimate(points: &[Point], from: f64, to: f64, columns: usize) -> Vec<Point> {
    if points.len() <= 2 * columns || columns == 0 || to <= from {
        return points.to_vec();
    }
    let column = |x: f64| ((x - from) / (to - from) * columns as f64) as usize;
    let mut out: Vec<Point> = vec![points[0]];
    let inner = &points[1..points.len() - 1];
    for part in inner.chunk_by(|a, b| column(a.0) == column(b.0)) {
        let low = part.iter().copied().reduce(|a, b| if b.1 < a.1 { b } else { a });
        let high = part.iter().copied().reduce(|a, b| if b.1 > a.1 { b } else { a });
        if let (Some(low), Some(high)) = (low, high) {
            let (a, b) = if low.0 <= high.0 { (low, high) } else { (high, low) };
            out.push(a);
            if a != b {
                out.push(b);
            }
        }
    }
    out.push(points[points.len() - 1]);
    out
}

/// The point nearest to step `x`; points are in order of steps.
pub fn nearest(points: &[Point], x: f64) -> Option<Point> {
    let after = points.partition_point(|p| p.0 < x);
    let (a, b) = (after.checked_sub(1).and_then(|i| points.get(i)), points.get(after));
    match (a, b) {
        (Some(a), Some(b)) => Some(if x - a.0 <= b.0 - x { *a } else { *b }),
        (a, b) => a.or(b).copied(),
    }
}

/// `name: value` for each measured value, for a text that stands for the picture.
pub fn in_words(values: &[(Text, Option<f64>)], lang: Lang) -> String {
    let said =
        values.iter().filter_map(|(name, v)| Some(format!("{} {}", name.get(lang), super::number::short((*v)?))));
    said.collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ramp(n: usize) -> Vec<Point> {
        (0..n).map(|i| (i as f64, (i % 7) as f64)).collect()
    }

    #[test]
    fn thinning_keeps_ends_and_spikes_and_its_promise() {
        let mut points = ramp(10_000);
        points[6_543].1 = 99.0;
        points[1_234].1 = -99.0;
        let thin = decimate(&points, 0.0, 9_999.0, 300);
        assert!(thin.len() <= 2 * 301 + 2, "{}", thin.len());
        assert_eq!((thin.first(), thin.last()), (points.first(), points.last()));
        assert!(thin.contains(&(6_543.0, 99.0)) && thin.contains(&(1_234.0, -99.0)));
        assert!(thin.windows(2).all(|w| w[0].0 <= w[1].0));
    }

    #[test]
    fn few_points_stay_as_they_are() {
        for n in 0..4 {
            assert_eq!(decimate(&ramp(n), 0.0, 3.0, 100), ramp(n));
        }
        assert_eq!(decimate(&ramp(900), 0.0, 0.0, 100), ramp(900));
    }

    #[test]
    fn smoothing_starts_at_the_first_value_and_skips_what_is_not_finite() {
        let out = smooth(&[(0.0, 4.0), (1.0, f64::NAN), (2.0, 4.0), (3.0, 8.0)], 0.5);
        assert_eq!(out[0].1, 4.0);
        assert!(out[1].1.is_nan());
        assert_eq!(out[2].1, 4.0);
        assert!(out[3].1 > 4.0 && out[3].1 < 8.0);
        assert_eq!(smooth(&ramp(5), 0.0), ramp(5));
    }

    #[test]
    fn a_curve_is_cut_where_it_has_no_place() {
        let points = [(0.0, 1.0), (1.0, f64::INFINITY), (2.0, 2.0), (3.0, 3.0), (4.0, 0.0)];
        let (all, refused) = pieces(&points, |y| (y > 0.0 && y.is_finite()).then(|| y.log10()));
        assert_eq!(all.iter().map(Vec::len).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(refused, [1.0, 4.0]);
        assert_eq!(pieces(&[], Some), (vec![], vec![]));
    }

    #[test]
    fn nearest_looks_both_ways() {
        let points = [(0.0, 1.0), (10.0, 2.0)];
        assert_eq!(nearest(&points, 4.0), Some(points[0]));
        assert_eq!(nearest(&points, 6.0), Some(points[1]));
        assert_eq!(nearest(&points, 99.0), Some(points[1]));
        assert_eq!(nearest(&[], 1.0), None);
    }
}

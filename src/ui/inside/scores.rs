//! How a discriminator scores real rows and made ones: counted in bins, with what the counts say.
//!
//! Pure. Not responsible for drawing them.

use crate::spec::tasks::GanLoss;

/// Bins of a histogram.
const BINS: usize = 24;

/// Two histograms on one axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Bins {
    /// Start of the first bin.
    pub low: f64,
    /// End of the last.
    pub high: f64,
    /// Whether scores are shown as the probabilities that they stand for.
    pub probability: bool,
    /// Shares of the real rows in each bin, and of the made ones.
    pub counts: [Vec<f64>; 2],
    /// Mean of both.
    pub means: [f64; 2],
    /// Share of rows on the right side of the middle: ½ where the discriminator guesses.
    pub right: f64,
}

impl Bins {
    /// Of scores as the network gives them; `None` where one side has none that is a number.
    pub fn of(real: &[f32], made: &[f32], loss: GanLoss) -> Option<Bins> {
        let probability = loss == GanLoss::Bce;
        let shown = |scores: &[f32]| -> Vec<f64> {
            let read = |s: &f32| if probability { 1.0 / (1.0 + (-f64::from(*s)).exp()) } else { f64::from(*s) };
            scores.iter().filter(|s| s.is_finite()).map(read).collect()
        };
        let sides = [shown(real), shown(made)];
        if sides.iter().any(Vec::is_empty) {
            return None;
        }
        let all = || sides.iter().flatten().copied();
        let (low, high) = match loss {
            GanLoss::Bce => (0.0, 1.0),
            GanLoss::LeastSquares | GanLoss::Wasserstein | GanLoss::WassersteinGp => {
                let (low, high) = all().fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(v), h.max(v)));
                (low, high.max(low + 1e-6))
            }
        };
        let middle = match loss {
            GanLoss::Bce | GanLoss::LeastSquares => 0.5,
            // These scores mean something beside each other only.
            GanLoss::Wasserstein | GanLoss::WassersteinGp => sides.iter().map(|s| mean(s)).sum::<f64>() / 2.0,
        };
        let right =
            sides[0].iter().filter(|v| **v > middle).count() + sides[1].iter().filter(|v| **v <= middle).count();
        Some(Bins {
            low,
            high,
            probability,
            counts: sides.each_ref().map(|s| counted(s, low, high)),
            means: sides.each_ref().map(|s| mean(s)),
            right: right as f64 / all().count() as f64,
        })
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

fn counted(values: &[f64], low: f64, high: f64) -> Vec<f64> {
    let mut counts = vec![0.0; BINS];
    for v in values {
        let bin = ((v - low) / (high - low) * BINS as f64) as usize;
        counts[bin.min(BINS - 1)] += 1.0 / values.len() as f64;
    }
    counts
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn scores_are_probabilities_where_they_stand_for_some() {
        let b = Bins::of(&[0.0, 100.0], &[-100.0, -100.0], GanLoss::Bce).unwrap();
        assert_eq!((b.low, b.high, b.probability), (0.0, 1.0, true));
        assert_eq!((b.counts[0][BINS / 2], b.counts[0][BINS - 1], b.counts[1][0]), (0.5, 0.5, 1.0));
        assert_eq!(b.right, 0.75, "one half is not more than one half");
        assert!(b.counts.iter().all(|c| (c.iter().sum::<f64>() - 1.0).abs() < 1e-9));
    }

    #[test]
    fn other_scores_have_an_axis_of_their_own_and_a_middle_of_their_own() {
        let b = Bins::of(&[5.0, 7.0], &[1.0, 3.0], GanLoss::Wasserstein).unwrap();
        assert_eq!((b.low, b.high, b.means, b.right), (1.0, 7.0, [6.0, 2.0], 1.0));
        let same = Bins::of(&[2.0], &[2.0], GanLoss::LeastSquares).unwrap();
        assert!(same.high > same.low);
        assert_eq!(Bins::of(&[f32::NAN], &[1.0], GanLoss::Bce), None);
    }
}

//! What stands in for missing numbers, reckoned from the training rows only: the test part must stay unseen.
//!
//! Not responsible for what the learner chose (`spec::csv_select`).

use crate::spec::csv_select::Fill;

/// Replaces every NaN of these features; overwrites. A feature without any number in the training rows becomes 0.
pub fn fill(x: &mut [f32], width: usize, n_train: usize, fills: &[(usize, Fill)]) {
    for &(feature, fill) in fills {
        let train = x.iter().skip(feature).step_by(width.max(1)).take(n_train);
        let mut known: Vec<f32> = train.copied().filter(|v| !v.is_nan()).collect();
        crate::spec::order::sort_by(&mut known, f32::total_cmp);
        let value = match fill {
            Fill::Mean => known.iter().map(|v| f64::from(*v)).sum::<f64>() / known.len().max(1) as f64,
            Fill::Median => median(&known),
            Fill::MostFrequent => most_frequent(&known),
        };
        for v in x.iter_mut().skip(feature).step_by(width.max(1)).filter(|v| v.is_nan()) {
            *v = value as f32;
        }
    }
}

fn median(sorted: &[f32]) -> f64 {
    let (n, at) = (sorted.len(), |i: usize| sorted.get(i).map_or(0.0, |v| f64::from(*v)));
    if n.is_multiple_of(2) { f64::midpoint(at(n.saturating_sub(1) / 2), at(n / 2)) } else { at(n / 2) }
}

/// The value of the longest run; the smallest of equals.
fn most_frequent(sorted: &[f32]) -> f64 {
    let runs = sorted.chunk_by(|a, b| a == b);
    let longest = runs.rev().max_by_key(|run| run.len());
    longest.and_then(|run| run.first()).map_or(0.0, |v| f64::from(*v))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_filled_from_the_training_rows_alone() {
        let nan = f32::NAN;
        let rows = [1.0, nan, 1.0, 2.0, nan, 4.0, 7.0, 2.0, 100.0, nan];
        let filled = |kind| {
            let mut x = rows;
            fill(&mut x, 2, 4, &[(0, kind), (1, kind)]);
            (x[4], x[1], x[9])
        };
        assert_eq!(filled(Fill::Mean), (3.0, 8.0 / 3.0, 8.0 / 3.0));
        assert_eq!(filled(Fill::Median), (1.0, 2.0, 2.0));
        assert_eq!(filled(Fill::MostFrequent), (1.0, 2.0, 2.0));
        let mut none = [nan, nan];
        fill(&mut none, 1, 2, &[(0, Fill::Median)]);
        assert_eq!(none, [0.0, 0.0]);
    }
}

//! Standardisation: shift and scale each feature to mean 0 and deviation 1 over the train rows.
//!
//! Not responsible for deciding whether to do it: the spec says.

/// Mean and deviation of each feature, learned from the train rows only (or the test part would leak into training).
///
/// scikit-learn's `StandardScaler` (population deviation; constant features are only shifted), with one difference: a
/// feature that is 0 or 1 in every train row stays as it is. It is a word or an ink-or-paper pixel, and a word that one
/// row in a thousand has would otherwise become an input of 30.
#[derive(Clone, Debug, PartialEq)]
pub struct Standardizer {
    /// Mean of each feature.
    pub mean: Vec<f32>,
    /// Deviation of each feature; 1 where it does not vary.
    pub std: Vec<f32>,
    /// What had been taken from each feature in `f64` before it became `f32`; empty where nothing was.
    pub offset: Vec<f64>,
}

impl Standardizer {
    /// Learns from `rows`, row-major with `width` features. Sums in `f64`.
    pub fn fit(rows: &[f32], width: usize) -> Standardizer {
        let mut scale = Standardizer { mean: vec![0.0; width], std: vec![1.0; width], offset: Vec::new() };
        let count = rows.len().checked_div(width).unwrap_or(0);
        if count == 0 {
            return scale;
        }
        let n = count as f64;
        for i in 0..width {
            let feature = || rows.iter().skip(i).step_by(width).map(|v| f64::from(*v));
            if feature().all(|v| v == 0.0 || v == 1.0) {
                continue;
            }
            let mean = feature().sum::<f64>() / n;
            let variance = feature().map(|v| (v - mean) * (v - mean)).sum::<f64>() / n;
            scale.mean[i] = mean as f32;
            // Below f32 resolution the feature is constant and the rest is rounding.
            if variance.sqrt() > 1e-6 * mean.abs().max(1e-30) {
                scale.std[i] = variance.sqrt() as f32;
            }
        }
        scale
    }

    /// Scales rows in the units of the data, in place; overwrites.
    pub fn apply(&self, rows: &mut [f32]) {
        let taken: Vec<f64> = self.offset.iter().map(|o| -o).collect();
        add(rows, &taken);
        for row in rows.chunks_exact_mut(self.mean.len().max(1)) {
            for ((v, mean), std) in row.iter_mut().zip(&self.mean).zip(&self.std) {
                *v = (*v - mean) / std;
            }
        }
    }

    /// Turns scaled rows back into the units of the data, in place.
    pub fn invert(&self, rows: &mut [f32]) {
        for row in rows.chunks_exact_mut(self.mean.len().max(1)) {
            for ((v, mean), std) in row.iter_mut().zip(&self.mean).zip(&self.std) {
                *v = *v * std + mean;
            }
        }
        add(rows, &self.offset);
    }

    /// As [`Standardizer::invert`] of one row, with all digits.
    pub fn natural(&self, row: &[f32]) -> Vec<f64> {
        self.pairs().iter().zip(row).map(|([mean, std], v)| f64::from(*v) * std + mean).collect()
    }

    /// Mean and deviation of each feature in the units of the data.
    pub fn pairs(&self) -> Vec<[f64; 2]> {
        let offset = |i: usize| self.offset.get(i).copied().unwrap_or(0.0);
        let pair = |(i, (mean, std)): (usize, (&f32, &f32))| [offset(i) + f64::from(*mean), f64::from(*std)];
        self.mean.iter().zip(&self.std).enumerate().map(pair).collect()
    }
}

/// Gives rows back what was taken from each of their features.
pub fn add(rows: &mut [f32], offset: &[f64]) {
    for row in rows.chunks_exact_mut(offset.len().max(1)).filter(|_| !offset.is_empty()) {
        for (v, offset) in row.iter_mut().zip(offset) {
            *v = (f64::from(*v) + offset) as f32;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_become_zero_and_one_and_come_back() {
        let rows = [1.0, 10.0, 5.0, 0.0, 2.0, 20.0, 5.0, 1.0, 6.0, 60.0, 5.0, 1.0];
        let scale = Standardizer::fit(&rows, 4);
        let mut scaled = rows;
        scale.apply(&mut scaled);
        for i in 0..2 {
            let feature: Vec<f32> = scaled.iter().skip(i).step_by(4).copied().collect();
            let mean = feature.iter().sum::<f32>() / 3.0;
            let variance = feature.iter().map(|v| v * v).sum::<f32>() / 3.0;
            assert!(mean.abs() < 1e-6 && (variance - 1.0).abs() < 1e-5, "{mean} {variance}");
        }
        assert_eq!([scaled[2], scaled[6]], [0.0, 0.0], "a constant is only shifted");
        assert_eq!([scaled[3], scaled[7]], [0.0, 1.0], "a word stays 0 or 1");
        scale.invert(&mut scaled);
        assert!(rows.iter().zip(scaled).all(|(a, b)| (a - b).abs() < 1e-4));
    }

    #[test]
    fn nothing_to_learn_from_changes_nothing() {
        let scale = Standardizer::fit(&[], 2);
        let mut row = [3.0, 4.0];
        scale.apply(&mut row);
        assert_eq!(row, [3.0, 4.0]);
    }
}

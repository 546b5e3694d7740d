//! Coefficient of determination: `R² = 1 − Σ(t − p)² / Σ(t − mean t)²`, all outputs together.

/// Sums it up sample by sample.
#[derive(Clone, Debug, Default)]
pub struct R2 {
    residual: f64,
    sum: Vec<f64>,
    squares: f64,
    n: usize,
}

impl R2 {
    /// For samples of `width` numbers.
    pub fn new(width: usize) -> Self {
        R2 { sum: vec![0.0; width], ..R2::default() }
    }

    /// One sample.
    pub fn add(&mut self, p: &[f32], t: &[f32]) {
        for (k, (p, t)) in p.iter().zip(t).enumerate() {
            let (p, t) = (f64::from(*p), f64::from(*t));
            self.residual += (t - p) * (t - p);
            self.squares += t * t;
            if let Some(sum) = self.sum.get_mut(k) {
                *sum += t;
            }
        }
        self.n += 1;
    }

    /// R²; `None` when the targets do not vary.
    pub fn value(&self) -> Option<f32> {
        let total = self.squares - self.sum.iter().map(|s| s * s / self.n.max(1) as f64).sum::<f64>();
        (total > 1e-12).then(|| (1.0 - self.residual / total) as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn perfect_is_one_and_the_mean_is_zero() {
        let (mut perfect, mut mean) = (R2::new(1), R2::new(1));
        for t in [1.0f32, 2.0, 6.0] {
            perfect.add(&[t], &[t]);
            mean.add(&[3.0], &[t]);
        }
        assert_eq!((perfect.value(), R2::new(1).value()), (Some(1.0), None));
        assert!(mean.value().is_some_and(|v| v.abs() < 1e-6));
    }
}

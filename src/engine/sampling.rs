//! Which token comes next: a draw from a language model's logits, more or less daring.
//!
//! Not responsible for running the network (`session::generate`).

use super::rng::Rng;

/// How daring.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sampling {
    /// Logits are divided by it; 0 always takes the likeliest token.
    pub temperature: f32,
    /// Only this many likeliest tokens (Fan et al. 2018).
    pub top_k: Option<usize>,
    /// Only the fewest likeliest tokens whose probabilities reach this together (Holtzman et al. 2020).
    pub top_p: Option<f32>,
}

/// What a token is drawn from.
#[derive(Clone, Debug, PartialEq)]
pub struct Odds {
    /// All tokens, likeliest first; of equal ones the first is taken for the likelier.
    pub order: Vec<usize>,
    /// What those have that may be drawn, in that order, not yet divided by their sum.
    shares: Vec<f64>,
    sum: f64,
}

impl Odds {
    /// How many tokens may be drawn.
    pub fn choices(&self) -> usize {
        self.shares.len()
    }

    /// Probability of the draw of the token that is `rank`-th likeliest: 0 where the settings leave it out.
    pub fn chance(&self, rank: usize) -> f64 {
        self.shares.get(rank).map_or(0.0, |s| s / self.sum)
    }

    /// Draws; one number of `rng` is used.
    pub fn draw(&self, rng: &mut Rng) -> usize {
        let mut left = f64::from(rng.uniform()) * self.sum;
        for (i, share) in self.order.iter().zip(&self.shares) {
            left -= share;
            if left < 0.0 {
                return *i;
            }
        }
        self.order.first().copied().unwrap_or(0)
    }
}

impl Sampling {
    /// What these settings make of `logits`.
    pub fn odds(&self, logits: &[f32]) -> Odds {
        let mut order: Vec<usize> = (0..logits.len()).collect();
        // A logit that is not a number sorts last.
        let key = |i: usize| if logits[i].is_nan() { f32::NEG_INFINITY } else { logits[i] };
        crate::spec::order::sort_by(&mut order, |a, b| key(*b).total_cmp(&key(*a)));
        let Some(&best) = order.first() else { return Odds { order, shares: Vec::new(), sum: 0.0 } };
        if self.temperature <= 0.0 {
            return Odds { order, shares: vec![1.0], sum: 1.0 };
        }
        let share = |i: &usize| f64::from((key(*i) - key(best)) / self.temperature).exp();
        let mut shares: Vec<f64> = order.iter().take(self.top_k.unwrap_or(usize::MAX).max(1)).map(share).collect();
        let enough = f64::from(self.top_p.unwrap_or(1.0)) * shares.iter().sum::<f64>();
        let (mut sum, mut kept) = (0.0, 0);
        while kept < shares.len() && (kept == 0 || sum < enough) {
            sum += shares[kept];
            kept += 1;
        }
        shares.truncate(kept);
        Odds { order, shares, sum }
    }

    /// Draws a token by its `logits`. One number of `rng` is used, whatever the settings.
    pub fn draw(&self, logits: &[f32], rng: &mut Rng) -> usize {
        self.odds(logits).draw(rng)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOGITS: [f32; 5] = [0.0, 2.0, -1.0, 1.0, f32::NAN];

    /// Shares of 20 000 draws.
    fn shares(sampling: Sampling) -> Vec<f64> {
        let mut rng = Rng::new(4, 2);
        let mut counts = vec![0.0; LOGITS.len()];
        (0..20_000).for_each(|_| counts[sampling.draw(&LOGITS, &mut rng)] += 1.0 / 20_000.0);
        counts
    }

    fn softmax(temperature: f64, of: &[usize]) -> Vec<f64> {
        let e = |i: usize| if of.contains(&i) { (f64::from(LOGITS[i]) / temperature).exp() } else { 0.0 };
        let total: f64 = (0..5).map(e).sum();
        (0..5).map(|i| e(i) / total).collect()
    }

    #[test]
    fn draws_follow_the_softmax_of_what_is_left() {
        let all = [0, 1, 2, 3];
        let plain = Sampling { temperature: 1.0, top_k: None, top_p: None };
        let near = |got: Vec<f64>, want: Vec<f64>| {
            assert!(got.iter().zip(&want).all(|(g, w)| (g - w).abs() < 0.015), "{got:?} for {want:?}");
        };
        near(shares(plain), softmax(1.0, &all));
        near(shares(Sampling { temperature: 2.0, ..plain }), softmax(2.0, &all));
        near(shares(Sampling { top_k: Some(2), ..plain }), softmax(1.0, &[1, 3]));
        // The likeliest two have 0.88 together, the likeliest alone 0.64.
        near(shares(Sampling { top_p: Some(0.8), ..plain }), softmax(1.0, &[1, 3]));
        near(shares(Sampling { top_p: Some(0.5), ..plain }), softmax(1.0, &[1]));
    }

    #[test]
    fn greedy_takes_the_likeliest_and_the_first_of_equals() {
        let greedy = Sampling { temperature: 0.0, top_k: None, top_p: None };
        let mut rng = Rng::new(1, 1);
        assert_eq!(greedy.draw(&LOGITS, &mut rng), 1);
        assert_eq!(greedy.draw(&[1.0, 3.0, 3.0], &mut rng), 1);
        assert_eq!(Sampling { temperature: 1.0, top_k: Some(1), top_p: None }.draw(&LOGITS, &mut rng), 1);
    }
}

//! Codes of an autoencoder as they are drawn: where they lie, what each number of a variational one holds, and the way
//! between two of them.
//!
//! Pure. Not responsible for drawing (`ui::panels::latent`).

/// A number of the code that holds less, in nats, tells the decoder nothing.
pub const COLLAPSED_NATS: f64 = 0.01;
/// The prior's circle of two deviations and some air around it.
const PRIOR_REACH: f64 = 3.0;
/// Share of the codes that the map must hold: a few far ones would press all others together.
const HELD: f64 = 0.98;

/// A place of the map: the first two numbers of a code.
pub type Place = (f64, f64);

/// Codes of rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Codes {
    /// Numbers of a code.
    pub width: usize,
    /// Row after row; of a distribution, its mean.
    pub means: Vec<f32>,
    /// Class of each row, or empty.
    pub labels: Vec<u16>,
    /// Mean KL of each number to the prior, nats; empty unless codes are distributions.
    pub kl: Vec<f64>,
}

impl Codes {
    /// Of what an encoder answered to `rows` rows; a distribution is a row of means and then of log variances.
    pub fn new(answer: &[f32], rows: usize, distributions: bool, labels: &[u16]) -> Option<Codes> {
        let all = answer.len().checked_div(rows).filter(|w| *w > 0)?;
        let labels = labels.to_vec();
        if !distributions {
            return Some(Codes { width: all, means: answer.to_vec(), labels, kl: Vec::new() });
        }
        let width = all / 2;
        let mut kl = vec![0.0; width];
        for row in answer.chunks_exact(all) {
            for (i, sum) in kl.iter_mut().enumerate() {
                let (mean, log_var) = (f64::from(row[i]), f64::from(row[width + i]));
                *sum += 0.5 * (mean * mean + log_var.exp() - 1.0 - log_var) / rows as f64;
            }
        }
        let means = answer.chunks_exact(all).flat_map(|r| &r[..width]).copied().collect();
        Some(Codes { width, means, labels, kl })
    }

    /// Where each code lies, and its class; the second number of a code of one is 0.
    pub fn places(&self) -> impl Iterator<Item = (Place, Option<usize>)> {
        let labels = self.labels.iter().map(|l| Some(usize::from(*l))).chain(std::iter::repeat(None));
        let place = |c: &[f32]| (f64::from(c[0]), c.get(1).copied().map_or(0.0, f64::from));
        self.means.chunks_exact(self.width.max(1)).map(place).zip(labels)
    }

    /// Largest number of the map: a round one, so that the map rests while the network trains.
    pub fn reach(&self) -> f64 {
        if !self.kl.is_empty() {
            return PRIOR_REACH;
        }
        let mut far: Vec<f64> = self.places().map(|((x, y), _)| x.abs().max(y.abs())).collect();
        far.retain(|v| v.is_finite());
        crate::spec::order::sort_by(&mut far, f64::total_cmp);
        let held = far.get(((far.len() as f64 * HELD) as usize).min(far.len().saturating_sub(1)));
        round_up(held.copied().unwrap_or(1.0) * 1.1)
    }

    /// Mean place of each class that has rows.
    pub fn centres(&self) -> Vec<(usize, Place)> {
        let mut sums: Vec<(f64, f64, f64)> = Vec::new();
        for ((x, y), class) in self.places() {
            let Some(class) = class else { continue };
            sums.resize(sums.len().max(class + 1), (0.0, 0.0, 0.0));
            let s = &mut sums[class];
            *s = (s.0 + x, s.1 + y, s.2 + 1.0);
        }
        let mean = |(i, (x, y, n)): (usize, (f64, f64, f64))| (n > 0.0).then(|| (i, (x / n, y / n)));
        sums.into_iter().enumerate().filter_map(mean).collect()
    }

    /// The class of the row whose code is nearest to a place of the map.
    pub fn nearest(&self, (x, y): Place) -> Option<usize> {
        let far = |((a, b), class): (Place, Option<usize>)| Some(((a - x).hypot(b - y), class?));
        self.places().filter_map(far).min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, class)| class)
    }

    /// The whole code of a place: all further numbers are 0.
    pub fn whole(&self, (x, y): Place) -> Vec<f32> {
        let mut code = vec![0.0; self.width];
        for (to, v) in code.iter_mut().zip([x, y]) {
            *to = v as f32;
        }
        code
    }
}

/// 1, 1.5, 2, 3, 5 or 7 times a power of ten, the next above.
fn round_up(v: f64) -> f64 {
    if v <= 0.0 || !v.is_finite() {
        return 1.0;
    }
    let power = 10f64.powf(v.log10().floor());
    [1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0].into_iter().map(|s| s * power).find(|r| *r >= v).unwrap_or(10.0 * power)
}

/// `n` places from one to another, both among them.
pub fn between(a: Place, b: Place, n: usize) -> Vec<Place> {
    let at = |i: usize| i as f64 / n.saturating_sub(1).max(1) as f64;
    (0..n).map(|i| (a.0 + (b.0 - a.0) * at(i), a.1 + (b.1 - a.1) * at(i))).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_number_like_the_prior_holds_nothing() {
        // Two rows: means ±1 with deviation 1, and the prior itself.
        let codes = Codes::new(&[1.0, 0.0, 0.0, 0.0, -1.0, 0.0, 0.0, 0.0], 2, true, &[3, 1]).unwrap();
        assert_eq!((codes.width, &codes.means[..]), (2, &[1.0, 0.0, -1.0, 0.0][..]));
        assert_eq!(codes.kl, [0.5, 0.0]);
        assert!(codes.kl[1] < COLLAPSED_NATS && codes.reach() == PRIOR_REACH);
        assert_eq!((codes.nearest((0.4, 0.3)), codes.nearest((-2.0, 0.0))), (Some(3), Some(1)));
        assert_eq!(codes.centres(), [(1, (-1.0, 0.0)), (3, (1.0, 0.0))]);
    }

    #[test]
    fn the_map_holds_the_codes_and_further_numbers_are_0() {
        let codes = Codes::new(&[0.5, -4.0, 9.0, 1.0, 2.0, 9.0], 2, false, &[]).unwrap();
        assert_eq!((codes.width, codes.reach(), codes.nearest((0.0, 0.0))), (3, 5.0, None));
        assert_eq!(codes.whole((1.0, -2.0)), [1.0, -2.0, 0.0]);
        let line = Codes::new(&[5.0, f32::NAN], 2, false, &[]).unwrap();
        assert_eq!((line.whole((3.0, 1.0)), line.reach()), (vec![3.0], 7.0));
        assert_eq!(Codes::new(&[], 0, false, &[]), None);
        assert_eq!(between((0.0, 1.0), (1.0, -1.0), 3), [(0.0, 1.0), (0.5, 0.0), (1.0, -1.0)]);
    }
}

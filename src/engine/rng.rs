//! The engine's one source of randomness: a small seedable generator whose bits never change between versions.
//!
//! PCG32 (XSH RR 64/32; O'Neill 2014, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms").
//! Not responsible for choosing seeds: they come from the spec.

use serde::{Deserialize, Serialize};

/// A PCG32 generator; its whole state is two words, so a checkpoint can carry it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rng {
    state: u64,
    inc: u64,
}

impl Rng {
    /// A generator for `seed`; different `stream`s of one seed are independent (data, init, batches, dropout …).
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut rng = Rng { state: 0, inc: (stream << 1) | 1 };
        rng.next_u32();
        rng.state = rng.state.wrapping_add(seed);
        rng.next_u32();
        rng
    }

    /// The two words of state, for checkpoints.
    pub fn words(&self) -> [u64; 2] {
        [self.state, self.inc]
    }

    /// A generator that continues from [`Rng::words`].
    pub fn from_words(words: [u64; 2]) -> Self {
        Rng { state: words[0], inc: words[1] | 1 }
    }

    /// Uniform over all `u32`.
    #[inline]
    pub fn next_u32(&mut self) -> u32 {
        let old = self.state;
        self.state = old.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(self.inc);
        let xorshifted = (((old >> 18) ^ old) >> 27) as u32;
        xorshifted.rotate_right((old >> 59) as u32)
    }

    /// Uniform in `[0, 1)` with 24 random bits, so that every value is exact in `f32`.
    #[inline]
    pub fn uniform(&mut self) -> f32 {
        (self.next_u32() >> 8) as f32 * (1.0 / 16_777_216.0)
    }

    /// Uniform in `[lo, hi)`.
    pub fn range(&mut self, lo: f32, hi: f32) -> f32 {
        lo + (hi - lo) * self.uniform()
    }

    /// Standard normal (Box–Muller, computed in `f64`, the second value thrown away to keep the state two words).
    pub fn normal(&mut self) -> f32 {
        let u1 = 1.0 - f64::from(self.next_u32()) / 4_294_967_296.0;
        let u2 = f64::from(self.next_u32()) / 4_294_967_296.0;
        ((-2.0 * u1.ln()).sqrt() * (std::f64::consts::TAU * u2).cos()) as f32
    }

    /// Uniform in `0..n` without modulo bias (Lemire 2019). `n` must not be zero.
    pub fn below(&mut self, n: u32) -> u32 {
        let mut m = u64::from(self.next_u32()) * u64::from(n);
        if (m as u32) < n {
            let threshold = n.wrapping_neg() % n;
            while (m as u32) < threshold {
                m = u64::from(self.next_u32()) * u64::from(n);
            }
        }
        (m >> 32) as u32
    }

    /// Fisher–Yates, in place.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i as u32 + 1) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_seed_same_bits_and_streams_differ() {
        let (mut a, mut b, mut c) = (Rng::new(7, 1), Rng::new(7, 1), Rng::new(7, 2));
        let xs: Vec<u32> = (0..8).map(|_| a.next_u32()).collect();
        assert_eq!(xs, (0..8).map(|_| b.next_u32()).collect::<Vec<_>>());
        assert_ne!(xs, (0..8).map(|_| c.next_u32()).collect::<Vec<_>>());
    }

    #[test]
    fn moments_are_right() {
        let mut r = Rng::new(1, 0);
        let n = 100_000;
        let u: f64 = (0..n).map(|_| f64::from(r.uniform())).sum::<f64>() / f64::from(n);
        let g: Vec<f64> = (0..n).map(|_| f64::from(r.normal())).collect();
        let (m, v) = (g.iter().sum::<f64>() / f64::from(n), g.iter().map(|x| x * x).sum::<f64>() / f64::from(n));
        assert!((u - 0.5).abs() < 0.005 && m.abs() < 0.02 && (v - 1.0).abs() < 0.03, "{u} {m} {v}");
    }
}

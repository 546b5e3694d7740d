//! Randomness inside ops: a number for every (seed, step, value, element), asked for in any order.
//!
//! Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"), as PyTorch and JAX use on graphics
//! cards: no state, 32-bit words only, so that every backend draws the same masks. Not responsible for what is drawn once
//! and in sequence (`rng`).

/// Which draws: those of one step of one seed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Draws {
    /// The run's seed.
    pub seed: u32,
    /// Steps taken before this one.
    pub step: u64,
}

impl Draws {
    /// The draws for a value of the graph.
    pub fn of(self, value: u32) -> Draw {
        let step = [self.step as u32, (self.step >> 32) as u32];
        Draw { counter: [value, step[0], step[1]], seed: self.seed }
    }
}

/// The draws for one value: one number for each of its elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draw {
    counter: [u32; 3],
    seed: u32,
}

/// Second word of the key: these draws, and no others of the same seed.
const USE: u32 = 4;

impl Draw {
    /// Uniform numbers in `[0, 1)` with 24 random bits for the elements `4·block .. 4·block + 4`.
    #[inline]
    pub fn four(&self, block: u32) -> [f32; 4] {
        let [a, b, c] = self.counter;
        philox([block, a, b, c], [self.seed, USE]).map(|x| (x >> 8) as f32 * (1.0 / 16_777_216.0))
    }

    /// Standard normal numbers for the elements from 0 on (Box & Muller 1958); of four uniform ones come four.
    pub fn normal(&self, out: &mut [f32]) {
        for (block, four) in out.chunks_mut(4).enumerate() {
            let u = self.four(block as u32);
            let pair = |a: f32, b: f32| {
                // 1 − a is never 0.
                let radius = libm::sqrtf(-2.0 * libm::logf(1.0 - a));
                let angle = std::f32::consts::TAU * b;
                [radius * libm::cosf(angle), radius * libm::sinf(angle)]
            };
            let (first, second) = (pair(u[0], u[1]), pair(u[2], u[3]));
            four.iter_mut().zip(first.into_iter().chain(second)).for_each(|(x, n)| *x = n);
        }
    }

    /// The number of one element.
    pub fn uniform(&self, element: usize) -> f32 {
        self.four((element / 4) as u32)[element % 4]
    }
}

#[inline]
fn philox(mut c: [u32; 4], mut key: [u32; 2]) -> [u32; 4] {
    for _ in 0..10 {
        let (p, q) = (u64::from(c[0]) * 0xD251_1F53, u64::from(c[2]) * 0xCD9E_8D57);
        c = [(q >> 32) as u32 ^ c[1] ^ key[0], q as u32, (p >> 32) as u32 ^ c[3] ^ key[1], p as u32];
        key = [key[0].wrapping_add(0x9E37_79B9), key[1].wrapping_add(0xBB67_AE85)];
    }
    c
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Known answers of the authors' own library (Random123, `kat_vectors`).
    #[test]
    fn words_are_the_published_ones() {
        assert_eq!(philox([0; 4], [0; 2]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        let ones = u32::MAX;
        assert_eq!(philox([ones; 4], [ones; 2]), [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]);
        let pi = [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344];
        let out = [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1];
        assert_eq!(philox(pi, [0xa409_3822, 0x299f_31d0]), out);
    }

    #[test]
    fn every_seed_step_value_and_element_has_a_number_of_its_own() {
        let at = |seed, step, value, element| Draws { seed, step }.of(value).uniform(element);
        let here = at(7, 100, 3, 9);
        for other in
            [at(8, 100, 3, 9), at(7, 101, 3, 9), at(7, 100 + (1 << 32), 3, 9), at(7, 100, 4, 9), at(7, 100, 3, 10)]
        {
            assert_ne!(here, other);
        }
        assert_eq!(here, at(7, 100, 3, 9));
        assert_eq!(here, Draws { seed: 7, step: 100 }.of(3).four(2)[1]);
        let mut normal = vec![0.0f32; 40_000];
        Draws { seed: 1, step: 2 }.of(3).normal(&mut normal);
        let moment = |k: i32| normal.iter().map(|x| f64::from(*x).powi(k)).sum::<f64>() / normal.len() as f64;
        assert!(moment(1).abs() < 0.02 && (moment(2) - 1.0).abs() < 0.03 && (moment(4) - 3.0).abs() < 0.2);
        let n = 100_000;
        let draw = Draws { seed: 1, step: 2 }.of(3);
        let all: Vec<f64> = (0..n).map(|i| f64::from(draw.uniform(i))).collect();
        let mean = all.iter().sum::<f64>() / n as f64;
        let pairs = all.windows(2).map(|w| (w[0] - 0.5) * (w[1] - 0.5)).sum::<f64>() / n as f64;
        assert!((mean - 0.5).abs() < 0.005 && pairs.abs() < 0.001, "{mean} {pairs}");
    }
}

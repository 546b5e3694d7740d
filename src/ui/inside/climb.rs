//! Where a climb to what a filter likes to see begins, and how it is cut into portions.
//!
//! Pure. Not responsible for the steps themselves (the worker's).

/// Steps of one portion: training and frames have their turn between two portions.
pub const PORTION: usize = 5;
/// Numbers of steps to choose from.
pub const LENGTHS: [usize; 3] = [50, 200, 800];
/// Length of a step, in the network's units.
pub const RATE: f32 = 0.05;
/// Share of the picture that is taken away at each step, so that only what helps stays; with [`RATE`] the picture's root
/// mean square settles at 1, as that of standardised data.
pub const DECAY: f32 = 0.05;

/// Small noise, about normal with a standard deviation of 0.1; the same for the same seed.
pub fn noise(n: usize, seed: u32) -> Vec<f32> {
    let mut state = u64::from(seed).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut uniform = || {
        // Marsaglia's xorshift with Vigna's multiplier.
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        (state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 40) as f32 / (1 << 24) as f32
    };
    // Twelve uniform numbers have variance 1.
    (0..n).map(|_| 0.1 * ((0..12).map(|_| uniform()).sum::<f32>() - 6.0)).collect()
}

/// Steps of the next portion; 0 when all are done.
pub fn portion(done: usize, all: usize) -> usize {
    PORTION.min(all.saturating_sub(done))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_is_small_centred_and_the_same_for_a_seed() {
        let x = noise(10_000, 7);
        let mean = x.iter().sum::<f32>() / 1e4;
        let std = (x.iter().map(|v| v * v).sum::<f32>() / 1e4).sqrt();
        assert!(mean.abs() < 0.005 && (std - 0.1).abs() < 0.005, "{mean} {std}");
        assert_eq!(x[..9], noise(9, 7));
        assert_ne!(x[..9], noise(9, 8));
        assert_ne!(noise(4, 0), [0.0; 4]);
    }

    #[test]
    fn portions_add_up() {
        let mut done = 0;
        while portion(done, 52) > 0 {
            done += portion(done, 52);
        }
        assert_eq!((done, portion(9, 3)), (52, 0));
    }
}

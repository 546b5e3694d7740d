//! Measures the matrix product alone, and beside it the most that one core's vector units do in the same moment.
//!
//! Not responsible for workloads (`tests/bench`).

use super::gemm::{Epilogue, Mat, Scratch, gemm};
use wide::f32x4;

/// What was measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Matmul {
    /// Time of one product, the best of the rounds.
    pub ms: f64,
    /// Multiply-adds counted as two.
    pub gflop_per_s: f64,
    /// Register-only multiply-adds, the best of the rounds.
    pub peak_gflop_per_s: f64,
}

/// Rounds; in each, peak and product are measured in turn.
const ROUNDS: usize = 5;
/// Independent chains of multiply-adds in the peak loop: enough to hide their latency, few enough for registers.
const CHAINS: usize = 10;
/// Turns of the peak loop in one timing.
const PEAK_TURNS: usize = 400_000;

fn peak_flops(seed: f32) -> (f64, f32) {
    let (m, a) = (f32x4::splat(0.999 + seed * 1e-9), f32x4::splat(1e-3));
    let mut acc = [f32x4::splat(seed); CHAINS];
    for _ in 0..PEAK_TURNS {
        for c in &mut acc {
            *c = *c * m + a;
        }
    }
    let sum = acc.iter().fold(f32x4::splat(0.0), |s, c| s + *c).reduce_add();
    ((PEAK_TURNS * CHAINS * 8) as f64, sum)
}

/// Times `reps` products of `size × size` matrices per round.
pub fn matmul(size: usize, reps: u32, now: &dyn Fn() -> f64) -> Matmul {
    let n = size * size;
    let a: Vec<f32> = (0..n).map(|i| ((i * 7919) % 1000) as f32 * 1e-3 - 0.5).collect();
    let b: Vec<f32> = (0..n).map(|i| ((i * 104_729) % 1000) as f32 * 1e-3 - 0.5).collect();
    let mut c = vec![0.0; n];
    let mut scratch = Scratch::new();
    let (mut best, mut peak, mut sink) = (f64::INFINITY, 0.0f64, 0.0f32);
    for round in 0..ROUNDS {
        let start = now();
        let (flops, sum) = peak_flops(round as f32);
        sink += sum;
        peak = peak.max(flops / (now() - start).max(1e-6) / 1e6);
        let start = now();
        for _ in 0..reps {
            gemm(
                size,
                size,
                size,
                Mat::rows(&a, size),
                Mat::rows(&b, size),
                &mut c,
                size,
                false,
                Epilogue::None,
                &mut scratch,
            );
        }
        best = best.min((now() - start) / f64::from(reps));
    }
    // The sums keep the compiler from leaving the work out.
    std::hint::black_box((sink, c[n / 2]));
    Matmul { ms: best, gflop_per_s: 2.0 * (size as f64).powi(3) / best.max(1e-9) / 1e6, peak_gflop_per_s: peak }
}

//! Measures the matrix product alone, for the benchmark page.
//!
//! Not responsible for the peak it is compared with, nor for workloads (`tests/bench`).

use super::gemm::{Epilogue, Mat, Scratch, gemm};

/// What was measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Matmul {
    /// Mean time of one product.
    pub ms: f64,
    /// Multiply-adds counted as two.
    pub gflop_per_s: f64,
}

/// Operands and result of a product, kept between timings so that only the product is timed.
#[derive(Clone, Debug)]
pub struct Product {
    size: usize,
    a: Vec<f32>,
    b: Vec<f32>,
    c: Vec<f32>,
    scratch: Scratch,
}

impl Product {
    /// Two `size × size` matrices of numbers in ±0.5.
    pub fn new(size: usize) -> Self {
        let fill = |factor: usize| (0..size * size).map(|i| ((i * factor) % 1000) as f32 * 1e-3 - 0.5).collect();
        Product { size, a: fill(7919), b: fill(104_729), c: vec![0.0; size * size], scratch: Scratch::new() }
    }

    /// Rows, columns and depth.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Times `reps` products.
    pub fn time(&mut self, reps: u32, now: &dyn Fn() -> f64) -> Matmul {
        let n = self.size;
        let start = now();
        for _ in 0..reps {
            let (a, b) = (Mat::rows(&self.a, n), Mat::rows(&self.b, n));
            gemm(n, n, n, a, b, &mut self.c, n, false, Epilogue::None, &mut self.scratch);
        }
        let ms = (now() - start) / f64::from(reps.max(1));
        // Keeps the compiler from leaving the work out.
        std::hint::black_box(self.c.last());
        Matmul { ms, gflop_per_s: 2.0 * (n as f64).powi(3) / ms.max(1e-9) / 1e6 }
    }
}

use gradarium::backend::simd::gemm::{Epilogue, Mat, Scratch, gemm};
use std::time::Instant;
fn time(name: &str, m: usize, n: usize, k: usize, a: Mat, b: Mat, ldc: usize, acc: bool) {
    let mut c = vec![0.0f32; m * ldc];
    let mut s = Scratch::new();
    let mut best = f64::MAX;
    for _ in 0..60 {
        let t = Instant::now();
        gemm(m, n, k, a, b, &mut c, ldc, acc, Epilogue::None, &mut s);
        best = best.min(t.elapsed().as_secs_f64());
    }
    println!("{name:24} {:8.1} us {:6.1} GF/s", best * 1e6, 2.0 * (m * n * k) as f64 / best / 1e9);
}
fn main() {
    let x = vec![0.5f32; 1 << 21];
    let w = vec![0.25f32; 1 << 20];
    time("512^3", 512, 512, 512, Mat::rows(&x, 512), Mat::rows(&w, 512), 512, false);
    for (i, o) in [(64, 192), (64, 64), (64, 256), (256, 64), (64, 65)] {
        time(&format!("fwd {i}->{o}"), 1024, o, i, Mat::rows(&x, i), Mat::transposed(&w, i), o, false);
        time(&format!("dw  {i}->{o}"), o, i, 1024, Mat::transposed(&x, o), Mat::rows(&w, i), i, false);
        time(&format!("dx  {i}->{o}"), 1024, i, o, Mat::rows(&x, o), Mat::rows(&w, i), i, false);
    }
    time("QKt 32x64", 32, 64, 16, Mat::rows(&x, 192), Mat::transposed(&w, 192), 64, false);
    time("QKt 64x64", 64, 64, 16, Mat::rows(&x, 192), Mat::transposed(&w, 192), 64, false);
    time("PV 64", 64, 16, 64, Mat::rows(&x, 64), Mat::rows(&w, 192), 64, false);
    time("PV 32", 32, 16, 64, Mat::rows(&x, 64), Mat::rows(&w, 192), 64, false);
    time("PtdO 32 k64", 32, 16, 64, Mat::transposed(&x, 64), Mat::rows(&w, 64), 192, false);
    time("PtdO 64 k64", 64, 16, 64, Mat::transposed(&x, 64), Mat::rows(&w, 64), 192, false);
}

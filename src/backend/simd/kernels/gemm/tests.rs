//! The product against a plain f64 triple loop, over every layout, odd sizes and both store modes.

#![allow(clippy::unwrap_used)]

use super::{Epilogue, Mat, Scratch, gemm};
use crate::engine::rng::Rng;

/// Rounding error of a sum of t terms in any order is at most t·u·Σ|term| (Higham, "Accuracy and Stability", §4.2),
/// u being half of epsilon.
const UNIT: f64 = 0.5 * f32::EPSILON as f64;

#[derive(Clone, Copy, Debug)]
enum Layout {
    Rows,
    Transposed,
    Padded,
    Every2,
}
const LAYOUTS: [Layout; 4] = [Layout::Rows, Layout::Transposed, Layout::Padded, Layout::Every2];

/// Strides and exact length of a `rows × columns` operand.
fn layout(l: Layout, rows: usize, columns: usize) -> (usize, usize, usize) {
    let (rs, cs) = match l {
        Layout::Rows => (columns, 1),
        Layout::Transposed => (1, rows),
        Layout::Padded => (columns + 3, 1),
        Layout::Every2 => (2 * columns + 1, 2),
    };
    (rs, cs, if rows * columns == 0 { 0 } else { (rows - 1) * rs + (columns - 1) * cs + 1 })
}

fn random(rng: &mut Rng, len: usize) -> Vec<f32> {
    (0..len).map(|_| rng.range(-1.0, 1.0)).collect()
}

fn check(m: usize, n: usize, k: usize, la: Layout, lb: Layout, accumulate: bool, with: u8, scratch: &mut Scratch) {
    let mut rng = Rng::new((m * 1000 + n * 100 + k) as u64, 3);
    let ((ars, acs, alen), (brs, bcs, blen)) = (layout(la, m, k), layout(lb, k, n));
    let (a, b, bias) = (random(&mut rng, alen), random(&mut rng, blen), random(&mut rng, n));
    let ldc = n + (k + usize::from(with)) % 2 * 2;
    let len = if m == 0 { 0 } else { (m - 1) * ldc + n };
    let old = random(&mut rng, len);
    let mut c = old.clone();
    let epilogue = match with {
        0 => Epilogue::None,
        1 => Epilogue::Bias(&bias),
        2 => Epilogue::Relu(Some(&bias)),
        _ => Epilogue::Relu(None),
    };
    let (ma, mb) = (Mat { data: &a, rs: ars, cs: acs }, Mat { data: &b, rs: brs, cs: bcs });
    gemm(m, n, k, ma, mb, &mut c, ldc, accumulate, epilogue, scratch);
    for i in 0..m {
        for j in 0..ldc.min(len - i * ldc) {
            let at = i * ldc + j;
            if j >= n {
                assert_eq!(c[at], old[at], "padding of C was written");
                continue;
            }
            let (mut sum, mut size) = (0f64, 0f64);
            for p in 0..k {
                let x = f64::from(a[i * ars + p * acs]) * f64::from(b[p * brs + j * bcs]);
                (sum, size) = (sum + x, size + x.abs());
            }
            let start = if accumulate { f64::from(old[at]) } else { 0.0 };
            let bias = if with == 1 || with == 2 { f64::from(bias[j]) } else { 0.0 };
            (sum, size) = (sum + start + bias, size + start.abs() + bias.abs());
            sum = if with >= 2 { sum.max(0.0) } else { sum };
            let allowed = UNIT * size * (k as f64 + 3.0);
            let error = (f64::from(c[at]) - sum).abs();
            assert!(error <= allowed, "{m}x{n}x{k} {la:?} {lb:?} acc {accumulate} with {with} at {i},{j}: {error:e}");
        }
    }
}

#[test]
fn every_small_shape_and_layout() {
    let mut scratch = Scratch::new();
    for m in [0, 1, 2, 3, 4, 5, 7, 9] {
        for n in [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 17, 33] {
            for k in [0, 1, 2, 3, 4, 5, 8, 9, 17, 33] {
                for la in LAYOUTS {
                    for lb in LAYOUTS {
                        let with = ((m + n + k) % 4) as u8;
                        check(m, n, k, la, lb, (m + n) % 2 == 0, with, &mut scratch);
                        check(m, n, k, la, lb, (m + n) % 2 == 1, (with + 1) % 4, &mut scratch);
                    }
                }
            }
        }
    }
}

#[test]
fn blocks_of_rows_and_of_k() {
    let mut scratch = Scratch::new();
    for (m, n, k) in
        [(5, 6, 1030), (1, 70, 600), (2, 35, 513), (300, 9, 20), (600, 3, 7), (33, 65, 1025), (260, 40, 700)]
    {
        for (la, lb) in [(0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (3, 3)] {
            for with in 0..4 {
                check(m, n, k, LAYOUTS[la], LAYOUTS[lb], with % 2 == 0, with, &mut scratch);
                check(m, n, k, LAYOUTS[la], LAYOUTS[lb], with % 2 == 1, with, &mut scratch);
            }
        }
    }
}

#[test]
fn scratch_stops_growing() {
    let (a, mut c, mut scratch) = (vec![1.0; 600 * 600], vec![0.0; 600 * 600], Scratch::new());
    let mut once = |n: usize| {
        gemm(n, n, n, Mat::rows(&a, n), Mat::transposed(&a, n), &mut c, n, false, Epilogue::None, &mut scratch);
        scratch.panel.capacity()
    };
    let first = once(600);
    assert_eq!(first, once(599));
    assert_eq!(first, super::ROOM);
}

#[test]
fn nan_and_infinity_propagate() {
    for (bad, n) in [(f32::NAN, 9), (f32::INFINITY, 9), (f32::NAN, 1), (f32::INFINITY, 1)] {
        let mut a = vec![1.0; 4 * 20];
        a[25] = bad;
        let (b, mut c) = (vec![0.0; 20 * n], vec![0.0; 4 * n]);
        for epilogue in [Epilogue::None, Epilogue::Relu(None)] {
            gemm(4, n, 20, Mat::rows(&a, 20), Mat::transposed(&b, 20), &mut c, n, false, epilogue, &mut Scratch::new());
            assert!(c.iter().enumerate().all(|(i, x)| x.is_nan() == (i / n == 1)), "{c:?}");
        }
    }
}

#[test]
#[should_panic(expected = "operand of gemm too short")]
fn short_operand_is_refused() {
    let (a, mut c) = (vec![1.0; 15], vec![0.0; 16]);
    gemm(4, 4, 4, Mat::rows(&a, 4), Mat::rows(&a, 4), &mut c, 4, false, Epilogue::None, &mut Scratch::new());
}

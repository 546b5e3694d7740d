//! exp, ln, tanh and their kin on four lanes, as polynomials; every error bound stated here is tested against `f64`.
//!
//! | function | greatest error | where |
//! |---|---|---|
//! | [`exp`] | 1.5 ulp | results above 1.7e-38 (smaller ones become 0) |
//! | [`exp_m1_neg`] | 2 ulp | x ≤ 0 |
//! | [`ln`] | 1 ulp | all positive normal numbers |
//! | [`ln_1p_unit`] | 2 ulp | 0 … 1 |
//! | [`sigmoid`], [`softplus`] | 3 ulp | results above 1.7e-38 |
//! | [`tanh`], [`erf`] | 7 ulp | everywhere |
//! | [`sin_cos`] | 1e-7 absolute | everywhere |
//!
//! NaN gives NaN, ±∞ the limit. No fused multiply-adds, so wasm and native agree bit for bit. Not responsible for
//! loops over slices.

use super::lanes::{at_least, at_most, pick, splat, splat_bits};
use wide::{f32x4, u32x4};

/// Adding this to a float below 2²² rounds it to an integer, which then stands in the low bits.
const ROUND: f32 = 12_582_912.0;
/// ln 2 in two pieces; multiples of the first by a small integer are exact.
const LN2_HI: f32 = 0.693_359_4;
const LN2_LO: f32 = -2.121_944_4e-4;

/// `x` cut to `−end … end`; NaN stays.
#[inline(always)]
fn within(x: f32x4, end: f32) -> f32x4 {
    at_least(at_most(x, splat(end)), splat(-end))
}

/// The polynomial with coefficients `c`, constant first, by Estrin's scheme: with Horner's the chain of dependent
/// operations, not their number, would be what the loops wait for.
#[inline(always)]
fn poly<const N: usize>(x: f32x4, c: [f32; N]) -> f32x4 {
    let one = |i: usize| splat(c[i]);
    let pair = |i: usize| splat(c[i]) + splat(c[i + 1]) * x;
    let (x2, x4) = (x * x, x * x * (x * x));
    // N is a constant: one arm is compiled.
    match N {
        3 => pair(0) + one(2) * x2,
        4 => pair(0) + pair(2) * x2,
        5 => pair(0) + pair(2) * x2 + one(4) * x4,
        7 => pair(0) + pair(2) * x2 + (pair(4) + one(6) * x2) * x4,
        9 => pair(0) + pair(2) * x2 + (pair(4) + pair(6) * x2 + one(8) * x4) * x4,
        _ => unreachable!("no polynomial of this length"),
    }
}

/// `(n, eʳ − 1)` with `x = n·ln 2 + r`, `|r| ≤ ln 2 / 2`; `n` in the low bits of the first. Minimax, relative 3e-9.
#[inline(always)]
fn exp_parts(x: f32x4) -> (u32x4, f32x4) {
    let shifted = x * splat(std::f32::consts::LOG2_E) + splat(ROUND);
    let n = shifted - splat(ROUND);
    let r = x - n * splat(LN2_HI) - n * splat(LN2_LO);
    let p = poly(r, EXP);
    (shifted.to_bits(), p * (r * r) + r)
}
const EXP: [f32; 5] = [0.5, 0.166_665_2, 0.041_666_21, 0.008_368_92, 0.001_395_05];

/// `eˣ`.
#[inline(always)]
pub fn exp(x: f32x4) -> f32x4 {
    let (n, q) = exp_parts(at_most(x, splat(89.0)));
    // 2ⁿ⁻¹ and a doubling, because 2¹²⁸ is out of range while e^88.7 is not.
    let scale = f32x4::from_bits((n + splat_bits(126)) << 23);
    let y = (q + splat(1.0)) * scale;
    (y + y) & !x.simd_lt(splat(-87.0))
}

/// `eˣ − 1` for `x ≤ 0`, accurate near 0 too.
#[inline(always)]
pub fn exp_m1_neg(x: f32x4) -> f32x4 {
    let (n, q) = exp_parts(at_least(x, splat(-25.0)));
    let scale = f32x4::from_bits((n + splat_bits(127)) << 23);
    q * scale + (scale - splat(1.0))
}

/// Natural logarithm; `ln 0 = −∞`, negative numbers give NaN. Subnormal numbers count as 0.
#[inline(always)]
pub fn ln(x: f32x4) -> f32x4 {
    // Cephes logf: x = m·2ᵉ with m in √½ … √2.
    let bits = x.to_bits();
    let one_down = (bits - splat_bits(0x3f35_04f3)) & splat_bits(0xff80_0000);
    let m = f32x4::from_bits(bits - one_down) - splat(1.0);
    // The exponent, by way of the integer-rounding constant: exact and without a conversion instruction.
    let e = f32x4::from_bits(((one_down >> 23) ^ splat_bits(256)) & splat_bits(511) | splat_bits(0x4b40_0000));
    let e = e - splat(ROUND + 256.0);
    let z = m * m;
    let y = poly(m, LN) * m * z + e * splat(LN2_LO) - z * splat(0.5);
    let y = m + y + e * splat(LN2_HI);
    let y = pick(x.simd_lt(splat(f32::MIN_POSITIVE)), splat(f32::NEG_INFINITY), y);
    let y = pick(x.simd_lt(splat(0.0)), splat(f32::NAN), y);
    // +∞ and NaN are their own logarithms.
    pick(x.simd_lt(splat(f32::INFINITY)), y, x)
}
const LN: [f32; 9] = [
    3.333_333e-1,
    -2.499_999_4e-1,
    2.000_071_5e-1,
    -1.666_805_8e-1,
    1.424_932_3e-1,
    -1.242_014_1e-1,
    1.167_699_9e-1,
    -1.151_461_e-1,
    7.037_683_6e-2,
];

/// `ln(1 + u)` for `u` in 0 … 1, as `2·artanh(u / (2 + u))`.
#[inline(always)]
pub fn ln_1p_unit(u: f32x4) -> f32x4 {
    let s = u / (u + splat(2.0));
    let z = s * s;
    s + s + s * z * poly(z, LN_1P)
}
const LN_1P: [f32; 4] = [0.666_664_1, 0.400_217, 0.279_991_41, 0.280_244_6];

/// Hyperbolic tangent: a rational function of degree 13 over 6.
#[inline(always)]
pub fn tanh(x: f32x4) -> f32x4 {
    // Eigen's coefficients (generic_fast_tanh_float); near the bound rounding may
    // carry the result past 1, hence the second cut.
    let x = within(x, 9.0);
    let z = x * x;
    within(x * (poly(z, TANH_P) / poly(z, TANH_Q)), 1.0)
}
const TANH_P: [f32; 7] =
    [4.893_524_6e-3, 6.372_619_3e-4, 1.485_722_4e-5, 5.122_297_1e-8, -8.604_672e-11, 2.000_188e-13, -2.760_768_5e-16];
const TANH_Q: [f32; 4] = [4.893_525e-3, 2.268_434_6e-3, 1.185_347_1e-4, 1.198_258_4e-6];

/// `1 / (1 + e⁻ˣ)`.
#[inline(always)]
pub fn sigmoid(x: f32x4) -> f32x4 {
    splat(1.0) / (splat(1.0) + exp(-x))
}

/// `ln(1 + eˣ)`, as `max(x, 0) + ln(1 + e^−|x|)`; equal to x above 20, as PyTorch's.
#[inline(always)]
pub fn softplus(x: f32x4) -> f32x4 {
    at_least(x, splat(0.0)) + ln_1p_unit(exp(-x.abs()))
}

/// Error function: a rational function of degree 13 over 8 (Eigen's coefficients).
#[inline(always)]
pub fn erf(x: f32x4) -> f32x4 {
    let x = within(x, 4.2);
    let z = x * x;
    within(x * (poly(z, ERF_P) / poly(z, ERF_Q)), 1.0)
}
const ERF_P: [f32; 7] =
    [-1.609_603_3e-2, -2.954_6e-3, -7.349_906_3e-4, -5.692_506_4e-5, -2.101_024e-6, 2.770_681_4e-8, -2.726_142_3e-10];
const ERF_Q: [f32; 5] = [-1.426_473_9e-2, -7.373_329e-3, -1.682_827e-3, -2.133_740_6e-4, -1.456_607_2e-5];

/// Sine and cosine.
#[inline(always)]
pub fn sin_cos(x: f32x4) -> (f32x4, f32x4) {
    // π/2 in three pieces of few bits (Cephes): exact products while |x| ≤ 8192; a rare lane beyond goes through f64.
    if (x.abs().simd_gt(splat(8192.0))).any() {
        return sin_cos_far(x);
    }
    let shifted = x * splat(std::f32::consts::FRAC_2_PI) + splat(ROUND);
    let n = shifted - splat(ROUND);
    let r = x - n * splat(1.570_312_5) - n * splat(4.837_513e-4) - n * splat(7.549_79e-8);
    let z = r * r;
    let s = poly(z, SIN) * z * r + r;
    let c = poly(z, COS) * z * z - z * splat(0.5) + splat(1.0);
    let n = shifted.to_bits();
    let swap = f32x4::from_bits(splat_bits(0) - (n & splat_bits(1)));
    let sign = |n: u32x4| f32x4::from_bits((n & splat_bits(2)) << 30);
    (pick(swap, c, s) ^ sign(n), pick(swap, s, c) ^ sign(n + splat_bits(1)))
}
const SIN: [f32; 3] = [-1.666_665_5e-1, 8.332_161e-3, -1.951_529_6e-4];
const COS: [f32; 3] = [4.166_664_6e-2, -1.388_731_6e-3, 2.443_315_7e-5];

#[cold]
fn sin_cos_far(x: f32x4) -> (f32x4, f32x4) {
    let both = x.to_array().map(|x| f64::from(x).sin_cos());
    (f32x4::new(both.map(|(s, _)| s as f32)), f32x4::new(both.map(|(_, c)| c as f32)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Greatest error of `f` in units of the last place of the true value, over every `stride`-th float in `lo..hi`.
    fn worst(f: impl Fn(f32x4) -> f32x4, truth: impl Fn(f64) -> f64, lo: f32, hi: f32, stride: u32) -> (f64, f32) {
        let mut worst = (0.0, 0.0);
        let mut try_one = |x: f32| {
            if !(lo..=hi).contains(&x) {
                return;
            }
            let (y, t) = (f(splat(x)).to_array()[0], truth(f64::from(x)));
            let near = t.abs().max(f64::from(f32::MIN_POSITIVE)) as f32;
            let ulp = f64::from(f32::from_bits(near.to_bits() + 1)) - f64::from(near);
            let error = (f64::from(y) - t).abs() / ulp;
            if error.is_nan() || error > worst.0 {
                worst = (error, x);
            }
        };
        for bits in (0..0x7f80_0000u32).step_by(stride as usize) {
            try_one(f32::from_bits(bits));
            try_one(-f32::from_bits(bits));
        }
        worst
    }

    fn bound(name: &str, ulps: f64, found: (f64, f32)) {
        println!("{name}: {} ulp at {}", found.0, found.1);
        assert!(found.0 <= ulps, "{name}: {} ulp at {}", found.0, found.1);
    }

    /// Prime, so that all mantissas are met; 400 000 floats of either sign.
    const STRIDE: u32 = 5003;

    #[test]
    fn errors_stay_below_the_stated_bounds() {
        bound("exp", 1.5, worst(exp, f64::exp, -87.0, 88.722, STRIDE));
        bound("exp_m1_neg", 2.0, worst(exp_m1_neg, f64::exp_m1, -1e30, 0.0, STRIDE));
        bound("ln", 1.0, worst(ln, f64::ln, f32::MIN_POSITIVE, f32::MAX, STRIDE));
        bound("ln_1p", 2.0, worst(ln_1p_unit, f64::ln_1p, 0.0, 1.0, STRIDE));
        bound("tanh", 7.0, worst(tanh, f64::tanh, -f32::MAX, f32::MAX, STRIDE));
        bound("sigmoid", 3.0, worst(sigmoid, |x| 1.0 / (1.0 + (-x).exp()), -87.0, f32::MAX, STRIDE));
        bound("softplus", 3.0, worst(softplus, |x| x.max(0.0) + (-x.abs()).exp().ln_1p(), -87.0, f32::MAX, STRIDE));
    }

    #[test]
    fn sin_and_cos_are_near_everywhere() {
        /// Near zeros of the function ulps mean nothing; this is the absolute error.
        const NEAR: f64 = 1e-7;
        for bits in (0..0x7f80_0000u32).step_by(STRIDE as usize) {
            for x in [f32::from_bits(bits), -f32::from_bits(bits)] {
                let (s, c) = sin_cos(splat(x));
                let t = f64::from(x).sin_cos();
                assert!((f64::from(s.to_array()[1]) - t.0).abs() <= NEAR, "sin {x}");
                assert!((f64::from(c.to_array()[2]) - t.1).abs() <= NEAR, "cos {x}");
            }
        }
    }

    /// erf by its Taylor series (small x) or Lentz's continued fraction for erfc, in f64.
    fn erf_truth(x: f64) -> f64 {
        let a = x.abs();
        let y = if a < 3.0 {
            let (mut term, mut sum) = (a, a);
            for n in 1..200 {
                term *= -a * a / f64::from(n);
                sum += term / f64::from(2 * n + 1);
            }
            sum * std::f64::consts::FRAC_2_SQRT_PI
        } else {
            let mut f = 0.0;
            for n in (1..80).rev() {
                f = f64::from(n) / 2.0 / (a + f);
            }
            1.0 - (-a * a).exp() / (a + f) * std::f64::consts::FRAC_2_SQRT_PI / 2.0
        };
        y.copysign(x)
    }

    #[test]
    fn erf_is_near_everywhere() {
        bound("erf", 7.0, worst(erf, erf_truth, -30.0, 30.0, STRIDE));
    }

    #[test]
    fn the_ends_are_right() {
        let at = |f: fn(f32x4) -> f32x4, x: f32| f(splat(x)).to_array()[3];
        let (inf, big) = (f32::INFINITY, f32::MAX);
        for (f, low, high) in [
            (exp as fn(f32x4) -> f32x4, 0.0, inf),
            (tanh, -1.0, 1.0),
            (sigmoid, 0.0, 1.0),
            (softplus, 0.0, inf),
            (erf, -1.0, 1.0),
        ] {
            assert_eq!((at(f, -inf), at(f, inf)), (low, high));
            assert!(at(f, f32::NAN).is_nan());
            assert_eq!(at(f, -big), low);
        }
        assert_eq!((at(exp, 88.8), at(exp, big), at(exp, 0.0), at(exp, -88.0)), (inf, inf, 1.0, 0.0));
        assert_eq!((at(exp_m1_neg, -inf), at(exp_m1_neg, -0.0)), (-1.0, 0.0));
        assert_eq!((at(tanh, 20.0), at(erf, 10.0), at(sigmoid, 40.0), at(softplus, 100.0)), (1.0, 1.0, 1.0, 100.0));
        assert_eq!((at(ln, 0.0), at(ln, -0.0), at(ln, 1.0), at(ln, inf)), (-inf, -inf, 0.0, inf));
        assert!(at(ln, -1.0).is_nan() && at(ln, -inf).is_nan() && at(ln, f32::NAN).is_nan());
        assert!(at(exp_m1_neg, f32::NAN).is_nan() && at(ln_1p_unit, f32::NAN).is_nan());
        let (s, c) = sin_cos(f32x4::new([f32::NAN, inf, 1.0, -inf]));
        let (s, c) = (s.to_array(), c.to_array());
        assert!([0, 1, 3].iter().all(|&i| s[i].is_nan() && c[i].is_nan()) && (s[2] - 1f32.sin()).abs() < 1e-7);
    }
}

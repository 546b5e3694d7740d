//! Activations over slices, forward and backward: values and derivatives as PyTorch defines them.
//!
//! Backward takes what [`Activation::saves_input`] says: the value before the activation where that is true, else its
//! output. Not responsible for the mathematical functions (see [`super::math`]) nor for fusing with products (ReLU can
//! also ride on a product, see [`super::gemm::Epilogue`]).

use super::lanes::{at_least, at_most, pick, splat};
use super::map::{raw1, raw3};
use super::math::{erf, exp, exp_m1_neg, sigmoid, sin_cos, softplus, tanh};
use crate::spec::Activation;
use wide::f32x4;

/// Slope of leaky ReLU below zero.
const LEAK: f32 = 0.01;
/// SELU's scale and α (Klambauer 2017), rounded as PyTorch has them.
const SELU: f32 = 1.050_701;
const SELU_ALPHA: f32 = 1.673_263_2;
/// √(2/π) and the cubic coefficient of GELU's tanh form.
const GELU_K: f32 = 0.797_884_6;
const GELU_C: f32 = 0.044_715;

#[inline(always)]
fn c(x: f32) -> f32x4 {
    splat(x)
}

/// Calls `$go!(value, slope)` with the two functions of `$act`: value from x, slope (the derivative) from what is saved.
macro_rules! with_functions {
    ($act:expr, $go:ident) => {
        match $act {
            Activation::Linear => $go!(|x| x, |_| c(1.0)),
            Activation::Relu => $go!(|x: f32x4| x & !x.simd_lt(c(0.0)), |y: f32x4| y.simd_gt(c(0.0)) & c(1.0)),
            Activation::LeakyRelu => $go!(|x: f32x4| pick(x.simd_gt(c(0.0)), x, x * c(LEAK)), |y: f32x4| pick(
                y.simd_gt(c(0.0)),
                c(1.0),
                c(LEAK)
            )),
            Activation::Elu => $go!(
                |x: f32x4| pick(x.simd_gt(c(0.0)), x, exp_m1_neg(at_most(x, c(0.0)))),
                |y: f32x4| pick(y.simd_gt(c(0.0)), c(1.0), y + c(1.0))
            ),
            Activation::Selu => $go!(
                |x: f32x4| c(SELU) * pick(x.simd_gt(c(0.0)), x, c(SELU_ALPHA) * exp_m1_neg(at_most(x, c(0.0)))),
                |y: f32x4| pick(y.simd_gt(c(0.0)), c(SELU), y + c(SELU * SELU_ALPHA))
            ),
            Activation::Gelu => $go!(|x: f32x4| x * normal_cdf(x), gelu_slope),
            Activation::GeluTanh => $go!(|x: f32x4| c(0.5) * x * (c(1.0) + gelu_tanh(x)), gelu_tanh_slope),
            Activation::Silu => $go!(|x: f32x4| x / (c(1.0) + exp(-x)), silu_slope),
            Activation::Mish => $go!(mish, mish_slope),
            Activation::Sigmoid => $go!(sigmoid, |y: f32x4| y * (c(1.0) - y)),
            Activation::Tanh => $go!(tanh, |y: f32x4| c(1.0) - y * y),
            Activation::Softplus => $go!(softplus, sigmoid),
            Activation::HardSigmoid => {
                $go!(|x: f32x4| hard_gate(x), |y: f32x4| y.simd_gt(c(0.0)) & y.simd_lt(c(1.0)) & c(1.0 / 6.0))
            }
            Activation::HardTanh => $go!(|x: f32x4| at_least(at_most(x, c(1.0)), c(-1.0)), |y: f32x4| y
                .simd_gt(c(-1.0))
                & y.simd_lt(c(1.0))
                & c(1.0)),
            Activation::HardSwish => $go!(|x: f32x4| x * hard_gate(x), hard_swish_slope),
            Activation::Relu6 => $go!(|x: f32x4| at_least(at_most(x, c(6.0)), c(0.0)), |y: f32x4| y.simd_gt(c(0.0))
                & y.simd_lt(c(6.0))
                & c(1.0)),
            Activation::Sin => $go!(|x: f32x4| sin_cos(x).0, |x: f32x4| sin_cos(x).1),
        }
    };
}

/// `y = f(x)`, once for all uses: seventeen functions are a good part of what the browser has to load.
///
/// # Safety
/// `x` readable and `y` writable for `n` floats; the two equal or apart.
#[inline(never)]
unsafe fn values(act: Activation, n: usize, x: *const f32, y: *mut f32) {
    macro_rules! go {
        ($value:expr, $slope:expr) => {
            // SAFETY: as promised.
            unsafe { raw1(n, x, y, $value) }
        };
    }
    with_functions!(act, go)
}

/// `d_x = d_y · f′`, plus what `d_x` held in lanes where `keep` is all ones.
///
/// # Safety
/// `saved`, `d_y` readable and `d_x` readable and writable for `n` floats; `d_x` equal to each of the others or apart.
#[inline(never)]
unsafe fn slopes(act: Activation, n: usize, saved: *const f32, d_y: *const f32, d_x: *mut f32, keep: f32x4) {
    macro_rules! go {
        ($value:expr, $slope:expr) => {{
            let slope = $slope;
            // SAFETY: as promised.
            unsafe { raw3(n, saved, d_y, d_x, |s, d, old| d * slope(s) + (old & keep)) }
        }};
    }
    with_functions!(act, go)
}

/// `y = f(x)`. Overwrites `y`.
///
/// # Panics
/// If the lengths differ.
pub fn forward(act: Activation, x: &[f32], y: &mut [f32]) {
    assert_eq!(x.len(), y.len(), "lengths differ");
    // SAFETY: both slices have the length.
    unsafe { values(act, x.len(), x.as_ptr(), y.as_mut_ptr()) }
}

/// `x ← f(x)`.
pub fn forward_in_place(act: Activation, x: &mut [f32]) {
    let p = x.as_mut_ptr();
    if act != Activation::Linear {
        // SAFETY: one slice, read and then written.
        unsafe { values(act, x.len(), p, p) }
    }
}

/// `d_x (= or +=) d_y · f′`, with `saved` the input or the output of the activation ([`Activation::saves_input`]).
///
/// # Panics
/// If the lengths differ.
pub fn backward(act: Activation, saved: &[f32], d_y: &[f32], d_x: &mut [f32], accumulate: bool) {
    assert!(saved.len() == d_y.len() && d_y.len() == d_x.len(), "lengths differ");
    let keep = splat(f32::from_bits(if accumulate { u32::MAX } else { 0 }));
    // SAFETY: all slices have the length.
    unsafe { slopes(act, d_x.len(), saved.as_ptr(), d_y.as_ptr(), d_x.as_mut_ptr(), keep) }
}

/// `d ← d · f′`, with `saved` as for [`backward`].
///
/// # Panics
/// If the lengths differ.
pub fn backward_in_place(act: Activation, saved: &[f32], d: &mut [f32]) {
    assert_eq!(saved.len(), d.len(), "lengths differ");
    let p = d.as_mut_ptr();
    if act != Activation::Linear {
        // SAFETY: both slices have the length; `d` is read and then written.
        unsafe { slopes(act, d.len(), saved.as_ptr(), p, p, splat(0.0)) }
    }
}

/// Φ(x), the normal distribution's cumulative function.
#[inline(always)]
fn normal_cdf(x: f32x4) -> f32x4 {
    c(0.5) + c(0.5) * erf(x * c(std::f32::consts::FRAC_1_SQRT_2))
}

/// Φ(x) + x·φ(x).
#[inline(always)]
fn gelu_slope(x: f32x4) -> f32x4 {
    normal_cdf(x)
        + x * exp(x * x * c(-0.5)) * c(std::f32::consts::FRAC_2_SQRT_PI * 0.5 * std::f32::consts::FRAC_1_SQRT_2)
}

#[inline(always)]
fn gelu_tanh(x: f32x4) -> f32x4 {
    tanh(c(GELU_K) * (x + c(GELU_C) * x * x * x))
}

#[inline(always)]
fn gelu_tanh_slope(x: f32x4) -> f32x4 {
    let t = gelu_tanh(x);
    let inner = c(GELU_K) + c(3.0 * GELU_K * GELU_C) * x * x;
    c(0.5) * (c(1.0) + t) + c(0.5) * x * (c(1.0) - t * t) * inner
}

#[inline(always)]
fn silu_slope(x: f32x4) -> f32x4 {
    let s = sigmoid(x);
    s * (c(1.0) + x * (c(1.0) - s))
}

/// With e = exp(x): tanh(ln(1 + e)) = e(e + 2) / (e(e + 2) + 2); from x = 20 on that is 1 and e² must not overflow.
#[inline(always)]
fn mish(x: f32x4) -> f32x4 {
    let e = exp(at_most(x, c(20.0)));
    let n = e * (e + c(2.0));
    x * (n / (n + c(2.0)))
}

/// tanh(s) + x·σ(x)·(1 − tanh²(s)) with s = softplus(x); in e = exp(x) the last factors are 4e(1 + e) / (e(e + 2) + 2)².
#[inline(always)]
fn mish_slope(x: f32x4) -> f32x4 {
    let e = exp(at_most(x, c(20.0)));
    let n = e * (e + c(2.0));
    let r = c(1.0) / (n + c(2.0));
    n * r + x * (c(4.0) * e * (c(1.0) + e) * r * r)
}

/// relu6(x + 3) / 6.
#[inline(always)]
fn hard_gate(x: f32x4) -> f32x4 {
    at_least(at_most(x + c(3.0), c(6.0)), c(0.0)) * c(1.0 / 6.0)
}

#[inline(always)]
fn hard_swish_slope(x: f32x4) -> f32x4 {
    let inside = pick(x.simd_gt(c(3.0)), c(1.0), x * c(1.0 / 3.0) + c(0.5));
    inside & !x.simd_lt(c(-3.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::rng::Rng;

    /// Values: a few ulp of the functions of `math`, on numbers of size up to 12; slopes go through one product more.
    const NEAR: f64 = 4e-6;

    /// The formula in f64, from PyTorch's documentation; derivatives are taken numerically from it.
    fn truth(act: Activation, x: f64) -> f64 {
        let sigmoid = |x: f64| 1.0 / (1.0 + (-x).exp());
        let softplus = |x: f64| x.max(0.0) + (-x.abs()).exp().ln_1p();
        match act {
            Activation::Linear => x,
            Activation::Relu => x.max(0.0),
            Activation::LeakyRelu => x.max(0.0) + 0.01 * x.min(0.0),
            Activation::Elu => x.max(0.0) + x.min(0.0).exp_m1(),
            Activation::Selu => 1.050_700_987_355_480_5 * (x.max(0.0) + 1.673_263_242_354_377_2 * x.min(0.0).exp_m1()),
            // Φ by integrating φ from 0 with Simpson's rule.
            Activation::Gelu => {
                let phi = |t: f64| (-0.5 * t * t).exp() / std::f64::consts::TAU.sqrt();
                let h = x / 400.0;
                let mut s = phi(0.0) + phi(x);
                for i in 1..400 {
                    s += if i % 2 == 1 { 4.0 } else { 2.0 } * phi(f64::from(i) * h);
                }
                x * (0.5 + s * h / 3.0)
            }
            Activation::GeluTanh => {
                0.5 * x * (1.0 + (std::f64::consts::FRAC_2_PI.sqrt() * (x + 0.044_715 * x.powi(3))).tanh())
            }
            Activation::Silu => x * sigmoid(x),
            Activation::Mish => x * softplus(x).tanh(),
            Activation::Sigmoid => sigmoid(x),
            Activation::Tanh => x.tanh(),
            Activation::Softplus => softplus(x),
            Activation::HardSigmoid => (x + 3.0).clamp(0.0, 6.0) / 6.0,
            Activation::HardTanh => x.clamp(-1.0, 1.0),
            Activation::HardSwish => x * (x + 3.0).clamp(0.0, 6.0) / 6.0,
            Activation::Relu6 => x.clamp(0.0, 6.0),
            Activation::Sin => x.sin(),
        }
    }

    #[test]
    fn values_and_slopes_of_every_activation() {
        let mut rng = Rng::new(2, 0);
        for act in Activation::ALL {
            for n in [0, 1, 3, 4, 5, 7, 8, 9, 17, 333] {
                let x: Vec<f32> = (0..n).map(|_| rng.range(-12.0, 12.0)).collect();
                let (mut y, mut z) = (vec![9.0; n], x.clone());
                forward(act, &x, &mut y);
                forward_in_place(act, &mut z);
                assert_eq!(y, z);
                let saved = if act.saves_input() { &x } else { &y };
                let d_y: Vec<f32> = (0..n).map(|_| rng.range(0.5, 1.5)).collect();
                let (mut d, mut added, mut in_place) = (vec![9.0; n], vec![2.0; n], d_y.clone());
                backward(act, saved, &d_y, &mut d, false);
                backward(act, saved, &d_y, &mut added, true);
                backward_in_place(act, saved, &mut in_place);
                assert_eq!(d, in_place);
                for i in 0..n {
                    let (xi, h) = (f64::from(x[i]), 1e-4);
                    let value = truth(act, xi);
                    assert!((f64::from(y[i]) - value).abs() <= NEAR, "{act:?}({xi}) = {} not {value}", y[i]);
                    assert_eq!(added[i], 2.0 + d[i]);
                    // No numerical derivative across a kink.
                    if [-3.0, -1.0, 0.0, 1.0, 3.0, 6.0].iter().any(|k| (xi - k).abs() < 2.0 * h) {
                        continue;
                    }
                    let slope = (truth(act, xi + h) - truth(act, xi - h)) / (2.0 * h) * f64::from(d_y[i]);
                    assert!((f64::from(d[i]) - slope).abs() <= 2.0 * NEAR, "{act:?}'({xi}) = {} not {slope}", d[i]);
                }
            }
        }
    }

    /// PyTorch's subgradients at the kinks, and NaN and ∞ going through.
    #[test]
    fn kinks_and_ends() {
        let slope_at = |act, x: f32| {
            let (mut y, mut d) = ([x], [1.0]);
            forward_in_place(act, &mut y);
            backward_in_place(act, &(if act.saves_input() { [x] } else { y }), &mut d);
            d[0]
        };
        for (act, x, slope) in [
            (Activation::Relu, 0.0, 0.0),
            (Activation::LeakyRelu, 0.0, 0.01),
            (Activation::Elu, 0.0, 1.0),
            (Activation::Relu6, 0.0, 0.0),
            (Activation::Relu6, 6.0, 0.0),
            (Activation::HardTanh, 1.0, 0.0),
            (Activation::HardTanh, -1.0, 0.0),
            (Activation::HardSigmoid, 3.0, 0.0),
            (Activation::HardSigmoid, -3.0, 0.0),
            (Activation::HardSwish, 3.5, 1.0),
            (Activation::HardSwish, -3.5, 0.0),
        ] {
            assert_eq!(slope_at(act, x), slope, "{act:?} at {x}");
        }
        for act in Activation::ALL {
            let mut y = [f32::NAN, 1e30, -1e30, f32::MAX, 90.0, -90.0];
            forward_in_place(act, &mut y);
            assert!(y[0].is_nan(), "{act:?} loses NaN");
            assert!(y[1..].iter().all(|y| !y.is_nan()), "{act:?} of great numbers: {y:?}");
            assert!(slope_at(act, 90.0).is_finite() && slope_at(act, -90.0).is_finite(), "{act:?}");
        }
    }
}

//! Activation: `y = f(x)` for each number, `x (…)`, `y (…)`.
//!
//! Formulas and constants are PyTorch's (`torch.nn.functional`); each function's derivative stands directly below it.
//! Not responsible for which ones a learner may choose (`spec::activation`).

use super::{Backward, Forward, OpRule, Output};
use crate::engine::real::Real;
use crate::spec::Activation;
use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// Slope of leaky ReLU below zero (PyTorch's default).
pub const LEAKY_SLOPE: f64 = 0.01;
/// α of SELU (Klambauer 2017).
pub const SELU_ALPHA: f64 = 1.673_263_242_354_377_2;
/// λ of SELU (Klambauer 2017).
pub const SELU_SCALE: f64 = 1.050_700_987_355_480_5;
/// Cubic coefficient of GELU's tanh form (Hendrycks & Gimpel 2016).
pub const GELU_CUBIC: f64 = 0.044_715;

/// Parameters of the op. Input: x.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Act {
    /// Which function.
    pub act: Activation,
}

fn sigmoid<T: Real>(x: T) -> T {
    // Both branches avoid exp of a large positive number.
    if x < T::ZERO {
        let e = x.exp();
        e / (T::ONE + e)
    } else {
        T::ONE / (T::ONE + (-x).exp())
    }
}

fn softplus<T: Real>(x: T) -> T {
    let zero = T::ZERO;
    (if x > zero { x } else { zero }) + (-x.abs()).exp().ln_1p()
}

fn clamp<T: Real>(x: T, lo: f64, hi: f64) -> T {
    // Comparisons, not min/max, so that NaN goes through.
    if x < T::from_f64(lo) {
        T::from_f64(lo)
    } else if x > T::from_f64(hi) {
        T::from_f64(hi)
    } else {
        x
    }
}

/// f(x).
pub fn forward<T: Real>(act: Activation, x: T) -> T {
    let c = T::from_f64;
    let (zero, one) = (T::ZERO, T::ONE);
    match act {
        Activation::Linear => x,
        Activation::Relu => {
            if x < zero {
                zero
            } else {
                x
            }
        }
        Activation::LeakyRelu => {
            if x < zero {
                c(LEAKY_SLOPE) * x
            } else {
                x
            }
        }
        Activation::Elu => {
            if x < zero {
                x.exp_m1()
            } else {
                x
            }
        }
        Activation::Selu => c(SELU_SCALE) * if x < zero { c(SELU_ALPHA) * x.exp_m1() } else { x },
        Activation::Gelu => c(0.5) * x * (one + c(libm::erf(x.to_f64() * FRAC_1_SQRT_2))),
        Activation::GeluTanh => c(0.5) * x * (one + gelu_inner(x).tanh()),
        Activation::Silu => x * sigmoid(x),
        Activation::Mish => x * softplus(x).tanh(),
        Activation::Sigmoid => sigmoid(x),
        Activation::Tanh => x.tanh(),
        Activation::Softplus => softplus(x),
        Activation::HardSigmoid => clamp(x + c(3.0), 0.0, 6.0) / c(6.0),
        Activation::HardTanh => clamp(x, -1.0, 1.0),
        Activation::HardSwish => x * clamp(x + c(3.0), 0.0, 6.0) / c(6.0),
        Activation::Relu6 => clamp(x, 0.0, 6.0),
        Activation::Sin => x.sin(),
    }
}

/// f′ from the input `x` or the output `y = f(x)`, whichever the function needs ([`Activation::saves_input`]).
/// Functions that do not save their input may be given `y` in place of `x`.
pub fn derivative<T: Real>(act: Activation, x: T, y: T) -> T {
    let c = T::from_f64;
    let (zero, one) = (T::ZERO, T::ONE);
    let step = |on: bool| if on { one } else { zero };
    match act {
        Activation::Linear => one,
        Activation::Relu => step(y > zero),
        Activation::LeakyRelu => {
            if y > zero {
                one
            } else {
                c(LEAKY_SLOPE)
            }
        }
        Activation::Elu => {
            if y > zero {
                one
            } else {
                y + one
            }
        }
        Activation::Selu => {
            if y > zero {
                c(SELU_SCALE)
            } else {
                y + c(SELU_SCALE * SELU_ALPHA)
            }
        }
        Activation::Gelu => {
            let cdf = c(0.5) * (one + c(libm::erf(x.to_f64() * FRAC_1_SQRT_2)));
            cdf + x * (c(-0.5) * x * x).exp() * c((2.0 * PI).sqrt().recip())
        }
        Activation::GeluTanh => {
            let t = gelu_inner(x).tanh();
            let d_inner = c((2.0 / PI).sqrt()) * (one + c(3.0 * GELU_CUBIC) * x * x);
            c(0.5) * (one + t) + c(0.5) * x * (one - t * t) * d_inner
        }
        Activation::Silu => {
            let s = sigmoid(x);
            s * (one + x * (one - s))
        }
        Activation::Mish => {
            let t = softplus(x).tanh();
            t + x * (one - t * t) * sigmoid(x)
        }
        Activation::Sigmoid => y * (one - y),
        Activation::Tanh => one - y * y,
        Activation::Softplus => sigmoid(x),
        Activation::HardSigmoid => {
            if y > zero && y < one {
                c(1.0 / 6.0)
            } else {
                zero
            }
        }
        Activation::HardTanh => step(y > -one && y < one),
        Activation::HardSwish => {
            if x < c(-3.0) {
                zero
            } else if x <= c(3.0) {
                x / c(3.0) + c(0.5)
            } else {
                one
            }
        }
        Activation::Relu6 => step(y > zero && y < c(6.0)),
        Activation::Sin => x.cos(),
    }
}

fn gelu_inner<T: Real>(x: T) -> T {
    T::from_f64((2.0 / PI).sqrt()) * (x + T::from_f64(GELU_CUBIC) * x * x * x)
}

impl OpRule for Act {
    fn outputs(&self, ins: &[(&[usize], bool)]) -> Vec<Output> {
        vec![Output::result(ins[0].0.to_vec())]
    }

    /// `y = f(x)`.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        for (y, x) in c.outs[0].iter_mut().zip(c.ins[0]) {
            *y = forward(self.act, *x);
        }
    }

    /// `d_x = d_y f′(x)`.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        if let Some(d_x) = &mut c.d_ins[0] {
            for (k, d) in d_x.iter_mut().enumerate() {
                *d = c.d_out[k] * derivative(self.act, c.ins[0][k], c.outs[0][k]);
            }
        }
    }
}

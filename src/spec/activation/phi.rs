//! Activation functions and their derivatives in double precision, anywhere on the real line: for theory and for curves.
//!
//! `tests/it/mean_field.rs` holds them to the engine's kernels. Not responsible for training.

use super::Activation;
use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// Constants of SELU (Klambauer et al. 2017), as in PyTorch.
const SELU_SCALE: f64 = 1.050_700_987_355_480_5;
const SELU_ALPHA: f64 = 1.673_263_242_354_377_2;

/// `φ(x)`.
pub fn value(act: Activation, x: f64) -> f64 {
    match act {
        Activation::Linear => x,
        Activation::Relu => x.max(0.0),
        Activation::LeakyRelu => x.max(0.01 * x),
        Activation::Elu => elu(x),
        Activation::Selu => SELU_SCALE * if x > 0.0 { x } else { SELU_ALPHA * libm::expm1(x) },
        Activation::Gelu => 0.5 * x * libm::erfc(-x * FRAC_1_SQRT_2),
        Activation::GeluTanh => 0.5 * x * (1.0 + ((2.0 / PI).sqrt() * (x + 0.044_715 * x * x * x)).tanh()),
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

/// `φ′(x)` by central differences: their error (10⁻⁹) is far below what mean-field theory leaves out, and no second
/// list of formulas can disagree with the first. Never across a kink at 0; `x` must not be 0 itself.
pub fn slope(act: Activation, x: f64) -> f64 {
    let h = (1e-6 * x.abs().max(1.0)).min(0.5 * x.abs());
    (value(act, x + h) - value(act, x - h)) / (2.0 * h)
}

/// `φ′(x)` from its formula; at a kink PyTorch's choice.
pub fn derivative(act: Activation, x: f64) -> f64 {
    let on = |yes: bool| if yes { 1.0 } else { 0.0 };
    match act {
        Activation::Linear => 1.0,
        Activation::Relu => on(x > 0.0),
        Activation::LeakyRelu => {
            if x > 0.0 {
                1.0
            } else {
                0.01
            }
        }
        Activation::Elu => {
            if x > 0.0 {
                1.0
            } else {
                x.exp()
            }
        }
        Activation::Selu => SELU_SCALE * if x > 0.0 { 1.0 } else { SELU_ALPHA * x.exp() },
        Activation::Gelu => 0.5 * libm::erfc(-x * FRAC_1_SQRT_2) + x * (-0.5 * x * x).exp() / (2.0 * PI).sqrt(),
        Activation::GeluTanh => {
            let k = (2.0 / PI).sqrt();
            let t = (k * (x + 0.044_715 * x * x * x)).tanh();
            // Far out 1 − t² is 0, whatever it is times.
            let bend = (1.0 - t * t) * k;
            0.5 * (1.0 + t) + if bend == 0.0 { 0.0 } else { 0.5 * x * bend * (1.0 + 3.0 * 0.044_715 * x * x) }
        }
        Activation::Silu => {
            let s = sigmoid(x);
            s + x * s * (1.0 - s)
        }
        Activation::Mish => {
            let t = softplus(x).tanh();
            t + x * (1.0 - t * t) * sigmoid(x)
        }
        Activation::Sigmoid => sigmoid(x) * (1.0 - sigmoid(x)),
        Activation::Tanh => 1.0 - x.tanh() * x.tanh(),
        Activation::Softplus => sigmoid(x),
        Activation::HardSigmoid => on(x > -3.0 && x < 3.0) / 6.0,
        Activation::HardTanh => on(x > -1.0 && x < 1.0),
        Activation::HardSwish => {
            if x < -3.0 {
                0.0
            } else if x > 3.0 {
                1.0
            } else {
                (2.0 * x + 3.0) / 6.0
            }
        }
        Activation::Relu6 => on(x > 0.0 && x < 6.0),
        Activation::Sin => x.cos(),
    }
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

fn softplus(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}

fn elu(x: f64) -> f64 {
    if x > 0.0 { x } else { libm::expm1(x) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derivatives_are_slopes_of_the_values() {
        for act in Activation::ALL {
            for i in -80..80 {
                // Never at a kink.
                let x = f64::from(i) * 0.1 + 0.037;
                let (exact, near) = (derivative(act, x), slope(act, x));
                assert!((exact - near).abs() < 1e-7, "{} at {x}: {exact} for {near}", act.name());
            }
        }
    }
}

//! Activation functions in numbers, so that the page can say how a sum became what a map holds.
//!
//! Held to the engine's own by a test. Not responsible for their formulas in words (`spec::activation`).

use crate::spec::Activation;
use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// f(x).
pub fn bend(act: Activation, x: f64) -> f64 {
    let sigmoid = |x: f64| 1.0 / (1.0 + (-x).exp());
    let softplus = |x: f64| x.max(0.0) + (-x.abs()).exp().ln_1p();
    match act {
        Activation::Linear => x,
        Activation::Relu => x.max(0.0),
        Activation::LeakyRelu if x < 0.0 => 0.01 * x,
        Activation::LeakyRelu => x,
        Activation::Elu if x < 0.0 => x.exp_m1(),
        Activation::Elu => x,
        Activation::Selu => {
            let (scale, alpha) = (1.050_700_987_355_480_5, 1.673_263_242_354_377_2);
            scale * if x < 0.0 { alpha * x.exp_m1() } else { x }
        }
        Activation::Gelu => 0.5 * x * (1.0 + libm::erf(x * FRAC_1_SQRT_2)),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::ops::activation::forward;

    #[test]
    fn every_function_is_the_engines() {
        for act in Activation::ALL {
            for x in [-8.0, -3.0, -1.5, -0.2, 0.0, 0.3, 1.0, 2.5, 7.0] {
                let (ours, theirs) = (bend(act, x), forward(act, x));
                assert!((ours - theirs).abs() < 1e-9, "{} at {x}: {ours} and {theirs}", act.name());
            }
        }
    }
}

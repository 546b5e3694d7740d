//! Slope: an activation's derivative as a value of its own, `y = v · f′(s)`, all `(…)`; without `v` it is `f′(s)`.
//!
//! The backward half of `activation` as a forward op, so that a gradient can be differentiated once more (gradient
//! penalty). `s` is what the activation saves: its input or its output ([`Activation::saves_input`]). Of the output, `f′` is
//! a function of the output, and what is said of its slope is said of that function.

use super::{Backward, Forward, OpRule, Output, activation};
use crate::engine::real::Real;
use crate::spec::Activation;
use std::f64::consts::PI;

/// Parameters of the op. Inputs: s, and v if there is one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slope {
    /// Which function.
    pub act: Activation,
}

/// The derivative of `f′` with respect to what is saved: `f″(x)`, or `d f′/dy` where the output is.
pub fn curvature<T: Real>(act: Activation, s: T) -> T {
    let c = T::from_f64;
    let (zero, one, two) = (T::ZERO, T::ONE, T::from_f64(2.0));
    let sigmoid = |x: T| activation::forward(Activation::Sigmoid, x);
    match act {
        // Straight pieces; at a corner there is no second derivative, and 0 is taken, as in PyTorch.
        Activation::Linear
        | Activation::Relu
        | Activation::LeakyRelu
        | Activation::HardSigmoid
        | Activation::HardTanh
        | Activation::Relu6 => zero,
        Activation::Elu | Activation::Selu => {
            if s > zero {
                zero
            } else {
                one
            }
        }
        Activation::Sigmoid => one - two * s,
        Activation::Tanh => -two * s,
        // φ(x)(2 − x²), with φ the normal density.
        Activation::Gelu => (c(-0.5) * s * s).exp() * c((2.0 * PI).sqrt().recip()) * (two - s * s),
        Activation::GeluTanh => {
            let k = c((2.0 / PI).sqrt());
            let cubic = c(activation::GELU_CUBIC);
            let t = (k * (s + cubic * s * s * s)).tanh();
            let inner = k * (one + c(3.0) * cubic * s * s);
            let bend = k * c(6.0) * cubic * s;
            let flat = one - t * t;
            // ½(2·t′ + x·t″) with t′ = (1 − t²)·u′ and t″ = (1 − t²)·(u″ − 2t·u′²).
            flat * inner + c(0.5) * s * flat * (bend - two * t * inner * inner)
        }
        Activation::Silu => {
            let g = sigmoid(s);
            g * (one - g) * (two + s * (one - two * g))
        }
        Activation::Mish => {
            // f = x·t with t = tanh(softplus(x)): f″ = 2t′ + x·t″, t′ = (1 − t²)·σ, t″ = (1 − t²)·σ·(1 − σ − 2tσ).
            let g = sigmoid(s);
            let t = activation::forward(Activation::Softplus, s).tanh();
            let first = (one - t * t) * g;
            first * (two + s * (one - g - two * t * g))
        }
        Activation::Softplus => {
            let g = sigmoid(s);
            g * (one - g)
        }
        Activation::HardSwish => {
            if s > c(-3.0) && s < c(3.0) {
                c(1.0 / 3.0)
            } else {
                zero
            }
        }
        Activation::Sin => -s.sin(),
    }
}

impl OpRule for Slope {
    fn outputs(&self, ins: &[(&[usize], bool)]) -> Vec<Output> {
        vec![Output::result(ins[0].0.to_vec())]
    }

    /// `y = v f′(s)`.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        for (k, y) in c.outs[0].iter_mut().enumerate() {
            let s = c.ins[0][k];
            *y = activation::derivative(self.act, s, s) * c.ins.get(1).map_or(T::ONE, |v| v[k]);
        }
    }

    /// `d_s = d_y v f″(s)`, `d_v = d_y f′(s)`.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        let (s, v) = (c.ins[0], c.ins.get(1));
        if let Some(d_s) = &mut c.d_ins[0] {
            for (k, d) in d_s.iter_mut().enumerate() {
                *d = c.d_out[k] * curvature(self.act, s[k]) * v.map_or(T::ONE, |v| v[k]);
            }
        }
        if let Some(Some(d_v)) = c.d_ins.get_mut(1) {
            for (k, d) in d_v.iter_mut().enumerate() {
                *d = c.d_out[k] * activation::derivative(self.act, s[k], s[k]);
            }
        }
    }
}

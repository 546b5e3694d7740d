//! Activations as nodes.

use super::graph::Graph;
use super::proto::Value;
use crate::spec::Activation;

/// The nodes of an activation.
pub(super) fn act(g: &mut Graph, a: Activation, x: &str) -> String {
    let settings = |name: &'static str, v: f32| vec![(name, Value::Float(v))];
    match a {
        Activation::Linear => x.to_string(),
        Activation::Relu => g.op("Relu", &[x]),
        Activation::LeakyRelu => g.node("LeakyRelu", &[x], &settings("alpha", 0.01)),
        Activation::Elu => g.op("Elu", &[x]),
        Activation::Selu => g.op("Selu", &[x]),
        Activation::Gelu => g.op("Gelu", &[x]),
        Activation::GeluTanh => g.node("Gelu", &[x], &[("approximate", Value::Text("tanh"))]),
        Activation::Silu => {
            let gate = g.op("Sigmoid", &[x]);
            g.op("Mul", &[x, &gate])
        }
        Activation::Mish => g.op("Mish", &[x]),
        Activation::Sigmoid => g.op("Sigmoid", &[x]),
        Activation::Tanh => g.op("Tanh", &[x]),
        Activation::Softplus => g.op("Softplus", &[x]),
        Activation::HardSigmoid => g.node("HardSigmoid", &[x], &settings("alpha", 1.0 / 6.0)),
        Activation::HardTanh => clip(g, x, -1.0, 1.0),
        Activation::HardSwish => g.op("HardSwish", &[x]),
        Activation::Relu6 => clip(g, x, 0.0, 6.0),
        Activation::Sin => g.op("Sin", &[x]),
    }
}

fn clip(g: &mut Graph, x: &str, from: f32, to: f32) -> String {
    let (from, to) = (g.one(from), g.one(to));
    g.op("Clip", &[x, &from, &to])
}

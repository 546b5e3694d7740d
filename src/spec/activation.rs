//! The activation functions a layer can end with, by their PyTorch names.
//!
//! Not responsible for computing them: `engine::ops::activation` has values and derivatives.

pub mod phi;

use serde::de::IntoDeserializer;
use serde::de::value::{Error as ValueError, StrDeserializer};
use serde::{Deserialize, Serialize};

/// An element-wise function. Constants are PyTorch's; where Keras differs, the variant says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Activation {
    /// `x`: no activation at all.
    #[default]
    #[serde(alias = "none", alias = "identity")]
    Linear,
    /// `max(0, x)`.
    Relu,
    /// Slope 0.01 below zero (PyTorch; Keras 3 uses 0.2, Keras 2 0.3).
    #[serde(alias = "leakyrelu", alias = "leaky")]
    LeakyRelu,
    /// Exponential linear unit, α = 1 (Clevert 2015).
    Elu,
    /// Self-normalising ELU (Klambauer 2017); pair it with the `lecun_normal` initialiser.
    Selu,
    /// Gaussian error linear unit, exact with erf (Hendrycks 2016; the default of PyTorch and of Keras).
    Gelu,
    /// GELU by its tanh approximation (GPT-2; PyTorch's `approximate="tanh"`).
    #[serde(alias = "gelu_new", alias = "gelu_approximate")]
    GeluTanh,
    /// `x · sigmoid(x)`, also called swish (Ramachandran 2017).
    #[serde(alias = "swish")]
    Silu,
    /// `x · tanh(softplus(x))` (Misra 2019).
    Mish,
    /// Logistic function.
    #[serde(alias = "logistic")]
    Sigmoid,
    /// Hyperbolic tangent.
    Tanh,
    /// `ln(1 + eˣ)`, β = 1; linear above 20 as in PyTorch.
    #[serde(alias = "soft_plus")]
    Softplus,
    /// `relu6(x + 3) / 6` (PyTorch and Keras 3; Keras 2 had `clip(0.2·x + 0.5, 0, 1)`).
    #[serde(alias = "hardsigmoid")]
    HardSigmoid,
    /// `x` cut to −1 … 1.
    #[serde(alias = "hardtanh")]
    HardTanh,
    /// `x · relu6(x + 3) / 6` (Howard 2019), Keras's `hard_silu`.
    #[serde(alias = "hardswish", alias = "hard_silu")]
    HardSwish,
    /// `x` cut to 0 … 6.
    Relu6,
    /// `sin x` (SIREN, Sitzmann 2020).
    #[serde(alias = "sine")]
    Sin,
}

impl Activation {
    /// Every activation, in the order menus show them.
    pub const ALL: [Activation; 17] = [
        Activation::Linear,
        Activation::Relu,
        Activation::LeakyRelu,
        Activation::Elu,
        Activation::Selu,
        Activation::Gelu,
        Activation::GeluTanh,
        Activation::Silu,
        Activation::Mish,
        Activation::Sigmoid,
        Activation::Tanh,
        Activation::Softplus,
        Activation::HardSigmoid,
        Activation::HardTanh,
        Activation::HardSwish,
        Activation::Relu6,
        Activation::Sin,
    ];

    /// The JSON name.
    pub fn name(self) -> &'static str {
        match self {
            Activation::Linear => "linear",
            Activation::Relu => "relu",
            Activation::LeakyRelu => "leaky_relu",
            Activation::Elu => "elu",
            Activation::Selu => "selu",
            Activation::Gelu => "gelu",
            Activation::GeluTanh => "gelu_tanh",
            Activation::Silu => "silu",
            Activation::Mish => "mish",
            Activation::Sigmoid => "sigmoid",
            Activation::Tanh => "tanh",
            Activation::Softplus => "softplus",
            Activation::HardSigmoid => "hard_sigmoid",
            Activation::HardTanh => "hard_tanh",
            Activation::HardSwish => "hard_swish",
            Activation::Relu6 => "relu6",
            Activation::Sin => "sin",
        }
    }

    /// Reads a name as JSON does, aliases of PyTorch and Keras (`swish`, `hardtanh`, `none` …) included.
    pub fn from_name(name: &str) -> Option<Activation> {
        let reader: StrDeserializer<ValueError> = name.into_deserializer();
        Activation::deserialize(reader).ok()
    }

    /// The formula as plain text, the same in every language.
    pub fn formula(self) -> &'static str {
        match self {
            Activation::Linear => "x",
            Activation::Relu => "max(0, x)",
            Activation::LeakyRelu => "x > 0 ? x : 0.01·x",
            Activation::Elu => "x > 0 ? x : exp(x) − 1",
            Activation::Selu => "1.0507 · (x > 0 ? x : 1.6733·(exp(x) − 1))",
            Activation::Gelu => "x · Φ(x) = x/2 · (1 + erf(x/√2))",
            Activation::GeluTanh => "x/2 · (1 + tanh(√(2/π)·(x + 0.044715·x³)))",
            Activation::Silu => "x / (1 + exp(−x))",
            Activation::Mish => "x · tanh(ln(1 + exp(x)))",
            Activation::Sigmoid => "1 / (1 + exp(−x))",
            Activation::Tanh => "tanh(x)",
            Activation::Softplus => "ln(1 + exp(x))",
            Activation::HardSigmoid => "min(max(x + 3, 0), 6) / 6",
            Activation::HardTanh => "min(max(x, −1), 1)",
            Activation::HardSwish => "x · min(max(x + 3, 0), 6) / 6",
            Activation::Relu6 => "min(max(x, 0), 6)",
            Activation::Sin => "sin(x)",
        }
    }

    /// Whether the derivative needs the value before the activation. The others differentiate from their output, so
    /// that the value before need not be kept.
    pub fn saves_input(self) -> bool {
        match self {
            Activation::Gelu
            | Activation::GeluTanh
            | Activation::Silu
            | Activation::Mish
            | Activation::Softplus
            | Activation::HardSwish
            | Activation::Sin => true,
            Activation::Linear
            | Activation::Relu
            | Activation::LeakyRelu
            | Activation::Elu
            | Activation::Selu
            | Activation::Sigmoid
            | Activation::Tanh
            | Activation::HardSigmoid
            | Activation::HardTanh
            | Activation::Relu6 => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_json_names_and_aliases_are_read() {
        for a in Activation::ALL {
            assert_eq!(serde_json::to_value(a).unwrap(), a.name());
            assert_eq!(Activation::from_name(a.name()), Some(a));
        }
        for (alias, a) in
            [("swish", Activation::Silu), ("hardtanh", Activation::HardTanh), ("none", Activation::Linear)]
        {
            assert_eq!(Activation::from_name(alias), Some(a));
        }
        assert_eq!(Activation::from_name("rleu"), None);
    }

    #[test]
    fn all_lists_each_once() {
        let names: std::collections::HashSet<_> = Activation::ALL.iter().map(|a| a.name()).collect();
        assert_eq!(names.len(), Activation::ALL.len());
    }
}

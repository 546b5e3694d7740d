//! Functions after a layer: activations by their names as modules and as words, and those that belong to the loss.

use super::args::Args;
use super::steps::What;
use super::table;
use crate::spec::Activation;

/// What may end a layer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum End {
    Activation(Activation),
    /// A function that the loss has.
    Loss(&'static str),
}

impl End {
    pub fn what(self) -> What {
        match self {
            End::Activation(Activation::Linear) => What::Nothing,
            End::Activation(a) => What::Layer(table::activation(a)),
            End::Loss(word) => What::End(word),
        }
    }
}

/// The function that a word names, `activation="relu"`, `tf.nn.log_softmax`.
pub(super) fn function(word: &str) -> Option<End> {
    match word {
        "softmax" => Some(End::Loss("softmax")),
        "log_softmax" => Some(End::Loss("log_softmax")),
        _ => Activation::from_name(word).map(End::Activation).or_else(|| module(word)),
    }
}

/// The function of a module's class.
pub(super) fn module(class: &str) -> Option<End> {
    Some(End::Activation(match class {
        "Softmax" => return Some(End::Loss("softmax")),
        "LogSoftmax" => return Some(End::Loss("log_softmax")),
        "ReLU" => Activation::Relu,
        "LeakyReLU" => Activation::LeakyRelu,
        "ELU" => Activation::Elu,
        "SELU" => Activation::Selu,
        "GELU" => Activation::Gelu,
        "SiLU" => Activation::Silu,
        "Mish" => Activation::Mish,
        "Sigmoid" => Activation::Sigmoid,
        "Tanh" => Activation::Tanh,
        "Softplus" => Activation::Softplus,
        "Hardsigmoid" => Activation::HardSigmoid,
        "Hardtanh" => Activation::HardTanh,
        "Hardswish" => Activation::HardSwish,
        "ReLU6" => Activation::Relu6,
        "Sin" => Activation::Sin,
        _ => return None,
    }))
}

/// The name of a class's argument that is given without one.
pub(super) fn first_argument(class: &str) -> &'static str {
    match class {
        "LeakyReLU" => "negative_slope",
        "ELU" => "alpha",
        "Softplus" => "beta",
        "GELU" => "approximate",
        "Softmax" | "LogSoftmax" => "dim",
        "Hardtanh" => "min_val",
        "ReLU" | "ReLU6" | "SELU" | "SiLU" | "Mish" => "inplace",
        _ => "",
    }
}

/// What arguments make of a function; those at what holds here are taken, the others stay.
pub(super) fn with_arguments(end: End, args: &mut Args<'_, '_>) -> End {
    match end {
        End::Activation(Activation::LeakyRelu) => {
            args.same("negative_slope", 0.01);
            args.same("alpha", 0.01);
        }
        End::Activation(Activation::Elu) => _ = args.same("alpha", 1.0),
        End::Activation(Activation::Softplus) => _ = args.same("beta", 1.0),
        End::Activation(Activation::HardTanh) => {
            args.same("min_val", -1.0);
            args.same("max_val", 1.0);
        }
        End::Activation(Activation::Gelu) => {
            if args.same_word("approximate", "tanh") {
                return End::Activation(Activation::GeluTanh);
            }
            args.same_word("approximate", "none");
        }
        End::Activation(Activation::Relu) => {
            if args.same("max_value", 6.0) {
                return End::Activation(Activation::Relu6);
            }
        }
        End::Activation(_) | End::Loss(_) => {}
    }
    end
}

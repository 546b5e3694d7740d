//! Activations in PyTorch: as a module and as a call.

use super::piece::Piece;
use crate::spec::Activation;

/// The piece, none for `linear`.
pub(super) fn piece(a: Activation) -> Option<Piece> {
    let (module, call) = match a {
        Activation::Linear => return None,
        Activation::Relu => ("nn.ReLU()", "F.relu({x})"),
        Activation::LeakyRelu => ("nn.LeakyReLU()", "F.leaky_relu({x})"),
        Activation::Elu => ("nn.ELU()", "F.elu({x})"),
        Activation::Selu => ("nn.SELU()", "F.selu({x})"),
        Activation::Gelu => ("nn.GELU()", "F.gelu({x})"),
        Activation::GeluTanh => ("nn.GELU(approximate=\"tanh\")", "F.gelu({x}, approximate=\"tanh\")"),
        Activation::Silu => ("nn.SiLU()", "F.silu({x})"),
        Activation::Mish => ("nn.Mish()", "F.mish({x})"),
        Activation::Sigmoid => ("nn.Sigmoid()", "torch.sigmoid({x})"),
        Activation::Tanh => ("nn.Tanh()", "torch.tanh({x})"),
        Activation::Softplus => ("nn.Softplus()", "F.softplus({x})"),
        Activation::HardSigmoid => ("nn.Hardsigmoid()", "F.hardsigmoid({x})"),
        Activation::HardTanh => ("nn.Hardtanh()", "F.hardtanh({x})"),
        Activation::HardSwish => ("nn.Hardswish()", "F.hardswish({x})"),
        Activation::Relu6 => ("nn.ReLU6()", "F.relu6({x})"),
        Activation::Sin => ("Sin()", "torch.sin({x})"),
    };
    Some(Piece::plain(module, call))
}

/// The module, for blocks that hold one.
pub(super) fn module(a: Activation) -> String {
    piece(a).map_or_else(|| "nn.Identity()".into(), |p| p.module)
}

//! A value: a named block of numbers with a shape and a part to play.
//!
//! Not responsible for where it lives (`plan`).

use crate::engine::init::Fans;
use crate::spec::Init;

/// Index of a value in its graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ValueId(pub usize);

/// How a parameter starts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ParamInit {
    /// A weight matrix.
    Weight(Init, Fans),
    /// A bias beside a weight with this initialiser and fan-in.
    Bias(Init, usize),
    /// An LSTM's bias: as [`ParamInit::Bias`], and this much more for the forget gate, its second quarter.
    ForgetBias(Init, usize, f32),
    /// All the same number (gains of norms 1, shifts 0).
    Fill(f32),
}

/// The part a value plays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Role {
    /// The batch's inputs.
    Input,
    /// The batch's targets.
    Target,
    /// Learned, or frozen as it is.
    Param {
        /// How it starts.
        init: ParamInit,
        /// Whether L1/L2 penalties apply (weights yes, biases and norms no).
        decay: bool,
        /// Whether it stays as it is.
        frozen: bool,
    },
    /// Kept between steps, not learned.
    Buffer {
        /// First value.
        fill: f32,
    },
    /// Computed, and worth looking at.
    Activation,
    /// Computed only because backward needs it.
    Saved,
    /// The loss.
    Loss,
}

impl Role {
    /// Whether it is a parameter, frozen or not.
    pub fn is_param(&self) -> bool {
        matches!(self, Role::Param { .. })
    }

    /// Whether it is a parameter that moves.
    pub fn learns(&self) -> bool {
        matches!(self, Role::Param { frozen: false, .. })
    }

    /// The word for it in the protocol.
    pub fn word(&self) -> &'static str {
        match self {
            Role::Input => "input",
            Role::Target => "target",
            Role::Param { .. } => "parameter",
            Role::Buffer { .. } => "buffer",
            Role::Activation => "activation",
            Role::Saved => "saved",
            Role::Loss => "loss",
        }
    }
}

/// A named block of numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// Such as `layers.0.weight`.
    pub name: String,
    /// Shape without the batch axis.
    pub dims: Vec<usize>,
    /// Whether a batch axis comes first.
    pub batched: bool,
    /// Its part.
    pub role: Role,
    /// The value whose numbers this is another name for.
    pub alias: Option<ValueId>,
}

impl Value {
    /// Numbers, per row of the batch if it has a batch axis.
    pub fn size(&self) -> usize {
        self.dims.iter().product()
    }
}

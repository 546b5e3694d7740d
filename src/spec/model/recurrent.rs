//! Settings of the recurrent layers `rnn`, `lstm` and `gru`.
//!
//! Not responsible for what a cell computes (`engine::ops::recurrent`).

use super::{LayerKind, is_default};
use crate::spec::{Activation, Init};
use serde::{Deserialize, Serialize};

/// The nonlinearity of a plain recurrent layer: those that PyTorch's `nn.RNN` has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RnnActivation {
    /// Bounded: the usual choice.
    #[default]
    Tanh,
    /// Unbounded: states may grow without end.
    Relu,
}

impl RnnActivation {
    /// Both.
    pub const ALL: [RnnActivation; 2] = [RnnActivation::Tanh, RnnActivation::Relu];

    /// The JSON name.
    pub fn name(self) -> &'static str {
        Activation::from(self).name()
    }

    /// By its JSON name.
    pub fn from_name(name: &str) -> Option<Self> {
        RnnActivation::ALL.into_iter().find(|a| a.name() == name)
    }
}

impl From<RnnActivation> for Activation {
    fn from(a: RnnActivation) -> Self {
        match a {
            RnnActivation::Tanh => Activation::Tanh,
            RnnActivation::Relu => Activation::Relu,
        }
    }
}

/// Settings of `rnn`, `lstm` and `gru`, layers over a sequence `[T, C]` (PyTorch's `nn.RNN`, `nn.LSTM`, `nn.GRU` with one
/// layer; several in a row stack). Bias always; the first state is zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Recurrent {
    /// Size of the state; PyTorch's `hidden_size`, Keras's `units`.
    pub units: usize,
    /// Only `rnn`: its nonlinearity, `tanh` if left out; PyTorch's `nonlinearity`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activation: Option<RnnActivation>,
    /// Every step's state goes on, `[T, units]`; else only the last one, `[units]` (Keras's default; PyTorch gives both).
    #[serde(default, skip_serializing_if = "is_default")]
    pub return_sequences: bool,
    /// A second cell with parameters of its own reads from the end; the states stand side by side, `2·units`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub bidirectional: bool,
    /// Truncated back-propagation in time: the gradient is cut every so many steps, counted from the first that the cell
    /// reads; the state goes on. Default: through all steps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tbptt: Option<usize>,
    /// How weights start; default PyTorch's, all within ±1/√units (Keras: Glorot uniform, orthogonal and zero).
    #[serde(default, skip_serializing_if = "is_default")]
    pub init: Init,
    /// Only `lstm`: added to the first biases of the forget gate, so that a memory lasts from the start (Gers 2000;
    /// Jozefowicz 2015). Default 0 as in PyTorch (Keras: 1).
    #[serde(default, skip_serializing_if = "is_default")]
    pub forget_bias: f32,
}

/// Greatest size of a forget bias.
pub const FORGET_MAX: f32 = 10.0;
/// Most steps between two cuts of the gradient.
pub const TBPTT_MAX: usize = 1_000_000;

impl Recurrent {
    /// The settings that only say the size.
    pub fn of(units: usize) -> Self {
        Recurrent { units, ..Recurrent::default() }
    }

    /// Width of what goes out of each step.
    pub fn width(&self) -> usize {
        self.units.saturating_mul(if self.bidirectional { 2 } else { 1 })
    }
}

impl LayerKind {
    /// The settings, of a recurrent layer.
    pub fn recurrent(&self) -> Option<&Recurrent> {
        match self {
            LayerKind::Rnn(r) | LayerKind::Lstm(r) | LayerKind::Gru(r) => Some(r),
            _ => None,
        }
    }

    /// The settings, of a recurrent layer, to change.
    pub fn recurrent_mut(&mut self) -> Option<&mut Recurrent> {
        match self {
            LayerKind::Rnn(r) | LayerKind::Lstm(r) | LayerKind::Gru(r) => Some(r),
            _ => None,
        }
    }
}

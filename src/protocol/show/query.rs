//! One value of the network, whole or in part: what the learner's query line asks for, and what comes back.
//!
//! The page has read the line and knows the shape; here only names and places are left. Not responsible for the line's text.

use super::look::Example;
use serde::{Deserialize, Serialize};

/// What to read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Query {
    /// Who asks; comes back with the answer.
    pub key: String,
    /// Such as `layers.0.weight`, `layers.2.weights`, `output`.
    pub name: String,
    /// What of it.
    pub reading: Reading,
    /// The example that activations are of. Parameters have none.
    pub example: Example,
    /// One for each axis, the batch left out; empty: all of it.
    pub cuts: Vec<Cut>,
}

/// What of a value is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// Its numbers.
    #[default]
    Value,
    /// The gradient of the loss: a parameter's of the latest training batch, all others' of the example.
    Grad,
    /// What the optimizer keeps for a parameter, under PyTorch's name, such as `exp_avg`.
    State(String),
}

/// Places along one axis: `start`, `start + step`, …
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cut {
    /// The first place.
    pub start: usize,
    /// To the next; may be negative.
    pub step: i64,
    /// How many.
    pub count: usize,
    /// A single index: the axis is not in the answer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub single: bool,
}

impl Cut {
    /// All of an axis.
    pub fn all(size: usize) -> Cut {
        Cut { start: 0, step: 1, count: size, single: false }
    }

    /// The place on the axis that place `i` of the part is.
    pub fn place(&self, i: usize) -> usize {
        (self.start as i64).saturating_add(self.step.saturating_mul(i as i64)).max(0) as usize
    }

    /// Whether every place of it is on an axis of that size.
    pub fn fits(&self, size: usize) -> bool {
        let end = i128::from(self.step) * self.count.saturating_sub(1) as i128 + self.start as i128;
        self.count == 0 || (self.start < size && end >= 0 && end < size as i128)
    }
}

/// What was read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Queried {
    /// Who asked.
    pub key: String,
    /// Step of the network.
    pub step: u64,
    /// Shape of the part, single indices left out.
    pub shape: Vec<usize>,
    /// Buffer of its numbers, row-major.
    pub buffer: Option<usize>,
    /// Why there is none.
    pub missing: Option<Missing>,
}

/// Why nothing could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// This network has no such value, or it has another shape.
    Value,
    /// It has no gradient.
    Gradient,
    /// The optimizer keeps no such numbers.
    State,
    /// No step has been taken yet.
    Step,
    /// More numbers than one answer holds ([`super::look::LOOK_MAX`]).
    Size,
}

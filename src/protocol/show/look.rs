//! One example on its way through the network: what to look at, and what was found there.
//!
//! The network answers as it would to a test sample: dropout off, running statistics, one row. Not responsible for
//! drawing, nor for what a panel makes of the numbers.

use crate::protocol::frame::Named;
use serde::{Deserialize, Serialize};

/// Most numbers in one answer; values beyond it are named in [`Look::left_out`].
pub const LOOK_MAX: usize = 1 << 20;

/// What to look at. Several panels may look at once, each under its own key.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LookRequest {
    /// Who asks (the panel's test id); comes back with the answer.
    pub key: String,
    /// The example.
    pub example: Example,
    /// Names of values, such as `layers.0`, `layers.2.weights`, `input`, `output`; with `.grad` behind, the gradient
    /// of [`LookRequest::of`] with respect to it. Parameters may be named too.
    pub values: Vec<String>,
    /// What is differentiated, where gradients are asked for.
    pub of: Objective,
}

/// Which example.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Example {
    /// A row of the training part.
    Train(usize),
    /// A row of the test part.
    Test(usize),
    /// The learner's own, in the network's units, `input` numbers; it has no target (class 0 stands in).
    Own(Vec<f32>),
    /// The learner's own text, for networks over tokens: read as samples' prompts are; the last tokens that fit, and
    /// token 0 where it is shorter ([`Look::len`] says how many count).
    Text(String),
}

impl Default for Example {
    fn default() -> Self {
        Example::Train(0)
    }
}

/// What gradients are of.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Objective {
    /// The loss on this example.
    #[default]
    Loss,
    /// The loss of one position of the answer alone, where there is a class at each.
    LossAt(usize),
    /// The mean of one channel (last axis) of a value: a filter's map, a unit, a class's logit (`output`).
    Channel {
        /// Its name.
        name: String,
        /// Which.
        channel: usize,
    },
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Look {
    /// Who asked.
    pub key: String,
    /// Step of the network that was looked into.
    pub step: u64,
    /// What was asked for and exists, shapes without the batch axis.
    pub values: Vec<Named>,
    /// Names that this network lacks, or that have no gradient.
    pub missing: Vec<String>,
    /// Names that would have made the answer too large.
    pub left_out: Vec<String>,
    /// Tokens of the example that count, where inputs are tokens.
    pub len: usize,
    /// The example's target as the data holds it: a class, numbers, or a class a position; empty for one's own.
    pub target: Vec<f32>,
    /// Characters or words of a text that the vocabulary lacks; they were left out.
    pub unknown: Vec<String>,
    /// The row that was shown after all, where the one asked for does not exist.
    pub row: Option<usize>,
}

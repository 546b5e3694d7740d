//! What is predicted, and what the rest of the spec needs to know of the data.
//!
//! Not responsible for which data (`data`) nor for how wrong a prediction is (`task`).

use serde::{Deserialize, Serialize};

/// The target of the set `random`: `{"classes": n}`, `{"shape": […]}` or `{"steps": {"classes": n, "len": t}}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TargetSpec {
    /// One of this many classes.
    Classes(usize),
    /// Numbers of this shape, without the batch.
    Shape(Vec<usize>),
    /// One of several classes at each of several positions.
    Steps(StepsSpec),
}

/// A class at each position of a sequence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StepsSpec {
    /// Number of classes.
    pub classes: usize,
    /// Number of positions.
    pub len: usize,
}

/// What a network has to predict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// One of `count` classes; a row's target is one class index.
    Classes {
        /// How many.
        count: usize,
    },
    /// Numbers of this shape, without the batch.
    Values {
        /// Dimensions; `[1]` for one number.
        shape: Vec<usize>,
    },
    /// One of `count` classes at each of `len` positions; a row's target is `len` class indices, [`IGNORED`] where
    /// nothing is asked (padding).
    Steps {
        /// How many classes.
        count: usize,
        /// How many positions.
        len: usize,
    },
}

/// The class index of a position that counts neither in the loss nor in the accuracy (PyTorch's `ignore_index`).
pub const IGNORED: f32 = -1.0;

impl Target {
    /// Numbers per row in a data set's `y`: 1 for a class index.
    pub fn width(&self) -> usize {
        match self {
            Target::Classes { .. } => 1,
            Target::Values { shape } => shape.iter().product(),
            Target::Steps { len, .. } => *len,
        }
    }

    /// Shape of one row's target in a data set's `y`, without the batch: `[]` for a class index.
    pub fn shape(&self) -> Vec<usize> {
        match self {
            Target::Classes { .. } => Vec::new(),
            Target::Values { shape } => shape.clone(),
            Target::Steps { len, .. } => vec![*len],
        }
    }

    /// How many classes are told apart; 0 for values.
    pub fn classes(&self) -> usize {
        match self {
            Target::Classes { count } | Target::Steps { count, .. } => *count,
            Target::Values { .. } => 0,
        }
    }
}

/// What the rest of the spec needs to know of the data, known without fetching anything.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DataInfo {
    /// Shape of one input, without the batch.
    pub input: Vec<usize>,
    /// What is predicted.
    pub target: Target,
    /// Names of the inputs of tables and of the plane (`x`, `y`); empty where inputs have no names (pixels).
    pub feature_names: Vec<String>,
    /// Names of the classes, in the order of their index; plain numbers where classes have no names; empty for values.
    pub class_names: Vec<String>,
    /// Name of the predicted column of a regression table.
    pub target_name: Option<String>,
    /// The input is a point of the plane `[-1, 1]²`: neuron maps and decision regions make sense.
    pub plane: bool,
    /// Size of the vocabulary when inputs are tokens.
    pub tokens: Option<usize>,
}

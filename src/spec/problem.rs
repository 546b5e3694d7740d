//! What is wrong with something the learner gave us: where, why, and a fix when there is one.
//!
//! Not responsible for wording: `i18n::problems` turns a [`Code`] and its arguments into a sentence in the learner's
//! language. A problem therefore carries facts only (`"got" → "-3"`), never prose.

mod code;

use super::model::ModelSpec;
pub use code::Code;
use serde::{Deserialize, Serialize};

/// A change that removes the problem when the learner accepts it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fix {
    /// Insert a `flatten` before layer `at` of the top-level list.
    InsertFlatten {
        /// Index in `model.layers`.
        at: usize,
    },
    /// Insert a `reshape` to this shape before layer `at`.
    InsertReshape {
        /// Index in `model.layers`.
        at: usize,
        /// Shape of one sample.
        shape: Vec<usize>,
    },
    /// Insert an `embedding` before layer `at`.
    InsertEmbedding {
        /// Index in `model.layers`.
        at: usize,
    },
    /// Let the recurrent layer `at` give the state of every step.
    ReturnSequences {
        /// Index in `model.layers`.
        at: usize,
    },
    /// Set the number of units of layer `at` (or leave it to the task with `None`).
    SetUnits {
        /// Index in `model.layers`.
        at: usize,
        /// New number of units.
        units: Option<usize>,
    },
    /// Set the number of heads of layer `at`.
    SetHeads {
        /// Index in `model.layers`.
        at: usize,
        /// New number of heads.
        heads: usize,
    },
    /// Remove layer `at`.
    RemoveLayer {
        /// Index in `model.layers`.
        at: usize,
    },
    /// Use this loss (its JSON name).
    SetLoss {
        /// JSON name of the loss.
        loss: String,
    },
    /// Append a layer to the branch of the residual layer `at` that gives `units` channels (a 1×1 convolution) or units.
    Project {
        /// Index in `model.layers`.
        at: usize,
        /// What the branch must give.
        units: usize,
    },
    /// Set the padding of layer `at`, and of all layers in it, to `same`.
    PadSame {
        /// Index in `model.layers`.
        at: usize,
    },
    /// Set the groups of layer `at`.
    SetGroups {
        /// Index in `model.layers`.
        at: usize,
        /// New number of groups.
        groups: usize,
    },
    /// Let layer `at` learn, and all layers in it.
    Unfreeze {
        /// Index in `model.layers`.
        at: usize,
    },
    /// Append a `dense` layer whose size comes from the task.
    AppendDense,
}

/// One problem at one place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// JSON path of the place, such as `model.layers[3].units`.
    pub path: String,
    /// What is wrong.
    pub code: Code,
    /// The facts, by the names listed at each [`Code`].
    pub args: Vec<(String, String)>,
    /// A one-click remedy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
}

impl Problem {
    /// A problem without arguments.
    pub fn new(path: impl Into<String>, code: Code) -> Self {
        Problem { path: path.into(), code, args: Vec::new(), fix: None }
    }

    /// Adds one fact.
    pub fn arg(mut self, name: &str, value: impl ToString) -> Self {
        self.args.push((name.to_string(), value.to_string()));
        self
    }

    /// Adds the remedy.
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// The code's name as JSON writes it, `out_of_range`: what `i18n` knows it by.
    pub fn code_name(&self) -> String {
        self.code.name()
    }

    /// The number, among all layers of `model`, of the top-level layer this problem sits on, if it sits on one.
    pub fn layer(&self, model: &ModelSpec) -> Option<usize> {
        model.layer_at(&self.path)
    }
}

/// Checks a number against an inclusive range and files [`Code::OutOfRange`] when it is outside or not finite.
pub fn check_range(problems: &mut Vec<Problem>, path: &str, got: f64, min: f64, max: f64) {
    if !(got >= min && got <= max) {
        let [got, min, max] = [got, min, max].map(written);
        problems.push(Problem::new(path, Code::OutOfRange).arg("got", got).arg("min", min).arg("max", max));
    }
}

/// A number as it was typed: what is kept in 32 bits has no more digits than those tell apart.
fn written(v: f64) -> String {
    let short = v as f32;
    if v.fract() != 0.0 && f64::from(short) == v { short.to_string() } else { v.to_string() }
}

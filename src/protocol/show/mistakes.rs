//! Samples that were classified wrongly, or those of one cell of the confusion matrix.
//!
//! Not responsible for the matrix (`confusion.rs`).

use serde::{Deserialize, Serialize};

/// Which samples.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MistakesRequest {
    /// At most so many.
    pub max: usize,
    /// Only those of this cell (target, predicted) instead of wrong ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<[usize; 2]>,
}

/// Some classified samples.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Mistakes {
    /// Which.
    pub items: Vec<Mistake>,
    /// How many there are in all.
    pub total: usize,
    /// Buffer with their inputs `(N, …input)`.
    pub buffer: usize,
}

/// One classified sample.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Mistake {
    /// Row in the data set.
    pub row: usize,
    /// Its class.
    pub target: usize,
    /// The network's answer.
    pub predicted: usize,
    /// Probability of that answer.
    pub confidence: f32,
}

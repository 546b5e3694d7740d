//! How classes are told apart.
//!
//! Not responsible for single samples (`mistakes.rs`).

use serde::{Deserialize, Serialize};

/// How the classes were told apart.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Confusion {
    /// `counts[target][predicted]`.
    pub counts: Vec<Vec<u32>>,
    /// On the test part (`true`) or, when there is none, on the training part.
    pub test: bool,
    /// After this many steps.
    #[serde(default)]
    pub step: u64,
}

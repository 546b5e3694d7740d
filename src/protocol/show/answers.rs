//! Answers to tasks on sequences: how they are asked for, and what the network says.
//!
//! Not responsible for when they are given (`worker::solve`).

use serde::{Deserialize, Serialize};

/// Which answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AnswersRequest {
    /// Rows of the test part, from its first (of the training part when there is none).
    pub rows: usize,
    /// The learner's own source; separator and filling are not its business.
    pub own: Option<String>,
}

/// How answers came about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Manner {
    /// Token by token, always the likeliest, each read again as an input.
    #[default]
    Greedy,
    /// All places in one pass; nothing that was answered is read again.
    AtOnce,
}

/// The answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    /// Step of the network.
    pub step: u64,
    /// Of the test part (`true`) or, when there is none, of the training part.
    pub test: bool,
    /// How they came about.
    pub manner: Manner,
    /// The network reads places behind the one it answers: its loss says little about answers that it has to write itself.
    pub looks_ahead: bool,
    /// Answers that are right from the first token to the last …
    pub right: usize,
    /// … of so many rows.
    pub of: usize,
    /// The rows that were asked for.
    pub rows: Vec<Solved>,
    /// The learner's own.
    pub own: Option<OwnSolved>,
}

/// One source with the right answer and the network's. Tokens are indices into the vocabulary; filling is not among them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Solved {
    /// The source.
    pub source: Vec<u32>,
    /// The right answer with its end mark, where it is known.
    pub wanted: Option<Vec<u32>>,
    /// What the network says, with the end mark if it wrote one.
    pub answered: Vec<u32>,
}

/// The learner's own source and its answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnSolved {
    /// As it was typed.
    pub text: String,
    /// The answer; `None` while there is nothing to answer.
    pub solved: Option<Solved>,
    /// Characters that no source has; they were left out.
    pub left_out: Vec<String>,
    /// The longest source there may be, where this one was longer and was cut.
    pub longest: Option<usize>,
    /// The one length that the network has learned with, where the source has another.
    pub learned_len: Option<usize>,
    /// Tokens that are missing before there can be an answer.
    pub missing: usize,
}

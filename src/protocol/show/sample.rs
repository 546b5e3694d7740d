//! A language model going on with a text: how it is asked, and what it wrote.
//!
//! Not responsible for when samples are drawn (`worker::sample`).

use crate::protocol::frame::Named;
use crate::protocol::number::or_nan;
use serde::{Deserialize, Serialize};

/// Longest continuation, tokens.
pub const SAMPLE_MAX: usize = 5000;

/// Likeliest tokens that are named with a drawn one.
pub const CANDIDATES: usize = 8;

/// How to go on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SampleRequest {
    /// The text to go on with. Tokens of several characters are separated by spaces.
    pub prompt: String,
    /// Tokens to write, `1..=5000`.
    pub length: usize,
    /// Daring, `0..=10`; 0 always takes the likeliest token.
    pub temperature: f32,
    /// Only this many likeliest tokens.
    pub top_k: Option<usize>,
    /// Only the likeliest tokens that have this probability together, `0..=1`.
    pub top_p: Option<f32>,
    /// Same seed, same text from the same network.
    pub seed: u32,
}

impl Default for SampleRequest {
    fn default() -> Self {
        SampleRequest { prompt: String::new(), length: 100, temperature: 1.0, top_k: None, top_p: None, seed: 1 }
    }
}

/// What it wrote.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sample {
    /// The step of the network that wrote it.
    pub step: u64,
    /// What comes after the prompt.
    pub text: String,
    /// The same as indices into the vocabulary.
    pub tokens: Vec<u32>,
    /// Characters or words of the prompt that the vocabulary lacks; they were left out.
    pub left_out: Vec<String>,
    /// How each was drawn, for `Generate` with `watch`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub drawn: Vec<Drawn>,
    /// Nothing can follow: the end mark of a pair, or no more room for its target.
    pub ended: bool,
}

/// How a token was drawn: everything is of the one pass of the network that it was drawn from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Drawn {
    /// Place of the input behind which it stands.
    pub after: usize,
    /// Tokens of the input that count.
    pub len: usize,
    /// Tokens that the settings left to choose from.
    pub choices: usize,
    /// The [`CANDIDATES`] likeliest, likeliest first, and the one that was drawn if it is not among them.
    pub candidates: Vec<Candidate>,
    /// The values that were asked for and exist. Of attention weights `(H, T, S)` it is the row `(H, S)` of the place that
    /// was read; weights of other places (an encoder's) are missing.
    pub values: Vec<Named>,
}

/// A token that could have been drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// Its index in the vocabulary.
    pub token: u32,
    /// What the network said.
    #[serde(deserialize_with = "or_nan")]
    pub logit: f32,
    /// Its probability by the network: the softmax of the logits.
    #[serde(deserialize_with = "or_nan")]
    pub p: f32,
    /// Its probability in the draw, after temperature, top k and top p.
    pub chance: f32,
}

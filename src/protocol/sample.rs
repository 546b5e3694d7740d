//! A language model going on with a text: how it is asked, and what it wrote.
//!
//! Not responsible for when samples are drawn (`worker::sample`).

use serde::{Deserialize, Serialize};

/// Longest continuation, tokens.
pub const SAMPLE_MAX: usize = 5000;

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
}

//! A saved experiment: an experiment's file with or without the trained weights.
//!
//! Not responsible for the weights' own format (`weights.rs`), nor for whether they fit the network (`engine::session`).

use super::experiment::{Experiment, FILE_LIMIT_KB};
use super::problem::{Code, Problem};
use super::read;
use super::weights::{WEIGHTS_LIMIT_KB, Weights};
use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Written with padding; read with or without, as other programs write it.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Largest file that can be opened: an experiment with weights, which base64 makes a third longer.
pub const SAVED_LIMIT_KB: usize = FILE_LIMIT_KB + WEIGHTS_LIMIT_KB * 4 / 3;

/// An experiment, and what it had learned.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    /// The experiment.
    pub experiment: Experiment,
    /// Its parameters and running statistics as safetensors, readable by [`Weights::read`].
    pub weights: Option<Vec<u8>>,
}

/// `"weights"` in the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Packed {
    format: Format,
    base64: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Format {
    Safetensors,
}

impl Saved {
    /// Reads a file. Every finding is reported; those of the weights after those of the experiment.
    pub fn from_json(text: &str) -> Result<Saved, Vec<Problem>> {
        check_size(text.len(), SAVED_LIMIT_KB)?;
        Saved::from_value(read::json(text).map_err(|p| vec![p])?, text.len())
    }

    /// The same from parsed JSON, which was `len` bytes of text.
    pub fn from_value(mut value: Value, len: usize) -> Result<Saved, Vec<Problem>> {
        let packed = value.as_object_mut().and_then(|map| map.remove("weights"));
        let heavy = packed.as_ref().and_then(|p| p.get("base64")?.as_str()).map_or(0, str::len);
        check_size(len.saturating_sub(heavy), FILE_LIMIT_KB)?;
        let weights = packed.map(|p| unpack(&p));
        match (Experiment::from_value(value), weights.transpose()) {
            (Ok(experiment), Ok(weights)) => Ok(Saved { experiment, weights }),
            (Ok(_), Err(problem)) => Err(vec![problem]),
            (Err(problems), Ok(_)) => Err(problems),
            (Err(problems), Err(problem)) => Err(problems.into_iter().chain([problem]).collect()),
        }
    }

    /// The file: JSON for people, the weights last.
    pub fn to_json(&self) -> String {
        let text = self.experiment.to_json_pretty();
        let Some(bytes) = &self.weights else { return text };
        let packed = Packed { format: Format::Safetensors, base64: BASE64.encode(bytes) };
        // Plain data with string keys: serialising cannot fail.
        let packed = serde_json::to_string(&packed).unwrap_or_default();
        let open = text.trim_end().trim_end_matches('}').trim_end();
        format!("{open},\n  \"weights\": {packed}\n}}")
    }
}

fn check_size(bytes: usize, limit_kb: usize) -> Result<(), Vec<Problem>> {
    if bytes <= limit_kb * 1024 {
        return Ok(());
    }
    Err(vec![Problem::new("", Code::TooLong).arg("size_kb", bytes.div_ceil(1024)).arg("limit_kb", limit_kb)])
}

fn unpack(packed: &Value) -> Result<Vec<u8>, Problem> {
    let packed: Packed = read::from_value(packed, "weights").map_err(|e| *e.0)?;
    let mut text = packed.base64;
    text.retain(|c| !c.is_ascii_whitespace());
    Weights::check_size(text.len() / 4 * 3)?;
    let broken = |_| Problem::new("weights", Code::BrokenWeights);
    let bytes = BASE64.decode(text).map_err(broken)?;
    Weights::read(&bytes)?;
    Ok(bytes)
}

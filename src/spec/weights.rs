//! Trained weights as bytes: named arrays of `f32` in the safetensors format.
//!
//! The format is a length, a JSON header and the numbers, so it is read and written here: the crate of that name would bring
//! its own reader of JSON into what a first training step downloads. Tests hold this file to that crate. Not responsible
//! for which names and shapes a network has (`engine::session`).

use super::problem::{Code, Problem};
use serde_json::{Map, Value, json};

/// Most bytes of weights that a file may carry: twelve million numbers.
pub const WEIGHTS_LIMIT_KB: usize = 48 * 1024;
/// Longest header; the largest network has a few hundred names.
const HEADER_MAX: usize = 4 << 20;

/// One named array.
#[derive(Clone, Debug, PartialEq)]
pub struct Tensor {
    /// Such as `layers.0.weight`.
    pub name: String,
    /// Its shape; empty for a single number.
    pub shape: Vec<usize>,
    /// Row-major, all finite.
    pub data: Vec<f32>,
}

/// What a file of weights holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weights {
    /// The arrays, in the order of their numbers.
    pub tensors: Vec<Tensor>,
    /// Training step that they belong to; 0 where the file does not say.
    pub step: u64,
    /// Epochs finished then.
    pub epoch: u64,
}

fn broken() -> Problem {
    Problem::new("weights", Code::BrokenWeights)
}

impl Weights {
    /// Refuses more than a file may carry.
    pub fn check_size(bytes: usize) -> Result<(), Problem> {
        if bytes <= WEIGHTS_LIMIT_KB * 1024 {
            return Ok(());
        }
        let problem = Problem::new("weights", Code::TooLong).arg("size_kb", bytes.div_ceil(1024));
        Err(problem.arg("limit_kb", WEIGHTS_LIMIT_KB))
    }

    /// As a safetensors file.
    pub fn write(&self) -> Vec<u8> {
        let mut header = Map::new();
        let about = json!({ "gradarium": "1", "step": self.step.to_string(), "epoch": self.epoch.to_string() });
        header.insert("__metadata__".into(), about);
        let mut end = 0;
        for t in &self.tensors {
            let begin = end;
            end += 4 * t.data.len();
            header.insert(t.name.clone(), json!({ "dtype": "F32", "shape": t.shape, "data_offsets": [begin, end] }));
        }
        let mut text = Value::Object(header).to_string();
        // Readers may map the numbers where they lie, so these begin at a multiple of eight.
        text.push_str(&" ".repeat(text.len().next_multiple_of(8) - text.len()));
        let mut bytes = Vec::with_capacity(8 + text.len() + end);
        bytes.extend((text.len() as u64).to_le_bytes());
        bytes.extend(text.as_bytes());
        self.tensors.iter().flat_map(|t| &t.data).for_each(|x| bytes.extend(x.to_le_bytes()));
        bytes
    }

    /// Reads a safetensors file.
    ///
    /// # Errors
    /// [`Code::BrokenWeights`], [`Code::WeightsKind`] or [`Code::WeightsNotFinite`]; [`Code::TooLong`] above the limit.
    pub fn read(bytes: &[u8]) -> Result<Weights, Problem> {
        Weights::check_size(bytes.len())?;
        let (length, rest) = bytes.split_first_chunk::<8>().ok_or_else(broken)?;
        let length = usize::try_from(u64::from_le_bytes(*length)).unwrap_or(usize::MAX);
        if length > HEADER_MAX {
            return Err(broken());
        }
        let (header, data) = rest.split_at_checked(length).ok_or_else(broken)?;
        let header: Value = serde_json::from_slice(header).map_err(|_| broken())?;
        let Value::Object(mut header) = header else { return Err(broken()) };
        let about = header.remove("__metadata__").unwrap_or(Value::Null);
        let mut places = header.iter().map(|(name, v)| Place::of(name, v)).collect::<Result<Vec<_>, _>>()?;
        crate::spec::order::sort_by_key(&mut places, |p| (p.begin, p.end));
        let mut tensors = Vec::with_capacity(places.len());
        let mut at = 0;
        for p in places {
            // Neither gaps nor overlaps: each number belongs to one array.
            if p.begin != at || p.end > data.len() {
                return Err(broken());
            }
            at = p.end;
            let bytes = &data[p.begin..p.end];
            tensors.push(p.tensor(bytes)?);
        }
        if at != data.len() {
            return Err(broken());
        }
        Ok(Weights { tensors, step: count(&about, "step")?, epoch: count(&about, "epoch")? })
    }

    /// The array of that name.
    pub fn find(&self, name: &str) -> Option<&Tensor> {
        self.tensors.iter().find(|t| t.name == name)
    }
}

/// A whole number of the metadata, which holds texts only.
fn count(about: &Value, name: &str) -> Result<u64, Problem> {
    match about.get(name) {
        None => Ok(0),
        Some(v) => v.as_str().and_then(|s| s.parse().ok()).ok_or_else(broken),
    }
}

struct Place<'a> {
    name: &'a str,
    shape: Vec<usize>,
    begin: usize,
    end: usize,
}

impl<'a> Place<'a> {
    fn of(name: &'a str, v: &Value) -> Result<Place<'a>, Problem> {
        let whole = |v: &Value| v.as_u64().and_then(|n| usize::try_from(n).ok());
        let list = |key: &str| -> Option<Vec<usize>> { v.get(key)?.as_array()?.iter().map(whole).collect() };
        let kind = v.get("dtype").and_then(Value::as_str).ok_or_else(broken)?;
        if kind != "F32" {
            return Err(Problem::new("weights", Code::WeightsKind).arg("name", name).arg("got", kind));
        }
        let (Some(shape), Some(offsets)) = (list("shape"), list("data_offsets")) else { return Err(broken()) };
        let [begin, end] = offsets[..] else { return Err(broken()) };
        let bytes = shape.iter().try_fold(4usize, |n, d| n.checked_mul(*d));
        if bytes.is_none() || end.checked_sub(begin) != bytes {
            return Err(broken());
        }
        Ok(Place { name, shape, begin, end })
    }

    fn tensor(self, bytes: &[u8]) -> Result<Tensor, Problem> {
        // chunks_exact(4) gives slices of 4 bytes.
        let data: Vec<f32> = bytes.chunks_exact(4).map(|c| f32::from_le_bytes([c[0], c[1], c[2], c[3]])).collect();
        if data.iter().any(|x| !x.is_finite()) {
            return Err(Problem::new("weights", Code::WeightsNotFinite).arg("name", self.name));
        }
        Ok(Tensor { name: self.name.to_string(), shape: self.shape, data })
    }
}

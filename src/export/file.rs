//! Files that other programs read, made of an experiment and its weights.
//!
//! Not responsible for the rows of data: whoever holds them writes them.

use super::{Names, keras, onnx, pytorch};
use crate::spec::{Experiment, Problem, Weights};

/// What a file of numbers is to a browser.
pub const BYTES: &str = "application/octet-stream";
/// What a script is.
const PYTHON: &str = "text/x-python";

/// Which file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A script for PyTorch.
    Pytorch,
    /// The weights under that script's names, as safetensors.
    Weights,
    /// A script for Keras.
    Keras,
    /// The weights as that script has them, as safetensors.
    KerasWeights,
    /// The trained network as ONNX.
    Onnx,
}

impl FileKind {
    /// All of them.
    pub const ALL: [FileKind; 5] =
        [FileKind::Pytorch, FileKind::Weights, FileKind::Keras, FileKind::KerasWeights, FileKind::Onnx];

    /// Its name in `gradarium.js`.
    pub fn name(self) -> &'static str {
        match self {
            FileKind::Pytorch => "pytorch",
            FileKind::Weights => "weights",
            FileKind::Keras => "keras",
            FileKind::KerasWeights => "keras_weights",
            FileKind::Onnx => "onnx",
        }
    }
}

/// A file.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// Its name.
    pub name: String,
    /// Its MIME type.
    pub mime: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// The file of that kind.
///
/// # Errors
/// What the other program has no words for.
pub fn file(exp: &Experiment, weights: &Weights, kind: FileKind) -> Result<Written, Vec<Problem>> {
    let names = Names::of(exp);
    let (name, mime, bytes) = match kind {
        FileKind::Keras => (names.keras(), PYTHON, keras::script(exp)?.text().into_bytes()),
        FileKind::KerasWeights => (names.keras_weights(), BYTES, keras::weights(exp, weights)?.write()),
        FileKind::Pytorch => (names.pytorch(), PYTHON, pytorch::script(exp)?.text().into_bytes()),
        FileKind::Weights => (names.weights(), BYTES, pytorch::weights(exp, weights)?.write()),
        FileKind::Onnx => (names.onnx(), BYTES, onnx::file(exp, weights)?),
    };
    Ok(Written { name, mime, bytes })
}

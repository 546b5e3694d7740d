//! Files that the worker writes for other programs.

use serde::{Deserialize, Serialize};

/// Which file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
    /// The rows that scripts read, as safetensors.
    Rows,
}

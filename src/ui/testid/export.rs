//! Test ids of code and files for other programs.
//!
//! A part of the one list (`ui::testid`). Not responsible for what the elements do.

/// Shows the network as code.
pub const NET_CODE: &str = "net-code";
/// The code.
pub const MODEL_CODE: &str = "model-code";
/// Copies it.
pub const COPY_CODE: &str = "copy-code";
/// How to go on elsewhere.
pub const GO_ON: &str = "go-on";
/// Saves the script for PyTorch.
pub const EXPORT_PYTORCH: &str = "export-pytorch";
/// Chooses PyTorch.
pub const CODE_PYTORCH: &str = "code-pytorch";
/// Chooses Keras.
pub const CODE_KERAS: &str = "code-keras";
/// Saves the script for Keras.
pub const EXPORT_KERAS: &str = "export-keras";
/// Saves the weights as the Keras script has them.
pub const EXPORT_KERAS_WEIGHTS: &str = "export-keras-weights";
/// Saves the weights under the script's names.
pub const EXPORT_WEIGHTS: &str = "export-weights";
/// Saves the trained network as ONNX.
pub const EXPORT_ONNX: &str = "export-onnx";
/// Saves the report.
pub const EXPORT_REPORT: &str = "export-report";
/// Saves the rows that scripts read.
pub const EXPORT_ROWS: &str = "export-rows";

//! The run as files for other programs.
//!
//! Not responsible for what is in them (`export`).

use super::buffer::Buffer;
use crate::engine::session::Session;
use crate::export::{Names, keras, onnx, pytorch};
use crate::protocol::{FileKind, Reply};
use crate::spec::{Problem, Weights};

/// What a file of numbers is to a browser.
const BYTES: &str = "application/octet-stream";
/// What a script is.
const PYTHON: &str = "text/x-python";

/// The file of that kind.
///
/// # Errors
/// What the other program has no words for.
pub(super) fn file(s: &Session, kind: FileKind) -> Result<(Reply, Vec<Buffer>), Vec<Problem>> {
    let exp = s.experiment();
    let names = Names::of(exp);
    let (name, mime, bytes) = match kind {
        FileKind::Keras => (names.keras(), PYTHON, keras::script(exp)?.text().into_bytes()),
        FileKind::KerasWeights => (names.keras_weights(), BYTES, keras::weights(exp, &s.weights())?.write()),
        FileKind::Pytorch => (names.pytorch(), PYTHON, pytorch::script(exp)?.text().into_bytes()),
        FileKind::Weights => (names.weights(), BYTES, pytorch::weights(exp, &s.weights())?.write()),
        FileKind::Onnx => (names.onnx(), BYTES, onnx::file(exp, &s.weights())?),
        FileKind::Rows => {
            let rows = Weights { tensors: s.data().named(), ..Weights::default() };
            (names.rows(), BYTES, rows.write())
        }
    };
    Ok((Reply::File { name, mime: mime.into() }, vec![Buffer::Bytes(bytes)]))
}

//! The rows that the run trains on, as a file for scripts of other programs.
//!
//! Not responsible for the scripts: the worker travels without their writers (`export`).

use super::buffer::Buffer;
use crate::engine::session::Session;
use crate::export::{BYTES, Names};
use crate::protocol::Reply;
use crate::spec::Weights;

/// `x_train`, `y_train`, `x_test`, `y_test` as safetensors.
pub(super) fn rows(s: &Session) -> (Reply, Vec<Buffer>) {
    let rows = Weights { tensors: s.data().named(), ..Weights::default() };
    let name = Names::of(s.experiment()).rows();
    (Reply::File { name, mime: BYTES.into() }, vec![Buffer::Bytes(rows.write())])
}

//! Asking the worker for a file that another program reads.
//!
//! Not responsible for what is done with it (`ui::exports`).

use super::{Asker, Waiting};
use crate::protocol::{Command, Failure, FileKind, Reply};
use js_sys::{Array, ArrayBuffer};

/// A file that the worker wrote.
pub struct Written {
    /// Its name.
    pub name: String,
    /// Its MIME type.
    pub mime: String,
    /// What is in it.
    pub bytes: ArrayBuffer,
}

/// Who waits for it. A worker that dies gives none: the page is told of that anyway.
pub(super) struct Taker(Box<dyn FnOnce(Result<Written, Failure>)>);

impl Taker {
    pub(super) fn take(self, reply: Reply, buffers: &[ArrayBuffer]) {
        match (reply, buffers.first()) {
            (Reply::File { name, mime }, Some(bytes)) => (self.0)(Ok(Written { name, mime, bytes: bytes.clone() })),
            (Reply::Failed(failure), _) => (self.0)(Err(failure)),
            _ => {}
        }
    }
}

impl Asker {
    /// Asks for a file of what runs now.
    pub fn file(&self, file: FileKind, then: impl FnOnce(Result<Written, Failure>) + 'static) {
        self.link().post(&Command::Export { file }, &Array::new(), Waiting::Filed(Taker(Box::new(then))));
    }
}

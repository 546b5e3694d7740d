//! Files that another program reads: the worker gives rows or weights, the page's exporters write the rest.
//!
//! Not responsible for what is done with them (`ui::exports`).

use super::{Asker, Waiting};
use crate::export::{self, BYTES, FileKind, Written};
use crate::protocol::{Command, Reply};
use crate::spec::{Experiment, Problem, Weights};
use js_sys::{Array, ArrayBuffer, Uint8Array};

/// What is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The rows that it trains on.
    Rows,
    /// What is made of the experiment and its weights.
    Made(FileKind),
}

/// A file, or why there is none.
pub type Answer = Result<Written, Vec<Problem>>;

/// Who waits for it. A worker that dies gives none: the page is told of that anyway.
pub(super) struct Taker {
    wanted: Wanted,
    made: Maker,
    then: Box<dyn FnOnce(Answer)>,
}

/// What writes a file of the experiment and its weights; given by whoever asks, since most pages never need one.
pub type Maker = fn(serde_json::Value, &[u8], FileKind) -> Answer;

impl Taker {
    pub(super) fn take(self, reply: Reply, buffers: &[ArrayBuffer]) {
        let bytes = || buffers.first().map(|b| Uint8Array::new(b).to_vec()).unwrap_or_default();
        match (self.wanted, reply) {
            (_, Reply::Failed(failure)) => (self.then)(Err(failure.problems)),
            (Wanted::Rows, Reply::File { name, .. }) => (self.then)(Ok(Written { name, mime: BYTES, bytes: bytes() })),
            (Wanted::Made(kind), Reply::Weights { experiment, .. }) => {
                (self.then)((self.made)(experiment, &bytes(), kind))
            }
            _ => {}
        }
    }
}

/// Writes such a file.
pub fn made(experiment: serde_json::Value, weights: &[u8], kind: FileKind) -> Answer {
    let experiment = Experiment::from_value(experiment)?;
    let weights = Weights::read(weights).map_err(|p| vec![p])?;
    export::file(&experiment, &weights, kind)
}

impl Asker {
    /// Asks for a file of what runs now.
    pub fn file(&self, wanted: Wanted, made: Maker, then: impl FnOnce(Answer) + 'static) {
        let command = match wanted {
            Wanted::Rows => Command::Rows,
            Wanted::Made(_) => Command::Weights,
        };
        self.link().post(command, Array::new(), Waiting::Filed(Taker { wanted, made, then: Box::new(then) }));
    }
}

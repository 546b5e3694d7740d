//! Asking the worker for everything that the network has learned.
//!
//! Not responsible for what is done with it (`ui::files`).

use super::{Link, Waiting};
use crate::protocol::{Command, Reply};
use crate::spec::Experiment;
use js_sys::{Array, ArrayBuffer, Uint8Array};
use std::rc::Rc;

/// What was learned, and by what.
pub struct Learned {
    /// The experiment that ran.
    pub experiment: Experiment,
    /// Its step.
    pub step: u64,
    /// The weights as safetensors.
    pub weights: Rc<[u8]>,
}

/// Who waits for it. A worker that dies gives none: the page is told of that anyway.
pub(super) struct Taker(Box<dyn FnOnce(Learned)>);

impl Taker {
    pub(super) fn take(self, reply: Reply, buffers: &[ArrayBuffer]) {
        let (Reply::Weights { step, experiment }, Some(bytes)) = (reply, buffers.first()) else { return };
        if let Ok(experiment) = Experiment::from_value(experiment) {
            (self.0)(Learned { experiment, step, weights: Uint8Array::new(bytes).to_vec().into() });
        }
    }
}

impl Link {
    /// Asks for the weights of what runs now, before anything that is asked for later.
    pub fn learned(&self, then: impl FnOnce(Learned) + 'static) {
        self.post(Command::Weights, Array::new(), Waiting::Learned(Taker(Box::new(then))));
    }
}

//! Questions to the page's own worker beside its frames: a panel asks, the run goes on, the answer comes to whoever asked.
//!
//! Not responsible for commands that change the run: those are messages of the page (`ui::state`).

use super::side::Answered;
use super::{Link, Waiting, wire};
use crate::protocol::Command;
use js_sys::Array;
use std::rc::Rc;

/// A way to ask; panels get it as a Yew context.
#[derive(Clone)]
pub struct Asker(Link);

impl PartialEq for Asker {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0.0, &other.0.0)
    }
}

/// Who waits for an answer; told that the worker is gone if none comes.
pub(super) type Question = Box<dyn FnOnce(Answered)>;

impl Asker {
    pub(super) fn link(&self) -> &Link {
        &self.0
    }

    /// Sends a command that leaves the run as it is; arrays go beside it. `then` hears the answer, or that there is none.
    pub fn ask(&self, command: &Command, arrays: &[Rc<[f32]>], then: impl FnOnce(Answered) + 'static) {
        let buffers: Array = arrays.iter().map(|a| wire::buffer(a)).collect();
        self.0.post(command.clone(), buffers, Waiting::Asked(Box::new(then)));
    }
}

impl Link {
    /// For panels that ask.
    pub fn asker(&self) -> Asker {
        Asker(self.clone())
    }
}

//! The controls of the data and training panels: each has a label, its live value, a one-line explanation, a place for
//! what is wrong with it, and a test id.
//!
//! Not responsible for what a value means: a panel hands in the words and takes the change. Values and slider positions
//! are pure and tested natively.

pub mod scale;

#[cfg(target_arch = "wasm32")]
mod choice;
#[cfg(target_arch = "wasm32")]
mod number;
#[cfg(target_arch = "wasm32")]
mod words;

#[cfg(target_arch = "wasm32")]
pub use choice::{Choice, Item, Toggle};
#[cfg(target_arch = "wasm32")]
pub use number::NumberField;
#[cfg(target_arch = "wasm32")]
pub use words::{messages, problems, say};

use std::ops::Deref;
use std::rc::Rc;

/// A shared value that is compared by address: the page's state is replaced, never changed in place, so the same
/// address means the same content, and comparing a pasted table once per frame is saved.
#[derive(Debug)]
pub struct Same<T>(pub Rc<T>);

impl<T> Clone for Same<T> {
    fn clone(&self) -> Self {
        Same(self.0.clone())
    }
}

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Same<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

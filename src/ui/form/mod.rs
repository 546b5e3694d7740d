//! The controls of the data and training panels: each has a label, its live value, a one-line explanation, a place for
//! what is wrong with it, and a test id.
//!
//! Not responsible for what a value means: a panel hands in the words and takes the change. Values and slider positions
//! are pure and tested natively.

pub mod read;
pub mod refusal;
pub mod scale;

#[cfg(target_arch = "wasm32")]
mod choice;
#[cfg(target_arch = "wasm32")]
mod number;
#[cfg(target_arch = "wasm32")]
mod words;
#[cfg(target_arch = "wasm32")]
mod working;

#[cfg(target_arch = "wasm32")]
pub use choice::{Choice, Item, Toggle};
#[cfg(target_arch = "wasm32")]
pub use number::NumberField;
#[cfg(target_arch = "wasm32")]
pub use words::{messages, problems, say};
#[cfg(target_arch = "wasm32")]
pub use working::Working;

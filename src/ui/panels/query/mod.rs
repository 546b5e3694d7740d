//! The query line: a learner names any value of the network, its gradient, or what the optimizer keeps for it, with Python's
//! slices, and it becomes a panel.
//!
//! Reading a query, its completion and the layout of its numbers are pure. Not responsible for computing them
//! (`worker::queries`) nor for which queries are open (`ui::state::queries`).

pub mod complete;
pub mod fault;
pub mod layout;
pub mod names;
pub mod parse;
pub mod slice;

#[cfg(target_arch = "wasm32")]
mod card;
#[cfg(target_arch = "wasm32")]
mod line;
#[cfg(target_arch = "wasm32")]
mod part;
#[cfg(target_arch = "wasm32")]
mod picture;

#[cfg(target_arch = "wasm32")]
pub use part::QueryPart;

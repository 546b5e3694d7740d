//! Transfer (`#/transfer`): a network learns digits, then three runs learn something else from few examples: on its frozen
//! trunk, on its trunk that learns on, and from scratch.
//!
//! State, drawings and address are pure and tested natively; what needs a browser is compiled for wasm32 only. Not responsible
//! for what the runs are (`spec::transfer`) nor for training (the side workers).

pub mod address;
pub mod own;
pub mod state;

#[cfg(target_arch = "wasm32")]
mod chart;
#[cfg(target_arch = "wasm32")]
mod moves;
#[cfg(target_arch = "wasm32")]
pub mod page;
#[cfg(target_arch = "wasm32")]
mod photos;
#[cfg(target_arch = "wasm32")]
mod runner;
#[cfg(target_arch = "wasm32")]
mod teach;
#[cfg(target_arch = "wasm32")]
mod view;

//! Primers, checked (`#/primer`): a published program as it was written and as it was meant, trained side by side on one seed.
//!
//! State and address are pure and tested natively; what needs a browser is compiled for wasm32 only. Not responsible for which
//! programs there are (`spec::preset::primers`) nor for training (the side workers).

pub mod address;
pub mod state;

#[cfg(target_arch = "wasm32")]
mod chart;
#[cfg(target_arch = "wasm32")]
pub mod page;
#[cfg(target_arch = "wasm32")]
mod runner;
#[cfg(target_arch = "wasm32")]
mod view;

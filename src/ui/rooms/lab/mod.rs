//! The gradient laboratory (`#/lab`): two deep networks side by side on one seed, what passes through their layers, and
//! what mean-field theory says should.
//!
//! State and theory are pure and tested natively; what needs a browser is compiled for wasm32 only. Not responsible for
//! training (the side workers) nor for the playground, which rests meanwhile.

pub mod address;
pub mod mean_field;
pub mod profile;
pub mod setup;
pub mod state;
pub mod story;
pub mod sweep;

#[cfg(target_arch = "wasm32")]
pub mod page;
#[cfg(target_arch = "wasm32")]
mod runner;
#[cfg(target_arch = "wasm32")]
mod sweeper;
#[cfg(target_arch = "wasm32")]
mod view;

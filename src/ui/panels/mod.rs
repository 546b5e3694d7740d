//! The panels of the playground, one file (or folder) each, and the frame they share (`frame.rs`).
//!
//! Not responsible for where a panel stands on the page (`ui::app`).

pub mod query;
pub mod registry;

#[cfg(target_arch = "wasm32")]
pub mod about;
#[cfg(target_arch = "wasm32")]
pub mod answered;
#[cfg(target_arch = "wasm32")]
pub mod attention;
#[cfg(target_arch = "wasm32")]
pub mod bars;
#[cfg(target_arch = "wasm32")]
mod brought;
#[cfg(target_arch = "wasm32")]
pub mod climb;
#[cfg(target_arch = "wasm32")]
pub mod curves;
#[cfg(target_arch = "wasm32")]
pub mod data;
#[cfg(target_arch = "wasm32")]
pub mod doctor;
#[cfg(target_arch = "wasm32")]
pub mod export;
#[cfg(target_arch = "wasm32")]
pub mod feature_maps;
#[cfg(target_arch = "wasm32")]
pub mod filters;
#[cfg(target_arch = "wasm32")]
mod fold;
#[cfg(target_arch = "wasm32")]
mod frame;
#[cfg(target_arch = "wasm32")]
pub mod gradient_flow;
#[cfg(target_arch = "wasm32")]
pub mod hidden_state;
#[cfg(target_arch = "wasm32")]
pub mod inside;
#[cfg(target_arch = "wasm32")]
mod keeping;
#[cfg(target_arch = "wasm32")]
pub mod latent;
#[cfg(target_arch = "wasm32")]
mod layered;
#[cfg(target_arch = "wasm32")]
pub mod mini_loss;
#[cfg(target_arch = "wasm32")]
pub mod network;
#[cfg(target_arch = "wasm32")]
pub mod output;
#[cfg(target_arch = "wasm32")]
pub mod place;
#[cfg(target_arch = "wasm32")]
pub mod processor;
#[cfg(target_arch = "wasm32")]
pub mod sandbox;
#[cfg(target_arch = "wasm32")]
pub mod setup;
#[cfg(target_arch = "wasm32")]
mod tools;

#[cfg(target_arch = "wasm32")]
pub use frame::{FrameProps, Panel, PanelProps};

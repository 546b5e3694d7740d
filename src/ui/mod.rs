//! The page: a pure state (`state`), and Yew components that show it and emit messages.
//!
//! Not responsible for training or for anything a tensor is made of: it knows the protocol only. What needs a browser is
//! compiled for wasm32 only, so that everything else is tested natively.

pub mod drawing;
pub mod form;
pub mod netmap;
pub mod plots;
pub mod sketch;
pub mod state;
pub mod table_draft;
pub mod testid;
pub mod wants;

#[cfg(target_arch = "wasm32")]
pub mod hooks;
#[cfg(target_arch = "wasm32")]
pub mod panels;

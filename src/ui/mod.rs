//! The page: a pure state (`state`), and Yew components that show it and emit messages.
//!
//! Not responsible for training or for anything a tensor is made of: it knows the protocol only. What needs a browser is
//! compiled for wasm32 only, so that everything else is tested natively.

pub mod doctor;
pub mod drawing;
pub mod form;
pub mod inside;
pub mod lab;
pub mod netmap;
pub mod plots;
pub mod route;
pub mod side_error;
pub mod sketch;
pub mod state;
pub mod table_draft;
pub mod testid;
pub mod turns;
pub mod wants;

#[cfg(target_arch = "wasm32")]
pub mod app;
#[cfg(target_arch = "wasm32")]
pub mod files;
#[cfg(target_arch = "wasm32")]
pub mod header;
#[cfg(target_arch = "wasm32")]
pub mod hooks;
#[cfg(target_arch = "wasm32")]
pub mod icons;
#[cfg(target_arch = "wasm32")]
pub mod keys;
#[cfg(target_arch = "wasm32")]
pub mod link;
#[cfg(target_arch = "wasm32")]
pub mod notices;
#[cfg(target_arch = "wasm32")]
pub mod page;
#[cfg(target_arch = "wasm32")]
pub mod panels;
#[cfg(target_arch = "wasm32")]
pub mod queue;
#[cfg(target_arch = "wasm32")]
pub mod timeline;
#[cfg(target_arch = "wasm32")]
pub mod transport;
#[cfg(target_arch = "wasm32")]
pub mod wishes;

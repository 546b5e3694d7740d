//! Gradarium: a glass-walled laboratory for neural networks.
//!
//! Layers, and the only directions in which they may know each other (`tests/it/tidy.rs` enforces it):
//!
//! | layer | may use |
//! |---|---|
//! | `spec` | nothing of ours |
//! | `engine` | `spec` |
//! | `backend` | `engine`, `spec` |
//! | `protocol` | `spec` |
//! | `i18n` | nothing of ours |
//! | `worker` | `engine`, `backend`, `protocol`, `spec`, `i18n`, `export` |
//! | `export` | `spec`, `i18n` |
//! | `ui` | `protocol`, `spec`, `i18n`, `export` |
//!
//! Not responsible for anything itself: this file only lists the modules.

pub mod backend;
pub mod engine;
pub mod export;
pub mod i18n;
pub mod protocol;
pub mod spec;
pub mod ui;
pub mod worker;

//! The page: a pure state (`state`), and Yew components that show it and emit messages.
//!
//! Not responsible for training or for anything a tensor is made of: it knows the protocol only.

pub mod state;

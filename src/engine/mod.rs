//! The engine: spec → graph → autodiff → plan → executor, and the session that runs it. Pure Rust, no browser.
//!
//! Not responsible for speed: `backend` has the fast kernels; everything here is the truth they are held to.

pub mod data;
pub mod init;
pub mod optim;
pub mod real;
pub mod rng;

//! The engine: spec → graph → autodiff → plan → executor, and the session that runs it. Pure Rust, no browser.
//!
//! Not responsible for speed: `backend` has the fast kernels; everything here is the truth they are held to.

pub mod data;
pub mod draws;
pub mod exec;
pub mod graph;
pub mod host;
pub mod init;
pub mod loss;
pub mod metrics;
pub mod nn;
pub mod ops;
pub mod optim;
pub mod real;
pub mod reference;
pub mod rng;
pub mod sampling;
pub mod session;
pub mod tasks;

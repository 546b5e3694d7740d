//! The losses, one file each: formula, reference kernel, gradient directly below. Names and means are PyTorch's.
//!
//! Not responsible for their place in the graph (`ops::loss`).

pub mod bce;
pub mod cross_entropy;
pub mod hinge;
pub mod huber;
pub mod mae;
pub mod mse;

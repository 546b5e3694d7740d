//! The metrics, one file each.
//!
//! Not responsible for running the network (`session::evaluate`).

pub mod accuracy;
pub mod confusion;
pub mod energy;
pub mod linear;
pub mod neighbours;
pub mod pca;
pub mod r2;
pub mod views;

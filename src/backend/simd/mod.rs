//! Four-lane kernels: `f32` only, the same code natively and as wasm simd128.
//!
//! The executor runs a plan, each op's twin in `ops` hands the right slices to kernels, and `kernels` has those that
//! several ops share.

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod allocations;
pub mod bench;
pub mod executor;
pub mod kernels;
mod ops;
pub mod optimizer;
mod view;

pub use executor::Simd;

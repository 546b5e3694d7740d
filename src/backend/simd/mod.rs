//! Four-lane kernels: `f32` only, the same code natively and as wasm simd128.
//!
//! Free functions on slices; each checks its contract once on entry and not inside. Not responsible for choosing
//! which kernel runs when (the executor does), nor for allocating: callers own every buffer.

pub mod activation;
mod additive;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod allocations;
pub mod attention;
pub mod bench;
mod channels;
pub mod conv;
pub mod elementwise;
pub mod executor;
pub mod gemm;
mod image;
pub(crate) mod lanes;
pub mod loss;
mod map;
pub mod math;
pub mod norm;
pub mod optimizer;
pub mod pool;
pub mod recurrent;
pub mod reduce;
pub mod sequence;
pub mod softmax;
mod view;

pub use executor::Simd;

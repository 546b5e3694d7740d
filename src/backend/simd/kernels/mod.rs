//! Kernels that several ops share, and what they are made of: free functions on slices.
//!
//! Each checks its contract once on entry and not inside; callers own every buffer. What only one op needs is in that op's
//! file (`super::ops`).

pub mod activation;
pub mod conv;
pub mod elementwise;
pub mod gemm;
pub mod images;
pub(crate) mod lanes;
pub(super) mod map;
pub mod math;
pub mod norm;
pub mod reduce;
pub mod softmax;

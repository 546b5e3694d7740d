//! Backends: the same kernels as the engine's reference, fast enough to train with.
//!
//! Not responsible for what is computed: plans and reference kernels are the engine's.

pub mod simd;

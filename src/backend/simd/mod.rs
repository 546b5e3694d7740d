//! simd kernels

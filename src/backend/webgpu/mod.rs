//! The graphics card: plans as lists of compute shaders, for WebGPU and, natively, Vulkan.
//!
//! `kernel` puts a shader's text together, `ops` says which kernels an op needs, `kernels` has what ops share; these
//! need no card, so that every shader can be checked without one. `executor` runs them (feature `webgpu`). Numbers are
//! `f32`; no subgroups, no `f16`, no float atomics: the same bits every time on the same card.

pub mod kernel;
pub mod kernels;
pub mod ops;

#[cfg(feature = "webgpu")]
pub mod device;
#[cfg(feature = "webgpu")]
pub mod executor;
#[cfg(feature = "webgpu")]
mod memory;

#[cfg(feature = "webgpu")]
pub use executor::WebGpu;

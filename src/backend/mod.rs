//! The fast executors, and the choice between them.
//!
//! Deleting this layer leaves a program that still trains, slowly and correctly. Not responsible for what is computed:
//! every kernel is held to the reference kernel of its op.

pub mod simd;
#[cfg(not(target_arch = "wasm32"))]
pub mod webgpu;

use crate::engine::exec::Executor;
use crate::spec::{Backend, Code, Problem};

/// The executor for what the experiment asks.
///
/// # Errors
/// [`Code::NoBackend`] for a backend that this build does not have.
pub fn choose(asked: Backend) -> Result<Box<dyn Executor<f32>>, Problem> {
    match asked {
        Backend::Auto | Backend::Simd => Ok(Box::new(simd::Simd::new())),
        // The reference kernels would be a tenth of what the browser has to load; natively they judge the others.
        #[cfg(not(target_arch = "wasm32"))]
        Backend::Reference => Ok(Box::new(crate::engine::reference::Reference::<f32>::default())),
        #[cfg(target_arch = "wasm32")]
        Backend::Reference => Err(Problem::new("backend", Code::NoBackend).arg("backend", "reference")),
        Backend::Webgpu => Err(Problem::new("backend", Code::NoBackend).arg("backend", "webgpu")),
    }
}

/// Why [`choose`] chose: `asked`, or `only_one` where there was nothing to race.
pub fn reason(asked: Backend) -> &'static str {
    match asked {
        Backend::Auto => "only_one",
        Backend::Simd | Backend::Webgpu | Backend::Reference => "asked",
    }
}

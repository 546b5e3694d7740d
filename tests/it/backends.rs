//! The executors that every test of numbers goes through. A new backend is one line here.
//!
//! Not responsible for what they are held to.

use gradarium::backend::simd::Simd;
use gradarium::engine::exec::Executor;
use gradarium::engine::reference::Reference;

/// Every `f32` executor that runs natively, the reference first.
pub fn backends() -> Vec<Box<dyn Executor<f32>>> {
    vec![Box::new(Reference::<f32>::default()), Box::new(Simd::new())]
}

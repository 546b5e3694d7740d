//! The worker: training happens here and nowhere else.
//!
//! [`Reactor`] is the whole logic, without a browser: messages in, messages out, time as an argument. `shell` connects it
//! to the Web Worker's mailbox. Not responsible for anything that is shown.

mod answers;
mod buffer;
mod contained;
mod curves;
mod exported;
mod facts;
mod frames;
mod probe;
mod reactor;
mod run;
mod sample;
mod share;
#[cfg(target_arch = "wasm32")]
mod shell;
mod show;
mod solve;
mod timeline;

pub use buffer::Buffer;
pub use reactor::{Next, Outgoing, Reactor};
#[cfg(target_arch = "wasm32")]
pub use shell::start;

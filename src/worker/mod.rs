//! The worker: training happens here and nowhere else.
//!
//! [`Reactor`] is the whole logic, without a browser: messages in, messages out, time as an argument. `shell` connects it
//! to the Web Worker's mailbox. Not responsible for anything that is shown.

mod answers;
mod curves;
mod frames;
mod look;
mod reactor;
mod run;
mod sample;
#[cfg(target_arch = "wasm32")]
mod shell;
mod timeline;

pub use reactor::{Buffer, Next, Outgoing, Reactor};
#[cfg(target_arch = "wasm32")]
pub use shell::start;

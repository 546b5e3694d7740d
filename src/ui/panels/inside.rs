//! The part of the page that looks inside the network: the chooser of the example, and the section with its panels.
//!
//! What they compute is `ui::inside`.

pub mod draw;
pub mod example;
mod own_text;
pub mod section;

//! What the learner chose: data set, model, task, optimizer, training. Plain data that round-trips through JSON, the
//! share link and the model text.
//!
//! Not responsible for tensors or training: `engine` compiles a spec; this layer only says whether it makes sense.

pub mod problem;

pub use problem::{Code, Fix, Problem};

//! What the learner chose: data set, model, task, optimizer, training. Plain data that round-trips through JSON, the
//! share link and the model text.
//!
//! Not responsible for tensors or training: `engine` compiles a spec; this layer only says whether it makes sense.

pub mod activation;
pub mod data;
pub mod init;
pub mod optimizer;
pub mod optimizer_field;
pub mod problem;
pub mod schedule;
pub mod sets;
pub mod tables;

pub use activation::Activation;
pub use data::{DataInfo, DataSpec, Target, TargetSpec};
pub use init::{Init, InitKind};
pub use optimizer::{OptimizerKind, OptimizerSpec};
pub use optimizer_field::Field;
pub use problem::{Code, Fix, Problem};
pub use schedule::Schedule;

//! What the learner chose: data set, model, task, optimizer, training. Plain data that round-trips through JSON, the
//! share link and the model text.
//!
//! Not responsible for tensors or training: `engine` compiles a spec; this layer only says whether it makes sense.

pub mod activation;
pub mod augment;
pub mod class_weights;
pub mod code;
pub mod csv_select;
pub mod csv_series;
pub mod csv_table;
pub mod data;
pub mod experiment;
mod few;
pub mod formula;
pub mod init;
pub mod layers;
pub mod link;
pub mod model;
pub mod optimizer;
pub mod optimizer_field;
pub mod order;
pub mod own_pictures;
pub mod pairs;
pub mod part_optimizers;
pub mod preset;
pub mod problem;
pub mod random;
pub mod read;
pub mod saved;
pub mod schedule;
pub mod schedule_rate;
#[cfg(not(target_arch = "wasm32"))]
mod schema;
pub mod sequences;
pub mod sets;
pub mod shape;
pub mod tables;
pub mod target;
pub mod task;
pub mod tasks;
pub mod text;
pub mod transfer;
pub mod views;
pub mod weights;
pub mod window;

pub use activation::Activation;
pub use augment::{AugmentKind, AugmentSpec};
pub use class_weights::ClassWeights;
pub use csv_select::{CsvSpec, CsvTask};
pub use data::{DataInfo, DataSpec, Target, TargetSpec};
pub use experiment::{Backend, Experiment, TrainingSpec};
pub use init::{Init, InitKind};
pub use model::{Layer, LayerKind, ModelSpec};
pub use optimizer::{OptimizerKind, OptimizerSpec};
pub use optimizer_field::Field;
pub use problem::{Code, Fix, Problem};
pub use saved::Saved;
pub use schedule::Schedule;
pub use schedule_rate::lr_at;
pub use task::{Loss, TaskKind, TaskSpec};
pub use weights::Weights;

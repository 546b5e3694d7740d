//! Ready experiments: what the page starts with, and a sensible network for each kind of data.
//!
//! Not responsible for how they are shown.

use super::activation::Activation;
use super::data::{DataInfo, DataSpec};
use super::experiment::{Experiment, TrainingSpec};
use super::init::Init;
use super::model::{Dense, Empty, Layer, LayerKind, ModelSpec};
use super::optimizer::{OptimizerKind, OptimizerSpec};
use super::task::{TaskKind, TaskSpec};

/// A dense layer.
pub fn dense(units: Option<usize>, activation: Activation) -> Layer {
    LayerKind::Dense(Dense { units, activation, init: Init::default(), bias: None }).into()
}

/// What the page trains on arrival: the spiral, 2-8-8-2 tanh, Adam.
pub fn first() -> Experiment {
    for_data(DataSpec::of("spiral"), 7)
}

/// An experiment for this data set with a small network that learns it. Data with problems gets a plain network; the
/// problems show at the data.
pub fn for_data(data: DataSpec, seed: u32) -> Experiment {
    let info = data.info().ok();
    Experiment {
        gradarium: super::experiment::VERSION,
        seed,
        model: model_for(info.as_ref()),
        task: info.as_ref().map_or(TaskSpec { kind: TaskKind::Classification, loss: None }, TaskSpec::for_data),
        optimizer: optimizer_for(info.as_ref()),
        training: TrainingSpec::default(),
        backend: Default::default(),
        data,
    }
}

/// Two tanh layers on the plane; one relu layer on tables; flatten and a wider relu layer on images.
fn model_for(info: Option<&DataInfo>) -> ModelSpec {
    let mut layers: Vec<Layer> = Vec::new();
    if info.is_some_and(|i| i.plane) {
        layers.extend([dense(Some(8), Activation::Tanh), dense(Some(8), Activation::Tanh)]);
    } else if info.is_some_and(|i| i.input.len() > 1) {
        layers.extend([LayerKind::Flatten(Empty {}).into(), dense(Some(64), Activation::Relu)]);
    } else {
        layers.push(dense(Some(16), Activation::Relu));
    }
    layers.push(dense(None, Activation::Linear));
    ModelSpec { layers }
}

/// Adam; faster on the plane, where the learner watches, than on data with many features.
fn optimizer_for(info: Option<&DataInfo>) -> OptimizerSpec {
    let lr = if info.is_some_and(|i| i.plane) { 0.03 } else { 0.001 };
    OptimizerSpec { lr: Some(lr), ..OptimizerSpec::new(OptimizerKind::Adam) }
}

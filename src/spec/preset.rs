//! Ready experiments: what the page starts with, and a sensible network for each kind of data.
//!
//! Not responsible for how they are shown nor for the ones worth a look in themselves ([`ready`]).

pub mod primers;
pub mod ready;

use super::activation::Activation;
use super::data::{DataInfo, DataSpec, Target};
use super::experiment::{Experiment, TrainingSpec};
use super::init::Init;
use super::model::{Dense, Embedding, Empty, Layer, LayerKind, ModelSpec, Positional, Recurrent, TransformerBlock};
use super::optimizer::{OptimizerKind, OptimizerSpec};
use super::task::{Loss, TaskKind, TaskSpec};
use super::tasks::{Vae, contrastive};
use super::text;

/// Rows a step where views are told apart from those of all other rows: the more, the harder.
const VIEWED: usize = 64;

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
        optimizers: Default::default(),
        training: TrainingSpec::default(),
        backend: Default::default(),
        data,
    }
}

/// An experiment for this task on this data, with networks that learn it; `None` where the task cannot take the data.
pub fn for_task(data: DataSpec, seed: u32, task: &str) -> Option<Experiment> {
    let plain = for_data(data, seed);
    let info = plain.data.info().ok()?;
    if plain.task.kind.name() == task {
        return Some(plain);
    }
    let kind = TaskKind::starter(task).filter(TaskKind::makes_its_target)?;
    if matches!(kind, TaskKind::Gan(_)) && info.plane {
        return game_on_plane(plain);
    }
    let mut plain = plain;
    if kind.contrasts() && !contrastive::makes_views(&plain.data.augment) {
        plain.data.augment = contrastive::usual_views();
        plain.training.batch = VIEWED;
    }
    let mut e = Experiment { model: kind.starter_model(&info)?, task: TaskSpec { kind, loss: None }, ..plain };
    if matches!(kind, TaskKind::Vae(_)) && info.input.len() != 3 {
        // Only shares from 0 to 1, as pixels are, suit cross-entropy.
        e.task = TaskSpec { kind: TaskKind::Vae(Vae { beta: 0.01, ..Vae::default() }), loss: Some(Loss::Mse) };
    }
    let lr = if matches!(kind, TaskKind::Gan(_)) || info.input.len() == 3 { 0.001 } else { 0.003 };
    e.optimizer.lr = Some(lr);
    e.problems().is_empty().then_some(e)
}

/// Smaller networks, less noise or more momentum collapse there: what the ready game was found with suits other points too.
fn game_on_plane(plain: Experiment) -> Option<Experiment> {
    let game = ready::find("gan_ring")?.experiment()?;
    let e = Experiment { data: plain.data, seed: plain.seed, ..game };
    e.problems().is_empty().then_some(e)
}

/// Two tanh layers on the plane; one relu layer on tables; flatten and a wider relu layer on images; a recurrent layer on
/// series; rows for tokens, with a transformer block where each place has a target, or an encoder and a decoder.
fn model_for(info: Option<&DataInfo>) -> ModelSpec {
    let Some(info) = info else { return ModelSpec::of(vec![dense(Some(16), Activation::Relu), last()]) };
    let each_place = match &info.target {
        Target::Steps { .. } => true,
        Target::Values { shape } => shape.len() > 1,
        Target::Classes { .. } => false,
    };
    let flatten = || LayerKind::Flatten(Empty {}).into();
    let mut layers: Vec<Layer> = match (info.tokens, info.input.len()) {
        _ if info.plane => vec![dense(Some(8), Activation::Tanh), dense(Some(8), Activation::Tanh)],
        (Some(_), 1) if info.target.width() < info.input[0] && each_place => {
            encoder_decoder(info.input[0] - info.target.width(), info.target.width())
        }
        (Some(_), _) if each_place => vec![
            LayerKind::Embedding(Embedding { units: 32 }).into(),
            LayerKind::Positional(Positional::default()).into(),
            LayerKind::TransformerBlock(TransformerBlock::default()).into(),
        ],
        (Some(_), _) => {
            vec![LayerKind::Embedding(Embedding { units: 16 }).into(), flatten(), dense(Some(32), Activation::Relu)]
        }
        (None, 2) => {
            vec![LayerKind::Lstm(Recurrent { return_sequences: each_place, ..Recurrent::of(32) }).into()]
        }
        (None, 0 | 1) => vec![dense(Some(16), Activation::Relu)],
        (None, _) => vec![flatten(), dense(Some(64), Activation::Relu)],
    };
    layers.push(last());
    ModelSpec::of(layers)
}

/// For aligned pairs: the source is read in both directions, and each place of the target asks it, knowing what was
/// written before.
fn encoder_decoder(source: usize, target: usize) -> Vec<Layer> {
    let text = format!(
        "slice 0 {source} | embedding 32 | gru 16 bidirectional return_sequences name=source | \
         slice {source} {target} from=input | embedding 32 | gru 32 return_sequences name=written | \
         attention 1 mask_padding from=written,source name=found | concat from=written,found"
    );
    // A test holds that it can be read.
    text::parse(&text).map(|m| m.layers).unwrap_or_default()
}

/// The output layer, as wide as the task needs.
fn last() -> Layer {
    dense(None, Activation::Linear)
}

/// Adam; faster on the plane, where the learner watches, than on data with many features.
fn optimizer_for(info: Option<&DataInfo>) -> OptimizerSpec {
    let lr = if info.is_some_and(|i| i.plane) { 0.03 } else { 0.001 };
    OptimizerSpec { lr: Some(lr), ..OptimizerSpec::new(OptimizerKind::Adam) }
}

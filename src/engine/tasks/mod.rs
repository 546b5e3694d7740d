//! The tasks of several networks, one file each: their graphs, and what they make of the rows of a data set.
//!
//! Not responsible for the order of a step (`session`).

mod autoencoder;
mod contrastive;
pub mod diffusion;
pub mod gan;
mod penalty;
mod rotation;
pub mod several;
mod vae;

use super::data::Dataset;
use super::graph::Graph;
use super::nn::Build;
use super::rng::Rng;
use crate::spec::{DataInfo, Experiment, TaskKind};

/// Random stream of what a task draws for rows that are only measured.
pub const STREAM_MEASURED: u64 = 106;
/// Random stream of what a task draws for the rows of a step.
pub const STREAM_FEED: u64 = 107;

/// The graph of a task of several networks. The loss, and whatever it is made of, are single numbers in it.
pub(crate) fn graph(b: Build, exp: &Experiment, info: &DataInfo) -> Graph {
    match &exp.task.kind {
        TaskKind::Vae(task) => vae::graph(b, task, exp, info),
        TaskKind::Gan(task) => gan::critic(b, task, exp, info),
        TaskKind::Several(task) => several::graph(b, task, exp, info),
        TaskKind::Rotation => rotation::graph(b, exp, info),
        TaskKind::Contrastive(task) => contrastive::graph(b, task, exp, info),
        TaskKind::Autoencoder(_)
        | TaskKind::Diffusion(_)
        | TaskKind::Classification
        | TaskKind::Regression
        | TaskKind::LanguageModel => autoencoder::graph(b, exp, info),
    }
}

/// What a data set is to the experiment's task: with targets, where the task makes its own.
pub fn data(exp: &Experiment, data: Dataset) -> Dataset {
    match &exp.task.kind {
        TaskKind::Classification | TaskKind::Regression | TaskKind::LanguageModel => data,
        // Views are made where they are needed.
        TaskKind::Autoencoder(_) | TaskKind::Vae(_) | TaskKind::Contrastive(_) => asked_for_itself(exp, data),
        TaskKind::Gan(task) => gan::data(exp, task, data),
        TaskKind::Diffusion(task) => diffusion::data(exp, task, data),
        TaskKind::Several(_) => several::data(exp, data),
        TaskKind::Rotation => rotation::data(exp, data),
    }
}

/// Whether [`data`] makes the same of one set for both.
pub fn same_rows(a: &Experiment, b: &Experiment) -> bool {
    let asked = |e: &Experiment| (e.task.kind.makes_its_target(), e.task.kind.asks_for_its_input());
    let noise = |e: &Experiment| e.task.kind.gan().map_or(0, |task| task.latent);
    let predict = |e: &Experiment| e.task.kind.diffusion().map(|t| t.predict);
    let several = |e: &Experiment| e.task.kind.several().is_some();
    let pretext = |e: &Experiment| (e.task.kind.is_pretext(), e.task.kind.contrasts());
    let drawn = (noise(a), several(a), pretext(a)) == (noise(b), several(b), pretext(b));
    asked(a) == asked(b) && predict(a) == predict(b) && drawn
}

/// Rows that are asked for again; classes stay beside them, so that what is shown can be told apart.
fn asked_for_itself(exp: &Experiment, data: Dataset) -> Dataset {
    let labels = labels(&data);
    let info = exp.task.kind.info(data.info);
    Dataset { y: data.x.clone(), target_scale: data.scale.clone(), baselines: Vec::new(), labels, info, ..data }
}

/// The class of each row, where rows have one.
fn labels(data: &Dataset) -> Vec<f32> {
    if data.info.target.classes() > 0 && data.y_width() == 1 { data.y.clone() } else { Vec::new() }
}

/// Draws what the network reads and is asked for the rows of a step; only where [`draws`].
pub fn feed(exp: &Experiment, data: &Dataset, rows: &[u32], rng: &mut Rng, x: &mut [f32], y: &mut [f32]) {
    match &exp.task.kind {
        TaskKind::Diffusion(task) => diffusion::feed(task, data, rows, rng, x, y),
        TaskKind::Rotation => rotation::feed(data, rows, rng, x, y),
        TaskKind::Classification
        | TaskKind::Regression
        | TaskKind::LanguageModel
        | TaskKind::Autoencoder(_)
        | TaskKind::Vae(_)
        | TaskKind::Gan(_)
        | TaskKind::Several(_)
        | TaskKind::Contrastive(_) => {}
    }
}

/// Whether inputs and targets of a step are drawn rather than copied.
pub fn draws(exp: &Experiment) -> bool {
    exp.task.kind.diffusion().is_some() || exp.task.kind == TaskKind::Rotation
}

/// Changes the inputs of a batch `(rows, …shape)` before a step, or before they are measured; targets stay as they are.
pub fn corrupt(exp: &Experiment, shape: &[usize], rng: &mut Rng, x: &mut [f32]) {
    if let TaskKind::Autoencoder(task) = &exp.task.kind {
        autoencoder::corrupt(task, shape, rng, x);
    }
}

/// Whether [`corrupt`] changes anything.
pub fn corrupts(exp: &Experiment) -> bool {
    matches!(&exp.task.kind, TaskKind::Autoencoder(task) if task.spoils())
}

//! The tasks, one file each: settings, the networks that a task is made of, and what follows from them without a tensor.
//!
//! Not responsible for what a task computes (`engine::tasks`).

pub mod autoencoder;
mod classification;
pub mod contrastive;
pub mod diffusion;
pub mod gan;
mod language_model;
mod regression;
pub mod rotation;
pub mod several;
pub mod vae;

pub use autoencoder::Autoencoder;
pub use contrastive::Contrastive;
pub use diffusion::{Diffusion, Predict};
pub use gan::{Gan, GanLoss};
pub use several::{Several, Weighting};
pub use vae::Vae;

use super::data::{DataInfo, Target};
use super::model::{ModelSpec, PartName, settings};
use super::problem::{Code, Problem};
use super::shape::{show, size};
use super::task::{Loss, Metric, TaskKind};
use serde::de;
use serde_json::Value;

/// What a part reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartInput {
    /// A row of the data set, or what the task makes of it.
    Data,
    /// Numbers of this shape.
    Shape(Vec<usize>),
    /// What another part answers.
    Output(PartName),
}

/// One network of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartRule {
    /// Its name.
    pub name: PartName,
    /// What it reads.
    pub input: PartInput,
    /// What it must answer; `None`: whatever it likes. Where this is no plain row, as many numbers in one row do as well.
    pub output: Option<Vec<usize>>,
}

/// What a task's file says.
pub(crate) trait TaskRule {
    /// The JSON name.
    fn name(&self) -> &'static str;

    /// The loss unless the experiment chooses another.
    fn loss(&self) -> Loss;

    /// What the network is given and asked, of a data set.
    fn info(&self, data: DataInfo) -> DataInfo {
        data
    }

    /// The networks; none where it is one.
    fn parts(&self, _info: &DataInfo) -> Vec<PartRule> {
        Vec::new()
    }

    /// How answers are measured beside the loss.
    fn metric(&self) -> Metric {
        Metric::R2
    }

    /// Names of the numbers that the loss is made of, as the session gives them; none where it is one number.
    fn terms(&self) -> &'static [&'static str] {
        &[]
    }

    /// What can be said against settings, and against this task on such data. `info` is that of the task.
    fn check(&self, _info: Option<&DataInfo>, _problems: &mut Vec<Problem>) {}

    /// What can be said against this task with such networks, beside their shapes.
    fn check_model(&self, _model: &ModelSpec, _problems: &mut Vec<Problem>) {}

    /// Networks to begin with; `None`: whatever suits the data.
    fn starter(&self, _info: &DataInfo) -> Option<ModelSpec> {
        None
    }
}

/// The JSON names of all tasks, in the order the page offers them.
pub const TASKS: [&str; 10] = [
    "classification",
    "regression",
    "language_model",
    "several",
    "rotation",
    "contrastive",
    "autoencoder",
    "vae",
    "gan",
    "diffusion",
];

impl TaskKind {
    /// The rule of the task.
    pub(crate) fn rule(&self) -> &dyn TaskRule {
        match self {
            TaskKind::Classification => &classification::Classification,
            TaskKind::Regression => &regression::Regression,
            TaskKind::LanguageModel => &language_model::LanguageModel,
            TaskKind::Autoencoder(t) => t,
            TaskKind::Vae(t) => t,
            TaskKind::Gan(t) => t,
            TaskKind::Diffusion(t) => t,
            TaskKind::Several(t) => t,
            TaskKind::Rotation => &rotation::Rotation,
            TaskKind::Contrastive(t) => t,
        }
    }

    /// Reads the settings of the task of this JSON name.
    pub(super) fn read<E: de::Error>(name: &str, rest: Value) -> Result<TaskKind, E> {
        let plain = |kind| settings::<super::layers::Empty, E>(rest.clone()).map(|_| kind);
        match name {
            "classification" => plain(TaskKind::Classification),
            "regression" => plain(TaskKind::Regression),
            "language_model" => plain(TaskKind::LanguageModel),
            "autoencoder" => Ok(TaskKind::Autoencoder(settings(rest)?)),
            "vae" => Ok(TaskKind::Vae(settings(rest)?)),
            "gan" => Ok(TaskKind::Gan(settings(rest)?)),
            "diffusion" => Ok(TaskKind::Diffusion(settings(rest)?)),
            "several" => Ok(TaskKind::Several(settings(rest)?)),
            "rotation" => plain(TaskKind::Rotation),
            "contrastive" => Ok(TaskKind::Contrastive(settings(rest)?)),
            other => Err(E::unknown_variant(other, &TASKS)),
        }
    }

    /// The task of that name with settings to begin with.
    pub fn starter(name: &str) -> Option<TaskKind> {
        TaskKind::read::<super::read::ReadError>(name, Value::Object(Default::default())).ok()
    }

    /// The JSON name.
    pub fn name(&self) -> &'static str {
        self.rule().name()
    }

    /// What the network is given and asked, of a data set: an autoencoder is asked for its input.
    pub fn info(&self, data: DataInfo) -> DataInfo {
        self.rule().info(data)
    }

    /// The networks that it is made of; none where it is one.
    pub fn parts(&self, info: &DataInfo) -> Vec<PartRule> {
        self.rule().parts(info)
    }

    /// How answers are measured beside the loss.
    pub fn metric(&self) -> Metric {
        self.rule().metric()
    }

    /// Names of the numbers that the loss is made of; none where it is one number.
    pub fn terms(&self) -> &'static [&'static str] {
        self.rule().terms()
    }

    /// Networks to begin with.
    pub fn starter_model(&self, info: &DataInfo) -> Option<ModelSpec> {
        self.rule().starter(info)
    }

    /// The settings of diffusion, where it is this task.
    pub fn diffusion(&self) -> Option<&Diffusion> {
        match self {
            TaskKind::Diffusion(task) => Some(task),
            TaskKind::Classification
            | TaskKind::Regression
            | TaskKind::LanguageModel
            | TaskKind::Autoencoder(_)
            | TaskKind::Vae(_)
            | TaskKind::Gan(_)
            | TaskKind::Several(_)
            | TaskKind::Rotation
            | TaskKind::Contrastive(_) => None,
        }
    }

    /// The settings of a game, where it is this task.
    pub fn gan(&self) -> Option<&Gan> {
        match self {
            TaskKind::Gan(task) => Some(task),
            TaskKind::Classification
            | TaskKind::Regression
            | TaskKind::LanguageModel
            | TaskKind::Autoencoder(_)
            | TaskKind::Vae(_)
            | TaskKind::Diffusion(_)
            | TaskKind::Several(_)
            | TaskKind::Rotation
            | TaskKind::Contrastive(_) => None,
        }
    }

    /// The settings of several tasks at once, where it is this task.
    pub fn several(&self) -> Option<&Several> {
        match self {
            TaskKind::Several(task) => Some(task),
            TaskKind::Classification
            | TaskKind::Regression
            | TaskKind::LanguageModel
            | TaskKind::Autoencoder(_)
            | TaskKind::Vae(_)
            | TaskKind::Gan(_)
            | TaskKind::Diffusion(_)
            | TaskKind::Rotation
            | TaskKind::Contrastive(_) => None,
        }
    }

    /// Whether it is a pretext: what it learns is worth what its features are good for.
    pub fn is_pretext(&self) -> bool {
        match self {
            TaskKind::Rotation | TaskKind::Contrastive(_) => true,
            TaskKind::Classification
            | TaskKind::Regression
            | TaskKind::LanguageModel
            | TaskKind::Autoencoder(_)
            | TaskKind::Vae(_)
            | TaskKind::Gan(_)
            | TaskKind::Diffusion(_)
            | TaskKind::Several(_) => false,
        }
    }

    /// The part whose answers are features: what they are worth can be probed.
    pub fn features(&self) -> Option<PartName> {
        match self {
            TaskKind::Rotation | TaskKind::Contrastive(_) => Some(PartName::Trunk),
            TaskKind::Autoencoder(_) | TaskKind::Vae(_) => Some(PartName::Encoder),
            TaskKind::Classification
            | TaskKind::Regression
            | TaskKind::LanguageModel
            | TaskKind::Gan(_)
            | TaskKind::Diffusion(_)
            | TaskKind::Several(_) => None,
        }
    }

    /// Whether only what was hidden is counted.
    pub fn counts_hidden_only(&self) -> bool {
        matches!(self, TaskKind::Autoencoder(t) if t.hidden_only)
    }

    /// Whether two views of each row are compared.
    pub fn contrasts(&self) -> bool {
        self.is_pretext() && *self != TaskKind::Rotation
    }

    /// Whether the loss is the task's own, and cannot be chosen.
    pub fn has_own_loss(&self) -> bool {
        self.several().is_some() || self.contrasts()
    }

    /// Whether answers are counted as right or wrong; of several, that of the first.
    pub fn by_class(&self) -> bool {
        self.metric() == Metric::Accuracy
    }

    /// Whether the target is the input itself.
    pub fn asks_for_its_input(&self) -> bool {
        match self {
            TaskKind::Autoencoder(_) | TaskKind::Vae(_) => true,
            TaskKind::Classification
            | TaskKind::LanguageModel
            | TaskKind::Regression
            | TaskKind::Gan(_)
            | TaskKind::Diffusion(_)
            | TaskKind::Several(_)
            | TaskKind::Rotation
            | TaskKind::Contrastive(_) => false,
        }
    }

    /// Whether data rows stand for themselves: what is asked is made by the task.
    pub fn makes_its_target(&self) -> bool {
        match self {
            TaskKind::Classification | TaskKind::LanguageModel | TaskKind::Regression => false,
            TaskKind::Autoencoder(_)
            | TaskKind::Vae(_)
            | TaskKind::Gan(_)
            | TaskKind::Diffusion(_)
            | TaskKind::Several(_)
            | TaskKind::Rotation
            | TaskKind::Contrastive(_) => true,
        }
    }
}

/// Rows that are asked for again: the target has the input's shape.
fn asked_for_itself(data: DataInfo) -> DataInfo {
    DataInfo { target: Target::Values { shape: data.input.clone() }, ..data }
}

/// Refuses what is no rows of numbers: tokens have no place between two others.
fn needs_numbers(task: &str, info: Option<&DataInfo>, problems: &mut Vec<Problem>) {
    let Some(info) = info else { return };
    if info.tokens.is_some() {
        problems.push(Problem::new("task.type", Code::TaskData).arg("task", task).arg("got", "tokens"));
    }
}

/// Refuses what is no pictures.
fn needs_pictures(task: &str, info: Option<&DataInfo>, problems: &mut Vec<Problem>) {
    let Some(info) = info.filter(|i| i.input.len() != 3 || i.tokens.is_some()) else { return };
    let got = if info.tokens.is_some() { "tokens".to_string() } else { show(&info.input) };
    problems.push(Problem::new("task.type", Code::TaskData).arg("task", task).arg("got", got));
}

/// A trunk to begin with that reads such pictures; `None` where there are none.
fn trunk_text(info: &DataInfo) -> Option<&'static str> {
    let [h, w, _] = info.input[..] else { return None };
    Some(if h.min(w) < 10 {
        "flatten | dense 64 relu"
    } else {
        "conv 8 3 relu | pool 2 | conv 16 3 relu | pool 2 | flatten | dense 64 relu"
    })
}

/// Refuses tables, series and tokens: what is made is looked at, as a picture or as points in the plane.
fn needs_pictures_or_plane(task: &str, info: Option<&DataInfo>, problems: &mut Vec<Problem>) {
    let Some(info) = info else { return };
    let picture = info.input.len() == 3 && info.tokens.is_none();
    if !picture && !info.plane {
        let got = if info.tokens.is_some() { "tokens".to_string() } else { show(&info.input) };
        problems.push(Problem::new("task.type", Code::TaskData).arg("task", task).arg("got", got));
    }
}

/// Ends a network in as many numbers as the data has, in one row.
fn row_of(info: &DataInfo) -> usize {
    size(&info.input)
}

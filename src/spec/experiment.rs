//! The whole experiment: what a `*.gradarium.json` file and a share link carry. Public and versioned.
//!
//! Not responsible for the shapes that follow from it (`shape.rs`).

use super::class_weights::ClassWeights;
use super::data::{DataInfo, DataSpec};
use super::model::ModelSpec;
use super::optimizer::OptimizerSpec;
use super::part_optimizers::PartOptimizers;
use super::problem::{Code, Problem, check_range};
use super::read::{self, ReadError};
use super::task::{Loss, TaskSpec};
use super::tasks::contrastive;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::borrow::Cow;

/// The version of files that use nothing newer, and of every experiment in memory.
pub const VERSION: u32 = 1;
/// The version of files with frozen layers, tasks that make their own target or newer fields of the data, the newest that is read.
pub const VERSION_FROZEN: u32 = 2;
/// Largest batch.
pub const BATCH_MAX: usize = 65_536;
/// Largest experiment file or unpacked link.
pub const FILE_LIMIT_KB: usize = 8 * 1024;

/// Everything that determines a run: the same experiment on the same backend gives the same bits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Experiment {
    /// File version.
    #[serde(default = "version")]
    pub gradarium: u32,
    /// Seed of everything random: data, split, initial weights, order of batches, dropout.
    #[serde(default)]
    pub seed: u32,
    /// The data.
    pub data: DataSpec,
    /// The network.
    pub model: ModelSpec,
    /// What it is trained to do.
    pub task: TaskSpec,
    /// How its weights move.
    #[serde(default)]
    pub optimizer: OptimizerSpec,
    /// Networks whose weights move in a way of their own.
    #[serde(default, skip_serializing_if = "PartOptimizers::is_empty")]
    pub optimizers: PartOptimizers,
    /// Batches and penalties.
    #[serde(default)]
    pub training: TrainingSpec,
    /// Where it runs.
    #[serde(default, skip_serializing_if = "is_auto")]
    pub backend: Backend,
}

/// Batches and penalties.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct TrainingSpec {
    /// Samples per step; Keras's default 32.
    pub batch: usize,
    /// Whether the order of samples changes every epoch; default true.
    #[serde(skip_serializing_if = "is_true")]
    pub shuffle: bool,
    /// Adds `l1 · Σ|w|` over weights (not biases or norms), as Keras's kernel_regularizer does.
    #[serde(skip_serializing_if = "is_zero")]
    pub l1: f32,
    /// Adds `l2 · Σw²` over weights (not biases or norms), as Keras's kernel_regularizer does.
    #[serde(skip_serializing_if = "is_zero")]
    pub l2: f32,
    /// How much each class counts in the loss; left out, all count alike.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class_weights: Option<ClassWeights>,
}

impl Default for TrainingSpec {
    fn default() -> Self {
        TrainingSpec { batch: 32, shuffle: true, l1: 0.0, l2: 0.0, class_weights: None }
    }
}

/// Where training runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Backend {
    /// The fastest that the machine has.
    #[default]
    Auto,
    /// Vector instructions on one core.
    Simd,
    /// The GPU.
    Webgpu,
    /// The plain kernels that the others are held to.
    Reference,
}

fn version() -> u32 {
    VERSION
}
fn is_auto(b: &Backend) -> bool {
    *b == Backend::Auto
}
fn is_true(b: &bool) -> bool {
    *b
}
fn is_zero(x: &f32) -> bool {
    *x == 0.0
}

impl Experiment {
    /// Reads an experiment file. Every finding is reported, not only the first: each section, and each layer, is read
    /// on its own.
    pub fn from_json(text: &str) -> Result<Experiment, Vec<Problem>> {
        if text.len() > FILE_LIMIT_KB * 1024 {
            let kb = text.len() / 1024;
            return Err(vec![Problem::new("", Code::TooLong).arg("size_kb", kb).arg("limit_kb", FILE_LIMIT_KB)]);
        }
        Experiment::from_value(read::json(text).map_err(|p| vec![p])?)
    }

    /// Reads an experiment from parsed JSON.
    pub fn from_value(value: Value) -> Result<Experiment, Vec<Problem>> {
        let mut problems = Vec::new();
        if let Some(v) = value.get("gradarium").and_then(Value::as_u64).filter(|v| *v > u64::from(VERSION_FROZEN)) {
            return Err(vec![Problem::new("gradarium", Code::NewerVersion).arg("got", v).arg("known", VERSION_FROZEN)]);
        }
        if value.get("gradarium").and_then(Value::as_u64) == Some(0) {
            let problem = Problem::new("gradarium", Code::OutOfRange).arg("got", 0);
            return Err(vec![problem.arg("min", 1).arg("max", VERSION_FROZEN)]);
        }
        let Value::Object(map) = &value else {
            return Err(vec![
                Problem::new("", Code::WrongType).arg("got", kind_word(&value)).arg("expected", "object"),
            ]);
        };
        fn part<T: serde::de::DeserializeOwned>(v: &Value, path: &str, problems: &mut Vec<Problem>) -> Option<T> {
            read::from_value::<T>(v, path).map_err(|ReadError(p)| problems.push(*p)).ok()
        }
        // What can be read is checked as well, so that all findings come at once.
        let mut beside = Vec::new();
        for (key, v) in map {
            match key.as_str() {
                "data" => part::<DataSpec>(v, key, &mut problems).iter().for_each(|d| d.check(&mut beside)),
                "task" => drop(part::<TaskSpec>(v, key, &mut problems)),
                "optimizer" => {
                    part::<OptimizerSpec>(v, key, &mut problems).iter().for_each(|o| o.check(key, &mut beside));
                }
                "optimizers" => drop(part::<PartOptimizers>(v, key, &mut problems)),
                "training" => drop(part::<TrainingSpec>(v, key, &mut problems)),
                "model" => {
                    let lists = lists(v);
                    for (path, layers) in &lists {
                        for (i, l) in layers.iter().enumerate() {
                            drop(part::<super::model::Layer>(l, &format!("{path}[{i}]"), &mut problems));
                        }
                    }
                    if lists.is_empty() {
                        drop(part::<ModelSpec>(v, key, &mut problems));
                    }
                }
                _ => {}
            }
        }
        if !problems.is_empty() {
            problems.append(&mut beside);
            return Err(problems);
        }
        let experiment: Experiment = read::from_value(&value, "").map_err(|ReadError(p)| vec![*p])?;
        Ok(Experiment { gradarium: VERSION, ..experiment })
    }

    /// The version of the file it makes.
    pub fn file_version(&self) -> u32 {
        let newer = self.model.locks().contains(&true)
            || self.task.kind.makes_its_target()
            || self.data.has_new_fields()
            || !self.optimizers.is_empty();
        if newer { VERSION_FROZEN } else { VERSION }
    }

    /// As a file says it: older readers refuse what they would misread.
    fn as_file(&self) -> Cow<'_, Experiment> {
        match self.file_version() {
            version if version == self.gradarium => Cow::Borrowed(self),
            gradarium => Cow::Owned(Experiment { gradarium, ..self.clone() }),
        }
    }

    /// The experiment as compact JSON.
    pub fn to_json(&self) -> String {
        // Plain data with string keys: serialising cannot fail.
        serde_json::to_string(&*self.as_file()).unwrap_or_default()
    }

    /// The experiment as JSON for people.
    pub fn to_json_pretty(&self) -> String {
        // Plain data with string keys: serialising cannot fail.
        serde_json::to_string_pretty(&*self.as_file()).unwrap_or_default()
    }

    /// Whether the same data, task and seed stand behind both: what is learned with one network means something to the other,
    /// whatever runs it.
    pub fn same_but_for_the_network(&self, other: &Experiment) -> bool {
        let rest = |e: &Experiment| (e.seed, e.task.clone());
        self.data.same_rows(&other.data) && rest(self) == rest(other)
    }

    /// Everything that can be said against it without loading data: ranges, fields, shapes, loss, memory.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        self.data.check(&mut problems);
        self.optimizer.check("optimizer", &mut problems);
        self.optimizers.check(&self.task.kind, &mut problems);
        let t = &self.training;
        check_range(&mut problems, "training.batch", t.batch as f64, 1.0, BATCH_MAX as f64);
        check_range(&mut problems, "training.l1", f64::from(t.l1), 0.0, 10.0);
        check_range(&mut problems, "training.l2", f64::from(t.l2), 0.0, 10.0);
        let info = self.data.info().map(|info| self.task.kind.info(info));
        self.task.kind.rule().check(info.as_ref().ok(), &mut problems);
        self.task.kind.rule().check_model(&self.model, &mut problems);
        if self.task.kind.counts_hidden_only() && self.task.loss() == Loss::Bce {
            // What stands as it was would cost its own entropy.
            problems.push(Problem::new("task.loss", Code::HiddenLoss));
        }
        if self.task.kind.contrasts() && !contrastive::makes_views(&self.data.augment) {
            problems.push(Problem::new("data.augment", Code::NoViews));
        }
        if let Some(weights) = &t.class_weights {
            weights.check(&self.task, info.as_ref().ok().map(|i| &i.target), &mut problems);
        }
        match info {
            Ok(info) => problems.extend(super::shape::infer(self, &info).problems),
            Err(more) => more.into_iter().for_each(|p| {
                if !problems.contains(&p) {
                    problems.push(p);
                }
            }),
        }
        problems
    }

    /// What the network is given and asked, if the data is valid.
    pub fn data_info(&self) -> Option<DataInfo> {
        self.data.info().ok().map(|info| self.task.kind.info(info))
    }
}

/// The lists of layers in a model, with their paths: so each layer is read on its own.
fn lists(model: &Value) -> Vec<(String, &Vec<Value>)> {
    let one = model.get("layers").and_then(Value::as_array).map(|l| ("model.layers".to_string(), l));
    let parts = model.get("parts").and_then(Value::as_object).into_iter().flatten();
    let parts = parts.filter_map(|(name, l)| Some((format!("model.parts.{name}"), l.as_array()?)));
    one.into_iter().chain(parts).collect()
}

fn kind_word(v: &Value) -> &'static str {
    match v {
        Value::Null => "null",
        Value::Bool(_) => "true/false",
        Value::Number(_) => "1",
        Value::String(_) => "“…”",
        Value::Array(_) => "[…]",
        Value::Object(_) => "{…}",
    }
}

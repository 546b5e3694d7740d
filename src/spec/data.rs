//! What the learner chose about data: which set, how many samples, how noisy, how split.
//!
//! Not responsible for the list of sets ([`super::sets`]) or for making data (`engine::data`): everything here is known
//! without fetching a file.

use serde::{Deserialize, Serialize};

use super::augment::AugmentSpec;
use super::csv_select::{CsvSelection, CsvSpec};
use super::formula::Formula;
use super::own_pictures::OwnPictures;
use super::problem::{Code, Problem};
use super::random::{RandomInputs, RandomTargets, Shifted};
use super::sequences;
use super::sets::{self, SetInfo, SetKind};

mod check;

pub use super::target::{DataInfo, IGNORED, StepsSpec, Target, TargetSpec};

/// The `data` part of an experiment file. A field that is left out takes the default of the chosen set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct DataSpec {
    /// Name of the data set, one of [`sets::sets`].
    pub set: String,
    /// Number of rows (of the training part, where the files bring their own test part).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub samples: Option<usize>,
    /// Noise from 0 (none) to 1 (hardly learnable), for generated sets.
    #[serde(skip_serializing_if = "is_zero")]
    pub noise: f32,
    /// Number of classes, for sets that can be drawn with several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub classes: Option<usize>,
    /// Part of the rows held out for testing, `0..=0.9`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test_fraction: Option<f32>,
    /// Whether every input feature (and a regression target) is shifted and scaled to mean 0 and deviation 1 over the
    /// training rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standardize: Option<bool>,
    /// Random changes of the training pictures, drawn anew for every step.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub augment: Vec<AugmentSpec>,
    /// Set `formula`: `f(x)`; points with `y > f(x)` are class 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub formula: Option<String>,
    /// Set `points`: what the learner drew, as `[x, y, class]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<Vec<[f32; 3]>>,
    /// Sets `csv` and `series`: the learner's own table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub csv: Option<CsvSpec>,
    /// Texts and series: length of a window; sequence tasks: length of a source, or of the silence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<usize>,
    /// Series: how many values after the window are predicted; with `every_step`, how far ahead each one lies. Default 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub horizon: Option<usize>,
    /// Series: predict at every step of the window instead of after it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub every_step: bool,
    /// Tasks that turn one sequence into another: the source is padded to a fixed length, so that `→` and the target begin
    /// at the same place in every row, and only the places from there on have a target. That is what an encoder–decoder
    /// network needs: one `slice` for the encoder, one for the decoder.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub aligned: bool,
    /// Set `pictures`: the learner's own pictures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pictures: Option<OwnPictures>,
    /// Set `text`: the learner's own text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Set `random`: shape of one input, without the batch: `[features]`, `[H, W, C]`, `[time, features]` or `[time]`
    /// with `tokens`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input: Option<Vec<usize>>,
    /// Set `random`: what is to be predicted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<TargetSpec>,
    /// Set `random`: size of the vocabulary when the input holds tokens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tokens: Option<usize>,
    /// Set `random`: how inputs are drawn; default `normal`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inputs: Option<RandomInputs>,
    /// Set `random`: what targets have to do with inputs; default `chance`, which is nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub targets: Option<RandomTargets>,
    /// Set `random`, input `[time, features]`: each step is asked for what stands next to it, in the place of `target`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shifted: Option<Shifted>,
    /// Shipped pictures: the network gets the bytes 0–255 as they stand in files, not numbers from 0 to 1.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub raw: bool,
    /// Pictures: train on so many rows of each class only, which the seed picks; the test part stays whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_class: Option<usize>,
    /// Shipped pictures: the classes that are kept, by their number; they are numbered anew in this order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<usize>,
}

impl Default for DataSpec {
    fn default() -> Self {
        DataSpec {
            set: "spiral".to_string(),
            samples: None,
            noise: 0.0,
            classes: None,
            test_fraction: None,
            standardize: None,
            augment: Vec::new(),
            formula: None,
            points: None,
            csv: None,
            context: None,
            horizon: None,
            every_step: false,
            aligned: false,
            text: None,
            pictures: None,
            input: None,
            target: None,
            tokens: None,
            inputs: None,
            targets: None,
            shifted: None,
            raw: false,
            per_class: None,
            only: Vec::new(),
        }
    }
}

fn is_zero(x: &f32) -> bool {
    *x == 0.0
}

/// Fewest samples of a generated or shipped set.
pub const MIN_SAMPLES: usize = 10;
/// Fewest points from which anything can be trained.
pub const MIN_POINTS: usize = 4;
/// Most points that are kept: more would not fit in a link.
pub const MAX_POINTS: usize = 5000;
/// Most numbers (inputs and targets) a `random` set may hold: 256 MiB of `f32`.
pub const MAX_RANDOM_VALUES: usize = 1 << 26;
/// Most classes or tokens of a `random` set.
pub const MAX_RANDOM_CLASSES: usize = 65_536;

impl DataSpec {
    /// The spec that only names a set.
    pub fn of(set: &str) -> Self {
        DataSpec { set: set.to_string(), ..DataSpec::default() }
    }

    /// The registry's entry of the chosen set, if there is one.
    pub fn set_info(&self) -> Option<&'static SetInfo> {
        sets::set(&self.set)
    }

    /// The part held out for testing: the learner's, or else the set's. 0 where the files bring their own test part.
    pub fn test_part(&self) -> f32 {
        self.test_fraction.or_else(|| self.set_info().and_then(|s| s.test_fraction)).unwrap_or(0.0)
    }

    /// Whether the rows come with a test part of their own, so that none is drawn by chance.
    pub fn brings_test(&self) -> bool {
        let own = self.pictures.as_ref().is_some_and(|p| p.test > 0);
        own || self.set_info().is_some_and(|s| s.test_fraction.is_none())
    }

    /// Whether inputs are standardised: the learner's choice, or else the set's.
    pub fn standardized(&self) -> bool {
        self.standardize.unwrap_or_else(|| self.set_info().is_some_and(|s| s.standardize))
    }

    /// Number of rows to use: the learner's, or else the set's.
    pub fn sample_count(&self) -> usize {
        self.samples.or_else(|| self.set_info().map(|s| s.samples)).unwrap_or(0)
    }

    /// Whether both give the same rows; they may differ in what is done to the rows while training.
    pub fn same_rows(&self, other: &DataSpec) -> bool {
        self == other || DataSpec { augment: other.augment.clone(), ..self.clone() } == *other
    }

    /// What the data look like to a network.
    ///
    /// # Errors
    /// Exactly the problems that [`DataSpec::check`] files.
    pub fn info(&self) -> Result<DataInfo, Vec<Problem>> {
        let mut problems = Vec::new();
        let table = self.check_all(&mut problems);
        let table = table.as_ref().and_then(|t| t.as_ref().as_ref().ok());
        match self.set_info() {
            Some(set) if problems.is_empty() => Ok(self.describe(set, table)),
            Some(_) | None => Err(problems),
        }
    }

    fn describe(&self, set: &SetInfo, csv: Option<&CsvSelection>) -> DataInfo {
        let context = self.context_len();
        match set.kind {
            SetKind::Text(text) => sequences::text_info(text.vocabulary, context, Vec::new()),
            SetKind::OwnText => {
                let vocabulary = sequences::vocabulary(self.text.as_deref().unwrap_or(""));
                let names = vocabulary.iter().map(char::to_string).collect();
                sequences::text_info(vocabulary.len(), context, names)
            }
            SetKind::Series(series) => series.info(context, self.horizon_len(), self.every_step),
            SetKind::OwnSeries => {
                let own = self.csv.as_ref().map(CsvSpec::series);
                // Without a series a problem has been filed.
                let names = own.and_then(|s| s.as_ref().as_ref().ok().map(|s| s.names.clone())).unwrap_or_default();
                sequences::series_info(names, context, self.horizon_len(), self.every_step)
            }
            SetKind::Task(task) => task.info(context, self.aligned),
            SetKind::Shape(_)
            | SetKind::Surface(_)
            | SetKind::Formula
            | SetKind::Points
            | SetKind::Table(_)
            | SetKind::Pictures { .. }
            | SetKind::OwnPictures
            | SetKind::Csv
            | SetKind::Random => self.describe_rows(set, csv),
        }
    }

    /// Sets whose rows are no sequences.
    fn describe_rows(&self, set: &SetInfo, csv: Option<&CsvSelection>) -> DataInfo {
        let (mut class_names, mut target_name) = (Vec::new(), None);
        let (input, target, feature_names) = match set.kind {
            SetKind::Shape(_) | SetKind::Formula | SetKind::Surface(_) | SetKind::Points => {
                (vec![2], self.plane_target(set), vec!["x".to_string(), "y".to_string()])
            }
            SetKind::Table(table) => {
                let names = table.feature_names();
                class_names = table.classes().iter().map(ToString::to_string).collect();
                let target = if class_names.is_empty() {
                    target_name = Some(table.target().name.to_string());
                    Target::Values { shape: vec![1] }
                } else {
                    Target::Classes { count: class_names.len() }
                };
                (vec![names.len()], target, names)
            }
            SetKind::Pictures { shape, names, .. } => {
                class_names = names.iter().map(ToString::to_string).collect();
                let mut count = set.classes;
                if !self.only.is_empty() {
                    (count, class_names) = (self.only.len(), self.only_names(&class_names));
                }
                (shape.to_vec(), Target::Classes { count }, Vec::new())
            }
            SetKind::OwnPictures => {
                let own = self.pictures.as_ref();
                class_names = own.map(|p| p.classes.clone()).unwrap_or_default();
                let side = own.map_or(0, |p| p.side);
                (
                    vec![side, side, own.map_or(3, OwnPictures::channels)],
                    Target::Classes { count: class_names.len() },
                    Vec::new(),
                )
            }
            SetKind::Csv => match csv {
                Some(table) => {
                    class_names = table.class_names.clone();
                    target_name = class_names.is_empty().then(|| table.target_name.clone());
                    (vec![table.feature_names.len()], table.target.clone(), table.feature_names.clone())
                }
                // Unreachable without a problem having been filed; an empty description keeps this free of panics.
                None => (Vec::new(), Target::Values { shape: Vec::new() }, Vec::new()),
            },
            SetKind::Random => {
                let target = match &self.target {
                    _ if self.shifted.is_some() => Target::Values { shape: self.input.clone().unwrap_or_default() },
                    Some(TargetSpec::Shape(shape)) => Target::Values { shape: shape.clone() },
                    Some(TargetSpec::Classes(count)) => Target::Classes { count: *count },
                    Some(TargetSpec::Steps(s)) => Target::Steps { count: s.classes, len: s.len },
                    None => Target::Classes { count: 2 },
                };
                (self.input.clone().unwrap_or_default(), target, Vec::new())
            }
            // Described above.
            SetKind::Text(_) | SetKind::OwnText | SetKind::Series(_) | SetKind::OwnSeries | SetKind::Task(_) => {
                (Vec::new(), Target::Values { shape: Vec::new() }, Vec::new())
            }
        };
        if class_names.is_empty() {
            class_names = (0..target.classes()).map(|c| c.to_string()).collect();
        }
        DataInfo { input, target, feature_names, class_names, target_name, plane: set.plane(), tokens: self.tokens }
    }

    fn plane_target(&self, set: &SetInfo) -> Target {
        if matches!(set.kind, SetKind::Surface(_)) {
            return Target::Values { shape: vec![1] };
        }
        let drawn = self.points.iter().flatten().map(|p| p[2] as usize + 1).max().unwrap_or(0);
        Target::Classes { count: self.classes.unwrap_or(set.classes).max(drawn) }
    }

    /// Files every problem of the data part, with paths under `data`.
    pub fn check(&self, problems: &mut Vec<Problem>) {
        self.check_all(problems);
    }

    /// The formula of the set `formula`.
    ///
    /// # Errors
    /// [`Code::MissingField`], [`Code::FormulaEmpty`], [`Code::FormulaUnreadable`] or [`Code::FormulaNotFinite`].
    pub fn read_formula(&self) -> Result<Formula, Problem> {
        let text = self.formula.as_deref().ok_or_else(|| missing("formula"))?;
        let formula = Formula::parse(text)?;
        formula.check_finite()?;
        Ok(formula)
    }
}

fn missing(field: &str) -> Problem {
    Problem::new(format!("data.{field}"), Code::MissingField).arg("field", field)
}

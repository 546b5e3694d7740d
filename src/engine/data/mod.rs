//! Data sets as arrays: built from the learner's choice and a seed, split, scaled, ready to be cut into batches.
//!
//! | kind | module |
//! |---|---|
//! | two-dimensional classes | [`shapes`], [`formula`], [`points`] |
//! | two-dimensional regression | [`surfaces`] |
//! | shipped tables, the learner's CSV | [`table`] |
//! | shipped pictures | [`pictures`], [`gzip`] |
//! | texts, series, tasks on sequences | [`text`], [`series`], [`tasks`] |
//! | noise of any shape | [`random`] |
//!
//! [`batch`] cuts them into batches, [`augment`] changes the pictures of a batch.
//!
//! Not responsible for fetching files (the worker hands their bytes in) nor for what may be chosen (`spec::data`).
//! Everything here is a function of its arguments: one spec, one seed and one set of files give the same bits.

pub mod augment;
pub mod batch;
pub mod formula;
pub mod gzip;
pub mod missing;
mod named;
pub mod pictures;
pub mod points;
pub mod random;
pub mod scale;
pub mod series;
pub mod shapes;
pub mod split;
pub mod surfaces;
pub mod table;
pub mod tasks;
pub mod text;

use std::ops::Range;

use crate::engine::rng::Rng;
use crate::spec::csv_select::Fill;
use crate::spec::data::{DataInfo, DataSpec, IGNORED, Target};
use crate::spec::problem::{Code, Problem};
use crate::spec::sequences;
use crate::spec::sets::{SetInfo, SetKind};

pub use augment::Augmenter;
pub use batch::Batcher;
pub use scale::Standardizer;

/// Random stream from which samples are drawn; see [`Rng::new`].
pub const STREAM_SAMPLES: u64 = 101;
/// Random stream that decides which rows are held out; apart from the samples, so that the split does not move them.
pub const STREAM_SPLIT: u64 = 102;
/// Random stream that orders batches.
pub const STREAM_BATCHES: u64 = 103;
/// Random stream that changes training pictures.
pub const STREAM_AUGMENT: u64 = 104;
/// Random stream of the changed pictures that are only shown: looking must not move training.
pub const STREAM_SHOWN: u64 = 105;

/// A file of a set: the path of its registry entry, and its bytes.
pub type File = (String, Vec<u8>);

/// Rows before they are split and scaled.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    /// Inputs, row-major `(rows, features)`.
    pub x: Vec<f32>,
    /// Class indices, or values row-major `(rows, width)`.
    pub y: Vec<f32>,
    /// How many rows at the end are the set's own test part; 0 when it has none.
    pub given_test: usize,
    /// How inputs and targets have been scaled, where the rows came that way.
    pub scale: Option<(Standardizer, Standardizer)>,
    /// What forecasts without learning reach on the test part.
    pub baselines: Vec<Baseline>,
    /// What the tokens stand for, by index; empty where inputs are numbers.
    pub token_names: Vec<String>,
    /// Features with missing numbers (NaN), and what stands in for them.
    pub fills: Vec<(usize, Fill)>,
    /// What was taken from each input and target before it became `f32`; empty where nothing was.
    pub offsets: (Vec<f64>, Vec<f64>),
}

/// A forecast that needs no learning, measured on the test part as the network is.
#[derive(Clone, Debug, PartialEq)]
pub struct Baseline {
    /// `repeat_last` or `seasonal_naive`.
    pub name: &'static str,
    /// Mean squared error, in the network's (standardised) units.
    pub mse: f32,
    /// Coefficient of determination.
    pub r2: Option<f32>,
}

/// A data set in memory: train rows first, then test rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset {
    /// Shapes, names, kind of target.
    pub info: DataInfo,
    /// Inputs `(N, …info.input)`, row-major; already scaled when [`Dataset::scale`] is there.
    pub x: Vec<f32>,
    /// Class indices `(N)` or `(N, T)` as whole numbers, or values `(N, …shape)`; already scaled with [`Dataset::target_scale`].
    pub y: Vec<f32>,
    /// Number of train rows.
    pub n_train: usize,
    /// Mean and deviation of each input feature over the train rows, when inputs were standardised.
    pub scale: Option<Standardizer>,
    /// Mean and deviation of each target value over the train rows, when targets were standardised: turns predictions
    /// back into dollars or miles.
    pub target_scale: Option<Standardizer>,
    /// What the tokens stand for, by index; empty where inputs are numbers.
    pub token_names: Vec<String>,
    /// What forecasts without learning reach on the test part of a series.
    pub baselines: Vec<Baseline>,
    /// The class of each row where a task asks for something else; empty where it asks for the class, or there is none.
    pub labels: Vec<f32>,
    /// The rows themselves, where inputs are drawn from them; else empty.
    pub origin: Vec<f32>,
}

impl Dataset {
    /// Shape of one input, without the batch.
    pub fn input_shape(&self) -> &[usize] {
        &self.info.input
    }

    /// What is predicted.
    pub fn target(&self) -> &Target {
        &self.info.target
    }

    /// Numbers in one input.
    pub fn x_width(&self) -> usize {
        self.info.input.iter().product()
    }

    /// Numbers in one target: 1 for a class index.
    pub fn y_width(&self) -> usize {
        self.info.target.width()
    }

    /// Inputs and targets of the rows that training meets.
    pub fn train_numbers(&self) -> (&[f32], &[f32]) {
        (&self.x[..self.n_train * self.x_width()], &self.y[..self.n_train * self.y_width()])
    }

    /// Number of rows, train and test.
    pub fn len(&self) -> usize {
        self.y.len().checked_div(self.y_width()).unwrap_or(0)
    }

    /// Whether there are no rows at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of test rows.
    pub fn n_test(&self) -> usize {
        self.len() - self.n_train
    }

    /// Indices of the train rows.
    pub fn train(&self) -> Range<usize> {
        0..self.n_train
    }

    /// Indices of the test rows.
    pub fn test(&self) -> Range<usize> {
        self.n_train..self.len()
    }

    /// One input. Panics when there is no such row.
    pub fn x_row(&self, row: usize) -> &[f32] {
        let width = self.x_width();
        &self.x[row * width..(row + 1) * width]
    }

    /// One target. Panics when there is no such row.
    pub fn y_row(&self, row: usize) -> &[f32] {
        let width = self.y_width();
        &self.y[row * width..(row + 1) * width]
    }

    /// The page's own arrays instead of a set; all rows are train rows unless the last `test` are held out.
    ///
    /// # Errors
    /// [`Code::WrongLength`] when lengths do not fit the shapes of `info`, or nothing is left to train on;
    /// [`Code::BadValue`] with the index of the first number that is not finite, or no class of the target.
    pub fn from_arrays(info: DataInfo, x: Vec<f32>, y: Vec<f32>, test: usize) -> Result<Dataset, Problem> {
        let (x_width, y_width): (usize, usize) = (info.input.iter().product(), info.target.width());
        let rows = y.len().checked_div(y_width).unwrap_or(0);
        let wrong = |path: &str, got: usize, expected: usize| {
            Problem::new(path, Code::WrongLength).arg("got", got).arg("expected", expected)
        };
        if x_width == 0 || rows * y_width != y.len() || rows <= test {
            return Err(wrong("y", y.len(), (test + 1).max(rows) * y_width));
        }
        if rows.checked_mul(x_width) != Some(x.len()) {
            return Err(wrong("x", x.len(), rows * x_width));
        }
        let bad =
            |path: &str, index: usize| Problem::new(format!("{path}[{index}]"), Code::BadValue).arg("index", index);
        let token = |v: &f32| info.tokens.is_none_or(|n| is_index(*v, n));
        if let Some(i) = x.iter().position(|v| !v.is_finite() || !token(v)) {
            return Err(bad("x", i));
        }
        let fits = |v: &f32| match &info.target {
            Target::Classes { count } => is_index(*v, *count),
            Target::Values { .. } => v.is_finite(),
            Target::Steps { count, .. } => *v == IGNORED || is_index(*v, *count),
        };
        if let Some(i) = y.iter().position(|v| !fits(v)) {
            return Err(bad("y", i));
        }
        Ok(Dataset {
            info,
            x,
            y,
            n_train: rows - test,
            scale: None,
            target_scale: None,
            token_names: Vec::new(),
            baselines: Vec::new(),
            labels: Vec::new(),
            origin: Vec::new(),
        })
    }
}

fn is_index(value: f32, count: usize) -> bool {
    value >= 0.0 && value.fract() == 0.0 && (value as usize) < count
}

/// Builds the chosen data set. `files` are the raw bytes of the set's files (`SetInfo::files`), in any order; none for
/// generated sets.
///
/// # Errors
/// The problems of the spec; [`Code::DataDecode`] with the file and the reason when a file is missing or broken.
pub fn build(spec: &DataSpec, seed: u64, files: &[File]) -> Result<Dataset, Vec<Problem>> {
    let info = spec.info()?;
    let Some(set) = spec.set_info() else { return Err(Vec::new()) };
    let rows = rows(spec, set, &info, seed, files)?;
    let rows = if spec.only.is_empty() { rows } else { only(rows, &spec.only, info.input.iter().product()) };
    Ok(finish(spec, set, info, rows, seed))
}

/// The rows of these classes, which are numbered anew.
fn only(rows: Rows, classes: &[usize], x_width: usize) -> Rows {
    let place = |y: f32| classes.iter().position(|c| *c == y as usize);
    let kept: Vec<u32> = (0..rows.y.len()).filter(|i| place(rows.y[*i]).is_some()).map(|i| i as u32).collect();
    let first_test = rows.y.len() - rows.given_test;
    let given_test = kept.iter().filter(|i| **i as usize >= first_test).count();
    let y = kept.iter().filter_map(|i| place(rows.y[*i as usize])).map(|c| c as f32).collect();
    Rows { x: split::pick(&rows.x, x_width, &kept), y, given_test, ..rows }
}

fn rows(spec: &DataSpec, set: &SetInfo, info: &DataInfo, seed: u64, files: &[File]) -> Result<Rows, Vec<Problem>> {
    let mut rng = Rng::new(seed, STREAM_SAMPLES);
    let (n, noise) = (spec.sample_count(), spec.noise);
    let classes = info.target.classes();
    match set.kind {
        SetKind::Shape(shape) => Ok(shapes::draw(shape, n, classes, noise, &mut rng)),
        SetKind::Surface(surface) => Ok(surfaces::draw(surface, n, noise, &mut rng)),
        SetKind::Formula => {
            let formula = spec.read_formula().map_err(|p| vec![p])?;
            Ok(formula::draw(&formula, n, noise, &mut rng))
        }
        SetKind::Points => Ok(points::rows(spec.points.as_deref().unwrap_or(&[]))),
        SetKind::Table(table) => table::read(set, table, files).map_err(|p| vec![p]),
        SetKind::Pictures { shape, format, .. } => pictures::read(set, shape, format, files).map_err(|p| vec![p]),
        SetKind::OwnPictures => {
            let Some(own) = &spec.pictures else { return Err(Vec::new()) };
            let unpacked = own.unpacked();
            let bytes = unpacked.as_ref().as_ref().map_err(Clone::clone)?;
            Ok(Rows {
                x: bytes.pixels.iter().map(|p| f32::from(*p) / 255.0).collect(),
                y: bytes.labels.iter().map(|l| f32::from(*l)).collect(),
                given_test: own.test,
                ..Rows::default()
            })
        }
        SetKind::Csv => {
            let Some(csv) = &spec.csv else { return Err(Vec::new()) };
            let selected = csv.selected();
            let table = selected.as_ref().as_ref().map_err(Clone::clone)?;
            Ok(Rows {
                x: table.x.clone(),
                y: table.y.clone(),
                fills: table.fills.clone(),
                offsets: (table.x_offsets.clone(), table.y_offset.into_iter().collect()),
                ..Rows::default()
            })
        }
        SetKind::Text(kind) => shipped_text(spec, set, kind, files).map_err(|p| vec![p]),
        SetKind::OwnText => {
            let text = spec.text.as_deref().unwrap_or("");
            Ok(text::windows(spec, text, &sequences::vocabulary(text)))
        }
        SetKind::Series(kind) => series::read(spec, set, kind, files).map_err(|p| vec![p]),
        SetKind::OwnSeries => {
            let Some(csv) = &spec.csv else { return Err(Vec::new()) };
            let selected = csv.series();
            Ok(series::own(spec, selected.as_ref().as_ref().map_err(Clone::clone)?))
        }
        SetKind::Task(task) => tasks::rows(spec, set, task, files, &mut rng).map_err(|p| vec![p]),
        SetKind::Random => Ok(random::draw(spec, info, n, &mut rng)),
    }
}

/// A text as the registry describes it.
fn shipped_text(spec: &DataSpec, set: &SetInfo, kind: sequences::Text, files: &[File]) -> Result<Rows, Problem> {
    let path = set.files.first().map_or("", |f| f.path);
    let bytes = gzip::unpack(file(set, files, path)?, 4 * sequences::MAX_TEXT);
    let bytes = bytes.map_err(|reason| broken(set, path, reason))?;
    let text = std::str::from_utf8(&bytes).map_err(|e| broken(set, path, e))?;
    let vocabulary = sequences::vocabulary(text);
    if vocabulary.len() != kind.vocabulary {
        return Err(broken(set, path, format!("{} characters, expected {}", vocabulary.len(), kind.vocabulary)));
    }
    Ok(text::windows(spec, text, &vocabulary))
}

/// Splits, orders and scales.
fn finish(spec: &DataSpec, set: &SetInfo, mut info: DataInfo, rows: Rows, seed: u64) -> Dataset {
    if matches!(set.kind, SetKind::Text(_)) {
        // Only the file knows which characters it holds.
        info.class_names.clone_from(&rows.token_names);
    }
    let (x_width, y_width) = (info.input.iter().product::<usize>(), info.target.width());
    let total = rows.y.len() / y_width.max(1);
    let keep = if set.samples == 0 { total } else { spec.sample_count() };
    let mut rng = Rng::new(seed, STREAM_SPLIT);
    let (order, n_train) = if rows.given_test > 0 {
        split::given(total, rows.given_test, keep)
    } else {
        let classes = matches!(info.target, Target::Classes { .. }).then_some(rows.y.as_slice());
        split::random(total, keep, spec.test_part(), classes, &mut rng)
    };
    let (order, n_train) = match spec.per_class {
        Some(each) => split::few(order, n_train, &rows.y, each, &mut rng),
        None => (order, n_train),
    };
    let mut data = Dataset {
        x: split::pick(&rows.x, x_width, &order),
        y: split::pick(&rows.y, y_width, &order),
        info,
        n_train,
        scale: None,
        target_scale: None,
        token_names: rows.token_names,
        baselines: rows.baselines,
        labels: Vec::new(),
        origin: Vec::new(),
    };
    missing::fill(&mut data.x, x_width, n_train, &rows.fills);
    if let Some((scale, target_scale)) = rows.scale {
        (data.scale, data.target_scale) = (Some(scale), Some(target_scale));
    } else if set.series() {
        // Scaling by window would give each position a scale of its own.
    } else if spec.raw {
        // In the units of the data pixels stay what they are, 0 to 1.
        let scale = Standardizer { mean: vec![0.0; x_width], std: vec![1.0 / 255.0; x_width], offset: Vec::new() };
        scale.apply(&mut data.x);
        data.scale = Some(scale);
    } else if spec.standardized() && data.info.tokens.is_none() {
        let scale = Standardizer::fit(&data.x[..n_train * x_width], x_width);
        scale.apply(&mut data.x);
        data.scale = Some(scale);
        if matches!(data.info.target, Target::Values { .. }) && !data.info.plane {
            let scale = Standardizer::fit(&data.y[..n_train * y_width], y_width);
            scale.apply(&mut data.y);
            data.target_scale = Some(scale);
        }
    }
    give_back(&mut data, rows.offsets);
    data
}

/// Numbers that are not standardised stand in the units of the data; the others remember what was taken from them.
fn give_back(data: &mut Dataset, (x, y): (Vec<f64>, Vec<f64>)) {
    for (scale, rows, offset) in [(&mut data.scale, &mut data.x, x), (&mut data.target_scale, &mut data.y, y)] {
        match scale.as_mut().filter(|_| !offset.is_empty()) {
            Some(scale) => scale.offset = offset,
            None => scale::add(rows, &offset),
        }
    }
}

/// The bytes of one of a set's files.
fn file<'a>(set: &SetInfo, files: &'a [File], path: &str) -> Result<&'a [u8], Problem> {
    let found = files.iter().find(|(name, _)| name == path).map(|(_, bytes)| bytes.as_slice());
    found.ok_or_else(|| broken(set, path, "missing"))
}

/// [`Code::DataDecode`] for a file of a set. The reason is a technical fact for a bug report, the same in each language.
fn broken(set: &SetInfo, path: &str, reason: impl std::fmt::Display) -> Problem {
    let problem = Problem::new("data.set", Code::DataDecode).arg("set", set.name);
    problem.arg("reason", format!("{path}: {reason}"))
}

//! What can be wrong with the data part of an experiment, each finding at its field.
//!
//! Not responsible for what the fields mean ([`super`]) nor for reading a table or a formula (`csv_select`, `formula`).

use std::rc::Rc;

use super::*;
use crate::spec::problem::check_range;

impl DataSpec {
    /// As [`DataSpec::check`]; hands back the table of the set `csv`, which has to be read to be checked.
    pub(super) fn check_all(&self, problems: &mut Vec<Problem>) -> Option<Rc<Result<CsvSelection, Vec<Problem>>>> {
        let Some(set) = self.set_info() else {
            let problem = Problem::new("data.set", Code::UnknownName).arg("got", &self.set);
            problems.push(problem.arg("allowed", sets::set_names()));
            return None;
        };
        self.check_unused(set, problems);
        self.check_ranges(set, problems);
        self.check_augment(set, problems);
        self.check_few(set, problems);
        self.check_context(set, problems);
        match set.kind {
            SetKind::Points => self.check_points(problems),
            SetKind::Random => self.check_random(set, problems),
            SetKind::Formula => match self.read_formula() {
                Ok(_) => {}
                Err(problem) => problems.push(problem),
            },
            SetKind::Csv => match self.csv.as_ref().map(CsvSpec::selected) {
                Some(selected) => {
                    selected.as_ref().as_ref().err().into_iter().for_each(|found| problems.extend_from_slice(found));
                    return Some(selected);
                }
                None => problems.push(missing("csv")),
            },
            SetKind::OwnText => self.check_text(problems),
            SetKind::OwnPictures => match &self.pictures {
                Some(own) => {
                    own.unpacked().as_ref().as_ref().err().into_iter().for_each(|p| problems.extend_from_slice(p))
                }
                None => problems.push(missing("pictures")),
            },
            SetKind::Series(series) => self.check_series(series.rows, problems),
            SetKind::OwnSeries => match self.csv.as_ref().map(CsvSpec::series) {
                Some(selected) => match selected.as_ref() {
                    Ok(series) => self.check_series(series.rows, problems),
                    Err(found) => problems.extend_from_slice(found),
                },
                None => problems.push(missing("csv")),
            },
            SetKind::Task(task) => {
                // Adding has two numbers a step.
                let width = (task.input_len(self.context_len()) as u64).saturating_mul(3);
                check_size(width, self.sample_count(), problems);
            }
            SetKind::Shape(_)
            | SetKind::Surface(_)
            | SetKind::Table(_)
            | SetKind::Pictures { .. }
            | SetKind::Text(_) => {}
        }
        None
    }

    fn check_ranges(&self, set: &SetInfo, problems: &mut Vec<Problem>) {
        if let Some(n) = self.samples.filter(|_| set.samples > 0) {
            check_range(problems, "data.samples", n as f64, MIN_SAMPLES as f64, set.max_samples as f64);
        }
        if set.noise {
            check_range(problems, "data.noise", f64::from(self.noise), 0.0, 1.0);
        }
        if let (Some(n), Some((min, max))) = (self.classes, set.class_range) {
            check_range(problems, "data.classes", n as f64, min as f64, max as f64);
        }
        if let (Some(part), Some(_)) = (self.test_fraction, set.test_fraction) {
            check_range(problems, "data.test_fraction", f64::from(part), 0.0, 0.9);
        }
    }

    /// Tokens are names, not numbers: there is nothing to standardise.
    pub fn takes_no_scale(&self, set: &SetInfo) -> bool {
        match set.kind {
            SetKind::Text(_) | SetKind::OwnText => true,
            SetKind::Task(task) => task != sequences::Task::Adding,
            SetKind::Random => self.tokens.is_some(),
            SetKind::Shape(_)
            | SetKind::Surface(_)
            | SetKind::Formula
            | SetKind::Points
            | SetKind::Table(_)
            | SetKind::Pictures { .. }
            | SetKind::OwnPictures
            | SetKind::Series(_)
            | SetKind::OwnSeries
            | SetKind::Csv => false,
        }
    }

    fn check_augment(&self, set: &SetInfo, problems: &mut Vec<Problem>) {
        if !set.pictures() {
            return;
        }
        for (i, one) in self.augment.iter().enumerate() {
            let max = f64::from(one.kind.strengths().1);
            check_range(problems, &format!("data.augment[{i}].strength"), f64::from(one.strength()), 0.0, max);
            if self.augment[..i].iter().any(|earlier| earlier.kind == one.kind) {
                let problem = Problem::new(format!("data.augment[{i}]"), Code::ListedTwice);
                problems.push(problem.arg("name", one.kind.name()));
            }
        }
    }

    /// A field that means nothing for the chosen set would be silently ignored: say so instead.
    fn check_unused(&self, set: &SetInfo, problems: &mut Vec<Problem>) {
        let random = matches!(set.kind, SetKind::Random);
        let unused = [
            ("samples", self.samples.is_some() && set.samples == 0),
            ("noise", self.noise != 0.0 && !set.noise),
            ("classes", self.classes.is_some() && set.class_range.is_none()),
            ("test_fraction", self.test_fraction.is_some() && self.brings_test()),
            ("standardize", self.standardize.is_some() && self.takes_no_scale(set)),
            ("context", self.context.is_some() && set.context.is_none()),
            ("horizon", self.horizon.is_some() && !set.series()),
            ("every_step", self.every_step && !set.series()),
            ("aligned", self.aligned && !matches!(set.kind, SetKind::Task(task) if task.is_pair())),
            ("pictures", self.pictures.is_some() && !matches!(set.kind, SetKind::OwnPictures)),
            ("text", self.text.is_some() && !matches!(set.kind, SetKind::OwnText)),
            ("augment", !self.augment.is_empty() && !set.pictures()),
            ("formula", self.formula.is_some() && !matches!(set.kind, SetKind::Formula)),
            ("csv", self.csv.is_some() && !matches!(set.kind, SetKind::Csv | SetKind::OwnSeries)),
            ("points", self.points.is_some() && !matches!(set.kind, SetKind::Points)),
            ("input", self.input.is_some() && !random),
            ("target", self.target.is_some() && !random),
            ("tokens", self.tokens.is_some() && !random),
            ("inputs", self.inputs.is_some() && !random),
            ("targets", self.targets.is_some() && !random),
            ("shifted", self.shifted.is_some() && !random),
            ("raw", self.raw && !matches!(set.kind, SetKind::Pictures { .. })),
            ("per_class", self.per_class.is_some() && !set.pictures()),
            ("only", !self.only.is_empty() && !matches!(set.kind, SetKind::Pictures { .. })),
            ("standardize", self.raw && self.standardize.is_some() && set.pictures()),
        ];
        for (field, _) in unused.into_iter().filter(|(_, is_unused)| *is_unused) {
            let problem = Problem::new(format!("data.{field}"), Code::FieldNotUsed).arg("field", field);
            problems.push(problem.arg("choice", set.name));
        }
    }

    fn check_points(&self, problems: &mut Vec<Problem>) {
        let points = self.points.as_deref().unwrap_or(&[]);
        if points.len() < MIN_POINTS {
            let problem = Problem::new("data.points", Code::TooFewPoints).arg("got", points.len());
            problems.push(problem.arg("min", MIN_POINTS));
        }
        check_range(problems, "data.points", points.len() as f64, 0.0, MAX_POINTS as f64);
        let classes = self.classes.unwrap_or(sets::MAX_SHAPE_CLASSES).min(sets::MAX_SHAPE_CLASSES);
        for (i, [x, y, class]) in points.iter().enumerate() {
            let before = problems.len();
            check_range(problems, &format!("data.points[{i}][0]"), f64::from(*x), -1.0, 1.0);
            check_range(problems, &format!("data.points[{i}][1]"), f64::from(*y), -1.0, 1.0);
            // A class that is no whole number would otherwise be rounded without a word: NaN is outside every range.
            let class = if class.fract() == 0.0 { f64::from(*class) } else { f64::NAN };
            check_range(problems, &format!("data.points[{i}][2]"), class, 0.0, classes as f64 - 1.0);
            if problems.len() > before {
                return; // one bad point is enough to say: thousands of messages help nobody
            }
        }
    }

    fn check_random(&self, set: &SetInfo, problems: &mut Vec<Problem>) {
        let mut width = 0_u64;
        match &self.input {
            None => problems.push(missing("input")),
            Some(shape) => width = check_shape(problems, "data.input", shape),
        }
        match &self.target {
            // As many numbers as the input has.
            None if self.shifted.is_some() => width = width.saturating_mul(2),
            None => problems.push(missing("target")),
            Some(TargetSpec::Classes(n)) => {
                check_range(problems, "data.target.classes", *n as f64, 2.0, MAX_RANDOM_CLASSES as f64);
                width = width.saturating_add(1);
            }
            Some(TargetSpec::Steps(s)) => {
                let path = "data.target.steps";
                check_range(problems, &format!("{path}.classes"), s.classes as f64, 2.0, MAX_RANDOM_CLASSES as f64);
                check_range(problems, &format!("{path}.len"), s.len as f64, 1.0, MAX_RANDOM_VALUES as f64);
                width = width.saturating_add(s.len as u64);
            }
            Some(TargetSpec::Shape(shape)) => {
                width = width.saturating_add(check_shape(problems, "data.target.shape", shape));
            }
        }
        if let Some(n) = self.tokens {
            check_range(problems, "data.tokens", n as f64, 2.0, MAX_RANDOM_CLASSES as f64);
        }
        self.check_draw(problems);
        check_size(width, self.samples.unwrap_or(set.samples), problems);
    }
}

/// Generated rows must fit in memory.
fn check_size(width: u64, samples: usize, problems: &mut Vec<Problem>) {
    let values = width.saturating_mul(samples as u64);
    if values > MAX_RANDOM_VALUES as u64 {
        let problem = Problem::new("data.samples", Code::TooMuchMemory).arg("need_mb", values.div_ceil(1 << 18));
        problems.push(problem.arg("budget_mb", MAX_RANDOM_VALUES >> 18));
    }
}

/// Checks the dimensions of a shape and returns how many numbers it holds (saturating).
fn check_shape(problems: &mut Vec<Problem>, path: &str, shape: &[usize]) -> u64 {
    check_range(problems, path, shape.len() as f64, 1.0, 4.0);
    for (i, &n) in shape.iter().enumerate() {
        check_range(problems, &format!("{path}[{i}]"), n as f64, 1.0, MAX_RANDOM_VALUES as f64);
    }
    super::super::shape::count(shape)
}

//! From the learner's table to inputs and a target: which columns, how words become numbers, what is predicted.
//!
//! Not responsible for reading text ([`super::csv_table`]), for splitting, filling and scaling (`engine::data`) nor for
//! tables whose rows are moments ([`super::csv_series`]).

use std::cell::RefCell;
use std::collections::HashSet;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::csv_table::{CellKind, CsvTable, PATH, names, numbers};
use super::data::Target;
use super::problem::{Code, Problem, check_range};

mod inputs;
mod missing;

use inputs::{Input, distinct, number};
pub(super) use inputs::{check_dates, check_numbers, offset};
pub use missing::{ColumnMissing, Fill, Missing};

/// Most different words of an input column: each becomes an input of its own.
pub const MAX_WORDS: usize = 20;
/// Most classes.
pub const MAX_CLASSES: usize = 50;
/// Up to this many different whole numbers are taken as classes when the learner does not say.
pub const FEW_CLASSES: usize = 10;
/// Fewest usable rows.
pub const MIN_ROWS: usize = 10;
/// Most inputs after words have become inputs of their own.
pub const MAX_FEATURES: usize = 4096;
/// Most numbers of all rows: 64 MiB of `f32`.
pub const MAX_VALUES: usize = 1 << 24;

/// What is done with the target column, where the column alone does not settle it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CsvTask {
    /// Its values are names of classes.
    Classification,
    /// Its values are quantities.
    Regression,
}

/// The learner's own table; the whole text travels in the experiment file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct CsvSpec {
    /// The table as text, cells separated by `,`, `;`, tab, `|` or blanks.
    pub text: String,
    /// Whether the first row names the columns; found out when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<bool>,
    /// Names of the input columns; empty for every column but the target that can be one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<String>,
    /// Name of the column to predict; empty for the last that is not empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub target: String,
    /// Classes or quantities; when left out, words and up to ten different whole numbers are classes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task: Option<CsvTask>,
    /// Leave out rows with a missing cell in a used column instead of refusing the table: `"missing": "skip"`.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub skip_missing: bool,
    /// What is done about missing cells; the table is refused when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<Missing>,
    /// Columns for which something else is done about missing cells than for the table.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing_by: Vec<ColumnMissing>,
    /// Names of columns whose dates are read as days since 1 January 1970.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<String>,
    /// Set `series`: name of the column of dates or numbers by which the rows are put in order; empty: as they stand.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub time: String,
}

/// The numbers of the chosen columns.
#[derive(Clone, Debug, PartialEq)]
pub struct CsvSelection {
    /// `age`, `sex=male`, ….
    pub feature_names: Vec<String>,
    /// What is predicted.
    pub target: Target,
    /// Name of the target column.
    pub target_name: String,
    /// Names of the classes in the order of their index: numbers by size, words by alphabet. Empty for quantities.
    pub class_names: Vec<String>,
    /// Inputs, row-major `(rows, features)`; NaN where a number is missing.
    pub x: Vec<f32>,
    /// Class index or quantity of each row.
    pub y: Vec<f32>,
    /// What was taken from each feature before it became `f32`; empty where nothing was.
    pub x_offsets: Vec<f64>,
    /// What was taken from each quantity; `None` where nothing was.
    pub y_offset: Option<f64>,
    /// Words and classes that are written in several ways and were taken as one: `Yes = YES`.
    pub merged: Vec<String>,
    /// Features with missing numbers, and what stands in for them.
    pub fills: Vec<(usize, Fill)>,
}

thread_local! {
    /// The last table that was read, and what came of it.
    static LAST: RefCell<Option<(CsvSpec, Rc<Selected>)>> = const { RefCell::new(None) };
}

/// What came of a table.
pub type Selected = Result<CsvSelection, Vec<Problem>>;

impl CsvSpec {
    /// As [`CsvSpec::select`], remembering the last answer: an experiment is checked on every edit, and reading a table
    /// of two megabytes each time would make the page stutter.
    pub fn selected(&self) -> Rc<Selected> {
        LAST.with_borrow_mut(|last| {
            if let Some((_, selected)) = last.as_ref().filter(|(spec, _)| spec == self) {
                return Rc::clone(selected);
            }
            let selected = Rc::new(self.select());
            *last = Some((self.clone(), Rc::clone(&selected)));
            selected
        })
    }

    /// Keeps an answer that was worked out elsewhere, so that it need not be found again.
    pub fn remember(&self, selected: Selected) {
        LAST.with_borrow_mut(|last| *last = Some((self.clone(), Rc::new(selected))));
    }

    /// Reads the table and takes the chosen columns out of it.
    ///
    /// # Errors
    /// Those of [`CsvTable::parse`]; a column that does not exist, is empty, has a cell that is no number, is missing
    /// or has too many different words; a target with one value only or too many classes; too few rows.
    pub fn select(&self) -> Selected {
        self.select_from(&*CsvTable::remembered(&self.text, self.header)?)
    }

    /// As [`CsvSpec::select`], from a table that has been read already.
    ///
    /// # Errors
    /// As [`CsvSpec::select`].
    pub fn select_from(&self, table: &CsvTable) -> Selected {
        let mut problems = Vec::new();
        let target = self.target_column(table).map_err(|p| vec![p])?;
        let columns = self.input_columns(table, target, &mut problems);
        self.check_choices(table, &mut problems);
        let treatment = self.treatment(table);
        let all: Vec<usize> = (0..table.len()).collect();
        let rows = treatment.usable(table, &columns, target, &all, &mut problems);
        stop(&mut problems)?;
        if rows.len() < MIN_ROWS {
            let problem = Problem::new(PATH, Code::CsvTooFewRows).arg("got", rows.len());
            return Err(vec![problem.arg("min", MIN_ROWS)]);
        }
        let inputs: Vec<Input> = columns
            .iter()
            .map(|&c| Input::new(table, c, (self.is_date(table, c), treatment.of(c)), &rows, &mut problems))
            .collect();
        let width = inputs.iter().map(Input::width).sum::<usize>();
        if width == 0 {
            problems.push(Problem::new("data.csv.inputs", Code::CsvNoInputs));
        } else {
            check_range(&mut problems, "data.csv.inputs", width as f64, 1.0, MAX_FEATURES as f64);
            check_size(&mut problems, width.saturating_mul(rows.len()));
        }
        let predicted = self.predict(table, target, &rows, &mut problems);
        stop(&mut problems)?;
        let Some(Predicted { y, offset: y_offset, class_names, merged }) = predicted else { return Err(problems) };
        let mut x = Vec::with_capacity(rows.len() * width);
        for &row in &rows {
            inputs.iter().for_each(|input| input.push(table, row, &mut x));
        }
        let of_feature = inputs.iter().flat_map(|i| std::iter::repeat_n(i.column(), i.width())).enumerate();
        let holed = |f: usize| x.iter().skip(f).step_by(width).any(|v| v.is_nan());
        let fills = of_feature.filter(|&(f, _)| holed(f)).map(|(f, column)| (f, treatment.fill(column))).collect();
        let x_offsets: Vec<f64> = inputs.iter().flat_map(Input::offsets).collect();
        let merged = inputs.iter().flat_map(|i| i.merged().iter().cloned()).chain(merged).collect();
        let feature_names = inputs.iter().flat_map(|i| i.names(table)).collect();
        let target_shape = match class_names.len() {
            0 => Target::Values { shape: vec![1] },
            count => Target::Classes { count },
        };
        Ok(CsvSelection {
            feature_names,
            target: target_shape,
            target_name: table.columns[target].name.clone(),
            class_names,
            fills,
            x,
            y,
            x_offsets: if x_offsets.iter().any(|o| *o != 0.0) { x_offsets } else { Vec::new() },
            y_offset,
            merged,
        })
    }

    /// Choices that mean nothing for a table of unordered rows, and dates that are none.
    fn check_choices(&self, table: &CsvTable, problems: &mut Vec<Problem>) {
        let unused = |path: &str, field: &str| {
            Problem::new(format!("data.csv.{path}"), Code::FieldNotUsed).arg("field", field).arg("choice", "csv")
        };
        if !self.time.is_empty() {
            problems.push(unused("time", "time"));
        }
        self.check_missing(table, false, problems);
        for (i, name) in self.dates.iter().enumerate() {
            if table.column(name).is_none() {
                problems.push(Problem::new(format!("data.csv.dates[{i}]"), Code::CsvNoColumn).arg("column", name));
            }
        }
    }

    fn target_column(&self, table: &CsvTable) -> Result<usize, Problem> {
        if self.target.is_empty() {
            return Ok(table.last_filled());
        }
        let missing = || Problem::new("data.csv.target", Code::CsvNoColumn).arg("column", &self.target);
        table.column(&self.target).ok_or_else(missing)
    }

    /// Names of the input columns of a table that has been read, chosen or not.
    pub fn input_names(&self, table: &CsvTable) -> Vec<String> {
        let Ok(target) = self.target_column(table) else { return Vec::new() };
        let columns = self.input_columns(table, target, &mut Vec::new());
        columns.into_iter().map(|c| table.columns[c].name.clone()).collect()
    }

    /// The chosen columns, or every column but the target that holds numbers or few enough words.
    fn input_columns(&self, table: &CsvTable, target: usize, problems: &mut Vec<Problem>) -> Vec<usize> {
        let fits = |i: &usize| match table.columns[*i].kind {
            CellKind::Number => true,
            CellKind::Words => table.columns[*i].distinct <= MAX_WORDS || self.is_date(table, *i),
            CellKind::Empty => false,
        };
        if self.inputs.is_empty() {
            return (0..table.columns.len()).filter(|&i| i != target).filter(fits).collect();
        }
        let mut columns = Vec::new();
        let index = table.index();
        let mut used = HashSet::new();
        for (i, name) in self.inputs.iter().enumerate() {
            let path = format!("data.csv.inputs[{i}]");
            match index.get(name.as_str()).copied().or_else(|| table.column(name)) {
                None => problems.push(Problem::new(path, Code::CsvNoColumn).arg("column", name)),
                Some(column) if column == target || !used.insert(column) => {
                    let choice = format!("target = {}", table.columns[target].name);
                    problems.push(Problem::new(path, Code::FieldNotUsed).arg("field", name).arg("choice", choice));
                }
                Some(column) if table.columns[column].kind == CellKind::Words && !fits(&column) => {
                    let problem = Problem::new(path, Code::CsvTooManyClasses).arg("column", name);
                    problems.push(problem.arg("got", table.columns[column].distinct).arg("max", MAX_WORDS));
                }
                Some(column) => columns.push(column),
            }
        }
        columns
    }

    /// Whether the dates of a column are read as days.
    pub fn is_date(&self, table: &CsvTable, column: usize) -> bool {
        table.columns[column].dates.is_some() && self.dates.iter().any(|name| table.column(name) == Some(column))
    }

    /// The target of each row, and the class names when it is a classification.
    fn predict(
        &self,
        table: &CsvTable,
        target: usize,
        rows: &[usize],
        problems: &mut Vec<Problem>,
    ) -> Option<Predicted> {
        let column = &table.columns[target];
        let about = |code: Code| Problem::new("data.csv.target", code).arg("column", &column.name);
        let values = distinct(table, target, rows);
        let classes_found = values.names.len();
        if classes_found < 2 {
            problems.push(about(Code::CsvConstantTarget));
            return None;
        }
        let whole = |v: &&str| numbers::parse(v, column.style).is_some_and(|n| n.fract() == 0.0);
        let date = self.is_date(table, target);
        let classes = match (self.task, column.kind) {
            (Some(CsvTask::Classification), _) => true,
            (None, CellKind::Words | CellKind::Empty) => !date,
            (Some(CsvTask::Regression), _) => false,
            (None, CellKind::Number) => classes_found <= FEW_CLASSES && values.names.iter().all(whole),
        };
        if !classes {
            let found = if date { check_dates(table, target, rows) } else { check_numbers(table, target, rows) };
            problems.extend(found);
            let values = rows.iter().map(|&row| number(table, target, row, date));
            let offset = offset(values.clone());
            let y = values.map(|v| (v - offset) as f32).collect();
            return Some(Predicted { y, offset: (offset != 0.0).then_some(offset), ..Predicted::default() });
        }
        if classes_found > MAX_CLASSES {
            problems.push(about(Code::CsvTooManyClasses).arg("got", classes_found).arg("max", MAX_CLASSES));
            return None;
        }
        let of_row = |row: &usize| values.index.get(table.cell(*row, target)).copied().unwrap_or(0) as f32;
        let class_names = names::unique(|i| values.names[i], classes_found);
        let y = rows.iter().map(of_row).collect();
        Some(Predicted { y, class_names, merged: values.merged, ..Predicted::default() })
    }
}

/// What is predicted of each row.
#[derive(Default)]
struct Predicted {
    y: Vec<f32>,
    /// What was taken from each quantity.
    offset: Option<f64>,
    class_names: Vec<String>,
    /// Classes that are written in several ways.
    merged: Vec<String>,
}

fn stop(problems: &mut Vec<Problem>) -> Result<(), Vec<Problem>> {
    if problems.is_empty() { Ok(()) } else { Err(std::mem::take(problems)) }
}

/// More numbers than a tab has room for, before any of them is written down.
fn check_size(problems: &mut Vec<Problem>, values: usize) {
    if values > MAX_VALUES {
        let problem = Problem::new("data.csv.inputs", Code::TooMuchMemory).arg("need_mb", values.div_ceil(1 << 18));
        problems.push(problem.arg("budget_mb", MAX_VALUES >> 18));
    }
}

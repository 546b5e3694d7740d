//! From the learner's table to inputs and a target: which columns, how words become numbers, what is predicted.
//!
//! Not responsible for reading text ([`super::csv_table`]) or for splitting and scaling (`engine::data`).

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::csv_table::{CellKind, CsvTable, MAX_LISTED, PATH};
use super::data::Target;
use super::problem::{Code, Problem, check_range};

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
    /// The table as text, cells separated by `,`, `;` or tab.
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
    /// Leave out rows with a missing cell in a used column instead of refusing the table.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub skip_missing: bool,
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
    /// Inputs, row-major `(rows, features)`.
    pub x: Vec<f32>,
    /// Class index or quantity of each row.
    pub y: Vec<f32>,
}

/// How one input column becomes numbers.
struct Input<'a> {
    column: usize,
    /// Its words in order, or `None` for a column of numbers.
    words: Option<Vec<&'a str>>,
}

thread_local! {
    /// The last table that was read, and what came of it.
    static LAST: RefCell<Option<(CsvSpec, Rc<Selected>)>> = const { RefCell::new(None) };
}

type Selected = Result<CsvSelection, Vec<Problem>>;

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

    /// Reads the table and takes the chosen columns out of it.
    ///
    /// # Errors
    /// Those of [`CsvTable::parse`]; a column that does not exist, is empty, has a cell that is no number, is missing
    /// or has too many different words; a target with one value only or too many classes; too few rows.
    pub fn select(&self) -> Result<CsvSelection, Vec<Problem>> {
        let table = CsvTable::parse(&self.text, self.header)?;
        self.select_from(&table)
    }

    /// As [`CsvSpec::select`], from a table that has been read already.
    ///
    /// # Errors
    /// As [`CsvSpec::select`].
    pub fn select_from(&self, table: &CsvTable) -> Result<CsvSelection, Vec<Problem>> {
        let mut problems = Vec::new();
        let target = self.target_column(table).map_err(|p| vec![p])?;
        let columns = self.input_columns(table, target, &mut problems);
        let rows = self.complete_rows(table, &columns, target, &mut problems);
        stop(&mut problems)?;
        if rows.len() < MIN_ROWS {
            let problem = Problem::new(PATH, Code::CsvTooFewRows).arg("got", rows.len());
            return Err(vec![problem.arg("min", MIN_ROWS)]);
        }
        let inputs: Vec<Input> = columns.iter().map(|&c| input(table, c, &rows, &mut problems)).collect();
        let width = inputs.iter().map(|i| i.words.as_ref().map_or(1, Vec::len)).sum::<usize>();
        if width == 0 {
            problems.push(Problem::new("data.csv.inputs", Code::CsvNoInputs));
        } else {
            check_range(&mut problems, "data.csv.inputs", width as f64, 1.0, MAX_FEATURES as f64);
        }
        let predicted = self.predict(table, target, &rows, &mut problems);
        stop(&mut problems)?;
        let Some((y, class_names)) = predicted else { return Err(problems) };
        let mut x = Vec::with_capacity(rows.len() * width);
        for &row in &rows {
            inputs.iter().for_each(|input| input.push(table, row, &mut x));
        }
        let feature_names = inputs.iter().flat_map(|i| i.names(table)).collect();
        let target_shape = match class_names.len() {
            0 => Target::Values { shape: vec![1] },
            count => Target::Classes { count },
        };
        let target_name = table.columns[target].name.clone();
        Ok(CsvSelection { feature_names, target: target_shape, target_name, class_names, x, y })
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
            CellKind::Words => table.columns[*i].distinct <= MAX_WORDS,
            CellKind::Empty => false,
        };
        if self.inputs.is_empty() {
            return (0..table.columns.len()).filter(|&i| i != target).filter(fits).collect();
        }
        let mut columns = Vec::new();
        for (i, name) in self.inputs.iter().enumerate() {
            let path = format!("data.csv.inputs[{i}]");
            match table.column(name) {
                None => problems.push(Problem::new(path, Code::CsvNoColumn).arg("column", name)),
                Some(column) if column == target || columns.contains(&column) => {
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

    /// Rows with a value in every used column; the others are left out or are problems, as the learner chose.
    fn complete_rows(&self, table: &CsvTable, inputs: &[usize], target: usize, out: &mut Vec<Problem>) -> Vec<usize> {
        let mut rows = Vec::with_capacity(table.len());
        let mut listed = 0;
        for row in 0..table.len() {
            let used = inputs.iter().chain(std::iter::once(&target));
            match used.copied().find(|&c| table.cell(row, c).is_empty()) {
                None => rows.push(row),
                Some(column) if !self.skip_missing && listed < MAX_LISTED => {
                    listed += 1;
                    out.push(at_cell(Code::CsvMissing, table, row, column));
                }
                Some(_) => {}
            }
        }
        rows
    }

    /// The target of each row, and the class names when it is a classification.
    fn predict(
        &self,
        table: &CsvTable,
        target: usize,
        rows: &[usize],
        problems: &mut Vec<Problem>,
    ) -> Option<(Vec<f32>, Vec<String>)> {
        let column = &table.columns[target];
        let about = |code: Code| Problem::new("data.csv.target", code).arg("column", &column.name);
        let values = distinct(table, target, rows);
        if values.len() < 2 {
            problems.push(about(Code::CsvConstantTarget));
            return None;
        }
        let whole = |v: &&str| v.parse::<f32>().is_ok_and(|n| n.fract() == 0.0);
        let classes = match (self.task, column.kind) {
            (Some(CsvTask::Classification), _) | (None, CellKind::Words | CellKind::Empty) => true,
            (Some(CsvTask::Regression), _) => false,
            (None, CellKind::Number) => values.len() <= FEW_CLASSES && values.iter().all(whole),
        };
        if !classes {
            let y = numbers(table, target, rows, problems);
            return Some((y, Vec::new()));
        }
        if values.len() > MAX_CLASSES {
            problems.push(about(Code::CsvTooManyClasses).arg("got", values.len()).arg("max", MAX_CLASSES));
            return None;
        }
        let index = |row: &usize| values.iter().position(|v| *v == table.cell(*row, target)).unwrap_or(0) as f32;
        Some((rows.iter().map(index).collect(), values.iter().map(ToString::to_string).collect()))
    }
}

fn stop(problems: &mut Vec<Problem>) -> Result<(), Vec<Problem>> {
    if problems.is_empty() { Ok(()) } else { Err(std::mem::take(problems)) }
}

fn at_cell(code: Code, table: &CsvTable, row: usize, column: usize) -> Problem {
    Problem::new(PATH, code).arg("row", table.line(row)).arg("column", &table.columns[column].name)
}

/// The different values of a column: numbers by size, words by alphabet.
fn distinct<'a>(table: &'a CsvTable, column: usize, rows: &[usize]) -> Vec<&'a str> {
    let set: BTreeSet<&str> = rows.iter().map(|&row| table.cell(row, column)).collect();
    let mut values: Vec<&str> = set.into_iter().collect();
    let number = |v: &str| v.parse::<f32>().ok().filter(|n| n.is_finite());
    if values.iter().all(|v| number(v).is_some()) {
        values.sort_by(|a, b| number(a).unwrap_or(0.0).total_cmp(&number(b).unwrap_or(0.0)));
    }
    values
}

/// The numbers of a column; each cell that is none becomes a problem, five at most.
fn numbers(table: &CsvTable, column: usize, rows: &[usize], problems: &mut Vec<Problem>) -> Vec<f32> {
    let mut listed = 0;
    let mut out = Vec::with_capacity(rows.len());
    for &row in rows {
        match table.number(row, column) {
            Some(number) => out.push(number),
            None if listed < MAX_LISTED => {
                listed += 1;
                problems.push(at_cell(Code::CsvNotNumber, table, row, column).arg("got", table.cell(row, column)));
            }
            None => {}
        }
    }
    out
}

fn input<'a>(table: &'a CsvTable, column: usize, rows: &[usize], problems: &mut Vec<Problem>) -> Input<'a> {
    let words = match table.columns[column].kind {
        CellKind::Words => Some(distinct(table, column, rows)),
        CellKind::Number | CellKind::Empty => {
            numbers(table, column, rows, problems);
            None
        }
    };
    Input { column, words }
}

impl Input<'_> {
    fn push(&self, table: &CsvTable, row: usize, x: &mut Vec<f32>) {
        match &self.words {
            None => x.push(table.number(row, self.column).unwrap_or(0.0)),
            Some(words) => {
                let cell = table.cell(row, self.column);
                x.extend(words.iter().map(|w| f32::from(u8::from(*w == cell))));
            }
        }
    }

    fn names(&self, table: &CsvTable) -> Vec<String> {
        let name = &table.columns[self.column].name;
        match &self.words {
            None => vec![name.clone()],
            Some(words) => words.iter().map(|w| format!("{name}={w}")).collect(),
        }
    }
}

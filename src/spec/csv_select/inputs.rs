//! How the chosen columns become numbers: as they stand, as days, or one input for each word.
//!
//! Not responsible for which columns are chosen ([`super`]).

use std::collections::HashMap;

use super::Missing;
use crate::spec::csv_table::{CellKind, CsvTable, MAX_LISTED, PATH, names};
use crate::spec::problem::{Code, Problem};

/// How the input is called that tells whether a cell was missing: `age=?`.
const UNKNOWN: &str = "?";

/// Deviations smaller than this part of the mean leave too few digits of an `f32`.
const NEAR: f64 = 1e-4;

/// How one input column becomes numbers.
pub struct Input<'a> {
    column: usize,
    how: How<'a>,
}

enum How<'a> {
    /// As they stand, or as days; `unknown`: with an input that tells whether the cell is missing.
    Number { date: bool, unknown: bool, offset: f64 },
    /// One input for each word, and `otherwise` for a missing cell.
    Words { values: Values<'a>, otherwise: Option<usize> },
}

/// A problem at a cell.
pub fn at_cell(code: Code, table: &CsvTable, row: usize, column: usize) -> Problem {
    Problem::new(PATH, code).arg("row", table.line(row)).arg("column", &table.columns[column].name)
}

/// The different values of a column.
pub struct Values<'a> {
    /// As most rows write them: numbers by size, words by alphabet.
    pub names: Vec<&'a str>,
    /// Which of them a cell means.
    pub index: HashMap<&'a str, usize>,
    /// Those that are written in several ways: `Yes = YES = yes`.
    pub merged: Vec<String>,
}

/// The different values of a column. Words that differ only in case are one, and so are numbers of one size.
pub fn distinct<'a>(table: &'a CsvTable, column: usize, rows: &[usize]) -> Values<'a> {
    let mut written: HashMap<&str, (usize, usize)> = HashMap::new();
    for &row in rows {
        let cell = table.cell(row, column);
        if !cell.is_empty() {
            written.entry(cell).or_insert((0, row)).0 += 1;
        }
    }
    let number = |row: usize| table.number(row, column).map(|n| n + 0.0);
    let numbers = table.columns[column].kind == CellKind::Number && written.values().all(|(_, r)| number(*r).is_some());
    let mut groups: HashMap<String, Vec<(usize, usize, &str)>> = HashMap::new();
    for (cell, (count, row)) in written {
        let key = if numbers { number(row).map_or_else(String::new, |n| n.to_string()) } else { cell.to_lowercase() };
        groups.entry(key).or_default().push((count, row, cell));
    }
    let mut groups: Vec<_> = groups.into_values().collect();
    // The commonest way of writing a value names it; the first of equals.
    groups.iter_mut().for_each(|g| crate::spec::order::sort_by(g, |a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1))));
    crate::spec::order::sort_by(&mut groups, |a, b| {
        let size = |g: &[(usize, usize, &str)]| if numbers { number(g[0].1).unwrap_or(0.0) } else { 0.0 };
        size(a).total_cmp(&size(b)).then(a[0].2.cmp(b[0].2))
    });
    let ways =
        |g: &Vec<(usize, usize, &str)>| g.iter().map(|(_, _, cell)| names::cut(cell)).collect::<Vec<_>>().join(" = ");
    Values {
        names: groups.iter().map(|g| g[0].2).collect(),
        merged: groups.iter().filter(|g| g.len() > 1).map(ways).collect(),
        index: groups.iter().enumerate().flat_map(|(i, g)| g.iter().map(move |(_, _, cell)| (*cell, i))).collect(),
    }
}

/// Index of the word that most rows have; the first of equals.
fn most_frequent(table: &CsvTable, column: usize, rows: &[usize], values: &Values) -> Option<usize> {
    let mut counts = vec![0_usize; values.names.len()];
    rows.iter().filter_map(|&row| values.index.get(table.cell(row, column))).for_each(|i| counts[*i] += 1);
    (0..counts.len()).rev().max_by_key(|i| counts[*i])
}

/// The number, or the day, in a cell; NaN where there is none.
pub fn number(table: &CsvTable, column: usize, row: usize, date: bool) -> f64 {
    let found = if date { table.date(row, column) } else { table.number(row, column) };
    found.unwrap_or(f64::NAN)
}

/// What is taken from numbers before they become `f32`: the least of them, where they differ by little beside their size.
/// Moments in seconds and coordinates would else lose the digits in which they differ; all others stay as they are.
pub fn offset(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let known = values.filter(|v| v.is_finite());
    let count = known.clone().count().max(1) as f64;
    let mean = known.clone().sum::<f64>() / count;
    let deviation = (known.clone().map(|v| (v - mean) * (v - mean)).sum::<f64>() / count).sqrt();
    let least = known.clone().fold(f64::INFINITY, f64::min);
    // A mean of equal numbers need not be that number, so their spread is asked for.
    let varies = known.clone().any(|v| v > least);
    let kept = !varies && known.clone().all(|v| f64::from(v as f32) == v);
    if least.is_finite() && !kept && deviation < NEAR * mean.abs() { least } else { 0.0 }
}

/// Cells of a column that are no numbers, five at most.
pub fn check_numbers(table: &CsvTable, column: usize, rows: &[usize]) -> Vec<Problem> {
    bad_cells(table, column, rows, Code::CsvNotNumber, |row| table.number(row, column).is_some())
}

/// Cells of a column that are no dates, five at most.
pub fn check_dates(table: &CsvTable, column: usize, rows: &[usize]) -> Vec<Problem> {
    bad_cells(table, column, rows, Code::CsvNotDate, |row| table.date(row, column).is_some())
}

fn bad_cells(
    table: &CsvTable,
    column: usize,
    rows: &[usize],
    code: Code,
    good: impl Fn(usize) -> bool,
) -> Vec<Problem> {
    let bad = rows.iter().filter(|&&row| !good(row) && !table.cell(row, column).is_empty()).take(MAX_LISTED);
    bad.map(|&row| at_cell(code, table, row, column).arg("got", names::cut(table.cell(row, column)))).collect()
}

impl<'a> Input<'a> {
    /// Looks at a column: whether it is one of dates, and what is done about missing cells. Cells that do not fit become
    /// problems.
    pub fn new(
        table: &'a CsvTable,
        column: usize,
        (date, done): (bool, Option<Missing>),
        rows: &[usize],
        out: &mut Vec<Problem>,
    ) -> Input<'a> {
        let of = &table.columns[column];
        let missing = of.missing > 0 && rows.iter().any(|&row| table.cell(row, column).is_empty());
        let own = missing && done == Some(Missing::Category);
        if date || of.kind != CellKind::Words {
            let found = if date { check_dates(table, column, rows) } else { check_numbers(table, column, rows) };
            out.extend(found);
            let offset = offset(rows.iter().map(|&row| number(table, column, row, date)));
            return Input { column, how: How::Number { date, unknown: own, offset } };
        }
        let mut values = distinct(table, column, rows);
        let otherwise = match (missing, own) {
            (false, _) => None,
            (true, false) => most_frequent(table, column, rows, &values),
            (true, true) => {
                values.names.push(UNKNOWN);
                Some(values.names.len() - 1)
            }
        };
        Input { column, how: How::Words { values, otherwise } }
    }

    /// Which column it is.
    pub fn column(&self) -> usize {
        self.column
    }

    /// How many inputs it becomes.
    pub fn width(&self) -> usize {
        match &self.how {
            How::Number { unknown, .. } => 1 + usize::from(*unknown),
            How::Words { values, .. } => values.names.len(),
        }
    }

    /// Appends the inputs of a row.
    pub fn push(&self, table: &CsvTable, row: usize, x: &mut Vec<f32>) {
        match &self.how {
            How::Number { date, unknown, offset } => {
                let value = number(table, self.column, row, *date);
                x.push((value - offset) as f32);
                if *unknown {
                    x.push(f32::from(u8::from(value.is_nan())));
                }
            }
            How::Words { values, otherwise } => {
                let known = values.index.get(table.cell(row, self.column)).copied().or(*otherwise);
                let from = x.len();
                x.resize(from + values.names.len(), 0.0);
                if let Some(i) = known {
                    x[from + i] = 1.0;
                }
            }
        }
    }

    /// What was taken from each of its inputs.
    pub fn offsets(&self) -> Vec<f64> {
        let mut all = vec![0.0; self.width()];
        if let How::Number { offset, .. } = self.how {
            all[0] = offset;
        }
        all
    }

    /// Words of it that were taken as one: `Yes = YES`.
    pub fn merged(&self) -> &[String] {
        match &self.how {
            How::Number { .. } => &[],
            How::Words { values, .. } => &values.merged,
        }
    }

    /// Names of its inputs.
    pub fn names(&self, table: &CsvTable) -> Vec<String> {
        let name = &table.columns[self.column].name;
        match &self.how {
            How::Number { unknown, .. } => {
                let told = unknown.then(|| format!("{name}={UNKNOWN}"));
                std::iter::once(name.clone()).chain(told).collect()
            }
            How::Words { values, .. } => values.names.iter().map(|w| format!("{name}={}", names::cut(w))).collect(),
        }
    }
}

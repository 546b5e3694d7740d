//! What is done about missing cells: one choice for the table, and others for columns that are named.
//!
//! Not responsible for reckoning what stands in for them (`engine::data::missing`): only the training rows may tell.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::inputs::at_cell;
use super::{CsvSpec, CsvTable};
use crate::spec::csv_table::{MAX_LISTED, names};
use crate::spec::problem::{Code, Problem};

/// What is done about missing cells of the used columns. A row whose target is missing is left out in each case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// Rows with a missing cell are left out.
    Skip,
    /// Missing is a category of its own; numbers get the mean, and an input that tells that they were missing.
    Category,
    /// The mean of the training rows; for words the most frequent one.
    Mean,
    /// The median of the training rows; for words the most frequent one.
    Median,
    /// The most frequent value.
    MostFrequent,
    /// Own series only: on a straight line between the values before and after.
    Interpolate,
}

/// What stands in for the missing numbers of a feature, reckoned from the training rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// Their mean.
    Mean,
    /// Their median.
    Median,
    /// Their most frequent value.
    MostFrequent,
}

/// What is done about the missing cells of one column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ColumnMissing {
    /// Name of the column.
    pub column: String,
    /// What is done about its missing cells.
    pub missing: Missing,
}

/// What is done about each column of a table.
pub struct Treatment {
    table: Option<Missing>,
    own: HashMap<usize, Missing>,
}

impl Treatment {
    /// About one column; `None`: its missing cells are problems.
    pub fn of(&self, column: usize) -> Option<Missing> {
        self.own.get(&column).copied().or(self.table)
    }

    /// What stands in for the missing numbers of a column.
    pub fn fill(&self, column: usize) -> Fill {
        match self.of(column) {
            Some(Missing::Median) => Fill::Median,
            Some(Missing::MostFrequent) => Fill::MostFrequent,
            Some(Missing::Mean | Missing::Category | Missing::Skip | Missing::Interpolate) | None => Fill::Mean,
        }
    }

    /// Of these rows those that can be used: with a target, and without a hole where rows with holes are left out.
    /// Holes about which nothing is done become problems, five at most.
    pub fn usable(
        &self,
        table: &CsvTable,
        columns: &[usize],
        target: usize,
        rows: &[usize],
        out: &mut Vec<Problem>,
    ) -> Vec<usize> {
        let all = columns.iter().copied().chain((!columns.contains(&target)).then_some(target));
        let holed: Vec<(usize, Option<Missing>)> =
            all.filter(|&c| table.columns[c].missing > 0).map(|c| (c, self.of(c))).collect();
        let mut listed = 0;
        let mut usable = Vec::with_capacity(rows.len());
        for &row in rows {
            let holes = || holed.iter().filter(|(c, _)| table.cell(row, *c).is_empty());
            let Some(first) = holes().next() else {
                usable.push(row);
                continue;
            };
            match holes().find(|(_, done)| done.is_none()) {
                Some((column, _)) if listed < MAX_LISTED => {
                    listed += 1;
                    out.push(at_cell(Code::CsvMissing, table, row, *column));
                }
                Some(_) => {}
                None if std::iter::once(first).chain(holes()).any(|(c, done)| leaves_out(*c == target, *done)) => {}
                None => usable.push(row),
            }
        }
        usable
    }
}

/// Whether a hole costs its row: nothing can be learned from a row whose target is invented. The values of a series lie
/// between others, so a straight line may stand for them.
fn leaves_out(target: bool, done: Option<Missing>) -> bool {
    match done {
        Some(Missing::Skip) => true,
        Some(Missing::Interpolate) | None => false,
        Some(Missing::Category | Missing::Mean | Missing::Median | Missing::MostFrequent) => target,
    }
}

/// A column by its name, which may be longer than names are shown. Thousands may be named, so a table is not searched.
fn find(index: &HashMap<&str, usize>, name: &str) -> Option<usize> {
    index.get(name).or_else(|| index.get(names::cut(name).as_str())).copied()
}

impl CsvSpec {
    /// What is done about missing cells where a column has no choice of its own; `None`: they are problems.
    pub fn missing(&self) -> Option<Missing> {
        self.missing.or(self.skip_missing.then_some(Missing::Skip))
    }

    /// What is done about each column. A column that is named twice keeps the first choice.
    pub fn treatment(&self, table: &CsvTable) -> Treatment {
        let mut own = HashMap::new();
        let index = table.index();
        for choice in &self.missing_by {
            if let Some(column) = find(&index, &choice.column) {
                own.entry(column).or_insert(choice.missing);
            }
        }
        Treatment { table: self.missing(), own }
    }

    /// Choices about missing cells that mean nothing: for columns that are not there or were named before, for moments
    /// in a table of rows and for rows in a series.
    pub fn check_missing(&self, table: &CsvTable, series: bool, problems: &mut Vec<Problem>) {
        let fits = |missing: Missing| match missing {
            Missing::Skip => true,
            Missing::Interpolate => series,
            Missing::Category | Missing::Mean | Missing::Median | Missing::MostFrequent => !series,
        };
        let unused = |path: String, missing: Missing| {
            let field = if missing == Missing::Interpolate { "interpolate" } else { "missing" };
            let choice = if series { "series" } else { "csv" };
            Problem::new(path, Code::FieldNotUsed).arg("field", field).arg("choice", choice)
        };
        if let Some(missing) = self.missing.filter(|m| !fits(*m)) {
            problems.push(unused("data.csv.missing".into(), missing));
        }
        let (index, mut seen) = (table.index(), HashSet::new());
        for (i, choice) in self.missing_by.iter().enumerate() {
            let path = |field: &str| format!("data.csv.missing_by[{i}].{field}");
            match find(&index, &choice.column) {
                None => {
                    problems.push(Problem::new(path("column"), Code::CsvNoColumn).arg("column", &choice.column));
                }
                Some(column) if !seen.insert(column) => {
                    let problem = Problem::new(path("column"), Code::FieldNotUsed).arg("field", &choice.column);
                    problems.push(problem.arg("choice", "missing_by"));
                }
                Some(_) => {}
            }
            if !fits(choice.missing) {
                problems.push(unused(path("missing"), choice.missing));
            }
        }
    }
}

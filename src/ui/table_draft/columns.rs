//! What a draft suggests about the columns of a table: which one to predict, which ones from, and why one cannot be used.
//!
//! Pure. Not responsible for what the learner chose.

use crate::spec::csv_select::{CsvSpec, MAX_CLASSES, MAX_FEATURES, MAX_WORDS, Missing};
use crate::spec::csv_table::{CellKind, CsvColumn, CsvTable};

/// One column, as the form shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnView {
    /// What it holds.
    pub column: CsvColumn,
    /// Why it cannot be an input; `None` when it can.
    pub why: Option<Why>,
    /// Whether it is an input.
    pub on: bool,
    /// Whether its dates are read as days.
    pub dates_on: bool,
    /// What is done about its missing cells, where that is not what is done for the table.
    pub missing: Option<Missing>,
}

/// Why a column cannot be an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is predicted.
    Target,
    /// It has no values.
    Empty,
    /// Dates, until they are read as days.
    Dates,
    /// Sentences.
    Prose,
    /// Too many different words.
    Words,
    /// A forecast looks at numbers only.
    NotNumbers,
    /// The rows are put in order by it.
    Time,
}

/// What a table as a whole suggests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hint {
    /// One column of numbers and nothing to predict it from: a series.
    Series,
    /// This column holds sentences: a text.
    Prose {
        /// Index of the column.
        column: usize,
    },
}

/// Why a column cannot be an input.
pub fn why_not(table: &CsvTable, spec: &CsvSpec, index: usize, target: Option<usize>, series: bool) -> Option<Why> {
    let column = table.columns.get(index)?;
    if target == Some(index) {
        return Some(Why::Target);
    }
    if series && column.name == spec.time {
        return Some(Why::Time);
    }
    match column.kind {
        CellKind::Empty => Some(Why::Empty),
        CellKind::Number => None,
        CellKind::Words if series => Some(Why::NotNumbers),
        CellKind::Words if spec.is_date(table, index) || column.distinct <= MAX_WORDS => None,
        CellKind::Words if column.dates.is_some() => Some(Why::Dates),
        CellKind::Words if column.prose => Some(Why::Prose),
        CellKind::Words => Some(Why::Words),
    }
}

/// The column to predict when nobody says which: the last that says something about its row and can be said.
pub fn target(table: &CsvTable, spec: &CsvSpec, series: bool) -> Option<usize> {
    if series {
        return spec.series_target(table).ok();
    }
    let good = |c: &CsvColumn| {
        let sayable = match c.kind {
            CellKind::Number => true,
            CellKind::Words => c.distinct <= MAX_CLASSES && !c.prose && c.dates.is_none(),
            CellKind::Empty => false,
        };
        sayable && !c.identifier && c.distinct > 1
    };
    Some(table.columns.iter().rposition(good).unwrap_or_else(|| table.last_filled()))
}

/// Which columns are inputs when nobody says otherwise: those that say something about the row, as many as fit. A forecast
/// looks at its own past only.
pub fn inputs(table: &CsvTable, spec: &CsvSpec, target: Option<usize>, series: bool) -> Vec<bool> {
    let possible = |i: usize| why_not(table, spec, i, target, series).is_none();
    let count = table.columns.len();
    if series {
        return vec![false; count];
    }
    // Where only names of rows are left, they are better than nothing.
    let telling = (0..count).any(|i| possible(i) && !table.columns[i].identifier);
    let mut width = 0;
    let mut fits = |i: usize| {
        let column = &table.columns[i];
        width += if column.kind == CellKind::Words { column.distinct } else { 1 };
        width <= MAX_FEATURES
    };
    (0..count).map(|i| possible(i) && (!telling || !table.columns[i].identifier) && fits(i)).collect()
}

/// The column that tells when a row was.
pub fn time(table: &CsvTable) -> Option<usize> {
    table.columns.iter().position(|c| c.dates.is_some())
}

/// See [`Hint`].
pub fn hint(table: &CsvTable, series: bool) -> Option<Hint> {
    let of = |kind| table.columns.iter().filter(move |c| c.kind == kind);
    let numbers = of(CellKind::Number).filter(|c| !c.identifier).count();
    let others = of(CellKind::Words).filter(|c| c.dates.is_none() && c.distinct <= MAX_CLASSES).count();
    let prose = table.columns.iter().position(|c| c.prose).map(|column| Hint::Prose { column });
    prose.or_else(|| (!series && numbers == 1 && others == 0).then_some(Hint::Series))
}

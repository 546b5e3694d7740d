//! The learner's own table: from pasted or dropped text to named columns that hold numbers or words.
//!
//! | question | module |
//! |---|---|
//! | separator, comments, `sep=` | [`sniff`] |
//! | rows and cells | [`split`] |
//! | width, titles, totals, notes | [`shape`] |
//! | units under the header, closing rows | [`units`] |
//! | header | [`header`] |
//! | what a column holds | [`describe`], [`numbers`], [`dates`] |
//! | names | [`names`] |
//! | what is said of it | [`notes`] |
//!
//! [`Reading`] does all of it in pieces. Not responsible for which column is predicted from which: [`super::csv_select`] is.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::problem::{Code, Problem};

pub mod dates;
mod describe;
mod header;
pub mod names;
pub mod notes;
pub mod numbers;
mod reading;
mod shape;
mod sniff;
mod split;
mod units;

pub use dates::DateOrder;
pub use names::MAX_NAME;
pub use notes::Note;
pub use numbers::NumberStyle;
pub use reading::Reading;

/// Largest text in bytes: the whole table travels in the experiment file.
pub const MAX_BYTES: usize = 2 << 20;
/// Most columns.
pub const MAX_COLUMNS: usize = 20_000;
/// Most problems of one kind that are listed: the tenth ragged row says nothing new.
pub(super) const MAX_LISTED: usize = 5;
/// JSON path of the text, where its problems are shown.
pub(super) const PATH: &str = "data.csv.text";

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// Numbers (all cells, or at least four in five: the others are then most likely mistakes).
    Number,
    /// Words.
    Words,
    /// Nothing at all.
    Empty,
}

/// A column of the learner's table.
#[derive(Clone, Debug, PartialEq)]
pub struct CsvColumn {
    /// From the header, made unique; `column 3` where there is none.
    pub name: String,
    /// What its cells are.
    pub kind: CellKind,
    /// How its numbers are written.
    pub style: NumberStyle,
    /// Most of its numbers carry a percent sign.
    pub percent: bool,
    /// Its words are dates, with this part first.
    pub dates: Option<DateOrder>,
    /// It names or numbers the rows: (nearly) every value differs, or it counts up.
    pub identifier: bool,
    /// Its cells are sentences.
    pub prose: bool,
    /// Cells without a value.
    pub missing: usize,
    /// Different values, counted up to [`MAX_DISTINCT`].
    pub distinct: usize,
    /// What should be said of how it was read.
    pub notes: Vec<Note>,
}

/// Rows in which a date is looked for that shows how dates are written.
const DATES_LOOKED_AT: usize = 200;
/// Where counting different values stops.
pub const MAX_DISTINCT: usize = 1000;

/// Lines of the text that are no rows of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Skipped {
    /// A first line `sep=;`.
    pub sep_line: bool,
    /// Title lines above the table.
    pub titles: usize,
    /// Comment lines.
    pub comments: usize,
    /// Sums and means below the table.
    pub totals: usize,
    /// Notes below the table.
    pub notes: usize,
    /// Rows of words, such as units, between the header and columns of numbers.
    pub units: usize,
    /// Rows of words below columns of numbers.
    pub closing: usize,
    /// Whether the header has no name for the first column.
    pub short_header: bool,
}

/// A table that has been read: rectangular, with at least one row and one column.
#[derive(Clone, Debug)]
pub struct CsvTable {
    /// Its columns.
    pub columns: Vec<CsvColumn>,
    /// Whether its columns were named: by the first row, or by a comment above it.
    pub header: bool,
    /// `,`, `;`, tab, `|`, or a blank for runs of blanks.
    pub delimiter: char,
    /// What was left out.
    pub skipped: Skipped,
    text: String,
    cells: split::Cells,
    /// Numbers of each column that holds numbers, NaN where a cell is none.
    numbers: Vec<Vec<f64>>,
}

thread_local! {
    /// The last table that was read: an experiment is checked on every edit.
    static LAST: RefCell<Option<(String, Option<bool>, Parsed)>> = const { RefCell::new(None) };
}

/// A table, or what is wrong with its text.
pub type Parsed = Result<Rc<CsvTable>, Vec<Problem>>;

impl CsvTable {
    /// Reads a table. The separator is found out; so is whether the first row is a header, unless `header` says.
    ///
    /// # Errors
    /// [`Code::CsvTooLarge`], [`Code::CsvEncoding`], [`Code::CsvEmpty`], [`Code::CsvOpenQuote`], [`Code::CsvTooManyColumns`]
    /// or up to five [`Code::CsvRagged`]. Rows are counted as a spreadsheet does: from 1, with the header, at the line on
    /// which the row starts.
    pub fn parse(text: &str, header: Option<bool>) -> Result<CsvTable, Vec<Problem>> {
        Reading::new(text, header).finish()
    }

    /// As [`CsvTable::parse`], remembering the last answer.
    ///
    /// # Errors
    /// As there.
    pub fn remembered(text: &str, header: Option<bool>) -> Parsed {
        let known = LAST.with_borrow(|last| {
            last.as_ref().filter(|(t, h, _)| *h == header && t == text).map(|(_, _, parsed)| parsed.clone())
        });
        known.unwrap_or_else(|| {
            let parsed = CsvTable::parse(text, header).map(Rc::new);
            CsvTable::remember(text, header, parsed.clone());
            parsed
        })
    }

    /// Keeps what was read in pieces, so that nobody reads the same text again.
    pub fn remember(text: &str, header: Option<bool>, parsed: Parsed) {
        LAST.with_borrow_mut(|last| *last = Some((text.to_owned(), header, parsed)));
    }

    /// Number of rows below the header.
    pub fn len(&self) -> usize {
        self.cells.rows().len()
    }

    /// Never true for a table that was read.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The trimmed cell as it stands, `NA` and all.
    pub fn raw(&self, row: usize, column: usize) -> &str {
        self.cells.rows().get(row).map_or("", |r| self.cells.get(&self.text, *r, column))
    }

    /// The trimmed cell; empty when it is missing.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        let cell = self.raw(row, column);
        if is_missing(cell) { "" } else { cell }
    }

    /// The cell as a number.
    pub fn number(&self, row: usize, column: usize) -> Option<f64> {
        let known = self.numbers.get(column).and_then(|values| values.get(row)).copied();
        let style = self.columns.get(column)?.style;
        known.map_or_else(|| numbers::parse(self.cell(row, column), style), |n| (!n.is_nan()).then_some(n))
    }

    /// The cell of a column of dates as days since 1 January 1970.
    pub fn date(&self, row: usize, column: usize) -> Option<f64> {
        dates::parse(self.cell(row, column), self.columns.get(column)?.dates?)
    }

    /// A date of a column of dates that shows how all are written, and what comes first in them.
    pub fn dated_like(&self, column: usize) -> Option<(&str, DateOrder)> {
        let order = self.columns.get(column)?.dates?;
        let dated = |row: &usize| self.date(*row, column).is_some();
        let mut rows = (0..self.len().min(DATES_LOOKED_AT)).filter(dated).map(|row| self.cell(row, column)).peekable();
        let first = *rows.peek()?;
        Some((rows.find(|cell| dates::tells(cell)).unwrap_or(first), order))
    }

    /// A column of sentences as one text, a line for each cell.
    pub fn text_of(&self, column: usize) -> String {
        (0..self.len()).map(|row| self.cell(row, column)).filter(|cell| !cell.is_empty()).fold(
            String::new(),
            |mut text, cell| {
                text.push_str(cell);
                text.push('\n');
                text
            },
        )
    }

    /// The line of the text on which a row starts, from 1.
    pub fn line(&self, row: usize) -> u64 {
        self.cells.rows().get(row).map_or(0, |r| u64::from(r.line))
    }

    /// Index of the column that is predicted when none is named: the last that is not empty, since spreadsheets leave empty
    /// ones behind.
    pub fn last_filled(&self) -> usize {
        let filled = self.columns.iter().rposition(|c| c.kind != CellKind::Empty);
        filled.unwrap_or(self.columns.len() - 1)
    }

    /// Every column by its name.
    pub fn index(&self) -> HashMap<&str, usize> {
        self.columns.iter().enumerate().map(|(i, c)| (c.name.as_str(), i)).collect()
    }

    /// Index of the column called `name`, which may be longer than names are shown.
    pub fn column(&self, name: &str) -> Option<usize> {
        let exact = self.columns.iter().position(|c| c.name == name);
        exact.or_else(|| (name.chars().count() > MAX_NAME).then(|| names::cut(name)).and_then(|n| self.column(&n)))
    }
}

fn check_text(text: &str) -> Result<(), Problem> {
    if text.len() > MAX_BYTES {
        let problem = Problem::new(PATH, Code::CsvTooLarge).arg("size_kb", text.len().div_ceil(1024));
        return Err(problem.arg("limit_kb", MAX_BYTES / 1024));
    }
    // U+FFFD is what a decoder leaves of a byte that was no UTF-8; NUL is what UTF-16 looks like when read as bytes.
    match text.find(['\u{fffd}', '\0']) {
        Some(at) => {
            let row = text[..at].matches('\n').count() + 1;
            Err(Problem::new(PATH, Code::CsvEncoding).arg("row", row))
        }
        None => Ok(()),
    }
}

/// What tables write where nothing is known.
fn is_missing(cell: &str) -> bool {
    // Nearly every cell is longer or is a number.
    cell.len() <= 8
        && !cell.starts_with(|c: char| c.is_ascii_digit())
        && matches!(
            cell,
            "" | "NA"
                | "N/A"
                | "n/a"
                | "NaN"
                | "nan"
                | "NAN"
                | "null"
                | "NULL"
                | "Null"
                | "None"
                | "?"
                | "-"
                | "na"
                | "N.A."
                | "n.a."
                | "#N/A"
                | "#NA"
                | "<NA>"
                | "NaT"
                | "--"
                | "–"
                | "—"
                | "缺失"
        )
}

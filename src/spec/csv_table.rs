//! The learner's own table: from pasted or dropped text to named columns that hold numbers or words.
//!
//! Not responsible for which column is predicted from which: [`super::csv_select`] is.

use std::collections::BTreeSet;

use csv::{ReaderBuilder, StringRecord};

use super::problem::{Code, Problem};

/// Largest text in bytes: the whole table travels in the experiment file.
pub const MAX_BYTES: usize = 2 << 20;
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
    /// Cells without a value.
    pub missing: usize,
    /// Different values, counted up to [`MAX_DISTINCT`].
    pub distinct: usize,
}

/// Where counting different values stops.
pub const MAX_DISTINCT: usize = 1000;

/// A table that has been read: rectangular, with at least one row and one column.
#[derive(Clone, Debug)]
pub struct CsvTable {
    /// Its columns.
    pub columns: Vec<CsvColumn>,
    /// Whether the first row was taken as header.
    pub header: bool,
    /// `,`, `;` or tab.
    pub delimiter: char,
    rows: Vec<StringRecord>,
}

impl CsvTable {
    /// Reads a table. The delimiter is found out; so is whether the first row is a header, unless `header` says.
    ///
    /// # Errors
    /// [`Code::CsvTooLarge`], [`Code::CsvEncoding`], [`Code::CsvEmpty`], [`Code::CsvOpenQuote`] or up to five
    /// [`Code::CsvRagged`]. Rows are counted as a spreadsheet does: from 1, with the header, at the line on which the row starts.
    pub fn parse(text: &str, header: Option<bool>) -> Result<CsvTable, Vec<Problem>> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        check_text(text).map_err(|p| vec![p])?;
        let delimiter = sniff(text);
        let mut rows = read(text, delimiter, usize::MAX).map_err(|p| vec![p])?;
        rows.retain(|row| row.iter().any(|cell| !cell.trim().is_empty()));
        if let Some(row) = open_quote(text, &rows) {
            return Err(vec![Problem::new(PATH, Code::CsvOpenQuote).arg("row", row)]);
        }
        let Some(width) = rows.first().map(StringRecord::len) else {
            return Err(vec![Problem::new(PATH, Code::CsvEmpty)]);
        };
        let ragged = rows.iter().filter(|r| r.len() != width).take(MAX_LISTED);
        let problems: Vec<Problem> = ragged
            .map(|r| {
                let problem = Problem::new(PATH, Code::CsvRagged).arg("row", line(r));
                problem.arg("got", r.len()).arg("expected", width)
            })
            .collect();
        if !problems.is_empty() {
            return Err(problems);
        }
        let header = header.unwrap_or_else(|| looks_like_header(&rows, delimiter));
        let first = if header { Some(rows.remove(0)) } else { None };
        if rows.is_empty() {
            return Err(vec![Problem::new(PATH, Code::CsvEmpty)]);
        }
        let names = unique_names(first.as_ref(), width);
        let mut table = CsvTable { columns: Vec::new(), header, delimiter, rows };
        table.columns = names.into_iter().enumerate().map(|(i, name)| table.describe(i, name)).collect();
        Ok(table)
    }

    /// Number of rows below the header.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Never true for a table that was read.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The trimmed cell; empty when it is missing.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        let cell = self.rows.get(row).and_then(|r| r.get(column)).unwrap_or("").trim();
        if is_missing(cell) { "" } else { cell }
    }

    /// The cell as a number.
    pub fn number(&self, row: usize, column: usize) -> Option<f32> {
        parse_number(self.cell(row, column), self.delimiter)
    }

    /// The line of the text on which a row starts, from 1.
    pub fn line(&self, row: usize) -> u64 {
        self.rows.get(row).map_or(0, line)
    }

    /// Index of the column that is predicted when none is named: the last that is not empty, since spreadsheets leave empty
    /// ones behind.
    pub fn last_filled(&self) -> usize {
        let filled = self.columns.iter().rposition(|c| c.kind != CellKind::Empty);
        filled.unwrap_or(self.columns.len() - 1)
    }

    /// Index of the column called `name`.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.name == name)
    }

    fn describe(&self, column: usize, name: String) -> CsvColumn {
        let (mut missing, mut numbers) = (0, 0);
        let mut distinct: BTreeSet<&str> = BTreeSet::new();
        for row in 0..self.rows.len() {
            let cell = self.cell(row, column);
            missing += usize::from(cell.is_empty());
            numbers += usize::from(self.number(row, column).is_some());
            if !cell.is_empty() && distinct.len() < MAX_DISTINCT {
                distinct.insert(cell);
            }
        }
        let present = self.rows.len() - missing;
        let kind = match present {
            0 => CellKind::Empty,
            _ if numbers * 5 >= present * 4 => CellKind::Number,
            _ => CellKind::Words,
        };
        CsvColumn { name, kind, missing, distinct: distinct.len() }
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

/// Text from the bytes of a dropped file: UTF-8, or UTF-16 with its mark (what Excel calls "Unicode text").
///
/// # Errors
/// [`Code::CsvTooLarge`], or [`Code::CsvEncoding`] with the row of the first byte that is no text.
pub fn decode_text(bytes: &[u8]) -> Result<String, Problem> {
    if bytes.len() > 2 * MAX_BYTES {
        let problem = Problem::new(PATH, Code::CsvTooLarge).arg("size_kb", bytes.len().div_ceil(1024));
        return Err(problem.arg("limit_kb", MAX_BYTES / 1024));
    }
    let wide = |to_u16: fn([u8; 2]) -> u16| {
        let units = bytes[2..].chunks_exact(2).map(|pair| to_u16([pair[0], pair[1]]));
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect::<String>()
    };
    let text = match bytes {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        bytes => String::from_utf8_lossy(bytes).into_owned(),
    };
    check_text(&text)?;
    Ok(text)
}

/// The row whose last cell runs over lines to the end of the text, where quotes do not come in pairs.
fn open_quote(text: &str, rows: &[StringRecord]) -> Option<u64> {
    let last = rows.last()?;
    let over_lines = last.iter().next_back().is_some_and(|cell| cell.trim_end().contains(['\n', '\r']));
    let closed = text.trim_end().ends_with('"');
    (over_lines && !closed && text.matches('"').count() % 2 == 1).then(|| line(last))
}

fn line(row: &StringRecord) -> u64 {
    row.position().map_or(0, csv::Position::line)
}

/// What tables write where nothing is known.
fn is_missing(cell: &str) -> bool {
    matches!(cell, "" | "NA" | "N/A" | "n/a" | "NaN" | "nan" | "null" | "NULL" | "None" | "?" | "-")
}

/// A finite number; with a decimal comma where the comma does not separate cells.
fn parse_number(cell: &str, delimiter: char) -> Option<f32> {
    let number = match cell.parse::<f32>() {
        Err(_) if delimiter != ',' && cell.matches(',').count() == 1 => cell.replace(',', ".").parse::<f32>().ok()?,
        parsed => parsed.ok()?,
    };
    number.is_finite().then_some(number)
}

/// The delimiter that cuts the first rows into the most cells, all rows alike; then just the most cells.
fn sniff(text: &str) -> char {
    let score = |delimiter: char| {
        let rows = read(text, delimiter, 20).unwrap_or_default();
        let widths: Vec<usize> = rows.iter().map(StringRecord::len).collect();
        let (min, max) = (widths.iter().copied().min().unwrap_or(0), widths.iter().copied().max().unwrap_or(0));
        (min == max && min > 1, min, max)
    };
    // `max_by_key` keeps the last of equals: the comma wins a tie.
    ['\t', ';', ','].into_iter().max_by_key(|&d| score(d)).unwrap_or(',')
}

fn read(text: &str, delimiter: char, limit: usize) -> Result<Vec<StringRecord>, Problem> {
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(delimiter as u8);
    let mut reader = builder.from_reader(text.as_bytes());
    let rows: Result<Vec<StringRecord>, csv::Error> = reader.records().take(limit).collect();
    rows.map_err(|error| {
        let row = error.position().map_or(1, csv::Position::line);
        Problem::new(PATH, Code::CsvEncoding).arg("row", row)
    })
}

/// A first row without numbers is a header when numbers stand below it, or when its words never come back below.
fn looks_like_header(rows: &[StringRecord], delimiter: char) -> bool {
    let Some((first, rest)) = rows.split_first() else { return false };
    let number = |cell: &str| parse_number(cell.trim(), delimiter).is_some();
    if first.iter().any(number) || rest.is_empty() {
        return false;
    }
    let below = |i: usize| rest.iter().take(100).filter_map(move |row| row.get(i));
    (0..first.len()).any(|i| below(i).any(number))
        || first.iter().enumerate().all(|(i, name)| below(i).all(|cell| cell.trim() != name.trim()))
}

/// Header names, trimmed; a second `age` becomes `age (2)`, a nameless third column `column 3`.
fn unique_names(header: Option<&StringRecord>, width: usize) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut names = Vec::with_capacity(width);
    for i in 0..width {
        let given = header.and_then(|h| h.get(i)).map_or("", str::trim);
        let base = if given.is_empty() { format!("column {}", i + 1) } else { given.to_string() };
        let mut name = base.clone();
        let mut copy = 2;
        while !seen.insert(name.clone()) {
            name = format!("{base} ({copy})");
            copy += 1;
        }
        names.push(name);
    }
    names
}

//! Reads a table in pieces, so that a page can show how far it is, and be told to stop.
//!
//! Not responsible for time: who calls says how much is done in one piece.

use super::describe::Votes;
use super::notes::settle;
use super::numbers::{self, NumberStyle};
use super::shape::{Shape, shape};
use super::sniff::{Sniffed, sniff};
use super::split::{At, Cells, row};
use super::{CellKind, CsvTable, PATH, Skipped, check_text, is_missing};
use crate::spec::problem::{Code, Problem};

/// A table that is being read.
#[derive(Debug)]
pub struct Reading {
    text: String,
    header: Option<bool>,
    sniffed: Sniffed,
    at: At,
    cells: Cells,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    /// Cutting rows off.
    Cutting,
    /// Counting in column `votes.len() - 1`, at a row.
    Counting { shape: Shape, votes: Vec<Votes>, row: usize },
    /// Reading the numbers of a column, from a row on.
    Numbers { table: Box<CsvTable>, column: usize, row: usize },
    /// Nothing is left to do.
    Done(Result<Box<CsvTable>, Vec<Problem>>),
}

impl Reading {
    /// Begins; finds the separator.
    pub fn new(text: &str, header: Option<bool>) -> Reading {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).to_owned();
        let stage = match check_text(&text) {
            Ok(()) => Stage::Cutting,
            Err(problem) => Stage::Done(Err(vec![problem])),
        };
        // A text above the limit is not looked at.
        let sniffed = sniff(if matches!(stage, Stage::Cutting) { &text } else { "" });
        Reading { at: sniffed.at, text, header, sniffed, cells: Cells::default(), stage }
    }

    /// Reads on for about so many cells; `true` when there is nothing left to do.
    pub fn step(&mut self, work: usize) -> bool {
        let mut left = work.max(1);
        while left > 0 && !matches!(self.stage, Stage::Done(_)) {
            let stage = std::mem::replace(&mut self.stage, Stage::Done(Err(Vec::new())));
            self.stage = match stage {
                Stage::Cutting => self.cut(&mut left),
                Stage::Counting { shape, votes, row } => self.count(shape, votes, row, &mut left),
                Stage::Numbers { table, column, row } => numbers(table, column, row, &mut left),
                Stage::Done(result) => Stage::Done(result),
            };
        }
        matches!(self.stage, Stage::Done(_))
    }

    /// How much is done, `0..=1`.
    pub fn share(&self) -> f64 {
        let part = |i: usize, n: usize| i as f64 / n.max(1) as f64;
        match &self.stage {
            Stage::Cutting => 0.4 * part(self.at.byte, self.text.len()),
            Stage::Counting { shape, votes, .. } => 0.4 + 0.4 * part(votes.len(), shape.names.len()),
            Stage::Numbers { table, column, .. } => 0.8 + 0.2 * part(*column, table.columns.len()),
            Stage::Done(_) => 1.0,
        }
    }

    /// The table; reads what is left.
    ///
    /// # Errors
    /// As [`CsvTable::parse`].
    pub fn finish(mut self) -> Result<CsvTable, Vec<Problem>> {
        while !self.step(usize::MAX) {}
        match self.stage {
            Stage::Done(result) => result.map(|table| *table),
            Stage::Cutting | Stage::Counting { .. } | Stage::Numbers { .. } => Err(Vec::new()),
        }
    }

    fn cut(&mut self, left: &mut usize) -> Stage {
        let mut open = None;
        while self.at.byte < self.text.len() && *left > 0 && open.is_none() {
            let line = self.at.line;
            if !row(&self.text, &mut self.at, self.sniffed.separator, &mut self.cells) {
                open = Some(line);
            }
            let cut = self.cells.rows().last().map_or(1, |r| r.len as usize);
            *left = left.saturating_sub(cut.max(1));
        }
        if let Some(line) = open {
            return Stage::Done(Err(vec![Problem::new(PATH, Code::CsvOpenQuote).arg("row", line)]));
        }
        if self.at.byte < self.text.len() {
            return Stage::Cutting;
        }
        if is_json(&self.text) {
            return Stage::Done(Err(vec![Problem::new(PATH, Code::CsvJson)]));
        }
        let comment = self.sniffed.last_comment.as_deref();
        match shape(&self.text, &mut self.cells, self.sniffed.separator, self.header, comment) {
            Ok(shape) => Stage::Counting { shape, votes: Vec::new(), row: 0 },
            Err(problems) => Stage::Done(Err(problems)),
        }
    }

    fn count(&mut self, shape: Shape, mut votes: Vec<Votes>, mut at: usize, left: &mut usize) -> Stage {
        let rows = self.cells.rows().len();
        if votes.is_empty() {
            votes.push(Votes::default());
        }
        while *left > 0 {
            let column = votes.len() - 1;
            let end = at.saturating_add(*left).min(rows);
            for r in at..end {
                let cell = self.cells.get(&self.text, self.cells.rows()[r], column);
                votes[column].add(if is_missing(cell) { "" } else { cell });
            }
            *left = left.saturating_sub((end - at).max(1));
            at = end;
            if at == rows {
                if votes.len() == shape.names.len() {
                    return Stage::Numbers { table: Box::new(self.describe(shape, &votes)), column: 0, row: 0 };
                }
                votes.push(Votes::default());
                at = 0;
            }
        }
        Stage::Counting { shape, votes, row: at }
    }

    fn describe(&mut self, shape: Shape, votes: &[Votes]) -> CsvTable {
        let separator = self.sniffed.separator;
        // Where a column's own numbers could be read either way, the other columns decide; between semicolons a comma is
        // most likely a decimal comma.
        let decided = |style| votes.iter().filter(|v| v.decided() == Some(style)).count();
        let otherwise = match decided(NumberStyle::Point).cmp(&decided(NumberStyle::Comma)) {
            std::cmp::Ordering::Greater => NumberStyle::Point,
            std::cmp::Ordering::Less => NumberStyle::Comma,
            std::cmp::Ordering::Equal if separator == ';' => NumberStyle::Either,
            std::cmp::Ordering::Equal => NumberStyle::Point,
        };
        let Shape { names, header, titles, comments, totals, notes, units, closing, short } = shape;
        let columns = names.into_iter().zip(votes).map(|(name, v)| v.column(name, otherwise, separator)).collect();
        let comments = comments + self.sniffed.comments;
        let sep_line = self.sniffed.sep_line;
        let skipped = Skipped { sep_line, titles, comments, totals, notes, units, closing, short_header: short };
        CsvTable {
            columns,
            header,
            delimiter: separator,
            skipped,
            text: std::mem::take(&mut self.text),
            cells: std::mem::take(&mut self.cells),
            numbers: Vec::new(),
        }
    }
}

/// Goes on reading the numbers of a table.
fn numbers(mut table: Box<CsvTable>, mut column: usize, mut at: usize, left: &mut usize) -> Stage {
    let rows = table.len();
    while *left > 0 {
        let Some(of) = table.columns.get(column) else { return Stage::Done(Ok(table)) };
        let (kind, style) = (of.kind, of.style);
        if table.numbers.len() == column {
            table.numbers.push(Vec::new());
        }
        if kind != CellKind::Number {
            *left -= 1;
            (column, at) = (column + 1, 0);
            continue;
        }
        let end = at.saturating_add(*left).min(rows);
        let mut values = std::mem::take(&mut table.numbers[column]);
        values.extend((at..end).map(|r| numbers::parse(table.cell(r, column), style).unwrap_or(f64::NAN)));
        table.numbers[column] = values;
        *left = left.saturating_sub((end - at).max(1));
        at = end;
        if at == rows {
            settle(&mut table, column);
            (column, at) = (column + 1, 0);
        }
    }
    Stage::Numbers { table, column, row: at }
}

/// Whether a text is JSON, which cut at its commas would be a table of fragments.
fn is_json(text: &str) -> bool {
    let begin = text.trim_start().trim_start_matches('[').trim_start();
    let object = begin.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with('"'));
    let rows = text.trim_start().starts_with('[') && begin.starts_with(|c: char| c == '"' || c.is_ascii_digit());
    (object || rows) && text.trim_end().ends_with(['}', ']'])
}

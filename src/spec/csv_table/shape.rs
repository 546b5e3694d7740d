//! Which rows make the table: its width by majority, title lines above it, the header, the rows that differ.
//!
//! Not responsible for the separator ([`super::sniff`]) nor for what columns hold ([`super::describe`]).

use super::header::{Short, lone, looks_like_header, short};
use super::split::{At, Cells, Row, row};
use super::{MAX_COLUMNS, MAX_LISTED, PATH, dates, names, numbers, sniff, units};
use crate::spec::problem::{Code, Problem};
use std::collections::HashMap;

/// Most title lines above a table.
const MAX_TITLES: usize = 20;
/// Names of rows that sum the others up, in lower case.
const TOTALS: [&str; 21] = [
    "total",
    "totals",
    "grand total",
    "subtotal",
    "sum",
    "average",
    "avg",
    "mean",
    "median",
    "summe",
    "gesamt",
    "gesamtsumme",
    "mittelwert",
    "durchschnitt",
    "合计",
    "总计",
    "总和",
    "小计",
    "平均",
    "平均值",
    "均值",
];
/// Words with which notes below a table begin, in lower case.
const NOTES: [&str; 12] = [
    "source",
    "note",
    "notes",
    "data source",
    "last updated",
    "quelle",
    "hinweis",
    "来源",
    "数据来源",
    "注",
    "备注",
    "资料来源",
];

/// What was found.
#[derive(Debug)]
pub struct Shape {
    /// Names of the columns.
    pub names: Vec<String>,
    /// Whether the first row names them (or a comment line does).
    pub header: bool,
    /// Title lines that were skipped.
    pub titles: usize,
    /// Comment lines among the rows that were skipped.
    pub comments: usize,
    /// Sums and means below the rows that were left out.
    pub totals: usize,
    /// Notes below the rows that were left out.
    pub notes: usize,
    /// Rows of units between the header and the rows that were left out.
    pub units: usize,
    /// Rows of words below the rows that were left out.
    pub closing: usize,
    /// The header has no name for the first column.
    pub short: bool,
}

/// Rows without what only draws a table: the bars at both sides of each line, and lines of dashes, as Markdown has them.
fn framed(text: &str, cells: &Cells, rows: Vec<Row>, separator: char) -> Vec<Row> {
    if separator != '|' {
        return rows;
    }
    let bare = |c: &str| c.is_empty();
    let at_both = |r: &Row| r.len > 2 && bare(cells.get(text, *r, 0)) && bare(cells.get(text, *r, r.len as usize - 1));
    let sides = rows.iter().all(at_both);
    let dashes = |r: &Row| {
        let is_rule = |c: &str| c.contains('-') && c.chars().all(|c| matches!(c, '-' | ':'));
        (0..r.len as usize).all(|c| is_rule(cells.get(text, *r, c)))
    };
    let inner = rows.into_iter().map(|r| if sides { r.inner() } else { r });
    // One dash is how many write that a number is missing: a line of them stands right below the names.
    inner.enumerate().filter(|(i, r)| *i != 1 || !dashes(r)).map(|(_, r)| r).collect()
}

/// Takes from `cells` what are no rows of the table. Rows that differ from most are problems.
pub fn shape(
    text: &str,
    cells: &mut Cells,
    separator: char,
    header: Option<bool>,
    last_comment: Option<&str>,
) -> Result<Shape, Vec<Problem>> {
    let filled = |cells: &Cells, r: Row| (0..r.len as usize).filter(|c| !cells.get(text, r, *c).is_empty()).count();
    let rows: Vec<Row> = cells.rows().iter().filter(|r| filled(cells, **r) > 0).copied().collect();
    let rows = framed(text, cells, rows, separator);
    let Some(width) = majority(&rows) else { return Err(vec![Problem::new(PATH, Code::CsvEmpty)]) };
    if width as usize > MAX_COLUMNS {
        let problem = Problem::new(PATH, Code::CsvTooManyColumns).arg("got", width).arg("max", MAX_COLUMNS);
        return Err(vec![problem]);
    }
    let before = rows.len();
    let is_comment = |r: &Row| r.len != width && sniff::comment(cells.get(text, *r, 0)).is_some();
    let rows: Vec<Row> = rows.into_iter().filter(|r| !is_comment(r)).collect();
    let comments = before - rows.len();
    let words_only = |r: Row| (0..r.len as usize).all(|c| !numbers::is_number(cells.get(text, r, c)));
    let is_title = |r: &Row| {
        let narrow = filled(cells, *r) <= 1 && (r.len < width || width >= 3);
        width > 1 && words_only(*r) && (narrow || (separator == ' ' && r.len != width && r.len + 1 != width))
    };
    let titles = rows.iter().take(MAX_TITLES.min(rows.len() - 1)).take_while(|r| is_title(r)).count();
    // A word above pairs of digits is the name of one column of decimal commas, and no title.
    let below = rows.get(titles..).unwrap_or(&[]);
    let titles = titles - usize::from(titles > 0 && width == 2 && separator == ',' && lone(text, cells, below));
    let mut rows: Vec<Row> = rows[titles..].to_vec();
    let is_note = |r: &Row| {
        let first = cells.get(text, *r, 0);
        let told = r.len != width && notes(first);
        told || (is_title(r) && dates::parse(first, dates::DateOrder::DayFirst).is_none() && !first.is_empty())
    };
    let (totals, notes) = trailing(text, cells, &rows, width, is_note);
    rows.truncate(rows.len() - totals - notes);
    let (mut shifted, problems) = check_widths(text, cells, &rows, width, words_only);
    if !problems.is_empty() {
        return Err(problems);
    }
    let (mut width, mut joined) = (width, false);
    if shifted && let Short::DecimalComma(column) = short(text, cells, &rows[1..], width as usize, separator) {
        cells.merge(&mut rows[1..], column);
        (width, joined, shifted) = (width - 1, true, false);
    }
    let cell = |r: Row, c: usize| cells.get(text, r, c).to_string();
    let found = shifted || joined || looks_like_header(text, cells, &rows, width as usize);
    let mut given: Vec<String> = Vec::new();
    let named = header.unwrap_or(found);
    if named {
        let first = rows.remove(0);
        given = (0..width as usize)
            .map(|c| if shifted { cell_before(c, |c| cell(first, c)) } else { cell(first, c) })
            .collect();
    } else if let Some(names) = last_comment.filter(|_| header.is_none()).and_then(|c| named_by(c, separator, width)) {
        given = names;
    }
    if rows.is_empty() {
        return Err(vec![Problem::new(PATH, Code::CsvEmpty)]);
    }
    let (units, closing) = if named { units::around(text, cells, &rows, width as usize) } else { (0, 0) };
    rows.truncate(rows.len() - closing);
    rows.drain(..units);
    let header = named || !given.is_empty();
    let names = names::unique(|i| given.get(i).map_or("", String::as_str), width as usize);
    cells.set_rows(rows);
    Ok(Shape { names, header, titles, comments, totals, notes, units, closing, short: shifted && named })
}

/// The first column has no name where a program (R) wrote row names under a header without a place for them.
fn cell_before(column: usize, cell: impl Fn(usize) -> String) -> String {
    column.checked_sub(1).map_or_else(String::new, cell)
}

/// The width that most rows have; the greater of equals.
fn majority(rows: &[Row]) -> Option<u32> {
    let mut widths: HashMap<u32, usize> = HashMap::new();
    rows.iter().for_each(|r| *widths.entry(r.len).or_default() += 1);
    widths.into_iter().max_by_key(|(width, n)| (*n, *width)).map(|(width, _)| width)
}

/// Whether the header lacks a cell for row names, and a problem for each row that has another number of cells. Empty cells
/// at the end of a row, which spreadsheets leave behind, do not count.
fn check_widths(
    text: &str,
    cells: &Cells,
    rows: &[Row],
    width: u32,
    words_only: impl Fn(Row) -> bool,
) -> (bool, Vec<Problem>) {
    let empty_last = |r: &Row| cells.get(text, *r, width as usize - 1).is_empty();
    let short_header = width > 1 && rows.len() > 1 && rows[0].len + 1 == width && words_only(rows[0]);
    let left_behind = short_header && rows[1..].iter().all(empty_last);
    let differs = |(i, r): &(usize, &Row)| {
        let more = (width as usize..r.len as usize).any(|c| !cells.get(text, **r, c).is_empty());
        more || (r.len < width && !(*i == 0 && short_header))
    };
    let problem = |(_, r): (usize, &Row)| {
        let problem = Problem::new(PATH, Code::CsvRagged).arg("row", r.line);
        problem.arg("got", r.len).arg("expected", width)
    };
    let found = rows.iter().enumerate().filter(differs).take(MAX_LISTED).map(problem).collect();
    (short_header && !left_behind, found)
}

/// Rows at the end that are no data: totals and means of those above, and notes in one cell.
fn trailing(text: &str, cells: &Cells, rows: &[Row], width: u32, is_note: impl Fn(&Row) -> bool) -> (usize, usize) {
    let get = |r: &Row| cells.get(text, *r, 0);
    let is_total = |r: &Row| width > 1 && r.len > 1 && sums_up(get(r));
    // A first row stays, whatever it says.
    let below = &rows[1..];
    let notes = below.iter().rev().take(MAX_TITLES).take_while(|r| is_note(r)).count();
    let rest = &below[..below.len() - notes];
    let totals = rest.iter().rev().take(MAX_TITLES).take_while(|r| is_total(r)).count();
    // Where such words stand among the rows too, they are values.
    let value = rest[..rest.len() - totals].iter().any(is_total);
    let kept = if value || totals + 1 > rest.len() { 0 } else { totals };
    (kept, if notes + kept + 1 > below.len() { 0 } else { notes })
}

/// Whether a cell begins as a note does: `Source: …`.
fn notes(cell: &str) -> bool {
    let lower = cell.to_lowercase();
    let begins = |word: &&str| lower.strip_prefix(*word).is_some_and(|rest| rest.trim_start().starts_with([':', '：']));
    NOTES.iter().any(begins)
}

/// Whether a row is named as the sum or the mean of others.
fn sums_up(name: &str) -> bool {
    let name = name.trim_end_matches([':', '：', '.']).trim_end().to_lowercase();
    TOTALS.contains(&name.as_str())
}

/// Names in a comment line, where it has one for every column.
fn named_by(comment: &str, separator: char, width: u32) -> Option<Vec<String>> {
    let (mut at, mut cells) = (At { byte: 0, line: 1 }, Cells::default());
    row(comment, &mut at, separator, &mut cells);
    let first = cells.rows().first().copied().filter(|r| r.len == width && width > 1)?;
    let names: Vec<String> = (0..width as usize).map(|c| cells.get(comment, first, c).to_string()).collect();
    names.iter().all(|n| !n.is_empty() && !numbers::is_number(n)).then_some(names)
}

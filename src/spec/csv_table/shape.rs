//! Which rows make the table: its width by majority, title lines above it, the header, the rows that differ.
//!
//! Not responsible for the separator ([`super::sniff`]) nor for what columns hold ([`super::describe`]).

use super::split::{At, Cells, Row, row};
use super::{MAX_COLUMNS, MAX_LISTED, PATH, dates, names, numbers, sniff};
use crate::spec::problem::{Code, Problem};
use std::collections::HashMap;

/// Most title lines above a table.
const MAX_TITLES: usize = 20;
/// Rows below a header that are compared with it.
const COMPARED: usize = 100;

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
    let mut rows: Vec<Row> = rows[titles..].to_vec();
    let (shifted, problems) = check_widths(text, cells, &rows, width, words_only);
    if !problems.is_empty() {
        return Err(problems);
    }
    let cell = |r: Row, c: usize| cells.get(text, r, c).to_string();
    let found = shifted || looks_like_header(text, cells, &rows, width as usize);
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
    let header = named || !given.is_empty();
    let names = names::unique(|i| given.get(i).map_or("", String::as_str), width as usize);
    cells.set_rows(rows);
    Ok(Shape { names, header, titles, comments })
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

/// A first row without numbers is a header when numbers stand below it, or when its words never come back below. Years may
/// be names of columns too.
fn looks_like_header(text: &str, cells: &Cells, rows: &[Row], width: usize) -> bool {
    let Some((first, rest)) = rows.split_first() else { return false };
    if rest.is_empty() {
        return false;
    }
    let number = |cell: &str| numbers::is_number(cell) || dates::parse(cell, dates::DateOrder::DayFirst).is_some();
    let below = |c: usize| rest.iter().take(COMPARED).map(move |r| cells.get(text, *r, c));
    let of_first: Vec<&str> = (0..width).map(|c| cells.get(text, *first, c)).collect();
    if of_first.iter().any(|cell| number(cell)) {
        return are_years(&of_first)
            && !are_years(&(0..width).map(|c| cells.get(text, rest[0], c)).collect::<Vec<_>>());
    }
    (0..width).any(|c| below(c).any(number))
        || of_first.iter().enumerate().all(|(c, name)| below(c).all(|cell| cell != *name))
}

/// Words, then years in order: `country, 2019, 2020, 2021`.
fn are_years(cells: &[&str]) -> bool {
    let years: Vec<u32> = cells.iter().filter_map(|c| c.parse().ok()).collect();
    let words = cells.iter().filter(|c| !numbers::is_number(c)).count();
    let rising = years.windows(2).all(|w| w[0] < w[1]) && years.iter().all(|y| (1000..3000).contains(y));
    years.len() >= 2 && words >= 1 && rising && years.len() + words == cells.len()
}

/// Names in a comment line, where it has one for every column.
fn named_by(comment: &str, separator: char, width: u32) -> Option<Vec<String>> {
    let (mut at, mut cells) = (At { byte: 0, line: 1 }, Cells::default());
    row(comment, &mut at, separator, &mut cells);
    let first = cells.rows().first().copied().filter(|r| r.len == width && width > 1)?;
    let names: Vec<String> = (0..width as usize).map(|c| cells.get(comment, first, c).to_string()).collect();
    names.iter().all(|n| !n.is_empty() && !numbers::is_number(n)).then_some(names)
}

//! Rows of words above or below columns of numbers: units under the header, closing lines.
//!
//! One such row would make every column of numbers a column of words. Not responsible for totals and notes, which their
//! first words give away ([`super::shape`]).

use super::dates::is_date;
use super::split::{Cells, Row};
use super::{is_missing, numbers};

/// Most rows between the header and the data: names in full, units, types.
const MAX_ABOVE: usize = 3;
/// Most closing rows.
const MAX_BELOW: usize = 3;
/// Most characters of a unit; a longer word is a value or a mistake.
const MAX_UNIT: usize = 24;

/// How many of the first and of the last rows are words over columns that hold numbers or dates everywhere else.
pub fn around(text: &str, cells: &Cells, rows: &[Row], width: usize) -> (usize, usize) {
    let get = |r: &Row, c: usize| cells.get(text, *r, c);
    let valued = |cell: &str| numbers::is_number(cell) || is_date(cell);
    let bare = |r: &&Row| {
        let said = |c: usize| !is_missing(get(r, c));
        (0..width).any(said) && (0..width).all(|c| !valued(get(r, c)))
    };
    let above = rows.iter().take(MAX_ABOVE).take_while(bare).count();
    let below = rows[above..].iter().rev().take(MAX_BELOW).take_while(bare).count();
    if above + below == 0 || above + below == rows.len() {
        return (0, 0);
    }
    let body = &rows[above..rows.len() - below];
    let of_numbers = |c: &usize| {
        let mut filled = body.iter().map(|r| get(r, *c)).filter(|cell| !is_missing(cell)).peekable();
        filled.peek().is_some() && filled.all(valued)
    };
    let columns: Vec<usize> = (0..width).filter(of_numbers).collect();
    let stands_over = |r: &&Row| {
        let words: Vec<&str> = columns.iter().map(|c| get(r, *c)).filter(|cell| !is_missing(cell)).collect();
        let elsewhere = (0..width).filter(|c| !columns.contains(c)).any(|c| !is_missing(get(r, c)));
        let bracketed = words.iter().all(|w| w.starts_with(['(', '[', '（']));
        // One word beside a name is most likely a mistake in the row of that name, and so is one word over and over.
        let differ = words.iter().any(|w| *w != words[0]);
        let sure = differ || (!words.is_empty() && (bracketed || !elsewhere));
        sure && words.iter().all(|w| w.chars().count() <= MAX_UNIT)
    };
    // From the outside in: a row that is data has none but data between it and the others.
    let above = rows[..above].iter().take_while(stands_over).count();
    let below = rows.iter().rev().take(below).take_while(stands_over).count();
    (above, below)
}

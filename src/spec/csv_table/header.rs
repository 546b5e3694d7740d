//! Whether the first row names the columns, and what it means that it is one name short.
//!
//! Not responsible for which row is the first ([`super::shape`]).

use super::dates::{self, DateOrder, is_date};
use super::numbers;
use super::split::{Cells, Row};

/// Rows below a header that are compared with it.
const COMPARED: usize = 100;

/// Why a header has a name less than the rows have cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Short {
    /// The cells of this column and the next are one number with a decimal comma.
    DecimalComma(usize),
    /// The rows have names, as R writes them.
    RowNames,
}

/// What a short header means. `rows` are those below it.
pub fn short(text: &str, cells: &Cells, rows: &[Row], width: usize, separator: char) -> Short {
    let get = |r: &Row, c: usize| cells.get(text, *r, c);
    let quoted = rows.iter().any(|r| cells.is_quoted(text, *r, 0));
    let counts = rows.iter().enumerate().all(|(i, r)| get(r, 0).parse() == Ok(i + 1));
    let dated = rows.iter().all(|r| dates::parse(get(r, 0), DateOrder::DayFirst).is_some());
    let named = width > 2 && !dated && rows.iter().all(|r| !numbers::is_number(get(r, 0)));
    if separator != ',' || quoted || counts || named {
        return Short::RowNames;
    }
    let digits = |cell: &str| !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_digit());
    let decimals = |r: &Row, c: usize| {
        let whole = get(r, c).strip_prefix('-').unwrap_or(get(r, c));
        digits(whole) && digits(get(r, c + 1)) && get(r, c + 1).len() <= 3 && cells.touch(*r, c)
    };
    let mut fits = (0..width - 1).filter(|c| rows.iter().all(|r| decimals(r, *c)));
    match (fits.next(), fits.next()) {
        (Some(column), None) => Short::DecimalComma(column),
        _ => Short::RowNames,
    }
}

/// Whether two columns are one with a decimal comma: the second holds as many digits in every row.
pub fn lone(text: &str, cells: &Cells, rows: &[Row]) -> bool {
    let len = rows.first().map_or(0, |r| cells.get(text, *r, 1).len());
    let alike = rows.iter().all(|r| r.len == 2 && cells.get(text, *r, 1).len() == len);
    len >= 2 && rows.len() >= 2 && alike && short(text, cells, rows, 2, ',') == Short::DecimalComma(0)
}

/// A first row without numbers is a header when numbers stand below it, or when its words never come back below. Numbers may
/// be names of columns too.
pub fn looks_like_header(text: &str, cells: &Cells, rows: &[Row], width: usize) -> bool {
    let Some((first, rest)) = rows.split_first() else { return false };
    if rest.is_empty() {
        return false;
    }
    let number = |cell: &str| numbers::is_number(cell) || is_date(cell);
    let below = |c: usize| rest.iter().take(COMPARED).map(move |r| cells.get(text, *r, c));
    let of_first: Vec<&str> = (0..width).map(|c| cells.get(text, *first, c)).collect();
    if of_first.iter().any(|cell| number(cell)) {
        let second: Vec<&str> = (0..width).map(|c| cells.get(text, rest[0], c)).collect();
        let alone = |c: usize| below(c).all(|cell| cell != of_first[c]);
        let words = (0..width).filter(|c| !number(of_first[*c]));
        // Words that come back below are values, and so are numbers that go on below.
        return words.clone().all(alone)
            && (are_years(&of_first) && !are_years(&second)
                || are_places(&of_first, words.clone().any(|c| of_first[c].is_empty() || below(c).any(number)))
                    && !are_places(&second, true)
                || are_dates(&of_first, |c| below(c).all(|cell| cell.is_empty() || numbers::is_number(cell))));
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

/// Places of columns, as programs number them: `0, 1, 2, target`. Two of them could be a row unless it is `sure`.
fn are_places(cells: &[&str], sure: bool) -> bool {
    let places: Vec<usize> = cells.iter().filter_map(|c| c.parse().ok()).collect();
    let others = cells.iter().filter(|c| !numbers::is_number(c)).count();
    let first = places.first().copied().unwrap_or(2);
    let counts = first <= 1 && places.iter().enumerate().all(|(i, p)| *p == first + i);
    counts && places.len() >= if sure { 2 } else { 3 } && others >= 1 && places.len() + others == cells.len()
}

/// Words, then dates over columns of numbers: `country, Jan 2020, Feb 2020`.
fn are_dates(cells: &[&str], over_numbers: impl Fn(usize) -> bool) -> bool {
    let dated: Vec<usize> = (0..cells.len()).filter(|c| is_date(cells[*c])).collect();
    dated.len() >= 2
        && dated.len() < cells.len()
        && dated.iter().all(|c| over_numbers(*c))
        && cells.iter().all(|c| !numbers::is_number(c))
}

//! What a column holds: numbers and how they are written, words, dates, prose, names of rows.
//!
//! Counts cell by cell, so that a long table can be read in pieces. Not responsible for cutting cells.

use super::dates::{self, DateOrder};
use super::notes::{Note, monthly};
use super::numbers::{self, NumberStyle};
use super::{CellKind, CsvColumn, MAX_DISTINCT};
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Cells of a column that are tried as dates before it is believed to hold none.
const DATES_TRIED: usize = 20;
/// Dates that are read both ways, to see which way they follow each other evenly.
const DATES_COMPARED: usize = 400;
/// Of so many values, nearly all must differ before they are believed to name the rows.
const MIN_NAMED: usize = 10;
/// Words of a cell, on average, from which on they are sentences.
const PROSE_WORDS: f64 = 4.0;
/// Characters of a cell, on average, where no blanks part the words.
const PROSE_CHARS: f64 = 24.0;

/// Names that columns of row names have.
const ID_NAMES: [&str; 18] = [
    "id", "ids", "index", "idx", "key", "uuid", "guid", "no", "nr", "num", "number", "row", "编号", "序号", "学号",
    "行号", "号码", "ID号",
];
/// Names of columns that count up and yet say something: time.
const TIME_NAMES: [&str; 15] =
    ["x", "t", "time", "year", "month", "day", "week", "hour", "minute", "second", "step", "age", "年", "月", "时间"];

/// What has been counted of one column.
#[derive(Debug, Default)]
pub struct Votes {
    present: usize,
    missing: usize,
    point: usize,
    comma: usize,
    either: usize,
    /// Hashes of the different cells, up to [`MAX_DISTINCT`]; and how many cells had been seen by then.
    seen: HashSet<u64>,
    seen_at: usize,
    whole: usize,
    last: Option<i64>,
    /// Whether every cell is one more than the one above it.
    counts_up: bool,
    day_first: usize,
    month_first: usize,
    tried: usize,
    words: usize,
    chars: usize,
    shares: usize,
    bracketed: usize,
    /// Different currencies.
    currencies: Vec<&'static str>,
    /// The first cell whose sign may group digits or part off decimals.
    unclear: Option<String>,
    /// Cells that would be numbers but for a sign or a unit, and the first of them.
    almost: (usize, Option<String>),
    /// Dates that can be read either way: with the day first, and with the month first.
    either_date: (Vec<f64>, Vec<f64>),
}

impl Votes {
    /// One more cell, trimmed; empty when it is missing.
    pub fn add(&mut self, cell: &str) {
        if cell.is_empty() {
            self.missing += 1;
            return;
        }
        self.present += 1;
        if self.seen.len() < MAX_DISTINCT {
            let mut hasher = DefaultHasher::new();
            // Words that differ only in case are one.
            cell.to_lowercase().hash(&mut hasher);
            self.seen.insert(hasher.finish());
            self.seen_at = self.present;
        }
        let (point, comma, either) = self.votes(cell);
        self.point += usize::from(point);
        self.comma += usize::from(comma);
        self.either += usize::from(either);
        self.shares += usize::from(cell.ends_with(['%', '％']));
        if point || comma {
            let whole = cell.parse::<i64>().ok();
            self.whole += usize::from(whole.is_some());
            let next = self.last.is_some_and(|l| whole == l.checked_add(1));
            self.counts_up = if self.present == 1 { whole.is_some() } else { self.counts_up && next };
            self.last = whole;
            return;
        }
        if numbers::is_almost(cell) {
            self.almost.0 += 1;
            self.almost.1.get_or_insert_with(|| cell.to_owned());
        }
        self.counts_up = false;
        self.chars += cell.chars().count();
        self.words += cell.split_whitespace().count();
        if self.tried < DATES_TRIED || (self.day_first.max(self.month_first)) * 2 > self.tried {
            self.tried += 1;
            let day_first = dates::parse(cell, DateOrder::DayFirst);
            let month_first = dates::parse(cell, DateOrder::MonthFirst);
            self.day_first += usize::from(day_first.is_some());
            self.month_first += usize::from(month_first.is_some());
            if let (Some(day), Some(month)) = (day_first, month_first)
                && self.either_date.0.len() < DATES_COMPARED
            {
                self.either_date.0.push(day);
                self.either_date.1.push(month);
            }
        }
    }

    /// Whether a cell is a number with decimal point, with decimal comma, and with either.
    fn votes(&mut self, cell: &str) -> (bool, bool, bool) {
        if cell.bytes().all(|b| b.is_ascii_digit()) {
            return (true, true, true);
        }
        let read = |style| numbers::parse(cell, style);
        let (point, comma) = (read(NumberStyle::Point), read(NumberStyle::Comma));
        if point.or(comma).is_some() {
            self.bracketed += usize::from(cell.starts_with('('));
            let new = numbers::currency(cell).filter(|c| !self.currencies.contains(c));
            self.currencies.extend(new);
        }
        if self.unclear.is_none() && point.is_some() && comma.is_some() && point != comma {
            self.unclear = Some(cell.to_owned());
        }
        (point.is_some(), comma.is_some(), read(NumberStyle::Either).is_some())
    }

    /// What should be said of numbers.
    fn of_numbers(&self, style: NumberStyle, numbers: usize, separator: char) -> Vec<Note> {
        let value = |cell: &String| numbers::parse(cell, style).map(|v| (cell.clone(), v));
        let unclear = self.unclear.as_ref().filter(|_| self.decided().is_none()).and_then(value);
        // Between other signs a point with three decimals is what most people write.
        let told = unclear.filter(|(_, v)| separator == ';' || v.abs() >= 1000.0);
        [
            (self.shares > 0 && self.shares < numbers).then_some(Note::PercentMixed),
            (self.currencies.len() > 1).then(|| Note::Currencies(self.currencies.join(", "))),
            (self.bracketed > 0 && self.bracketed == self.present).then_some(Note::Brackets),
            told.map(|(cell, value)| Note::ReadAs(cell, value)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// What comes first in the dates, and what should be said of it.
    fn order(&self) -> (DateOrder, Option<Note>) {
        let (day, month) = &self.either_date;
        match self.month_first.cmp(&self.day_first) {
            std::cmp::Ordering::Greater => (DateOrder::MonthFirst, None),
            std::cmp::Ordering::Less => (DateOrder::DayFirst, None),
            std::cmp::Ordering::Equal if day == month => (DateOrder::DayFirst, None),
            std::cmp::Ordering::Equal if monthly(month) && !monthly(day) => {
                (DateOrder::MonthFirst, Some(Note::MonthFirst))
            }
            std::cmp::Ordering::Equal => (DateOrder::DayFirst, Some(Note::DayFirst)),
        }
    }

    /// Which style this column shows without doubt.
    pub fn decided(&self) -> Option<NumberStyle> {
        match self.point.cmp(&self.comma) {
            std::cmp::Ordering::Greater => Some(NumberStyle::Point),
            std::cmp::Ordering::Less => Some(NumberStyle::Comma),
            std::cmp::Ordering::Equal => None,
        }
    }

    /// The column; `otherwise` is the style where its own cells could be read either way.
    pub fn column(&self, name: String, otherwise: NumberStyle, separator: char) -> CsvColumn {
        let best = self.point.max(self.comma);
        let mixed = separator != ',' && self.either > best;
        // Whole numbers without any sign are the same in every style.
        let plain = self.whole == self.point && self.whole == self.comma;
        let otherwise = if plain { NumberStyle::Point } else { otherwise };
        let style = if mixed { NumberStyle::Either } else { self.decided().unwrap_or(otherwise) };
        let numbers = match style {
            NumberStyle::Either => self.either,
            NumberStyle::Point => self.point,
            NumberStyle::Comma => self.comma,
        };
        let most = |n: usize| n * 5 >= self.present * 4;
        let kind = match self.present {
            0 => CellKind::Empty,
            _ if most(numbers) => CellKind::Number,
            _ => CellKind::Words,
        };
        let words = kind == CellKind::Words;
        let (order, told) = self.order();
        let is_date = words && most(self.day_first.max(self.month_first));
        let cells = (self.present - self.point.max(self.comma)).max(1) as f64;
        let long = self.words as f64 / cells >= PROSE_WORDS || self.chars as f64 / cells >= PROSE_CHARS;
        let named = self.present >= MIN_NAMED && self.seen.len() * 20 >= self.seen_at * 19;
        let wholes = self.whole == self.present && self.present >= MIN_NAMED;
        let counts = self.counts_up && wholes && !is_named(&name, &TIME_NAMES);
        let notes = match kind {
            CellKind::Number => self.of_numbers(style, numbers, separator),
            CellKind::Words | CellKind::Empty if is_date => told.into_iter().collect(),
            CellKind::Words if most(numbers + self.almost.0) => {
                self.almost.1.clone().map(Note::Almost).into_iter().collect()
            }
            CellKind::Words | CellKind::Empty => Vec::new(),
        };
        CsvColumn {
            notes,
            identifier: !is_date && ((words && named) || counts || (wholes && named && is_named(&name, &ID_NAMES))),
            prose: words && !is_date && long && self.seen.len() * 2 > self.seen_at.min(MAX_DISTINCT),
            dates: is_date.then_some(order),
            percent: kind == CellKind::Number && self.shares * 2 > self.present,
            name,
            kind,
            missing: self.missing,
            distinct: self.seen.len(),
            style,
        }
    }
}

/// Whether a name is one of these, or ends with one after a sign: `customer_id`, `CustomerId`.
fn is_named(name: &str, list: &[&str]) -> bool {
    let lower = name.to_lowercase();
    let last = lower.rsplit(|c: char| !c.is_alphanumeric()).find(|part| !part.is_empty()).unwrap_or("");
    let camel = name.ends_with("Id") || name.ends_with("ID");
    let nameless = lower.starts_with("unnamed") || lower == "column 1";
    list.iter().any(|n| lower == *n || last == *n) || (list.len() == ID_NAMES.len() && (camel || nameless))
}

//! One's own row of a table: the columns as a form has them, and the numbers that the network gets.
//!
//! Pure, tested natively. Not responsible for the form (`ui::panels::output`).

use crate::protocol::Scale;
use crate::spec::CsvSpec;
use crate::spec::csv_table::{CsvTable, DateOrder, dates};
use std::collections::HashMap;

/// A column of the form.
#[derive(Clone, Debug, PartialEq)]
pub enum Column {
    /// A number.
    Number {
        /// Its name.
        name: String,
        /// Which input it is.
        at: usize,
    },
    /// A day, as the table writes it.
    Date {
        /// Its name.
        name: String,
        /// Which input it is.
        at: usize,
        /// How the table writes it.
        style: DateStyle,
    },
    /// One of several words; each is an input of its own, 0 or 1.
    Choice {
        /// Its name.
        name: String,
        /// The first word's input.
        at: usize,
        /// The words.
        words: Vec<String>,
    },
}

/// How a table writes its dates.
#[derive(Clone, Debug, PartialEq)]
pub struct DateStyle {
    /// One of them.
    like: String,
    /// What comes first.
    order: DateOrder,
}

impl DateStyle {
    /// A day as the table would write it.
    pub fn write(&self, at: f64) -> String {
        dates::write(at, &self.like, self.order)
    }

    /// What was typed, as a day.
    pub fn read(&self, typed: &str) -> Option<f64> {
        dates::parse(typed.trim(), self.order)
    }
}

/// The inputs of one's own table that are dates, by their names.
pub fn dates_of(csv: Option<&CsvSpec>) -> HashMap<String, DateStyle> {
    let Some(csv) = csv.filter(|csv| !csv.dates.is_empty()) else { return HashMap::new() };
    let Ok(table) = CsvTable::remembered(&csv.text, csv.header) else { return HashMap::new() };
    let style = |column: usize| {
        let (like, order) = table.dated_like(column).filter(|_| csv.is_date(&table, column))?;
        Some((table.columns[column].name.clone(), DateStyle { like: like.to_owned(), order }))
    };
    csv.dates.iter().filter_map(|name| table.column(name).and_then(style)).collect()
}

/// The same columns, those with a date as such.
pub fn with_dates(columns: Vec<Column>, dates: &HashMap<String, DateStyle>) -> Vec<Column> {
    let dated = |column: Column| match &column {
        Column::Number { name, at } => match dates.get(name) {
            Some(style) => Column::Date { name: name.clone(), at: *at, style: style.clone() },
            None => column,
        },
        Column::Date { .. } | Column::Choice { .. } => column,
    };
    columns.into_iter().map(dated).collect()
}

/// The columns behind inputs of these names (`age`, `sex=female`, `sex=male`); an input without a name is `x1`, `x2`, ….
pub fn columns(names: &[String], width: usize) -> Vec<Column> {
    let word = |i: usize| names.get(i).and_then(|n| n.split_once('='));
    let mut all = Vec::new();
    let mut at = 0;
    while at < width {
        let same = (at..width).take_while(|i| word(*i).zip(word(at)).is_some_and(|(a, b)| a.0 == b.0)).count();
        if let (2.., Some((name, _))) = (same, word(at)) {
            let words = (at..at + same).filter_map(word).map(|(_, w)| w.to_string()).collect();
            all.push(Column::Choice { name: name.to_string(), at, words });
            at += same;
        } else {
            let name = names.get(at).filter(|n| !n.is_empty()).cloned().unwrap_or_else(|| format!("x{}", at + 1));
            all.push(Column::Number { name, at });
            at += 1;
        }
    }
    all
}

/// Which word of a choice is chosen in a row.
pub fn chosen(row: &[f64], at: usize, words: usize) -> usize {
    (0..words).max_by(|a, b| value(row, at + a).total_cmp(&value(row, at + b)).then(b.cmp(a))).unwrap_or(0)
}

fn value(row: &[f64], at: usize) -> f64 {
    row.get(at).copied().unwrap_or(0.0)
}

/// The row with one number changed.
pub fn with_number(row: &[f64], at: usize, to: f64) -> Vec<f64> {
    let change = |(i, v): (usize, &f64)| if i == at { to } else { *v };
    row.iter().enumerate().map(change).collect()
}

/// The row with another word chosen.
pub fn with_word(row: &[f64], at: usize, words: usize, word: usize) -> Vec<f64> {
    let change = |(i, v): (usize, &f64)| if (at..at + words).contains(&i) { f64::from(i == at + word) } else { *v };
    row.iter().enumerate().map(change).collect()
}

/// A row as the network takes it.
pub fn scaled(row: &[f64], scale: Option<&Scale>) -> Vec<f32> {
    let pairs = scale.map_or(&[][..], |s| &s.input);
    // In `f64`, since a moment in seconds has more digits than `f32` holds.
    let one = |(i, v): (usize, &f64)| pairs.get(i).map_or(*v, |[mean, deviation]| (v - mean) / deviation) as f32;
    row.iter().enumerate().map(one).collect()
}

/// Numbers of the network in the units of the data.
pub fn unscaled(answer: &[f32], scale: Option<&Scale>) -> Vec<f64> {
    let pairs = scale.map_or(&[][..], |s| &s.target);
    let one = |(i, v): (usize, &f32)| {
        let v = f64::from(*v);
        pairs.get(i).map_or(v, |[mean, deviation]| v * deviation + mean)
    };
    answer.iter().enumerate().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(all: &[&str]) -> Vec<String> {
        all.iter().map(|n| n.to_string()).collect()
    }

    #[test]
    fn words_of_a_column_are_one_choice_and_numbers_stand_alone() {
        let found = columns(&names(&["age", "sex=female", "sex=male", "a=b", "town=x=y", "town=z", "fare"]), 8);
        let number = |name: &str, at| Column::Number { name: name.into(), at };
        let choice = |name: &str, at, words: &[&str]| Column::Choice { name: name.into(), at, words: names(words) };
        assert_eq!(
            found,
            [
                number("age", 0),
                choice("sex", 1, &["female", "male"]),
                number("a=b", 3),
                choice("town", 4, &["x=y", "z"]),
                number("fare", 6),
                number("x8", 7),
            ]
        );
        assert_eq!(columns(&[], 2).len(), 2);
    }

    #[test]
    fn a_column_of_dates_shows_dates_and_takes_them() {
        let rows: String = (1..=15).map(|day| format!("{day:02}.03.2021,{day},{}\n", 2 * day)).collect();
        let csv = CsvSpec { text: format!("day,n,y\n{rows}"), dates: vec!["day".into()], ..CsvSpec::default() };
        let found = with_dates(columns(&names(&["day", "n"]), 2), &dates_of(Some(&csv)));
        let Column::Date { name, at: 0, style } = &found[0] else { panic!("{found:?}") };
        assert_eq!((name.as_str(), style.write(18_695.0)), ("day", "09.03.2021".to_string()));
        assert_eq!((style.read(" 10.3.2021"), style.read("18695")), (Some(18_696.0), None));
        assert!(matches!(found[1], Column::Number { at: 1, .. }));
        let as_words = CsvSpec { dates: Vec::new(), ..csv };
        assert!(dates_of(Some(&as_words)).is_empty() && dates_of(None).is_empty());
    }

    #[test]
    fn a_row_is_changed_scaled_and_answered_in_its_units() {
        let row = [30.0, 1.0, 0.0, 7.0];
        assert_eq!(chosen(&row, 1, 2), 0);
        let row = with_word(&row, 1, 2, 1);
        assert_eq!((row.as_slice(), chosen(&row, 1, 2)), (&[30.0, 0.0, 1.0, 7.0][..], 1));
        assert_eq!(chosen(&[0.0, 0.0], 0, 2), 0, "nothing chosen: the first");
        let scale = Scale { input: vec![[20.0, 5.0], [0.0, 1.0], [0.0, 1.0], [7.0, 2.0]], target: vec![[100.0, 10.0]] };
        assert_eq!(scaled(&with_number(&row, 0, 25.0), Some(&scale)), [1.0, 0.0, 1.0, 0.0]);
        assert_eq!(unscaled(&[-2.0], Some(&scale)), [80.0]);
        assert_eq!((scaled(&row, None), unscaled(&[0.5], None)), (vec![30.0, 0.0, 1.0, 7.0], vec![0.5]));
        let seconds = Scale { input: vec![[1_600_001_000.0, 10.0]], target: vec![[1_600_001_000.0, 10.0]] };
        assert_eq!(scaled(&[1_600_001_005.0], Some(&seconds)), [0.5]);
        assert_eq!(unscaled(&[-0.5], Some(&seconds)), [1_600_000_995.0]);
    }
}

//! The learner's own series: a table whose rows are moments, one column of which is forecast.
//!
//! Not responsible for reading the text ([`super::csv_table`]) nor for windows (`engine::data::series`).

use std::cell::RefCell;
use std::rc::Rc;

use super::csv_select::{CsvSpec, check_dates, check_numbers, offset};
use super::csv_table::{CellKind, CsvTable};
use super::problem::{Code, Problem};

mod moments;

pub use moments::Moments;

/// Most columns that a forecast may look at.
pub const MAX_SERIES: usize = 64;

/// The chosen columns in the order of time.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesSelection {
    /// The forecast column first, then others that the network sees too.
    pub names: Vec<String>,
    /// Row-major `(rows, names)`, in the file's units.
    pub values: Vec<f32>,
    /// What was taken from each column before it became `f32`; empty where nothing was.
    pub offsets: Vec<f64>,
    /// Number of rows.
    pub rows: usize,
    /// When each row was, as the file says it; empty without a column of times.
    pub times: Vec<String>,
    /// Whether rows are moments that follow each other evenly.
    pub moments: Moments,
}

/// What came of a series.
pub type Selected = Result<SeriesSelection, Vec<Problem>>;

thread_local! {
    /// The last series: an experiment is checked on every edit.
    static LAST: RefCell<Option<(CsvSpec, Rc<Selected>)>> = const { RefCell::new(None) };
}

impl CsvSpec {
    /// As [`CsvSpec::select_series`], remembering the last answer.
    pub fn series(&self) -> Rc<Selected> {
        LAST.with_borrow_mut(|last| {
            if let Some((_, selected)) = last.as_ref().filter(|(spec, _)| spec == self) {
                return Rc::clone(selected);
            }
            let table = CsvTable::remembered(&self.text, self.header);
            let selected = Rc::new(table.and_then(|table| self.select_series(&table)));
            *last = Some((self.clone(), Rc::clone(&selected)));
            selected
        })
    }

    /// Index of the column that is forecast: the named one, or the last that holds numbers.
    ///
    /// # Errors
    /// [`Code::CsvNoColumn`].
    pub fn series_target(&self, table: &CsvTable) -> Result<usize, Problem> {
        let missing = || Problem::new("data.csv.target", Code::CsvNoColumn).arg("column", &self.target);
        if !self.target.is_empty() {
            return table.column(&self.target).ok_or_else(missing);
        }
        let numbers = |i: &usize| table.columns[*i].kind == CellKind::Number;
        let time = self.time_column(table);
        let found = (0..table.columns.len()).rev().filter(|i| Some(*i) != time).find(numbers);
        Ok(found.unwrap_or_else(|| table.last_filled()))
    }

    fn time_column(&self, table: &CsvTable) -> Option<usize> {
        if self.time.is_empty() { None } else { table.column(&self.time) }
    }

    /// Takes the series out of a table.
    ///
    /// # Errors
    /// A column that does not exist or is used twice; cells that are missing, no numbers or no dates.
    pub fn select_series(&self, table: &CsvTable) -> Selected {
        let mut problems = Vec::new();
        let target = self.series_target(table).map_err(|p| vec![p])?;
        let time = self.time_column(table);
        if !self.time.is_empty() && time.is_none() {
            problems.push(Problem::new("data.csv.time", Code::CsvNoColumn).arg("column", &self.time));
        }
        let columns = self.series_columns(table, target, time, &mut problems);
        self.check_missing(table, true, &mut problems);
        let order = self.in_order(table, time, &mut problems);
        for &column in &columns {
            problems.extend(check_numbers(table, column, &order));
        }
        let (values, offsets, kept) = self.series_values(table, &columns, &order, &mut problems);
        if !problems.is_empty() {
            return Err(problems);
        }
        let times: Vec<String> = kept.iter().filter_map(|row| time.map(|t| table.cell(*row, t).to_string())).collect();
        let at: Vec<f64> = kept.iter().filter_map(|row| time_of(table, *row, time?)).collect();
        let dates = time.is_some_and(|t| table.columns[t].dates.is_some());
        Ok(SeriesSelection {
            moments: Moments::of(&at, dates, |i| times[i].clone()),
            names: columns.iter().map(|&c| table.columns[c].name.clone()).collect(),
            rows: kept.len(),
            values,
            offsets,
            times,
        })
    }

    fn series_columns(
        &self,
        table: &CsvTable,
        target: usize,
        time: Option<usize>,
        problems: &mut Vec<Problem>,
    ) -> Vec<usize> {
        let mut columns = vec![target];
        let used = |path: &str, name: &str, choice: &str| {
            Problem::new(path.to_owned(), Code::FieldNotUsed).arg("field", name).arg("choice", choice)
        };
        if self.task.is_some() {
            problems.push(used("data.csv.task", "task", "series"));
        }
        if time == Some(target) {
            problems.push(used("data.csv.time", &self.time, "target"));
        }
        for (i, name) in self.inputs.iter().enumerate() {
            let path = format!("data.csv.inputs[{i}]");
            match table.column(name) {
                None => problems.push(Problem::new(path, Code::CsvNoColumn).arg("column", name)),
                Some(c) if columns.contains(&c) || time == Some(c) => problems.push(used(&path, name, "series")),
                Some(c) => columns.push(c),
            }
        }
        if columns.len() > MAX_SERIES {
            let problem = Problem::new("data.csv.inputs", Code::OutOfRange).arg("got", columns.len());
            problems.push(problem.arg("min", 0).arg("max", MAX_SERIES));
        }
        columns
    }

    /// Rows by their time, those of one time as they stand.
    fn in_order(&self, table: &CsvTable, time: Option<usize>, problems: &mut Vec<Problem>) -> Vec<usize> {
        let all: Vec<usize> = (0..table.len()).collect();
        let Some(time) = time else { return all };
        let is_date = table.columns[time].dates.is_some();
        problems.extend(if is_date { check_dates(table, time, &all) } else { check_numbers(table, time, &all) });
        // A row without a time has no place among the others.
        let mut timed: Vec<(f64, usize)> =
            all.into_iter().filter_map(|row| Some((time_of(table, row, time)?, row))).collect();
        crate::spec::order::sort_by(&mut timed, |a, b| a.0.total_cmp(&b.0));
        timed.into_iter().map(|(_, row)| row).collect()
    }

    /// The numbers, and the rows that they come from.
    fn series_values(
        &self,
        table: &CsvTable,
        columns: &[usize],
        order: &[usize],
        problems: &mut Vec<Problem>,
    ) -> (Vec<f32>, Vec<f64>, Vec<usize>) {
        let kept = self.treatment(table).usable(table, columns, columns[0], order, problems);
        let mut offsets = vec![0.0; columns.len()];
        let mut values = vec![f32::NAN; kept.len() * columns.len()];
        for (i, &column) in columns.iter().enumerate() {
            let of: Vec<Option<f64>> = kept.iter().map(|&row| table.number(row, column)).collect();
            let of = bridged(&of);
            offsets[i] = offset(of.iter().copied());
            for (at, value) in of.into_iter().enumerate() {
                values[at * columns.len() + i] = (value - offsets[i]) as f32;
            }
        }
        if offsets.iter().all(|o| *o == 0.0) {
            offsets.clear();
        }
        (values, offsets, kept)
    }
}

/// When a row was: its day, or its number.
fn time_of(table: &CsvTable, row: usize, time: usize) -> Option<f64> {
    if table.columns[time].dates.is_some() { table.date(row, time) } else { table.number(row, time) }
}

/// Gaps on a straight line between their neighbours; before the first and after the last value, that value.
fn bridged(values: &[Option<f64>]) -> Vec<f64> {
    let mut out: Vec<f64> = Vec::with_capacity(values.len());
    let mut before: Option<(usize, f64)> = None;
    for (i, value) in values.iter().enumerate() {
        let Some(value) = value else { continue };
        let from = before.map_or(*value, |(_, v)| v);
        let start = before.map_or(0, |(at, _)| at + 1);
        let span = before.map_or(1.0, |(at, _)| (i - at) as f64);
        out.extend((start..i).map(|k| before.map_or(*value, |(at, _)| from + (value - from) * (k - at) as f64 / span)));
        out.push(*value);
        before = Some((i, *value));
    }
    out.resize(values.len(), before.map_or(f64::NAN, |(_, v)| v));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::csv_select::Missing;

    fn spec(text: &str) -> CsvSpec {
        CsvSpec { text: text.into(), ..CsvSpec::default() }
    }

    #[test]
    fn rows_are_put_in_the_order_of_time() {
        let newest_first = "day,price\n2021-01-03,30\n2021-01-02,20\n2021-01-01,10\n";
        let ordered = CsvSpec { time: "day".into(), ..spec(newest_first) }.series();
        let ordered = ordered.as_ref().as_ref().expect("a series");
        assert_eq!(
            (ordered.values.as_slice(), ordered.times[0].as_str()),
            ([10.0, 20.0, 30.0].as_slice(), "2021-01-01")
        );
        let as_they_stand = spec(newest_first).series();
        assert_eq!(as_they_stand.as_ref().as_ref().expect("a series").values, [30.0, 20.0, 10.0]);
    }

    #[test]
    fn rows_of_one_moment_and_uneven_steps_are_named() {
        let text = "day,y\n2021-01-04,1\n2021-01-03,2\n2021-01-03,3\n2021-01-01,4\n2021-01-02,5\n2021-02-01,6\n";
        let selected = CsvSpec { time: "day".into(), ..spec(text) }.series();
        let found = &selected.as_ref().as_ref().expect("a series").moments;
        assert_eq!((found.repeated, &found.repeated_at[..]), (1, &["2021-01-03".to_string()][..]));
        assert_eq!((found.uneven, found.steps, &found.uneven_after[..]), (1, 4, &["2021-01-04".to_string()][..]));
        let as_they_stand = spec(text).series();
        assert_eq!(as_they_stand.as_ref().as_ref().expect("a series").moments, Moments::default());
    }

    #[test]
    fn gaps_are_left_out_or_bridged_or_said() {
        let holes = spec("t,y\n1,\n2,2\n3,\n4,6\n5,\n");
        let holes = CsvSpec { target: "y".into(), ..holes };
        let said = holes.series();
        assert!(said.as_ref().as_ref().is_err_and(|p| p.len() == 3 && p[0].code == Code::CsvMissing));
        let with = |missing| CsvSpec { missing: Some(missing), ..holes.clone() }.series().as_ref().clone();
        assert_eq!(with(Missing::Skip).map(|s| s.values), Ok(vec![2.0, 6.0]));
        assert_eq!(with(Missing::Interpolate).map(|s| s.values), Ok(vec![2.0, 2.0, 4.0, 6.0, 6.0]));
        assert!(with(Missing::Mean).is_err_and(|p| p[0].code == Code::FieldNotUsed));
    }
}

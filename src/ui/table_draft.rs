//! A table that the learner is about to use: its text, the chosen columns, and what is wrong with them. Nothing of the
//! running experiment changes until the draft is handed over.
//!
//! Pure, so that it is tested natively. Not responsible for reading tables (`spec::csv_table`, `spec::csv_select`) nor
//! for what is suggested ([`columns`]).

pub mod columns;

use crate::spec::csv_select::{ColumnMissing, CsvSelection, CsvSpec, CsvTask, MIN_ROWS, Missing};
use crate::spec::csv_series::SeriesSelection;
use crate::spec::csv_table::{CsvTable, Parsed, Reading};
use crate::spec::{Code, DataSpec, Problem};
use columns::{ColumnView, Hint};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Windows that are tried for a series, the longest first that it is long enough for.
const CONTEXTS: [usize; 7] = [12, 8, 6, 4, 3, 2, 1];

/// See the module.
#[derive(Debug, Default)]
pub struct TableDraft {
    /// Everything but the inputs; the target only where the learner or the suggestion names one.
    spec: CsvSpec,
    /// What the learner ticked or not; other columns are as suggested.
    ticked: BTreeMap<String, bool>,
    /// The target that the learner chose.
    own_target: Option<String>,
    /// A column is forecast over time.
    series: bool,
    table: Option<Rc<CsvTable>>,
    /// Which columns are inputs when nobody says otherwise.
    suggested: Vec<bool>,
    /// What came of it; `None` while there is no text.
    outcome: Option<Result<Outcome, Vec<Problem>>>,
}

/// What the network would see.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Rows with inputs and a target.
    Rows(CsvSelection),
    /// A series.
    Series(SeriesSelection),
}

impl TableDraft {
    /// A draft that starts with a table in use.
    pub fn new(spec: CsvSpec, series: bool) -> TableDraft {
        let mut draft = TableDraft { series, ..TableDraft::default() };
        let inputs: BTreeSet<String> = spec.inputs.iter().cloned().collect();
        draft.own_target = (!spec.target.is_empty()).then(|| spec.target.clone());
        draft.spec = CsvSpec { inputs: Vec::new(), ..spec };
        if draft.spec.text.trim().is_empty() {
            return draft;
        }
        let parsed = CsvTable::remembered(&draft.spec.text, draft.spec.header);
        if let (Ok(table), false) = (&parsed, series && inputs.is_empty()) {
            let all = inputs.is_empty();
            let on = |name: &String| all || inputs.contains(name);
            draft.ticked = table.columns.iter().map(|c| (c.name.clone(), on(&c.name))).collect();
            // An empty list of inputs goes with the last column as target, as the file says.
            if draft.own_target.is_none() {
                draft.own_target = table.columns.get(table.last_filled()).map(|c| c.name.clone());
            }
        }
        draft.read(parsed);
        draft
    }

    /// The choices so far, without the inputs.
    pub fn spec(&self) -> &CsvSpec {
        &self.spec
    }

    /// Whether a column is forecast over time.
    pub fn is_series(&self) -> bool {
        self.series
    }

    /// What could be read of the text.
    pub fn table(&self) -> Option<&CsvTable> {
        self.table.as_deref()
    }

    /// What the network would see.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref()?.as_ref().ok()
    }

    /// What is wrong.
    pub fn problems(&self) -> &[Problem] {
        match &self.outcome {
            Some(Err(problems)) => problems,
            Some(Ok(_)) | None => &[],
        }
    }

    /// Another text, read at once; the choices stay where its first row is the same.
    pub fn set_text(&mut self, text: String) {
        let mut reading = self.begin(text);
        while !reading.step(usize::MAX) {}
        self.end(reading);
    }

    /// Another text, to be read in pieces; meanwhile there is no table. [`TableDraft::end`] takes it.
    pub fn begin(&mut self, text: String) -> Reading {
        if first_row(&text) != first_row(&self.spec.text) {
            self.forget();
        }
        let reading = Reading::new(&text, self.spec.header);
        (self.spec.text, self.table, self.outcome) = (text, None, None);
        reading
    }

    /// What was read. Drops what was begun before.
    pub fn end(&mut self, reading: Reading) {
        if self.spec.text.trim().is_empty() {
            return;
        }
        let parsed = reading.finish().map(Rc::new);
        CsvTable::remember(&self.spec.text, self.spec.header, parsed.clone());
        self.read(parsed);
    }

    /// A file that was not even read; the text that was there stays.
    pub fn refuse(&mut self, problem: Problem) {
        self.outcome = Some(Err(vec![problem]));
    }

    /// Whether the first row names the columns.
    pub fn set_header(&mut self, header: bool) {
        self.spec.header = Some(header);
        let text = self.spec.text.clone();
        self.set_text(text);
    }

    /// Forecast a column over time, or predict it from others.
    pub fn set_series(&mut self, series: bool) {
        self.series = series;
        (self.own_target, self.ticked) = (None, BTreeMap::new());
        (self.spec.time, self.spec.task, self.spec.missing, self.spec.skip_missing) = Default::default();
        self.spec.dates.clear();
        self.spec.missing_by.clear();
        self.suggest();
    }

    /// What is done about missing cells.
    pub fn set_missing(&mut self, missing: Option<Missing>) {
        (self.spec.missing, self.spec.skip_missing) = (missing, false);
        self.choose();
    }

    /// What is done about the missing cells of one column; `None`: what is done for the table.
    pub fn set_missing_of(&mut self, name: &str, missing: Option<Missing>) {
        self.spec.missing_by.retain(|own| own.column != name);
        let own = missing.map(|missing| ColumnMissing { column: name.to_string(), missing });
        self.spec.missing_by.extend(own);
        self.choose();
    }

    /// The column to predict or to forecast.
    pub fn set_target(&mut self, name: String) {
        self.own_target = Some(name);
        self.suggest();
    }

    /// The column by which rows are put in order; empty: as they stand.
    pub fn set_time(&mut self, name: String) {
        self.spec.time = name;
        self.choose();
    }

    /// Classes, quantities, or as the column suggests.
    pub fn set_task(&mut self, task: Option<CsvTask>) {
        self.spec.task = task;
        self.choose();
    }

    /// Whether a column of dates is read as days.
    pub fn set_dates(&mut self, name: &str, on: bool) {
        self.spec.dates.retain(|n| n != name);
        if on {
            self.spec.dates.push(name.to_string());
        }
        self.ticked.insert(name.to_string(), on);
        self.choose();
    }

    /// Whether a column is an input.
    pub fn set_input(&mut self, name: &str, on: bool) {
        self.ticked.insert(name.to_string(), on);
        self.choose();
    }

    /// Ticks every column, or none.
    pub fn set_all(&mut self, on: bool) {
        let Some(table) = &self.table else { return };
        self.ticked = table.columns.iter().map(|c| (c.name.clone(), on)).collect();
        self.choose();
    }

    /// Index of the column to predict.
    pub fn target(&self) -> Option<usize> {
        let table = self.table.as_ref()?;
        let named = self.own_target.as_ref().and_then(|name| table.column(name));
        named.or_else(|| columns::target(table, &self.spec, self.series))
    }

    /// One column as the form shows it.
    pub fn column(&self, index: usize) -> Option<ColumnView> {
        let table = self.table.as_ref()?;
        let why = columns::why_not(table, &self.spec, index, self.target(), self.series);
        let dates_on = self.spec.is_date(table, index);
        Some(ColumnView {
            on: why.is_none() && self.is_on(table, index),
            why,
            dates_on,
            missing: self.own_missing(table, index),
            column: table.columns.get(index)?.clone(),
        })
    }

    /// Something that the table as a whole suggests.
    pub fn hint(&self) -> Option<Hint> {
        columns::hint(self.table.as_deref()?, self.series)
    }

    /// Whether there is something to train on.
    pub fn is_ready(&self) -> bool {
        self.outcome().is_some()
    }

    /// The data to train on, if nothing is wrong with them; `base` keeps the rest of its settings. What was worked out is
    /// remembered, so that nobody reads the table again.
    pub fn ready(&self, base: &DataSpec) -> Option<DataSpec> {
        let outcome = self.outcome()?;
        let csv = self.full();
        let set = if self.series { "series" } else { "csv" };
        let base = if base.set == set { base.clone() } else { DataSpec::of(set) };
        let data = DataSpec { csv: Some(csv.clone()), ..base };
        match outcome {
            Outcome::Rows(rows) => csv.remember(Ok(rows.clone())),
            // A short series gets short windows.
            Outcome::Series(_) if data.info().is_err() => {
                let shorter = CONTEXTS.into_iter().map(|n| DataSpec { context: Some(n), ..data.clone() });
                return shorter.into_iter().find(|d| d.info().is_ok()).or(Some(data));
            }
            Outcome::Series(_) => {}
        }
        Some(data)
    }

    /// Forgets what was chosen for the columns of another table.
    fn forget(&mut self) {
        self.spec = CsvSpec::default();
        (self.own_target, self.ticked) = (None, BTreeMap::new());
    }

    fn own_missing(&self, table: &CsvTable, index: usize) -> Option<Missing> {
        let own = self.spec.missing_by.iter().find(|own| table.column(&own.column) == Some(index));
        own.map(|own| own.missing)
    }

    fn is_on(&self, table: &CsvTable, index: usize) -> bool {
        let suggested = self.suggested.get(index).copied().unwrap_or(false);
        table.columns.get(index).and_then(|c| self.ticked.get(&c.name)).copied().unwrap_or(suggested)
    }

    fn full(&self) -> CsvSpec {
        let Some(table) = &self.table else { return self.spec.clone() };
        let target = self.target();
        let possible: Vec<usize> = (0..table.columns.len())
            .filter(|&i| columns::why_not(table, &self.spec, i, target, self.series).is_none())
            .collect();
        let all = !self.series && possible.iter().all(|&i| self.is_on(table, i));
        let on = possible.into_iter().filter(|&i| self.is_on(table, i)).map(|i| table.columns[i].name.clone());
        // All of them need not be listed: an empty list means just that, and a link stays shorter.
        let inputs = if all { Vec::new() } else { on.collect() };
        let named = self.own_target.is_some() || target != Some(table.last_filled());
        let target = target.filter(|_| named).map(|i| table.columns[i].name.clone()).unwrap_or_default();
        CsvSpec { inputs, target, ..self.spec.clone() }
    }

    fn read(&mut self, parsed: Parsed) {
        self.table = None;
        match parsed {
            Ok(table) => {
                let gone = |name: &String| table.column(name).is_none();
                self.own_target = self.own_target.take().filter(|name| !gone(name));
                self.spec.dates.retain(|name| !gone(name));
                self.spec.missing_by.retain(|own| !gone(&own.column));
                if gone(&self.spec.time) {
                    self.spec.time.clear();
                }
                self.table = Some(table);
                self.suggest();
            }
            Err(problems) => self.outcome = Some(Err(problems)),
        }
    }

    fn suggest(&mut self) {
        let Some(table) = &self.table else { return };
        if self.series && self.spec.time.is_empty() {
            self.spec.time = columns::time(table).map(|i| table.columns[i].name.clone()).unwrap_or_default();
        }
        self.suggested = columns::inputs(table, &self.spec, self.target(), self.series);
        self.choose();
    }

    fn choose(&mut self) {
        let Some(table) = self.table.clone() else { return };
        let target = self.target();
        let possible = |i| columns::why_not(&table, &self.spec, i, target, self.series).is_none();
        let any = (0..table.columns.len()).any(|i| self.is_on(&table, i) && possible(i));
        self.outcome = Some(if self.series {
            self.full().select_series(&table).and_then(long_enough).map(Outcome::Series)
        } else if any {
            self.full().select_from(&table).map(Outcome::Rows)
        } else {
            Err(vec![Problem::new("data.csv.inputs", Code::CsvNoInputs)])
        });
    }
}

/// The first row of a table, which names its columns where they have names.
fn first_row(text: &str) -> &str {
    let told = |line: &&str| !line.is_empty() && !line.starts_with('#') && !line.starts_with("sep=");
    text.lines().map(str::trim).find(told).unwrap_or("")
}

fn long_enough(series: SeriesSelection) -> Result<SeriesSelection, Vec<Problem>> {
    if series.rows >= MIN_ROWS {
        return Ok(series);
    }
    let problem = Problem::new("data.csv.text", Code::CsvTooFewRows).arg("got", series.rows);
    Err(vec![problem.arg("min", MIN_ROWS)])
}

#[cfg(test)]
mod tests;

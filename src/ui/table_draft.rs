//! A table that the learner is about to use: its text, the chosen columns, and what is wrong with them. Nothing of the
//! running experiment changes until the draft is handed over.
//!
//! Pure, so that it is tested natively. Not responsible for reading tables (`spec::csv_table`, `spec::csv_select`).

use crate::spec::csv_select::{CsvSelection, CsvSpec, CsvTask, MAX_WORDS};
use crate::spec::csv_table::{CellKind, CsvTable, decode_text};
use crate::spec::{Code, Problem};
use std::collections::BTreeSet;

/// See the module.
#[derive(Debug, Default)]
pub struct TableDraft {
    /// Everything but the inputs.
    spec: CsvSpec,
    /// Names of columns that are not inputs.
    off: BTreeSet<String>,
    table: Option<CsvTable>,
    /// The numbers, or what is wrong; `None` while there is no text.
    outcome: Option<Result<CsvSelection, Vec<Problem>>>,
}

/// One column, as the form shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnView {
    /// Its name.
    pub name: String,
    /// Numbers, words, nothing.
    pub kind: CellKind,
    /// Different values.
    pub distinct: usize,
    /// Cells without a value.
    pub missing: usize,
    /// Whether it can be an input: not the target, not empty, not too many words.
    pub possible: bool,
    /// Whether it is an input.
    pub on: bool,
}

impl TableDraft {
    /// A draft that starts with a table in use.
    pub fn new(spec: CsvSpec) -> TableDraft {
        let mut draft = TableDraft::default();
        let inputs = spec.inputs.clone();
        draft.spec = CsvSpec { inputs: Vec::new(), ..spec };
        draft.read();
        if let (Some(table), false) = (&draft.table, inputs.is_empty()) {
            draft.off = table.columns.iter().map(|c| c.name.clone()).filter(|n| !inputs.contains(n)).collect();
            draft.choose();
        }
        draft
    }

    /// The choices so far, without the inputs.
    pub fn spec(&self) -> &CsvSpec {
        &self.spec
    }

    /// What could be read of the text.
    pub fn table(&self) -> Option<&CsvTable> {
        self.table.as_ref()
    }

    /// The numbers that the network would see.
    pub fn selection(&self) -> Option<&CsvSelection> {
        self.outcome.as_ref()?.as_ref().ok()
    }

    /// What is wrong.
    pub fn problems(&self) -> &[Problem] {
        match &self.outcome {
            Some(Err(problems)) => problems,
            Some(Ok(_)) | None => &[],
        }
    }

    /// Another text; the choices stay where the columns do.
    pub fn set_text(&mut self, text: String) {
        self.spec.text = text;
        self.read();
    }

    /// The bytes of a file. What is no text becomes a problem, and the text that was there stays.
    pub fn set_bytes(&mut self, bytes: &[u8]) {
        match decode_text(bytes) {
            Ok(text) => self.set_text(text),
            Err(problem) => self.refuse(problem),
        }
    }

    /// A file that was not even read.
    pub fn refuse(&mut self, problem: Problem) {
        self.outcome = Some(Err(vec![problem]));
    }

    /// Whether the first row names the columns.
    pub fn set_header(&mut self, header: bool) {
        self.spec.header = Some(header);
        self.read();
    }

    /// Whether rows with missing cells are left out.
    pub fn set_skip_missing(&mut self, skip: bool) {
        self.spec.skip_missing = skip;
        self.choose();
    }

    /// The column to predict.
    pub fn set_target(&mut self, name: String) {
        self.spec.target = name;
        self.choose();
    }

    /// Classes, quantities, or as the column suggests.
    pub fn set_task(&mut self, task: Option<CsvTask>) {
        self.spec.task = task;
        self.choose();
    }

    /// Whether a column is an input.
    pub fn set_input(&mut self, name: &str, on: bool) {
        if on {
            self.off.remove(name);
        } else {
            self.off.insert(name.to_string());
        }
        self.choose();
    }

    /// Index of the column to predict.
    pub fn target(&self) -> Option<usize> {
        let table = self.table.as_ref()?;
        if self.spec.target.is_empty() { Some(table.last_filled()) } else { table.column(&self.spec.target) }
    }

    /// Every column.
    pub fn columns(&self) -> Vec<ColumnView> {
        let target = self.target();
        let columns = self.table.iter().flat_map(|t| &t.columns).enumerate();
        columns
            .map(|(i, c)| {
                let fits = match c.kind {
                    CellKind::Number => true,
                    CellKind::Words => c.distinct <= MAX_WORDS,
                    CellKind::Empty => false,
                };
                let possible = fits && target != Some(i);
                ColumnView {
                    name: c.name.clone(),
                    kind: c.kind,
                    distinct: c.distinct,
                    missing: c.missing,
                    possible,
                    on: possible && !self.off.contains(&c.name),
                }
            })
            .collect()
    }

    /// The table to train on, if nothing is wrong with it.
    pub fn ready(&self) -> Option<CsvSpec> {
        self.selection()?;
        Some(self.full())
    }

    fn full(&self) -> CsvSpec {
        let columns = self.columns();
        // All of them need not be listed: an empty list means just that, and a link stays shorter.
        let all = columns.iter().all(|c| c.on || !c.possible);
        let inputs = if all { Vec::new() } else { columns.into_iter().filter(|c| c.on).map(|c| c.name).collect() };
        CsvSpec { inputs, ..self.spec.clone() }
    }

    fn read(&mut self) {
        self.table = None;
        self.outcome = None;
        if self.spec.text.trim().is_empty() {
            return;
        }
        match CsvTable::parse(&self.spec.text, self.spec.header) {
            Ok(table) => {
                if table.column(&self.spec.target).is_none() {
                    self.spec.target = String::new();
                }
                self.table = Some(table);
                self.choose();
            }
            Err(problems) => self.outcome = Some(Err(problems)),
        }
    }

    fn choose(&mut self) {
        let Some(table) = &self.table else { return };
        self.outcome = Some(if self.columns().iter().any(|c| c.on) {
            self.full().select_from(table)
        } else {
            Err(vec![Problem::new("data.csv.inputs", Code::CsvNoInputs)])
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::Target;

    fn table(rows: usize) -> String {
        let row = |i: usize| format!("{},{},{}\n", i, 2 * i, if i.is_multiple_of(2) { "cat" } else { "dog" });
        "size,weight,kind\n".to_string() + &(0..rows).map(row).collect::<String>()
    }

    #[test]
    fn a_good_table_is_ready_at_once() {
        let mut draft = TableDraft::default();
        assert!(draft.ready().is_none() && draft.problems().is_empty());
        draft.set_text(table(20));
        assert_eq!(draft.ready(), Some(CsvSpec { text: table(20), ..CsvSpec::default() }));
        assert_eq!(draft.selection().map(|s| s.target.clone()), Some(Target::Classes { count: 2 }));
    }

    #[test]
    fn columns_can_be_taken_out_but_not_all() {
        let mut draft = TableDraft::default();
        draft.set_text(table(20));
        draft.set_input("size", false);
        assert_eq!(draft.ready().map(|s| s.inputs), Some(vec!["weight".to_string()]));
        draft.set_input("weight", false);
        assert!(draft.ready().is_none());
        assert_eq!(draft.problems()[0].path, "data.csv.inputs");
        draft.set_target("size".into());
        assert_eq!(draft.ready().map(|s| s.inputs), Some(vec!["kind".to_string()]));
    }

    #[test]
    fn a_draft_opened_again_is_the_same() {
        let used =
            CsvSpec { text: table(20), inputs: vec!["weight".into()], target: "kind".into(), ..CsvSpec::default() };
        assert_eq!(TableDraft::new(used.clone()).ready(), Some(used));
    }

    #[test]
    fn bytes_that_are_no_text_leave_the_text_alone() {
        let mut draft = TableDraft::default();
        draft.set_text(table(20));
        draft.set_bytes(b"size,weight\n1,\xff\xfe\n");
        assert_eq!(draft.problems()[0].code, Code::CsvEncoding);
        assert_eq!(draft.spec().text, table(20));
        assert!(draft.ready().is_none());
        draft.set_bytes(table(12).as_bytes());
        assert!(draft.ready().is_some());
    }

    #[test]
    fn another_table_forgets_a_target_that_it_does_not_have() {
        let mut draft = TableDraft::default();
        draft.set_text(table(20));
        draft.set_target("weight".into());
        draft.set_text(table(20).replace("weight", "mass"));
        assert_eq!(draft.target(), Some(2));
        assert!(draft.ready().is_some());
    }
}

//! Drafts of tables: what is suggested, what is chosen, what comes of it.

use super::columns::{Hint, Why};
use super::*;
use crate::spec::Target;

fn table(rows: usize) -> String {
    let row = |i: usize| format!("{},{},{}\n", i * 3 % 17, 2 * i, if i.is_multiple_of(2) { "cat" } else { "dog" });
    "size,weight,kind\n".to_string() + &(0..rows).map(row).collect::<String>()
}

fn draft(text: impl Into<String>) -> TableDraft {
    let mut draft = TableDraft::default();
    draft.set_text(text.into());
    draft
}

fn ready(draft: &TableDraft) -> Option<CsvSpec> {
    draft.ready(&DataSpec::of("csv"))?.csv
}

fn rows(draft: &TableDraft) -> Option<&CsvSelection> {
    match draft.outcome()? {
        Outcome::Rows(rows) => Some(rows),
        Outcome::Series(_) => None,
    }
}

#[test]
fn a_good_table_is_ready_at_once() {
    let empty = TableDraft::default();
    assert!(!empty.is_ready() && empty.problems().is_empty());
    let draft = draft(table(20));
    assert_eq!(ready(&draft), Some(CsvSpec { text: table(20), ..CsvSpec::default() }));
    assert_eq!(rows(&draft).map(|s| s.target.clone()), Some(Target::Classes { count: 2 }));
}

#[test]
fn columns_can_be_taken_out_but_not_all() {
    let mut draft = draft(table(20));
    draft.set_input("size", false);
    assert_eq!(ready(&draft).map(|s| s.inputs), Some(vec!["weight".to_string()]));
    draft.set_input("weight", false);
    assert!(!draft.is_ready());
    assert_eq!(draft.problems()[0].path, "data.csv.inputs");
    draft.set_target("size".into());
    assert_eq!(ready(&draft).map(|s| s.inputs), Some(vec!["kind".to_string()]));
    draft.set_all(true);
    assert_eq!(rows(&draft).map(|s| s.feature_names.len()), Some(3));
}

#[test]
fn a_draft_opened_again_is_the_same() {
    let used = CsvSpec { text: table(20), inputs: vec!["weight".into()], target: "kind".into(), ..CsvSpec::default() };
    assert_eq!(ready(&TableDraft::new(used.clone(), false)), Some(used));
    // An old file without a list means every column, names of rows included, and the last one as target.
    let text = "n,a,b\n".to_string() + &(1..30).map(|i| format!("{i},{},{}\n", i % 5, i % 7)).collect::<String>();
    let old = CsvSpec { text, ..CsvSpec::default() };
    let again = ready(&TableDraft::new(old.clone(), false)).expect("ready");
    assert_eq!(again.select(), old.select());
}

#[test]
fn another_table_forgets_a_target_that_it_does_not_have() {
    let mut draft = draft(table(20));
    draft.set_target("weight".into());
    draft.set_text(table(20).replace("weight", "mass"));
    assert_eq!(draft.target(), Some(2));
    assert!(draft.is_ready());
}

#[test]
fn choices_made_for_one_table_do_not_act_on_the_next() {
    let holed = |text: &str| text.replacen("\n0,", "\nNA,", 1);
    let mut draft = draft(holed(&table(20)));
    draft.set_missing(Some(Missing::Skip));
    draft.set_header(true);
    draft.set_task(Some(CsvTask::Classification));
    assert_eq!(rows(&draft).map(|s| s.y.len()), Some(19));
    // More rows below the same header are the same table.
    draft.set_text(holed(&table(24)));
    assert_eq!(rows(&draft).map(|s| s.y.len()), Some(23));
    // Another file has no header and no choice about its holes.
    let other: String = (0..20).map(|i| format!("{},{}\n", i * 7 % 5, i * 3 % 7)).collect();
    draft.set_text(other);
    assert_eq!((draft.spec().header, draft.spec().missing, draft.spec().task), (None, None, None));
    assert_eq!(draft.table().map(CsvTable::len), Some(20));
    draft.set_text(holed(&table(20)).replace("size", "length"));
    assert_eq!(draft.problems().first().map(|p| p.code), Some(Code::CsvMissing));
}

#[test]
fn names_of_rows_are_neither_target_nor_input_by_themselves() {
    let row = |i: usize| {
        format!("{},C{i:04},{},{},{}\n", i + 1, i % 2, i * 7 % 31, ["Anna", "Ben"][i % 2].to_string() + &i.to_string())
    };
    let text = "no,customer_id,bought,spent,who\n".to_string() + &(0..38).map(row).collect::<String>();
    let draft = draft(text);
    assert_eq!(draft.target().map(|i| draft.table().expect("a table").columns[i].name.clone()), Some("spent".into()));
    assert_eq!(rows(&draft).map(|s| s.feature_names.clone()), Some(vec!["bought".to_string()]));
    assert_eq!(draft.column(1).and_then(|c| c.why), Some(Why::Words));
    assert!(draft.column(0).is_some_and(|c| c.why.is_none() && !c.on && c.column.identifier));
    // Where nothing else is there, they are better than nothing.
    let only = "x1,kind\n".to_string() + &(0..20).map(|i| format!("{i},{}\n", ["a", "b"][i / 10])).collect::<String>();
    assert!(super::tests::draft(only).is_ready());
}

#[test]
fn dates_become_numbers_on_request() {
    let row = |i: usize| format!("2021-03-{:02},{},{}\n", i + 1, i * 5 % 13, ["up", "down"][i % 2]);
    let mut draft = draft("day,level,way\n".to_string() + &(0..28).map(row).collect::<String>());
    assert_eq!(draft.column(0).and_then(|c| c.why), Some(Why::Dates));
    assert_eq!(rows(&draft).map(|s| s.feature_names.clone()), Some(vec!["level".to_string()]));
    draft.set_dates("day", true);
    assert_eq!(
        rows(&draft).map(|s| (s.feature_names.clone(), s.x[0])),
        Some((vec!["day".into(), "level".into()], 18_687.0))
    );
    draft.set_dates("day", false);
    assert_eq!(ready(&draft).map(|s| s.dates), Some(Vec::new()));
}

#[test]
fn a_lone_column_is_a_series_and_is_ready_as_one() {
    let mut draft = draft((0..40).map(|i| format!("{}\n", 10 + i % 7)).collect::<String>());
    assert_eq!(draft.hint(), Some(Hint::Series));
    assert!(!draft.is_ready());
    draft.set_series(true);
    let data = draft.ready(&DataSpec::of("csv")).expect("a series");
    assert_eq!(
        (data.set.as_str(), data.info().map(|i| i.input)),
        ("series", Ok(vec![7 - 1, 1])),
        "short series, short windows"
    );
    let dated = "day,price\n".to_string() + &(0..200).map(|i| format!("{},{}\n", days(199 - i), i)).collect::<String>();
    draft.set_text(dated);
    let Some(Outcome::Series(series)) = draft.outcome() else { panic!("{:?}", draft.problems()) };
    assert_eq!(
        (draft.spec().time.as_str(), series.values[0], series.rows),
        ("day", 199.0, 200),
        "the newest stood first"
    );
}

fn days(i: usize) -> String {
    format!("{:02}.{:02}.2020", 1 + i % 28, 1 + i / 28)
}

#[test]
fn sentences_are_a_text() {
    let row = |i: usize| format!("the cat number {i} sat on the mat and looked at me,{}\n", i % 2);
    let draft = draft("review,good\n".to_string() + &(0..60).map(row).collect::<String>());
    assert_eq!(draft.hint(), Some(Hint::Prose { column: 0 }));
    assert_eq!(draft.column(0).and_then(|c| c.why), Some(Why::Prose));
}

#[test]
fn a_wide_table_has_a_choice_that_fits() {
    let width = 20_000;
    let line = |f: &dyn Fn(usize) -> String| (0..width).map(f).collect::<Vec<_>>().join(",") + "\n";
    let mut text = line(&|c| format!("c{c}"));
    (0..12).for_each(|r| text += &line(&|c| ((r * 7 + c) % 9).to_string()));
    let draft = draft(text);
    assert!(draft.is_ready(), "{:?}", draft.problems());
    assert_eq!(rows(&draft).map(|s| s.feature_names.len()), Some(4096));
}

#[test]
fn a_column_keeps_its_own_way_with_missing_cells_until_the_column_goes() {
    let row = |i: usize| format!("{},{},{}\n", if i == 3 { "NA" } else { "2" }, i % 4, ["cat", "dog"][i % 2]);
    let text = "size,weight,kind\n".to_string() + &(0..20).map(row).collect::<String>();
    let mut draft = draft(text.clone());
    assert!(!draft.is_ready());
    draft.set_missing_of("size", Some(Missing::Category));
    assert_eq!(draft.column(0).and_then(|c| c.missing), Some(Missing::Category));
    assert_eq!(rows(&draft).map(|s| (s.feature_names.len(), s.y.len())), Some((3, 20)));
    draft.set_missing_of("size", Some(Missing::Skip));
    assert_eq!(rows(&draft).map(|s| (s.feature_names.len(), s.y.len())), Some((2, 19)));
    let used = ready(&draft).expect("ready");
    assert_eq!(ready(&TableDraft::new(used.clone(), false)).map(|s| s.missing_by), Some(used.missing_by));
    draft.set_text(text.replace("size", "length"));
    assert!(!draft.is_ready(), "another column has no choice of its own");
    draft.set_missing(Some(Missing::Mean));
    draft.set_missing_of("length", Some(Missing::Skip));
    draft.set_missing_of("length", None);
    assert_eq!(ready(&draft).map(|s| s.missing_by), Some(Vec::new()));
}

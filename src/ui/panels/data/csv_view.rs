//! The parts of the table dialog that follow from the draft: what was read, what is wrong, what it suggests, the first
//! rows.
//!
//! Not responsible for the dialog itself (`csv.rs`) nor for the choice of columns (`csv_columns.rs`).

use super::csv::{CsvEditor, CsvMsg};
pub use super::csv_columns::List;
use super::{csv_columns, csv_missing};
use crate::i18n::{Lang, Text, csv as words};
use crate::spec::csv_series::Moments;
use crate::spec::csv_table::{CellKind, CsvColumn, CsvTable, Note, NumberStyle};
use crate::spec::{CsvTask, Target};
use crate::ui::form::{Choice, Item, Toggle, say};
use crate::ui::plots::number;
use crate::ui::table_draft::columns::Hint;
use crate::ui::table_draft::{Outcome, TableDraft};
use crate::ui::testid;
use yew::html::Scope;
use yew::prelude::*;

/// Rows shown.
const ROWS: usize = 6;
/// Columns shown.
const COLUMNS: usize = 24;
/// Names listed in a sentence.
const NAMES: usize = 4;
/// Sentences about columns.
const NOTES: usize = 8;

/// Which columns, and how they are read; nothing until there is a table.
pub fn choices(lang: Lang, draft: &TableDraft, list: &List, link: &Scope<CsvEditor>) -> Html {
    let Some(table) = draft.table() else { return html! { <div class="csv-choices" /> } };
    html! {
        <div class="csv-choices">
            { view_read(lang, table) }
            <Toggle id={testid::CSV_HEADER} label={words::HEADER.get(lang)} on={table.header} onchange={link.callback(CsvMsg::Header)} />
            { view_purpose(lang, draft, link) }
            { csv_columns::target(lang, draft, list, link) }
            if draft.is_series() { { csv_columns::time(lang, draft, link) } } else { { view_task(lang, draft, link) } }
            if table.columns.iter().any(|c| c.missing > 0) { { csv_missing::table(lang, draft, link) } }
            { csv_columns::inputs(lang, draft, list, link) }
            { result(lang, draft) }
        </div>
    }
}

/// Size, separator, and what was skipped.
fn view_read(lang: Lang, table: &CsvTable) -> Html {
    let delimiter = match table.delimiter {
        ';' => words::SEMICOLON.get(lang).to_string(),
        '\t' => words::TAB.get(lang).to_string(),
        '|' => words::BAR.get(lang).to_string(),
        ' ' => words::BLANKS.get(lang).to_string(),
        ',' => words::COMMA.get(lang).to_string(),
        other => format!("“{other}”"),
    };
    let (rows, columns) = (number::integer(table.len() as u64), number::integer(table.columns.len() as u64));
    let read = words::READ.with(lang, &[("rows", &rows), ("columns", &columns), ("delimiter", &delimiter)]);
    let skipped = table.skipped;
    let count = |n: usize, said: Text| (n > 0).then(|| said.with(lang, &[("n", &n.to_string())]));
    let commas: Vec<&str> = table
        .columns
        .iter()
        .filter(|c| c.style == NumberStyle::Comma && c.kind == CellKind::Number)
        .map(|c| c.name.as_str())
        .take(NAMES)
        .collect();
    let said = [
        skipped.sep_line.then(|| words::SKIPPED_SEP.get(lang).to_string()),
        count(skipped.titles, words::SKIPPED_TITLES),
        count(skipped.comments, words::SKIPPED_COMMENTS),
        count(skipped.units, words::SKIPPED_UNITS),
        count(skipped.closing, words::SKIPPED_CLOSING),
        count(skipped.totals, words::SKIPPED_TOTALS),
        count(skipped.notes, words::SKIPPED_NOTES),
        skipped.short_header.then(|| words::SHORT_HEADER.get(lang).to_string()),
        (!table.header).then(|| words::NO_HEADER.get(lang).to_string()),
        (!commas.is_empty()).then(|| words::DECIMAL_COMMA.with(lang, &[("names", &commas.join(", "))])),
    ];
    let of = |c: &CsvColumn| {
        let said = |n: &Note| words::OF_COLUMN.with(lang, &[("name", &c.name), ("note", &note(lang, n))]);
        c.notes.iter().map(said).collect::<Vec<_>>()
    };
    let notes = table.columns.iter().flat_map(of).take(NOTES);
    html! {
        <div class="csv-read" role="status" data-testid={testid::CSV_READ}>
            <p class="data-names">{ read }</p>
            { for said.into_iter().flatten().chain(notes).map(|s| html! { <p class="csv-note">{ s }</p> }) }
        </div>
    }
}

/// How a column was read that could mean something else.
fn note(lang: Lang, note: &Note) -> String {
    match note {
        Note::PercentDivided => words::PERCENT_DIVIDED.get(lang).to_string(),
        Note::PercentMixed => words::PERCENT_MIXED.get(lang).to_string(),
        Note::Currencies(list) => words::CURRENCIES.with(lang, &[("list", list)]),
        Note::Almost(cell) => words::ALMOST.with(lang, &[("cell", cell)]),
        Note::Brackets => words::BRACKETS.get(lang).to_string(),
        Note::ReadAs(cell, value) => words::READ_AS.with(lang, &[("cell", cell), ("value", &value.to_string())]),
        Note::DayFirst => words::DAY_FIRST.get(lang).to_string(),
        Note::MonthFirst => words::MONTH_FIRST.get(lang).to_string(),
    }
}

fn view_purpose(lang: Lang, draft: &TableDraft, link: &Scope<CsvEditor>) -> Html {
    let items =
        vec![Item::new("rows", words::PURPOSE_ROWS.get(lang)), Item::new("series", words::PURPOSE_SERIES.get(lang))];
    let value = if draft.is_series() { "series" } else { "rows" };
    html! {
        <Choice id={testid::CSV_PURPOSE} label={words::PURPOSE.get(lang)} {items} {value}
            onchange={link.callback(|v: String| CsvMsg::Series(v == "series"))} />
    }
}

fn view_task(lang: Lang, draft: &TableDraft, link: &Scope<CsvEditor>) -> Html {
    let items = vec![
        Item::new("auto", words::TASK_AUTO.get(lang)),
        Item::new("classification", words::TASK_CLASSES.get(lang)),
        Item::new("regression", words::TASK_VALUES.get(lang)),
    ];
    let value = match draft.spec().task {
        None => "auto",
        Some(CsvTask::Classification) => "classification",
        Some(CsvTask::Regression) => "regression",
    };
    html! {
        <Choice id={testid::CSV_TASK} label={words::TASK.get(lang)} {items} {value} onchange={link.callback(CsvMsg::Task)} />
    }
}

fn result(lang: Lang, draft: &TableDraft) -> Html {
    let Some(outcome) = draft.outcome() else { return Html::default() };
    let count = |n: usize| number::integer(n as u64);
    let said = match outcome {
        Outcome::Rows(rows) => {
            let (n, inputs) = (count(rows.y.len()), count(rows.feature_names.len()));
            match &rows.target {
                Target::Classes { count } => words::RESULT_CLASSES
                    .with(lang, &[("rows", &n), ("inputs", &inputs), ("classes", &count.to_string())]),
                Target::Values { .. } | Target::Steps { .. } => {
                    words::RESULT_VALUES.with(lang, &[("rows", &n), ("inputs", &inputs)])
                }
            }
        }
        Outcome::Series(series) => {
            let name = series.names.first().map_or("", String::as_str);
            words::RESULT_SERIES.with(lang, &[("rows", &count(series.rows)), ("name", name)])
        }
    };
    let merged = match outcome {
        Outcome::Rows(rows) => rows.merged.iter().take(NAMES).map(String::as_str).collect::<Vec<_>>().join("; "),
        Outcome::Series(_) => String::new(),
    };
    let uneven = match outcome {
        Outcome::Rows(_) => Vec::new(),
        Outcome::Series(series) => moments(lang, &series.moments),
    };
    html! {
        <>
            { for uneven.into_iter().map(|said| html! { <p class="csv-note">{ said }</p> }) }
            if !merged.is_empty() { <p class="csv-note">{ words::MERGED.with(lang, &[("list", &merged)]) }</p> }
            <p class="csv-result" role="status" data-testid={testid::CSV_RESULT}>{ said }</p>
        </>
    }
}

/// What is to be said of moments that are not one row each or do not follow evenly.
fn moments(lang: Lang, moments: &Moments) -> Vec<String> {
    let said = |text: Text, n: usize, all: usize, list: &[String]| {
        let (n_said, all) = (number::integer(n as u64), number::integer(all as u64));
        (n > 0).then(|| text.with(lang, &[("n", &n_said), ("all", &all), ("list", &list.join(", "))]))
    };
    let all = [
        said(words::SERIES_REPEATED, moments.repeated, 0, &moments.repeated_at),
        said(words::SERIES_UNEVEN, moments.uneven, moments.steps, &moments.uneven_after),
    ];
    all.into_iter().flatten().collect()
}

/// What the table as a whole suggests, and a button that follows it.
pub fn hint(lang: Lang, draft: &TableDraft, link: &Scope<CsvEditor>) -> Html {
    let Some(hint) = draft.hint() else { return Html::default() };
    let (said, go, msg): (String, _, fn(usize) -> CsvMsg) = match &hint {
        Hint::Series => (words::HINT_SERIES.get(lang).into(), words::HINT_SERIES_GO, |_| CsvMsg::Series(true)),
        Hint::Prose { column } => {
            let name = draft.table().and_then(|t| t.columns.get(*column)).map_or("", |c| c.name.as_str());
            (words::HINT_PROSE.with(lang, &[("name", name)]), words::HINT_PROSE_GO, CsvMsg::UseText)
        }
    };
    let column = match hint {
        Hint::Series => 0,
        Hint::Prose { column } => column,
    };
    html! {
        <div class="csv-hint" role="status" data-testid={testid::CSV_HINT}>
            <p>{ said }</p>
            <button type="button" class="button" data-testid={testid::CSV_HINT_GO}
                onclick={link.callback(move |_: MouseEvent| msg(column))}>{ go.get(lang) }</button>
        </div>
    }
}

/// What is wrong, one line each.
pub fn problems(lang: Lang, draft: &TableDraft) -> Html {
    html! {
        <ul class="csv-problems" data-testid={testid::CSV_PROBLEMS} role="alert">
            { for draft.problems().iter().map(|p| html! {
                <li class="field-problem"><span aria-hidden="true">{ "⚠ " }</span>{ say(p, lang) }</li>
            }) }
        </ul>
    }
}

/// The first rows, the target's column marked; cells without a value are marked too.
pub fn first_rows(lang: Lang, draft: &TableDraft) -> Html {
    let Some(table) = draft.table() else { return Html::default() };
    let target = draft.target();
    let columns = table.columns.len().min(COLUMNS);
    let mark = |i: usize| (target == Some(i)).then_some("csv-target-column");
    let head = (0..columns).map(|i| {
        let name = table.columns[i].name.clone();
        html! { <th scope="col" class={classes!(mark(i))} title={name.clone()}>{ name }</th> }
    });
    let cell = |r: usize, c: usize| {
        let raw: String = table.raw(r, c).chars().take(80).collect();
        if table.cell(r, c).is_empty() {
            let shown = if raw.is_empty() { "–".to_string() } else { raw };
            return html! { <td class="csv-missing" title={words::MISSING_CELLS.get(lang)}>{ shown }</td> };
        }
        html! { <td class={classes!(mark(c))}>{ raw }</td> }
    };
    let row = |r: usize| {
        html! { <tr><th scope="row">{ table.line(r) }</th>{ for (0..columns).map(|c| cell(r, c)) }</tr> }
    };
    let part = (columns < table.columns.len()).then(|| {
        let all = number::integer(table.columns.len() as u64);
        words::FIRST_COLUMNS.with(lang, &[("n", &columns.to_string()), ("all", &all)])
    });
    html! {
        <div class="csv-rows" tabindex="0" role="region" aria-label={words::FIRST_ROWS.get(lang)} data-testid={testid::CSV_PREVIEW}>
            <table>
                <thead><tr><td></td>{ for head }</tr></thead>
                <tbody>{ for (0..table.len().min(ROWS)).map(row) }</tbody>
            </table>
            { for part.map(|said| html! { <p class="csv-note">{ said }</p> }) }
        </div>
    }
}

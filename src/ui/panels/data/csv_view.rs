//! The parts of the table dialog that follow from the draft: the choice of columns, what is wrong, the first rows.
//!
//! Not responsible for the dialog itself (`csv.rs`).

use super::csv::{CsvEditor, CsvMsg};
use crate::i18n::{Lang, csv as words};
use crate::spec::csv_table::CellKind;
use crate::spec::{CsvTask, Target};
use crate::ui::form::{Choice, Item, Toggle, say};
use crate::ui::plots::number;
use crate::ui::table_draft::{ColumnView, TableDraft};
use crate::ui::testid;
use web_sys::HtmlInputElement;
use yew::html::Scope;
use yew::prelude::*;

/// Rows shown.
const ROWS: usize = 6;
/// Columns shown.
const COLUMNS: usize = 24;

/// Which columns, and how they are read; nothing until there is a table.
pub fn choices(lang: Lang, draft: &TableDraft, link: &Scope<CsvEditor>) -> Html {
    let Some(table) = draft.table() else { return html! { <div class="csv-choices" /> } };
    let delimiter = match table.delimiter {
        ';' => words::SEMICOLON,
        '\t' => words::TAB,
        _ => words::COMMA,
    };
    let (rows, columns) = (number::integer(table.len() as u64), table.columns.len().to_string());
    let read = words::READ.with(lang, &[("rows", &rows), ("columns", &columns), ("delimiter", delimiter.get(lang))]);
    let names: Vec<Item> = table.columns.iter().map(|c| Item::new(c.name.clone(), c.name.clone())).collect();
    let target = draft.target().and_then(|i| table.columns.get(i)).map(|c| c.name.clone()).unwrap_or_default();
    let tasks = vec![
        Item::new("auto", words::TASK_AUTO.get(lang)),
        Item::new("classification", words::TASK_CLASSES.get(lang)),
        Item::new("regression", words::TASK_VALUES.get(lang)),
    ];
    let task = match draft.spec().task {
        None => "auto",
        Some(CsvTask::Classification) => "classification",
        Some(CsvTask::Regression) => "regression",
    };
    html! {
        <div class="csv-choices">
            <p class="data-names" role="status">{ read }</p>
            <Toggle id={testid::CSV_HEADER} label={words::HEADER.get(lang)} on={table.header} onchange={link.callback(CsvMsg::Header)} />
            <Toggle id={testid::CSV_SKIP_MISSING} label={words::SKIP_MISSING.get(lang)} on={draft.spec().skip_missing}
                onchange={link.callback(CsvMsg::SkipMissing)} />
            <Choice id={testid::CSV_TARGET} label={words::TARGET.get(lang)} items={names} value={target}
                onchange={link.callback(CsvMsg::Target)} />
            <Choice id={testid::CSV_TASK} label={words::TASK.get(lang)} items={tasks} value={task}
                onchange={link.callback(CsvMsg::Task)} />
            <fieldset class="csv-inputs" data-testid={testid::CSV_INPUTS}>
                <legend>{ words::INPUTS.get(lang) }</legend>
                { for draft.columns().into_iter().enumerate().map(|(i, c)| view_input(lang, i, &c, draft.target() == Some(i), link)) }
            </fieldset>
            { result(lang, draft) }
        </div>
    }
}

fn view_input(lang: Lang, index: usize, column: &ColumnView, is_target: bool, link: &Scope<CsvEditor>) -> Html {
    if is_target {
        return Html::default();
    }
    let kind = match column.kind {
        CellKind::Number => words::KIND_NUMBER.get(lang).to_string(),
        CellKind::Words => words::KIND_WORDS.with(lang, &[("n", &column.distinct.to_string())]),
        CellKind::Empty => words::KIND_EMPTY.get(lang).to_string(),
    };
    let missing = if column.missing > 0 {
        format!(", {}", words::MISSING.with(lang, &[("n", &column.missing.to_string())]))
    } else {
        String::new()
    };
    let name = column.name.clone();
    let onchange = link
        .callback(move |e: Event| CsvMsg::Input(name.clone(), e.target_unchecked_into::<HtmlInputElement>().checked()));
    html! {
        <label class="csv-input">
            <input type="checkbox" checked={column.on} disabled={!column.possible} data-testid={testid::csv_input(index)} {onchange} />
            <span>{ &column.name }</span>
            <small>{ kind }{ missing }</small>
        </label>
    }
}

fn result(lang: Lang, draft: &TableDraft) -> Html {
    let Some(selection) = draft.selection() else { return Html::default() };
    let (rows, inputs) = (number::integer(selection.y.len() as u64), selection.feature_names.len().to_string());
    let said = match &selection.target {
        Target::Classes { count } => {
            words::RESULT_CLASSES.with(lang, &[("rows", &rows), ("inputs", &inputs), ("classes", &count.to_string())])
        }
        Target::Values { .. } | Target::Steps { .. } => {
            words::RESULT_VALUES.with(lang, &[("rows", &rows), ("inputs", &inputs)])
        }
    };
    html! { <p class="csv-result" role="status">{ said }</p> }
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

/// The first rows, the target's column marked.
pub fn first_rows(lang: Lang, draft: &TableDraft) -> Html {
    let Some(table) = draft.table() else { return Html::default() };
    let target = draft.target();
    let columns = table.columns.len().min(COLUMNS);
    let mark = |i: usize| (target == Some(i)).then_some("csv-target-column");
    let head =
        (0..columns).map(|i| html! { <th scope="col" class={classes!(mark(i))}>{ &table.columns[i].name }</th> });
    let row = |r: usize| {
        let cells = (0..columns).map(|c| html! { <td class={classes!(mark(c))}>{ table.cell(r, c) }</td> });
        html! { <tr><th scope="row">{ table.line(r) }</th>{ for cells }</tr> }
    };
    html! {
        <div class="csv-rows" tabindex="0" role="region" aria-label={words::FIRST_ROWS.get(lang)} data-testid={testid::CSV_PREVIEW}>
            <table>
                <thead><tr><th></th>{ for head }</tr></thead>
                <tbody>{ for (0..table.len().min(ROWS)).map(row) }</tbody>
            </table>
        </div>
    }
}

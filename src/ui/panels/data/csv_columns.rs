//! The choice of columns in the table dialog: what is predicted, from which, in which order of time.
//!
//! Of many columns some are listed, all can be found. Not responsible for what is suggested (`ui::table_draft::columns`).

use super::csv::{CsvEditor, CsvMsg};
use super::csv_missing;
use crate::i18n::{Lang, csv as words};
use crate::spec::csv_select::MAX_WORDS;
use crate::spec::csv_table::{CellKind, CsvTable};
use crate::ui::form::{Choice, Item};
use crate::ui::plots::number;
use crate::ui::table_draft::TableDraft;
use crate::ui::table_draft::columns::{ColumnView, Why};
use crate::ui::testid;
use web_sys::HtmlInputElement;
use yew::html::Scope;
use yew::prelude::*;

/// Columns listed at once: each brings controls, and a browser lays out thousands of them in seconds.
const LISTED: usize = 30;

/// Which columns are listed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct List {
    /// Only those with this in their name.
    pub search: String,
    /// How many times more were asked for.
    pub more: usize,
}

impl List {
    /// Indices of the listed columns, and how many are not.
    fn of(&self, table: &CsvTable) -> (Vec<usize>, usize) {
        let wanted = self.search.trim().to_lowercase();
        let found = |i: &usize| wanted.is_empty() || table.columns[*i].name.to_lowercase().contains(&wanted);
        let mut all: Vec<usize> = (0..table.columns.len()).filter(found).collect();
        let rest = all.len().saturating_sub(LISTED * (1 + self.more));
        all.truncate(all.len() - rest);
        (all, rest)
    }
}

/// The column to predict: one of those that are listed, or the one in force.
pub fn target(lang: Lang, draft: &TableDraft, list: &List, link: &Scope<CsvEditor>) -> Html {
    let (Some(table), series) = (draft.table(), draft.is_series()) else { return Html::default() };
    let now = draft.target();
    let (mut listed, _) = list.of(table);
    if series {
        listed.retain(|&i| table.columns[i].kind == CellKind::Number);
    }
    if let Some(now) = now.filter(|now| !listed.contains(now)) {
        listed.push(now);
    }
    let name = |i: usize| table.columns[i].name.clone();
    let items: Vec<Item> = listed.into_iter().map(|i| Item::new(name(i), name(i))).collect();
    let label = if series { words::FORECAST } else { words::TARGET };
    html! {
        <Choice id={testid::CSV_TARGET} label={label.get(lang)} {items} value={now.map(name).unwrap_or_default()}
            onchange={link.callback(CsvMsg::Target)} />
    }
}

/// By which column rows are put in order; as they stand where there is none that could tell.
pub fn time(lang: Lang, draft: &TableDraft, link: &Scope<CsvEditor>) -> Html {
    let Some(table) = draft.table() else { return Html::default() };
    let target = draft.target();
    let tells = |(i, c): &(usize, &crate::spec::csv_table::CsvColumn)| {
        Some(*i) != target && (c.dates.is_some() || c.kind == CellKind::Number)
    };
    let by = |(_, c): (usize, &crate::spec::csv_table::CsvColumn)| {
        Item::new(c.name.clone(), words::TIME_BY.with(lang, &[("name", &c.name)]))
    };
    let columns = table.columns.iter().enumerate().filter(tells).take(LISTED).map(by);
    let items: Vec<Item> = std::iter::once(Item::new("", words::TIME_ROWS.get(lang))).chain(columns).collect();
    html! {
        <Choice id={testid::CSV_TIME} label={words::TIME.get(lang)} {items} value={draft.spec().time.clone()}
            onchange={link.callback(CsvMsg::Time)} />
    }
}

/// The input columns.
pub fn inputs(lang: Lang, draft: &TableDraft, list: &List, link: &Scope<CsvEditor>) -> Html {
    let Some(table) = draft.table() else { return Html::default() };
    let many = table.columns.len() > LISTED;
    let (listed, rest) = list.of(table);
    let none = listed.is_empty();
    let views = listed.into_iter().filter_map(|i| Some((i, draft.column(i)?)));
    let search = link.callback(|e: InputEvent| CsvMsg::Search(e.target_unchecked_into::<HtmlInputElement>().value()));
    let legend = if draft.is_series() { words::ALSO } else { words::INPUTS };
    let all = |on: bool| link.callback(move |_: MouseEvent| CsvMsg::All(on));
    html! {
        <fieldset class="csv-inputs" data-testid={testid::CSV_INPUTS}>
            <legend>{ legend.get(lang) }</legend>
            if many {
                <div class="csv-search">
                    <input type="search" data-testid={testid::CSV_SEARCH} aria-label={words::SEARCH.get(lang)}
                        placeholder={words::SEARCH.get(lang)} value={list.search.clone()} oninput={search} />
                    <button type="button" class="quiet small" data-testid={testid::CSV_ALL} onclick={all(true)}>{ words::ALL.get(lang) }</button>
                    <button type="button" class="quiet small" data-testid={testid::CSV_NONE} onclick={all(false)}>{ words::NONE.get(lang) }</button>
                </div>
            }
            { for views.map(|(i, view)| view_input(lang, i, &view, draft.is_series(), link)) }
            if none { <p class="csv-note">{ words::NONE_FOUND.get(lang) }</p> }
            if rest > 0 {
                <button type="button" class="quiet small" data-testid={testid::CSV_MORE} onclick={link.callback(|_: MouseEvent| CsvMsg::More)}>
                    { words::MORE.with(lang, &[("n", &number::integer(rest as u64))]) }
                </button>
            }
        </fieldset>
    }
}

fn view_input(lang: Lang, index: usize, view: &ColumnView, series: bool, link: &Scope<CsvEditor>) -> Html {
    if view.why == Some(Why::Target) {
        return Html::default();
    }
    let column = &view.column;
    let missing = (column.missing > 0)
        .then(|| format!(", {}", words::MISSING.with(lang, &[("n", &number::integer(column.missing as u64))])));
    let name = column.name.clone();
    let onchange = link
        .callback(move |e: Event| CsvMsg::Input(name.clone(), e.target_unchecked_into::<HtmlInputElement>().checked()));
    html! {
        <div class={classes!("csv-input", view.why.is_some().then_some("csv-grey"))}>
            <label>
                <input type="checkbox" checked={view.on} disabled={view.why.is_some()} data-testid={testid::csv_input(index)} {onchange} />
                <span title={column.name.clone()}>{ &column.name }</span>
            </label>
            { view_dates(lang, index, view, link) }
            <small>{ said(lang, view) }{ missing }</small>
            { csv_missing::column(lang, index, view, series, link) }
        </div>
    }
}

/// Reads a column of dates as days.
fn view_dates(lang: Lang, index: usize, view: &ColumnView, link: &Scope<CsvEditor>) -> Html {
    if view.column.dates.is_none() || !(view.why == Some(Why::Dates) || view.why.is_none()) {
        return Html::default();
    }
    let name = view.column.name.clone();
    let onchange = link
        .callback(move |e: Event| CsvMsg::Dates(name.clone(), e.target_unchecked_into::<HtmlInputElement>().checked()));
    html! {
        <label class="csv-dates" title={words::DATES_HELP.get(lang)}>
            <input type="checkbox" checked={view.dates_on} data-testid={testid::csv_dates(index)} {onchange} />
            { words::DATES_AS_DAYS.get(lang) }
        </label>
    }
}

/// What the column holds, or why it cannot be used.
fn said(lang: Lang, view: &ColumnView) -> String {
    let column = &view.column;
    let distinct = number::integer(column.distinct as u64);
    if let Some(why) = view.why {
        return match why {
            Why::Target => String::new(),
            Why::Empty => words::WHY_EMPTY.get(lang).into(),
            Why::Dates => words::WHY_DATES.get(lang).into(),
            Why::Prose => words::WHY_PROSE.get(lang).into(),
            Why::Words => words::WHY_WORDS.with(lang, &[("n", &distinct), ("max", &MAX_WORDS.to_string())]),
            Why::NotNumbers => words::WHY_NOT_NUMBERS.get(lang).into(),
            Why::Time => words::WHY_TIME.get(lang).into(),
        };
    }
    let kind = match column.kind {
        CellKind::Number if column.percent => words::KIND_PERCENT.get(lang).to_string(),
        CellKind::Number => words::KIND_NUMBER.get(lang).to_string(),
        CellKind::Words if column.dates.is_some() => words::KIND_DATES.get(lang).to_string(),
        CellKind::Words => words::KIND_WORDS.with(lang, &[("n", &distinct)]),
        CellKind::Empty => words::KIND_EMPTY.get(lang).to_string(),
    };
    if column.identifier { format!("{kind}, {}", words::NAMES_ROWS.get(lang)) } else { kind }
}

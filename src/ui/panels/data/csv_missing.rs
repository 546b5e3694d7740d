//! What is done about missing cells: a choice for the table, and one for each column that has some.
//!
//! Not responsible for filling them (`engine::data::missing`).

use super::csv::{CsvEditor, CsvMsg};
use crate::i18n::{Lang, Text, csv as words};
use crate::spec::csv_select::Missing;
use crate::ui::form::{Choice, Item};
use crate::ui::table_draft::TableDraft;
use crate::ui::table_draft::columns::ColumnView;
use crate::ui::testid;
use yew::html::Scope;
use yew::prelude::*;

/// What can be done, with its name and words.
static ALL: [(&str, Missing, Text); 6] = [
    ("skip", Missing::Skip, words::MISSING_SKIP),
    ("category", Missing::Category, words::MISSING_CATEGORY),
    ("mean", Missing::Mean, words::MISSING_MEAN),
    ("median", Missing::Median, words::MISSING_MEDIAN),
    ("most_frequent", Missing::MostFrequent, words::MISSING_FREQUENT),
    ("interpolate", Missing::Interpolate, words::MISSING_LINE),
];
/// Nothing is done for the table.
const REFUSE: &str = "refuse";
/// A column is treated as the table is.
const SAME: &str = "same";

/// What fits rows, or moments.
fn fitting(series: bool) -> impl Iterator<Item = &'static (&'static str, Missing, Text)> {
    ALL.iter().filter(move |(_, missing, _)| match missing {
        Missing::Skip => true,
        Missing::Interpolate => series,
        Missing::Category | Missing::Mean | Missing::Median | Missing::MostFrequent => !series,
    })
}

fn named(value: &str) -> Option<Missing> {
    ALL.iter().find(|(name, ..)| *name == value).map(|(_, missing, _)| *missing)
}

fn name_of(missing: Option<Missing>, none: &'static str) -> &'static str {
    ALL.iter().find(|(_, m, _)| Some(*m) == missing).map_or(none, |(name, ..)| *name)
}

/// The choice for the table.
pub fn table(lang: Lang, draft: &TableDraft, link: &Scope<CsvEditor>) -> Html {
    let done = fitting(draft.is_series()).map(|(name, _, said)| Item::new(*name, said.get(lang)));
    let items: Vec<Item> = std::iter::once(Item::new(REFUSE, words::MISSING_REFUSE.get(lang))).chain(done).collect();
    html! {
        <Choice id={testid::CSV_MISSING} label={words::MISSING_CELLS.get(lang)} help={words::MISSING_HELP.get(lang)}
            {items} value={name_of(draft.spec().missing(), REFUSE)}
            onchange={link.callback(|v: String| CsvMsg::Missing(named(&v)))} />
    }
}

/// The choice for one column that has missing cells and can be used.
pub fn column(lang: Lang, index: usize, view: &ColumnView, series: bool, link: &Scope<CsvEditor>) -> Html {
    if view.column.missing == 0 || view.why.is_some() {
        return Html::default();
    }
    let column = view.column.name.clone();
    let label = words::MISSING_OF.with(lang, &[("name", &column)]);
    let same = Item::new(SAME, words::MISSING_SAME.get(lang));
    let done = fitting(series).map(|(name, _, said)| Item::new(*name, said.get(lang)));
    let items: Vec<Item> = std::iter::once(same).chain(done).collect();
    let onchange = link.callback(move |v: String| CsvMsg::MissingOf(column.clone(), named(&v)));
    html! {
        <div class="csv-missing-of">
            <Choice id={testid::csv_missing_of(index)} {label} {items} value={name_of(view.missing, SAME)} {onchange} />
        </div>
    }
}

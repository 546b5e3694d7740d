//! One's own row (or point): a field a column, and what the network says to it, in the units of the data.
//!
//! The answer is asked for with every frame, so it moves while the network learns. Not responsible for the columns
//! (`ui::inside::own_row`).

use super::PartProps;
use super::date_field::DateField;
use crate::i18n::{Lang, truth as words};
use crate::protocol::{Example, FrameRequest, LookRequest, Want};
use crate::spec::{DataInfo, Target};
use crate::ui::form::scale::Limits;
use crate::ui::form::{Choice, Item, NumberField};
use crate::ui::hooks::{use_look, use_wants};
use crate::ui::inside::own_row::{self, Column};
use crate::ui::panels::bars::Bars;
use crate::ui::plots::number;
use crate::ui::plots::scores::probabilities;
use crate::ui::same::Same;
use crate::ui::testid;
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

/// More columns than this have no field of their own: they stay as in a typical row.
const FIELDS_MAX: usize = 40;
/// What a column may hold.
const LIMITS: Limits = Limits::real(-1e12, 1e12);
/// Numbers of an answer that are shown.
const NUMBERS_MAX: usize = 12;

/// Whether rows of these data can be typed in.
pub fn is_for(info: &DataInfo) -> bool {
    info.input.len() == 1 && info.tokens.is_none() && !matches!(info.target, Target::Steps { .. })
}

/// See the module; nothing before the worker has said what a typical row is.
#[component]
pub fn OwnRow(props: &PartProps) -> Html {
    let (state, lang) = (&props.panel.state, props.panel.state.page.lang);
    let loaded = &state.run.data.loaded;
    let (node, open) = (use_node_ref(), use_state_eq(|| false));
    // What was typed belongs to these columns; other data begin with their own typical row.
    let typed = use_state_eq(|| None::<(Vec<f64>, Vec<f64>)>);
    let typical = loaded.typical.clone();
    let row = match &*typed {
        Some((of, row)) if *of == typical => row.clone(),
        Some(_) | None => typical.clone(),
    };
    let scale = loaded.scale.as_deref();
    let ready = *open && !typical.is_empty();
    let look = || LookRequest {
        key: testid::OWN_ROW.into(),
        example: Example::Own(own_row::scaled(&row, scale)),
        values: vec!["output".into()],
        ..LookRequest::default()
    };
    use_wants(testid::OWN_ROW, &node, FrameRequest::of(ready.then(|| Want::Look(look()))));
    let frame = use_look(state, testid::OWN_ROW);
    let runs = use_memo(Same(state.run.experiment.clone()), |e| own_row::dates_of(e.0.data.csv.as_ref()));
    let columns = use_memo((props.info.feature_names.clone(), typical.len(), runs), |(names, n, dates)| {
        own_row::with_dates(own_row::columns(names, *n), dates)
    });
    if typical.is_empty() {
        return html! {};
    }
    let set = {
        let typed = typed.setter();
        Callback::from(move |row: Vec<f64>| typed.set(Some((typical.clone(), row))))
    };
    let ontoggle = {
        let open = open.setter();
        Callback::from(move |e: Event| open.set(e.target_unchecked_into::<Element>().has_attribute("open")))
    };
    let output = frame.as_ref().and_then(|f| Some(f.looked(f.look(testid::OWN_ROW)?, "output")?.1.to_vec()));
    let more = columns.len().saturating_sub(FIELDS_MAX);
    let title = if props.info.plane { words::OWN_POINT } else { words::OWN_ROW };
    html! {
        <details ref={node} class="own-row" data-testid={testid::OWN_ROW} {ontoggle} data-no-export="">
            <summary data-testid={testid::own_row("open")}>{ title.get(lang) }</summary>
            if *open {
                <p class="dim small">{ words::OWN_ROW_HELP.get(lang) }</p>
                <div class="own-row-fields">{ for columns.iter().take(FIELDS_MAX).map(|c| field(c, &row, &set, lang)) }</div>
                if more > 0 { <p class="dim small">{ words::MORE_COLUMNS.with(lang, &[("n", &more.to_string())]) }</p> }
                <div class="own-row-answer" role="status" data-testid={testid::own_row("answer")}>
                    { output.map_or_else(|| html! { words::MEASURING.get(lang) }, |out| answer(props, &out)) }
                </div>
            }
        </details>
    }
}

fn field(column: &Column, row: &[f64], set: &Callback<Vec<f64>>, lang: Lang) -> Html {
    match column.clone() {
        Column::Number { name, at } => {
            let value = row.get(at).copied().unwrap_or(0.0);
            let onchange = {
                let (set, row) = (set.clone(), row.to_vec());
                Callback::from(move |v: f64| set.emit(own_row::with_number(&row, at, v)))
            };
            html! { <NumberField key={at} id={testid::own_field(at)} label={name} help="" limits={LIMITS} {value} {lang} {onchange} /> }
        }
        Column::Date { name, at, style } => {
            let value = row.get(at).copied().unwrap_or(0.0);
            let onchange = {
                let (set, row) = (set.clone(), row.to_vec());
                Callback::from(move |v: f64| set.emit(own_row::with_number(&row, at, v)))
            };
            html! { <DateField key={at} id={testid::own_field(at)} label={name} {style} {value} {lang} {onchange} /> }
        }
        Column::Choice { name, at, words } => {
            let n = words.len();
            let items: Vec<Item> = words.iter().enumerate().map(|(i, w)| Item::new(i.to_string(), w.clone())).collect();
            let onchange = {
                let (set, row) = (set.clone(), row.to_vec());
                Callback::from(move |v: String| set.emit(own_row::with_word(&row, at, n, v.parse().unwrap_or(0))))
            };
            let value = own_row::chosen(row, at, n).to_string();
            html! { <Choice key={at} id={testid::own_field(at)} label={name} {items} {value} {onchange} /> }
        }
    }
}

/// Probabilities of all classes, or the predicted numbers.
fn answer(props: &PartProps, output: &[f32]) -> Html {
    let lang = props.panel.state.page.lang;
    if matches!(props.info.target, Target::Classes { .. }) {
        let (names, probs) = (Rc::from(props.info.class_names.clone()), Rc::from(probabilities(output)));
        return html! { <Bars id={testid::own_row("odds")} {names} {probs} {lang} /> };
    }
    let values = own_row::unscaled(output, props.panel.state.run.data.loaded.scale.as_deref());
    let shown: Vec<String> = values.iter().take(NUMBERS_MAX).map(|v| number::short(*v)).collect();
    let rest = if values.len() > NUMBERS_MAX { " …" } else { "" };
    let name = props.info.target_name.clone().unwrap_or_else(|| words::PREDICTION.get(lang).into());
    html! { <p>{ name }{ " = " }<b data-testid={testid::own_row("value")}>{ shown.join(", ") }{ rest }</b></p> }
}

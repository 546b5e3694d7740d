//! The samples behind the matrix: wrongly classified ones, or those of the picked cell, as pictures or rows of numbers.
//!
//! Not responsible for choosing them (the worker does).

use super::PartProps;
use super::matrix::class_name;
use super::tile::{Tile, is_picture};
use crate::i18n::output as words;
use crate::protocol::{Mistake, Mistakes as Found};
use crate::ui::inside::tokens;
use crate::ui::light::Light;
use crate::ui::plots::number;
use crate::ui::state::{Msg, Picked, ViewMsg};
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// Most features shown of a sample: no eye reads hundreds of columns.
const FEATURES_MAX: usize = 40;

/// See the module.
#[component]
pub fn Mistakes(props: &PartProps) -> Html {
    let (state, lang) = (&props.panel.state, props.panel.state.page.lang);
    let Some(found) = state.run.frame.frame.mistakes() else { return html! {} };
    let cell = match state.view.picked {
        Some(Picked::Cell { target, predicted }) => Some((target, predicted)),
        Some(Picked::Unit { .. } | Picked::Edge { .. }) | None => None,
    };
    // Until the answer to the new question comes, the frame still holds the samples of the old one.
    let fits = |m: &Mistake| cell.map_or(m.target != m.predicted, |c| c == (m.target, m.predicted));
    let is_stale = !found.items.iter().all(fits);
    let (shown, total) = if is_stale { ("…".into(), "…".into()) } else { counts(found) };
    let title = match cell {
        Some((t, p)) => {
            let (t, p) = (class_name(&props.info, t), class_name(&props.info, p));
            words::CELL_SAMPLES.with(lang, &[("target", &t), ("predicted", &p), ("shown", &shown), ("total", &total)])
        }
        None => words::MISTAKES.with(lang, &[("shown", &shown), ("total", &total)]),
    };
    let all = props.panel.emit.reform(|_: MouseEvent| Msg::View(ViewMsg::Pick(None)));
    let body = if is_stale {
        html! { <p class="dim small">{ words::WAITING_SAMPLES.get(lang) }</p> }
    } else if found.items.is_empty() {
        let why = if cell.is_some() { words::EMPTY_CELL } else { words::NO_MISTAKES };
        html! { <p class="dim small">{ why.get(lang) }</p> }
    } else if is_picture(&props.info.input) {
        pictures(props, found)
    } else {
        rows(props, found)
    };
    html! {
        <div class="mistakes" data-testid={testid::MISTAKES}>
            <div class="mistakes-head">
                <h3>{ title }</h3>
                if cell.is_some() {
                    <button type="button" class="quiet small" data-testid={testid::MISTAKES_ALL} onclick={all}>
                        { words::ALL_MISTAKES.get(lang) }
                    </button>
                }
            </div>
            { body }
        </div>
    }
}

fn counts(found: &Found) -> (String, String) {
    (found.items.len().to_string(), number::integer(found.total as u64))
}

fn said(props: &PartProps, m: &Mistake) -> String {
    let (t, p) = (class_name(&props.info, m.target), class_name(&props.info, m.predicted));
    let (row, share) = (m.row.to_string(), number::percent(f64::from(m.confidence)));
    let args = [("row", row.as_str()), ("target", &t), ("predicted", &p), ("p", &share)];
    words::SAMPLE.with(props.panel.state.page.lang, &args)
}

/// The numbers of each sample; nothing where the frame carries none of this size.
fn inputs<'a>(props: &'a PartProps, found: &Found) -> impl Iterator<Item = &'a [f32]> {
    let size: usize = props.info.input.iter().product();
    props.panel.state.run.frame.array(found.buffer).chunks_exact(size.max(1))
}

fn pictures(props: &PartProps, found: &Found) -> Html {
    let light = Light::of(&props.panel.state.run.data);
    let one = |(m, values): (&Mistake, &[f32])| {
        let (t, p) = (class_name(&props.info, m.target), class_name(&props.info, m.predicted));
        let label = said(props, m);
        html! {
            <li key={m.row} title={label.clone()}>
                <Tile values={Rc::<[f32]>::from(values)} shape={props.info.input.clone()} light={light.clone()} />
                <span aria-hidden="true">{ t }{ "→" }<b>{ p }</b></span>
                <span class="dim" aria-hidden="true">{ number::percent(f64::from(m.confidence)) }</span>
                <span class="visually-hidden">{ label }</span>
            </li>
        }
    };
    let name = words::SAMPLES.get(props.panel.state.page.lang);
    html! { <ul class="tiles" tabindex="0" aria-label={name}>{ for found.items.iter().zip(inputs(props, found)).map(one) }</ul> }
}

fn rows(props: &PartProps, found: &Found) -> Html {
    let lang = props.panel.state.page.lang;
    let tokens = &props.panel.state.run.data.loaded.tokens;
    let texts = !tokens.is_empty();
    let all: usize = if texts { 1 } else { props.info.input.iter().product() };
    let width = all.min(FEATURES_MAX);
    let more = (all > width).then(|| format!("… +{}", all - width));
    let named = |i: usize| props.info.feature_names.get(i).cloned().unwrap_or_else(|| format!("x{}", i + 1));
    let feature = |i: usize| if texts { words::TEXT.get(lang).to_string() } else { named(i) };
    let cells = |values: &[f32]| match texts {
        true => vec![html! { <td class="value">{ tokens::spoken(values, tokens) }</td> }],
        false => values[..width]
            .iter()
            .map(|v| html! { <td class="value">{ number::fixed(f64::from(*v), 2) }</td> })
            .collect(),
    };
    let one = |(m, values): (&Mistake, &[f32])| {
        let (t, p) = (class_name(&props.info, m.target), class_name(&props.info, m.predicted));
        html! {
            <tr key={m.row}>
                <td>{ m.row }</td><td>{ t }{ " → " }<b>{ p }</b></td><td>{ number::percent(f64::from(m.confidence)) }</td>
                { for cells(values) }
            </tr>
        }
    };
    html! {<>
        <div class="rows-scroll" tabindex="0" role="region" aria-label={words::SAMPLES.get(lang)}>
            <table class="scores rows">
                <thead><tr>
                    <th scope="col">{ words::ROW.get(lang) }</th>
                    <th scope="col">{ words::TRUE_CLASS.get(lang) }{ " → " }{ words::PREDICTED.get(lang) }</th>
                    <th scope="col">{ words::CONFIDENCE.get(lang) }</th>
                    { for (0..width).map(|i| html! { <th scope="col">{ feature(i) }</th> }) }
                    { for more.map(|m| html! { <th scope="col">{ m }</th> }) }
                </tr></thead>
                <tbody>{ for found.items.iter().zip(inputs(props, found)).map(one) }</tbody>
            </table>
        </div>
        if props.panel.state.edit.experiment.data.standardized() {
            <p class="plot-note">{ words::STANDARDIZED.get(lang) }</p>
        }
    </>}
}

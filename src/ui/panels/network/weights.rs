//! The picked unit or connection with its numbers, to be changed by hand: bias, incoming weights, one weight.
//!
//! Not responsible for the picture beside it (`look.rs`).

use super::field::SliderField;
use super::live::Param;
use crate::i18n::{Lang, network as words};
use crate::ui::form::NumberField;
use crate::ui::form::scale::Limits;
use crate::ui::netmap::robust_max;
use crate::ui::plots::number;
use crate::ui::state::{Msg, Picked, RunMsg, ViewMsg};
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// What a weight may be set to: beyond lies nothing that a network could use.
const WEIGHTS: Limits = Limits::real(-1e6, 1e6);
/// Most rows of a table.
const ROWS_MAX: usize = 60;

/// One value changed, as a message.
fn write(name: &str, index: usize, v: f64) -> Msg {
    Msg::Run(RunMsg::WriteWeight { name: name.to_string(), index, value: v as f32 })
}

/// Properties of [`ValueEditor`].
#[derive(Clone, PartialEq, Properties)]
pub struct ValueProps {
    /// Name of the parameter.
    pub name: AttrValue,
    /// The parameter.
    pub param: Param,
    /// Which of its values.
    pub index: usize,
    /// What it is called.
    pub label: AttrValue,
    /// Test id of the field; with a slider, which gets its own.
    pub testid: &'static str,
    /// Show the slider and the cut button.
    pub slider: bool,
    /// Language.
    pub lang: Lang,
    /// Where edits go.
    pub emit: Callback<Msg>,
}

/// One value of a parameter as a number field, with a slider and a button that sets it to zero.
#[component]
pub fn ValueEditor(props: &ValueProps) -> Html {
    let ValueProps { name, param, index, label, testid, slider, lang, emit } = props;
    let value = param.values.get(*index).copied().unwrap_or(0.0);
    let onchange = {
        let (name, index) = (name.clone(), *index);
        emit.reform(move |v: f64| write(&name, index, v))
    };
    // A round range that holds every weight of the layer, so that it does not jump while training.
    let reach = f64::from(robust_max(&param.values).max(value.abs()).max(0.5)).log2().ceil().exp2();
    let value = f64::from(value);
    html! {
        <div class="net-value">
            <label class="net-field">
                <span>{ label }</span>
                <NumberField bare=true live=true id={*testid} lang={*lang} {label} {value} limits={WEIGHTS} onchange={onchange.clone()} />
            </label>
            if *slider {
                <SliderField value={value} min={-reach} max={reach} step={reach / 200.0} {label} testid={testid::WEIGHT_SLIDER}
                    onchange={onchange.clone()} />
                <div class="net-ends"><span>{ number::short(-reach) }</span><span>{ "0" }</span><span>{ number::short(reach) }</span></div>
                <button type="button" class="net-plain" onclick={onchange.reform(|_: MouseEvent| 0.0)}>{ words::CUT.get(*lang) }</button>
            }
        </div>
    }
}

/// One row of [`WeightTable`].
#[derive(Clone, PartialEq)]
pub struct Row {
    /// What is at the other end.
    pub name: String,
    /// Index into the parameter.
    pub index: usize,
    /// What picking it means.
    pub picked: Picked,
}

/// Properties of [`WeightTable`].
#[derive(Clone, PartialEq, Properties)]
pub struct TableProps {
    /// Heading.
    pub title: AttrValue,
    /// Name of the parameter.
    pub name: AttrValue,
    /// The parameter.
    pub param: Param,
    /// All rows.
    pub rows: Rc<Vec<Row>>,
    /// Language.
    pub lang: Lang,
    /// Where edits go.
    pub emit: Callback<Msg>,
}

/// The weights of a unit as a table: names to pick a connection, fields to change it.
#[component]
pub fn WeightTable(props: &TableProps) -> Html {
    let TableProps { title, name, param, rows, lang, emit } = props;
    let value = |r: &Row| param.values.get(r.index).copied().unwrap_or(0.0);
    let mut shown: Vec<&Row> = rows.iter().collect();
    if shown.len() > ROWS_MAX {
        crate::spec::order::sort_by(&mut shown, |a, b| value(b).abs().total_cmp(&value(a).abs()));
        shown.truncate(ROWS_MAX);
        crate::spec::order::sort_by_key(&mut shown, |r| r.index);
    }
    let cut = (shown.len() < rows.len())
        .then(|| words::STRONGEST_OF.with(*lang, &[("n", &shown.len().to_string()), ("all", &rows.len().to_string())]));
    let max = f64::from(robust_max(&param.values));
    let row = |r: &&Row| {
        let v = f64::from(value(r));
        let onchange = {
            let (name, index) = (name.clone(), r.index);
            emit.reform(move |v: f64| write(&name, index, v))
        };
        let pick = r.picked.clone();
        let onclick = emit.reform(move |_: MouseEvent| Msg::View(ViewMsg::Pick(Some(pick.clone()))));
        let part = (v.abs() / max).min(1.0) * 50.0;
        let (side, sign) = if v < 0.0 { (50.0 - part, "net-neg") } else { (50.0, "net-pos") };
        html! {
            <tr key={r.index}>
                <th scope="row"><button type="button" class="net-link" {onclick}>{ &r.name }</button></th>
                <td class="net-bar"><i class={sign} style={format!("left:{side:.1}%;width:{part:.1}%")}></i></td>
                <td><NumberField bare=true live=true id={format!("weight-{}", r.index)} lang={*lang} label={r.name.clone()} value={v}
                    limits={WEIGHTS} {onchange} /></td>
            </tr>
        }
    };
    html! {
        <div class="net-table">
            <table data-testid={testid::WEIGHT_TABLE}>
                <caption>{ title }{ for cut.map(|c| html! { <small>{ format!(" — {c}") }</small> }) }</caption>
                <tbody>{ for shown.iter().map(row) }</tbody>
            </table>
        </div>
    }
}

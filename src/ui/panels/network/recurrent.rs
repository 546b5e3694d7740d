//! Settings of the recurrent layers, and their formulas.
//!
//! Not responsible for the size of the state (the card has that).

use super::field::NumberField;
use super::initial::Initial;
use crate::i18n::{Lang, Text, network as words};
use crate::spec::model::recurrent::{FORGET_MAX, TBPTT_MAX};
use crate::spec::model::{Recurrent, RnnActivation};
use crate::spec::{Init, LayerKind};
use crate::ui::testid;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// One line a cell, PyTorch's letters; `·` is the product number by number.
fn formula(kind: &LayerKind, r: &Recurrent) -> Vec<String> {
    let sums = "p = W_ih x + b_ih, q = W_hh h + b_hh".to_string();
    let cell: &[&str] = match kind {
        LayerKind::Lstm(_) => &["i, f, o = σ(p + q), g = tanh(p + q)", "c ← f·c + i·g, h ← o·tanh(c)"],
        LayerKind::Gru(_) => &["r, z = σ(p + q), n = tanh(p + r·q)", "h ← (1 − z)·n + z·h"],
        _ => return vec![sums, format!("h ← {}(p + q)", r.activation.unwrap_or_default().name())],
    };
    std::iter::once(sums).chain(cell.iter().map(ToString::to_string)).collect()
}

/// The fields of layer `at`, of kind `kind` with settings `r`.
pub fn fields(kind: &LayerKind, r: &Recurrent, at: usize, lang: Lang, set: &Callback<LayerKind>) -> Html {
    let edit = {
        let (kind, set) = (kind.clone(), set.clone());
        move |change: &dyn Fn(&mut Recurrent)| {
            let mut kind = kind.clone();
            kind.recurrent_mut().into_iter().for_each(change);
            set.emit(kind);
        }
    };
    let check = |name: &str, label: Text, help: Text, on: bool, place: fn(&mut Recurrent) -> &mut bool| {
        let edit = edit.clone();
        let onchange = Callback::from(move |e: Event| {
            let Some(input) = e.target_dyn_into::<HtmlInputElement>() else { return };
            edit(&|r| *place(r) = input.checked());
        });
        html! {
            <label class="net-check" title={help.get(lang)}>
                <input type="checkbox" checked={on} {onchange} data-testid={testid::layer_control(at, name)} />
                { label.get(lang) }<small>{ help.get(lang) }</small>
            </label>
        }
    };
    let (of_tbptt, of_init, of_forget) = (edit.clone(), edit.clone(), edit.clone());
    let tbptt = Callback::from(move |v: f64| of_tbptt(&|r| r.tbptt = Some(v as usize).filter(|n| *n > 0)));
    let oninit = Callback::from(move |init: Init| of_init(&|r| r.init = init));
    let onforget = Callback::from(move |v: f64| of_forget(&|r| r.forget_bias = v as f32));
    let (forget, max) = (words::FORGET_BIAS.get(lang), f64::from(FORGET_MAX));
    let label = words::TBPTT.get(lang);
    html! {
        <>
            { for formula(kind, r).into_iter().map(|line| html! { <p class="net-formula">{ line }</p> }) }
            if matches!(kind, LayerKind::Rnn(_)) {
                { nonlinearity(r, at, lang, edit.clone()) }
            }
            { check("sequences", words::SEQUENCES, words::SEQUENCES_HELP, r.return_sequences, |r| &mut r.return_sequences) }
            { check("bidirectional", words::BIDIRECTIONAL, words::BIDIRECTIONAL_HELP, r.bidirectional, |r| &mut r.bidirectional) }
            <label class="net-field">
                <span>{ label }</span>
                <NumberField value={r.tbptt.unwrap_or(0) as f64} min={0.0} max={TBPTT_MAX as f64} step={1.0} {label} {lang}
                    onchange={tbptt} testid={testid::layer_control(at, "tbptt")} />
                <small>{ words::TBPTT_HELP.get(lang) }</small>
            </label>
            if matches!(kind, LayerKind::Lstm(_)) {
                <label class="net-field">
                    <span>{ forget }</span>
                    <NumberField value={f64::from(r.forget_bias)} min={-max} {max} step={0.5} label={forget} {lang} onchange={onforget}
                        testid={testid::layer_control(at, "forget-bias")} />
                    <small>{ words::FORGET_BIAS_HELP.get(lang) }</small>
                </label>
            }
            <Initial init={r.init} {at} {lang} onchange={oninit} />
        </>
    }
}

fn nonlinearity(r: &Recurrent, at: usize, lang: Lang, edit: impl Fn(&dyn Fn(&mut Recurrent)) + 'static) -> Html {
    let chosen = r.activation.unwrap_or_default();
    let onchange = Callback::from(move |e: Event| {
        let value = e.target_dyn_into::<HtmlSelectElement>().map(|s| s.value());
        if let Some(a) = value.and_then(|v| RnnActivation::from_name(&v)) {
            edit(&|r| r.activation = Some(a));
        }
    });
    html! {
        <label class="net-field">
            <span>{ words::ACTIVATION.get(lang) }</span>
            <select {onchange} data-testid={testid::layer_control(at, "activation")}>
                { for RnnActivation::ALL.into_iter().map(|a| html! { <option value={a.name()} selected={a == chosen}>{ a.name() }</option> }) }
            </select>
        </label>
    }
}

//! The fields of a layer's card, drawn from what `spec::layers` says of them.
//!
//! Not responsible for which fields a layer has.

use super::field::SliderField;
use super::initial::Initial;
use super::settings::Words;
use crate::i18n::{Lang, fields, layer_fields};
use crate::spec::layers::{Control, Field, Setting};
use crate::spec::shape::{LayerInfo, show, size};
use crate::spec::window::{Padding, Pair};
use crate::spec::{Init, LayerKind};
use crate::ui::form::NumberField;
use crate::ui::form::read::list;
use crate::ui::form::scale::{Limits, exact};
use crate::ui::plots::number;
use crate::ui::testid;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// A field of the layer of kind `kind`, which is number `at`; `set` takes the changed kind.
pub fn view(
    field: &Field,
    kind: &LayerKind,
    info: &LayerInfo,
    at: usize,
    lang: Lang,
    set: &Callback<LayerKind>,
) -> Html {
    let (label, help) = words(field, lang);
    let id = testid::layer_control(at, field.key);
    let put = put(field, kind, set);
    match &field.control {
        Control::Whole { value, min, max } => {
            let limits = Limits::whole(*min as f64, *max as f64);
            number(label, help, id, lang, *value as f64, limits, put.reform(|v: f64| Setting::Whole(v as usize)))
        }
        Control::Real { value, min, max, slider } => {
            let onchange = put.reform(|v: f64| Setting::Real(v as f32));
            let (value, limits) = (exact(*value), Limits::real(exact(*min), exact(*max)));
            if *slider {
                share(label, at, field.key, lang, value, limits, onchange)
            } else {
                number(label, help, id, lang, value, limits, onchange)
            }
        }
        Control::Check(on) => check(label, help, id, *on, put),
        Control::Choice { names, chosen } => choice(field, label, id, lang, names, chosen, put),
        Control::Init(init) => {
            html! { <Initial init={*init} {at} {lang} onchange={put.reform(|init: Init| Setting::Init(init))} /> }
        }
        Control::Pair(p) => text(label, help, id, shown(*p), lang, put, read_pair),
        Control::Padding(p) => text(label, help, id, shown_padding(*p), lang, put, read_padding),
        Control::Shape(s) => {
            let help = help.replace("{n}", &number::integer(size(&info.input) as u64));
            text(label, &help, id, show(s), lang, put, read_shape)
        }
    }
}

/// Takes a new value of the field into the layer.
pub fn put(field: &Field, kind: &LayerKind, set: &Callback<LayerKind>) -> Callback<Setting> {
    let (key, kind) = (field.key, kind.clone());
    set.reform(move |to: Setting| kind.with(key, to))
}

/// Name and explanation; a field without words would fail the test of all layers.
pub fn words(field: &Field, lang: Lang) -> (&'static str, &'static str) {
    let words = layer_fields::field(field.label);
    words.map_or((field.label, ""), |(name, help)| (name.get(lang), help.map_or("", |h| h.get(lang))))
}

fn number(
    label: &'static str,
    help: &'static str,
    id: String,
    lang: Lang,
    value: f64,
    limits: Limits,
    onchange: Callback<f64>,
) -> Html {
    html! {
        <label class="net-field">
            <span>{ label }</span>
            <NumberField bare=true {id} {lang} {label} {value} {limits} {onchange} />
            if !help.is_empty() { <small>{ help }</small> }
        </label>
    }
}

fn share(
    label: &'static str,
    at: usize,
    key: &str,
    lang: Lang,
    value: f64,
    limits: Limits,
    onchange: Callback<f64>,
) -> Html {
    let slider = testid::layer_control(at, &format!("{key}-slider"));
    html! {
        <label class="net-field">
            <span>{ label }</span>
            <SliderField {value} min={0.0} max={0.95} step={0.05} {label} onchange={onchange.clone()} testid={slider} />
            <NumberField bare=true id={testid::layer_control(at, key)} {lang} {label} {value} {limits} {onchange} />
        </label>
    }
}

fn check(label: &'static str, help: &'static str, id: String, on: bool, put: Callback<Setting>) -> Html {
    let onchange = Callback::from(move |e: Event| {
        if let Some(input) = e.target_dyn_into::<HtmlInputElement>() {
            put.emit(Setting::On(input.checked()));
        }
    });
    html! {
        <label class="net-check" title={help}>
            <input type="checkbox" checked={on} {onchange} data-testid={id} />
            { label }<small>{ help }</small>
        </label>
    }
}

fn choice(
    field: &Field,
    label: &'static str,
    id: String,
    lang: Lang,
    names: &[&'static str],
    chosen: &str,
    put: Callback<Setting>,
) -> Html {
    let onchange = Callback::from(move |e: Event| {
        if let Some(select) = e.target_dyn_into::<HtmlSelectElement>() {
            put.emit(Setting::Name(select.value()));
        }
    });
    let option = |name: &&'static str| {
        let text = layer_fields::choice(field.label, name).map_or(*name, |t| t.get(lang));
        html! { <option value={*name} selected={*name == chosen}>{ text }</option> }
    };
    html! {
        <label class="net-field">
            <span>{ label }</span>
            <select {onchange} data-testid={id}>{ for names.iter().map(option) }</select>
        </label>
    }
}

/// A line of text that becomes a value, or says why not.
fn text(
    label: &'static str,
    help: &str,
    id: String,
    value: String,
    lang: Lang,
    put: Callback<Setting>,
    read: fn(&str, Lang) -> Result<Setting, String>,
) -> Html {
    let read = Callback::from(move |t: String| {
        put.emit(read(&t, lang).map_err(AttrValue::from)?);
        Ok(())
    });
    html! { <Words {value} {label} help={help.to_string()} testid={id} {read} wide={false} /> }
}

fn read_pair(typed: &str, lang: Lang) -> Result<Setting, String> {
    match list(typed).as_deref() {
        Some([n]) => Ok(Setting::Pair(Pair::square(*n))),
        Some([h, w]) => Ok(Setting::Pair(Pair([*h, *w]))),
        Some(_) | None => Err(fields::NOT_A_PAIR.with(lang, &[("got", typed.trim())])),
    }
}

fn read_padding(typed: &str, lang: Lang) -> Result<Setting, String> {
    let padding = match typed.trim().to_lowercase().as_str() {
        "valid" => Padding::Valid,
        "same" => Padding::Same,
        n => match list(n).as_deref() {
            Some([n]) => Padding::Of(*n),
            Some(_) | None => return Err(fields::NOT_A_PADDING.with(lang, &[("got", typed.trim())])),
        },
    };
    Ok(Setting::Padding(padding))
}

fn read_shape(typed: &str, lang: Lang) -> Result<Setting, String> {
    list(typed).map(Setting::Shape).ok_or_else(|| fields::NOT_A_SHAPE.with(lang, &[("got", typed.trim())]))
}

/// What a pair looks like: one number where both are the same.
fn shown(p: Pair) -> String {
    let [h, w] = p.0;
    if h == w { h.to_string() } else { format!("{h}×{w}") }
}

fn shown_padding(p: Padding) -> String {
    match p {
        Padding::Valid => "valid".to_string(),
        Padding::Same => "same".to_string(),
        Padding::Of(n) => n.to_string(),
    }
}

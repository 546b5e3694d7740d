//! Settings of the layers that see images: kernel or window, stride, padding, dilation, groups.
//!
//! Not responsible for the number of filters and the activation, which stand on the card (`card.rs`).

use super::field::NumberField;
use super::initial::Initial;
use super::settings::Words;
use crate::i18n::{Lang, Text, network as words};
use crate::spec::LayerKind;
use crate::spec::model::{Conv, Pool, UNITS_MAX};
use crate::spec::window::{Padding, Pair};
use crate::ui::testid;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Makes the layer's kind of its changed settings.
type Wrap<T> = fn(T) -> LayerKind;

/// Fields of a convolution; `wrap` says which kind it is.
pub fn conv(c: &Conv, wrap: Wrap<Conv>, at: usize, lang: Lang, set: &Callback<LayerKind>) -> Html {
    let edit = |change: fn(&mut Conv, Pair)| {
        let (c, set) = (c.clone(), set.clone());
        Callback::from(move |p: Pair| {
            let mut c = c.clone();
            change(&mut c, p);
            set.emit(wrap(c));
        })
    };
    let onpadding = {
        let c = c.clone();
        set.reform(move |padding| wrap(Conv { padding, ..c.clone() }))
    };
    let ongroups = {
        let c = c.clone();
        set.reform(move |v: f64| wrap(Conv { groups: v.max(0.0).round() as usize, ..c.clone() }))
    };
    let oninit = {
        let c = c.clone();
        set.reform(move |init| wrap(Conv { init, ..c.clone() }))
    };
    let onbias = {
        let (c, set) = (c.clone(), set.clone());
        Callback::from(move |e: Event| {
            let Some(input) = e.target_dyn_into::<HtmlInputElement>() else { return };
            set.emit(wrap(Conv { bias: (!input.checked()).then_some(false), ..c.clone() }));
        })
    };
    html! {
        <>
            { pair(words::KERNEL, "kernel", c.kernel, at, lang, edit(|c, p| c.kernel = p)) }
            { pair(words::STRIDE, "stride", c.stride, at, lang, edit(|c, p| c.stride = p)) }
            { padding(c.padding, at, lang, onpadding) }
            { pair(words::DILATION, "dilation", c.dilation, at, lang, edit(|c, p| c.dilation = p)) }
            <label class="net-field">
                <span>{ words::GROUPS.get(lang) }</span>
                <NumberField value={c.groups as f64} min={1.0} max={UNITS_MAX as f64} step={1.0} {lang} onchange={ongroups}
                    label={words::GROUPS.get(lang)} testid={testid::layer_control(at, "groups")} />
            </label>
            <Initial init={c.init} {at} {lang} onchange={oninit} />
            <label class="net-check" title={words::BIAS_HELP.get(lang)}>
                <input type="checkbox" checked={c.has_bias()} onchange={onbias} data-testid={testid::layer_control(at, "bias")} />
                { words::BIAS.get(lang) }<small>{ words::BIAS_HELP.get(lang) }</small>
            </label>
        </>
    }
}

/// Fields of a pooling layer.
pub fn pool(p: &Pool, wrap: Wrap<Pool>, at: usize, lang: Lang, set: &Callback<LayerKind>) -> Html {
    let onsize = {
        let p = p.clone();
        set.reform(move |size| wrap(Pool { size, ..p.clone() }))
    };
    let onstride = {
        let p = p.clone();
        // The window's own size is what it is when nothing is said.
        set.reform(move |stride| wrap(Pool { stride: Some(stride).filter(|s| *s != p.size), ..p.clone() }))
    };
    let onpadding = {
        let p = p.clone();
        set.reform(move |padding| wrap(Pool { padding, ..p.clone() }))
    };
    html! {
        <>
            { pair(words::WINDOW, "size", p.size, at, lang, onsize) }
            { pair(words::STRIDE, "stride", p.steps(), at, lang, onstride) }
            { padding(p.padding, at, lang, onpadding) }
        </>
    }
}

/// What a pair looks like: one number where both are the same.
pub fn shown(p: Pair) -> String {
    let [h, w] = p.0;
    if h == w { h.to_string() } else { format!("{h}×{w}") }
}

fn pair(label: Text, field: &'static str, value: Pair, at: usize, lang: Lang, onchange: Callback<Pair>) -> Html {
    let read = Callback::from(move |t: String| {
        let sides: Result<Vec<usize>, _> = t.split(['x', '×', ',']).map(|n| n.trim().parse()).collect();
        let pair = match sides.as_deref() {
            Ok([n]) => Pair::square(*n),
            Ok([h, w]) => Pair([*h, *w]),
            Ok(_) | Err(_) => return false,
        };
        onchange.emit(pair);
        true
    });
    html! {
        <Words value={shown(value)} label={label.get(lang)} help={words::PAIR_HELP.get(lang)}
            testid={testid::layer_control(at, field)} {read} wide={false} />
    }
}

fn padding(value: Padding, at: usize, lang: Lang, onchange: Callback<Padding>) -> Html {
    let value = match value {
        Padding::Valid => "valid".to_string(),
        Padding::Same => "same".to_string(),
        Padding::Of(n) => n.to_string(),
    };
    let read = Callback::from(move |t: String| {
        let padding = match t.trim() {
            "valid" => Some(Padding::Valid),
            "same" => Some(Padding::Same),
            n => n.parse().ok().map(Padding::Of),
        };
        padding.inspect(|p| onchange.emit(*p)).is_some()
    });
    html! {
        <Words {value} label={words::PADDING.get(lang)} help={words::PADDING_HELP.get(lang)}
            testid={testid::layer_control(at, "padding")} {read} wide={false} />
    }
}

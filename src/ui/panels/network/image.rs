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

/// Fields of a convolution, whose kind is `kind`.
pub fn conv(kind: &LayerKind, c: &Conv, at: usize, lang: Lang, set: &Callback<LayerKind>) -> Html {
    let set = {
        let kind = kind.clone();
        &set.reform(move |c: Conv| {
            let mut kind = kind.clone();
            kind.conv_mut().into_iter().for_each(|old| *old = c.clone());
            kind
        })
    };
    let edit = |change: fn(&mut Conv, Pair)| {
        let (c, set) = (c.clone(), set.clone());
        Callback::from(move |p: Pair| {
            let mut c = c.clone();
            change(&mut c, p);
            set.emit(c);
        })
    };
    let onpadding = {
        let c = c.clone();
        set.reform(move |padding| Conv { padding, ..c.clone() })
    };
    let ongroups = {
        let c = c.clone();
        set.reform(move |groups| Conv { groups, ..c.clone() })
    };
    let oninit = {
        let c = c.clone();
        set.reform(move |init| Conv { init, ..c.clone() })
    };
    let onbias = {
        let (c, set) = (c.clone(), set.clone());
        Callback::from(move |e: Event| {
            let Some(input) = e.target_dyn_into::<HtmlInputElement>() else { return };
            set.emit(Conv { bias: (!input.checked()).then_some(false), ..c.clone() });
        })
    };
    html! {
        <>
            { pair(words::KERNEL, "kernel", c.kernel, at, lang, edit(|c, p| c.kernel = p)) }
            { pair(words::STRIDE, "stride", c.stride, at, lang, edit(|c, p| c.stride = p)) }
            { padding(c.padding, at, lang, onpadding) }
            { pair(words::DILATION, "dilation", c.dilation, at, lang, edit(|c, p| c.dilation = p)) }
            { count(words::GROUPS, "groups", c.groups, at, lang, ongroups) }
            <Initial init={c.init} {at} {lang} onchange={oninit} />
            <label class="net-check" title={words::BIAS_HELP.get(lang)}>
                <input type="checkbox" checked={c.has_bias()} onchange={onbias} data-testid={testid::layer_control(at, "bias")} />
                { words::BIAS.get(lang) }<small>{ words::BIAS_HELP.get(lang) }</small>
            </label>
        </>
    }
}

/// Fields of a pooling layer, whose kind is `kind`.
pub fn pool(kind: &LayerKind, p: &Pool, at: usize, lang: Lang, set: &Callback<LayerKind>) -> Html {
    let set = {
        let kind = kind.clone();
        &set.reform(move |p: Pool| {
            let mut kind = kind.clone();
            kind.pool_mut().into_iter().for_each(|old| *old = p.clone());
            kind
        })
    };
    let onsize = {
        let p = p.clone();
        set.reform(move |size| Pool { size, ..p.clone() })
    };
    let onstride = {
        let p = p.clone();
        // The window's own size is what it is when nothing is said.
        set.reform(move |stride| Pool { stride: Some(stride).filter(|s| *s != p.size), ..p.clone() })
    };
    let onpadding = {
        let p = p.clone();
        set.reform(move |padding| Pool { padding, ..p.clone() })
    };
    html! {
        <>
            { pair(words::WINDOW, "size", p.size, at, lang, onsize) }
            { pair(words::STRIDE, "stride", p.steps(), at, lang, onstride) }
            { padding(p.padding, at, lang, onpadding) }
        </>
    }
}

/// A whole number.
pub fn count(label: Text, field: &'static str, value: usize, at: usize, lang: Lang, onchange: Callback<usize>) -> Html {
    let onchange = onchange.reform(|v: f64| v.max(0.0).round() as usize);
    html! {
        <label class="net-field">
            <span>{ label.get(lang) }</span>
            <NumberField value={value as f64} min={1.0} max={UNITS_MAX as f64} step={1.0} {lang} {onchange}
                label={label.get(lang)} testid={testid::layer_control(at, field)} />
        </label>
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

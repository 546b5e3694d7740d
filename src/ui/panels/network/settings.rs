//! The settings of the opened card, under the strip: everything that the card's header has no room for.
//!
//! Not responsible for wiring (`wiring.rs`: names and sources) nor for the initialiser (`initial.rs`).

use super::attention_fields::{self, Place};
use super::field::{NumberField, SliderField, closes_on_escape};
use super::image;
use super::initial::Initial;
use super::inside::Inside;
use super::recurrent;
use super::wiring::Wiring;
use crate::i18n::{Lang, network as words};
use crate::spec::model::{Dropout, GroupNorm, Reshape, Residual, SqueezeExcite, Upsample};
use crate::spec::shape::{LayerInfo, ModelInfo, show, size};
use crate::spec::{Activation, Experiment, Layer, LayerKind, ModelSpec, text};
use crate::ui::plots::number;
use crate::ui::state::{Msg, Picked};
use crate::ui::testid;
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// Properties of [`Settings`].
#[derive(Clone, PartialEq, Properties)]
pub struct SettingsProps {
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// What follows for its layers.
    pub infos: Rc<ModelInfo>,
    /// Index of the opened layer.
    pub at: usize,
    /// Language.
    pub lang: Lang,
    /// Where edits go.
    pub emit: Callback<Msg>,
    /// Closes the settings.
    pub onclose: Callback<()>,
}

/// See the module.
#[component]
pub fn Settings(props: &SettingsProps) -> Html {
    let SettingsProps { experiment, infos, at, lang, emit, onclose } = props;
    let (at, lang) = (*at, *lang);
    let layers = &experiment.model.layers;
    let (Some(layer), Some(info)) = (layers.get(at), infos.layers.get(at)) else { return Html::default() };
    let (name, help) = words::layer_type(layer.kind.type_name());
    let place = words::LAYER_OF.with(lang, &[("i", &(at + 1).to_string()), ("n", &layers.len().to_string())]);
    let arithmetic = info.arithmetic();
    let shapes = words::SHAPES.with(lang, &[("in", &show(&info.input)), ("out", &show(&info.output))]);
    let set = {
        let emit = emit.clone();
        Callback::from(move |kind: LayerKind| emit.emit(Msg::SetLayer { at, kind }))
    };
    let onkeydown = closes_on_escape(onclose.clone());
    html! {
        <section class="net-inspector" {onkeydown} data-testid={testid::LAYER_SETTINGS} aria-label={words::SETTINGS.with(lang, &[("name", name.get(lang))])}>
            <header>
                <b>{ name.get(lang) }</b><span class="net-dim">{ format!("{place} · {shapes}") }</span>
                <button type="button" class="net-close" aria-label={words::CLOSE.get(lang)} title={words::CLOSE.get(lang)}
                    onclick={onclose.reform(|_: MouseEvent| ())}>{ "×" }</button>
            </header>
            <p class="net-help">{ help.get(lang) }</p>
            if !arithmetic.is_empty() {
                <p class="net-help" data-testid={testid::layer_control(at, "parameters")}>
                    { words::ARITHMETIC.with(lang, &[("sum", &number::grouped(&arithmetic))]) }
                </p>
            }
            <div class="net-fields">
                { kind_fields(layer, info, at, lang, &set) }
                <Wiring experiment={experiment.clone()} infos={infos.clone()} {at} {lang} emit={emit.clone()} />
                { look_at(info, at, lang, emit) }
            </div>
        </section>
    }
}

pub(super) fn kind_fields(layer: &Layer, info: &LayerInfo, at: usize, lang: Lang, set: &Callback<LayerKind>) -> Html {
    match &layer.kind {
        LayerKind::Dense(d) => {
            let (with_init, with_bias, set_bias) = (d.clone(), d.clone(), set.clone());
            let oninit =
                set.reform(move |init| LayerKind::Dense(crate::spec::model::Dense { init, ..with_init.clone() }));
            let onbias = Callback::from(move |e: Event| {
                let Some(input) = e.target_dyn_into::<HtmlInputElement>() else { return };
                let mut d = with_bias.clone();
                d.bias = (!input.checked()).then_some(false);
                set_bias.emit(LayerKind::Dense(d));
            });
            html! {
                <>
                    { formula(d.activation, lang) }
                    <Initial init={d.init} {at} {lang} onchange={oninit} />
                    <label class="net-check" title={words::BIAS_HELP.get(lang)}>
                        <input type="checkbox" checked={d.has_bias()} onchange={onbias} data-testid={testid::layer_control(at, "bias")} />
                        { words::BIAS.get(lang) }<small>{ words::BIAS_HELP.get(lang) }</small>
                    </label>
                </>
            }
        }
        LayerKind::Rnn(r) | LayerKind::Lstm(r) | LayerKind::Gru(r) => recurrent::fields(&layer.kind, r, at, lang, set),
        LayerKind::Conv2d(c) | LayerKind::ConvTranspose2d(c) | LayerKind::Conv1d(c) => html! {
            <>{ formula(c.activation, lang) }{ image::conv(&layer.kind, c, at, lang, set) }</>
        },
        LayerKind::MaxPool2d(p) | LayerKind::AvgPool2d(p) | LayerKind::MaxPool1d(p) => {
            image::pool(&layer.kind, p, at, lang, set)
        }
        LayerKind::Upsample2d(u) => {
            let set = set.reform(|factor| LayerKind::Upsample2d(Upsample { factor }));
            image::count(words::FACTOR, "factor", u.factor, at, lang, set)
        }
        LayerKind::GroupNorm(g) => {
            let set = set.reform(|groups| LayerKind::GroupNorm(GroupNorm { groups }));
            image::count(words::GROUPS, "groups", g.groups, at, lang, set)
        }
        LayerKind::SqueezeExcite(s) => {
            let set = set.reform(|reduction| LayerKind::SqueezeExcite(SqueezeExcite { reduction }));
            image::count(words::REDUCTION, "reduction", s.reduction, at, lang, set)
        }
        LayerKind::Activation(a) => formula(a.kind, lang),
        LayerKind::Dropout(d) => rate(d, at, lang, &set.reform(LayerKind::Dropout)),
        LayerKind::Dropout2d(d) => rate(d, at, lang, &set.reform(LayerKind::Dropout2d)),
        LayerKind::Reshape(r) => {
            let n = size(&info.input).to_string();
            let set = set.clone();
            let read = Callback::from(move |t: String| {
                let dims: Result<Vec<usize>, _> =
                    t.split(['x', '×', ',', ' ']).filter(|p| !p.is_empty()).map(str::parse).collect();
                let dims = dims.ok().filter(|d| !d.is_empty());
                dims.inspect(|shape| set.emit(LayerKind::Reshape(Reshape { shape: shape.clone() }))).is_some()
            });
            html! {
                <Words value={show(&r.shape)} label={words::SHAPE.get(lang)} help={words::SHAPE_HELP.with(lang, &[("n", &n)])}
                    testid={testid::layer_control(at, "shape")} {read} wide={false} />
            }
        }
        LayerKind::Residual(r) => {
            let value = text::write(&ModelSpec { layers: r.layers.clone() });
            let onchange = set.reform(|layers| LayerKind::Residual(Residual { layers }));
            let set = set.clone();
            let read = Callback::from(move |t: String| {
                let layers = text::parse(&t).ok().map(|m| m.layers);
                layers.inspect(|l| set.emit(LayerKind::Residual(Residual { layers: l.clone() }))).is_some()
            });
            html! {
                <>
                    <Inside layers={r.layers.clone()} infos={info.children.clone()} base={testid::inside(at)} {lang} {onchange} />
                    <Words {value} label={words::INSIDE_TEXT.get(lang)} help={words::INSIDE_HELP.with(lang, &[("shape", &show(&info.input))])}
                        testid={testid::layer_control(at, "layers")} {read} wide={true} />
                </>
            }
        }
        LayerKind::BatchNorm(_) | LayerKind::LayerNorm(_) => {
            html! { <p class="net-formula">{ "y = (x − μ) / √(σ² + 10⁻⁵) · weight + bias" }</p> }
        }
        LayerKind::Slice(s) => attention_fields::slice(&Place { at, lang, set }, s),
        LayerKind::Positional(p) => attention_fields::positional(&Place { at, lang, set }, p),
        LayerKind::Attention(a) => attention_fields::attention(&Place { at, lang, set }, a),
        LayerKind::TransformerBlock(t) => attention_fields::block(&Place { at, lang, set }, t),
        LayerKind::Flatten(_)
        | LayerKind::Add(_)
        | LayerKind::Concat(_)
        | LayerKind::GlobalAvgPool2d(_)
        | LayerKind::GlobalAvgPool1d(_)
        | LayerKind::Embedding(_) => Html::default(),
    }
}

fn formula(a: Activation, lang: Lang) -> Html {
    html! {
        <p class="net-formula">
            <span class="net-dim">{ format!("{} ", words::ACTIVATION.get(lang)) }</span>{ format!("{}: y = {}", a.name(), a.formula()) }
        </p>
    }
}

fn rate(d: &Dropout, at: usize, lang: Lang, set: &Callback<Dropout>) -> Html {
    // Two digits: a slider's 0.15 is not f32's 0.15000001.
    let onchange = set.reform(|v: f64| Dropout { rate: (v * 100.0).round() as f32 / 100.0 });
    let value = f64::from(d.rate);
    let label = words::RATE.get(lang);
    html! {
        <label class="net-field">
            <span>{ label }</span>
            <SliderField {value} min={0.0} max={0.95} step={0.05} {label} {lang} onchange={onchange.clone()} testid={testid::layer_control(at, "rate-slider")} />
            <NumberField {value} min={0.0} max={0.99} step={0.05} {label} {lang} {onchange} testid={testid::layer_control(at, "rate")} />
        </label>
    }
}

/// Chooses a unit to look at: the keyboard's way to what a click on its picture does.
fn look_at(info: &LayerInfo, at: usize, lang: Lang, emit: &Callback<Msg>) -> Html {
    let [units] = *info.output.as_slice() else { return Html::default() };
    let emit = emit.clone();
    let onchange = Callback::from(move |e: Event| {
        let value = e.target_dyn_into::<HtmlSelectElement>().map(|s| s.value());
        if let Some(unit) = value.and_then(|v| v.parse().ok()) {
            emit.emit(Msg::Pick(Some(Picked::Unit { layer: Some(at), unit })));
        }
    });
    html! {
        <label class="net-field">
            <span>{ words::LOOK_AT.get(lang) }</span>
            <select {onchange} data-testid={testid::layer_control(at, "unit")}>
                <option value="" selected=true>{ words::CHOOSE.get(lang) }</option>
                { for (0..units.min(200)).map(|u| html! { <option value={u.to_string()}>{ u + 1 }</option> }) }
            </select>
        </label>
    }
}

/// Properties of [`Words`].
#[derive(Clone, PartialEq, Properties)]
pub struct WordsProps {
    /// The text in force.
    pub value: String,
    /// What it is.
    pub label: AttrValue,
    /// What it should look like.
    #[prop_or_default]
    pub help: AttrValue,
    /// For tests.
    pub testid: AttrValue,
    /// Takes a new text; `false` if it makes no sense.
    pub read: ReadText,
    /// Across the whole width.
    pub wide: bool,
}

/// Takes a text over if it makes sense.
pub type ReadText = Callback<String, bool>;

/// A line of text that takes effect on Enter or on leaving; what makes no sense stays, marked.
#[component]
pub fn Words(props: &WordsProps) -> Html {
    let draft = use_state_eq(|| None::<String>);
    let wrong = use_state_eq(|| false);
    let oninput = {
        let draft = draft.clone();
        Callback::from(move |e: InputEvent| draft.set(e.target_dyn_into::<HtmlInputElement>().map(|i| i.value())))
    };
    let onchange = {
        let (draft, wrong, read) = (draft.clone(), wrong.clone(), props.read.clone());
        Callback::from(move |e: Event| {
            let Some(text) = e.target_dyn_into::<HtmlInputElement>().map(|i| i.value()) else { return };
            let ok = read.emit(text.clone());
            wrong.set(!ok);
            draft.set((!ok).then_some(text));
        })
    };
    let value = (*draft).clone().unwrap_or_else(|| props.value.clone());
    html! {
        <label class={classes!("net-field", props.wide.then_some("net-wide"))}>
            <span>{ &props.label }</span>
            <input type="text" {value} spellcheck="false" autocomplete="off" aria-invalid={wrong.then_some("true")}
                data-testid={props.testid.clone()} {oninput} {onchange} />
            <small>{ &props.help }</small>
        </label>
    }
}

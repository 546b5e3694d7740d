//! The settings of the opened card, under the strip: everything that the card's header has no room for.
//!
//! Not responsible for what each kind of layer has to set (`spec::layers`) nor for wiring (`wiring.rs`).

use super::curve::ActivationCurve;
use super::field::closes_on_escape;
use super::inside::Inside;
use super::layer_field;
use super::wiring::Wiring;
use crate::i18n::{Lang, network as words};
use crate::spec::model::Residual;
use crate::spec::shape::{LayerInfo, ModelInfo, show};
use crate::spec::{Activation, Experiment, Layer, LayerKind, ModelSpec, text};
use crate::ui::form::say;
use crate::ui::plots::number;
use crate::ui::state::{EditMsg, Msg, Picked, ViewMsg};
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
        Callback::from(move |kind: LayerKind| emit.emit(Msg::Edit(EditMsg::SetLayer { at, kind })))
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
    let kind = &layer.kind;
    html! {
        <>
            if let Some(act) = kind.activation() {
                { formula(act, lang) }
                <ActivationCurve {act} value={format!("{}.{}", info.name, sums(kind))} {at} {lang} />
            }
            { for kind.formula().into_iter().map(|line| html! { <p class="net-formula">{ line }</p> }) }
            { for kind.fields().iter().map(|f| layer_field::view(f, kind, info, at, lang, set)) }
            if let LayerKind::Residual(r) = kind {
                { branch(r, info, at, lang, set) }
            }
        </>
    }
}

/// What comes into the layer's activation function, behind the layer's name.
fn sums(kind: &LayerKind) -> &'static str {
    if matches!(kind, LayerKind::TransformerBlock(_)) { "mlp.0.sum" } else { "sum" }
}

/// The layers inside, as cards and as text.
fn branch(r: &Residual, info: &LayerInfo, at: usize, lang: Lang, set: &Callback<LayerKind>) -> Html {
    let value = text::write(&ModelSpec::of(r.layers.clone()));
    let onchange = set.reform(|layers| LayerKind::Residual(Residual { layers }));
    let set = set.clone();
    let read = Callback::from(move |t: String| {
        let model = text::parse(&t).map_err(|p| AttrValue::from(say(&p, lang)))?;
        set.emit(LayerKind::Residual(Residual { layers: model.layers }));
        Ok(())
    });
    html! {
        <>
            <Inside layers={r.layers.clone()} infos={info.children.clone()} base={testid::inside(at)} {lang} {onchange} />
            <Words {value} label={words::INSIDE_TEXT.get(lang)} help={words::INSIDE_HELP.with(lang, &[("shape", &show(&info.input))])}
                testid={testid::layer_control(at, "layers")} {read} wide={true} />
        </>
    }
}

fn formula(a: Activation, lang: Lang) -> Html {
    html! {
        <p class="net-formula">
            <span class="net-dim">{ format!("{} ", words::ACTIVATION.get(lang)) }</span>{ format!("{}: y = {}", a.name(), a.formula()) }
        </p>
    }
}

/// Chooses a unit to look at: the keyboard's way to what a click on its picture does.
fn look_at(info: &LayerInfo, at: usize, lang: Lang, emit: &Callback<Msg>) -> Html {
    let [units] = *info.output.as_slice() else { return Html::default() };
    let emit = emit.clone();
    let onchange = Callback::from(move |e: Event| {
        let value = e.target_dyn_into::<HtmlSelectElement>().map(|s| s.value());
        if let Some(unit) = value.and_then(|v| v.parse().ok()) {
            emit.emit(Msg::View(ViewMsg::Pick(Some(Picked::Unit { layer: Some(at), unit }))));
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
    /// Takes a new text, or says why not.
    pub read: ReadText,
    /// Across the whole width.
    pub wide: bool,
}

/// Takes a text over if it makes sense, else says why not.
pub type ReadText = Callback<String, Result<(), AttrValue>>;

/// A line of text that takes effect on Enter or on leaving; what makes no sense stays, with the reason.
#[component]
pub fn Words(props: &WordsProps) -> Html {
    let draft = use_state_eq(|| None::<String>);
    let wrong = use_state_eq(|| None::<AttrValue>);
    let oninput = {
        let draft = draft.clone();
        Callback::from(move |e: InputEvent| draft.set(e.target_dyn_into::<HtmlInputElement>().map(|i| i.value())))
    };
    let onchange = {
        let (draft, wrong, read) = (draft.clone(), wrong.clone(), props.read.clone());
        Callback::from(move |e: Event| {
            let Some(text) = e.target_dyn_into::<HtmlInputElement>().map(|i| i.value()) else { return };
            let why = read.emit(text.clone()).err();
            draft.set(why.is_some().then_some(text));
            wrong.set(why);
        })
    };
    let value = (*draft).clone().unwrap_or_else(|| props.value.clone());
    html! {
        <label class={classes!("net-field", props.wide.then_some("net-wide"))}>
            <span>{ &props.label }</span>
            <input type="text" {value} spellcheck="false" autocomplete="off" aria-invalid={wrong.is_some().then_some("true")}
                data-testid={props.testid.clone()} {oninput} {onchange} />
            if let Some(why) = &*wrong {
                <span class="net-wrong" role="alert"><span aria-hidden="true">{ "⚠ " }</span>{ why }</span>
            } else {
                <small>{ &props.help }</small>
            }
        </label>
    }
}

//! The header of one layer's column: what it is, its size and activation, its parameters as arithmetic, what is wrong
//! with it, and the small tools (drag, move, remove).
//!
//! Not responsible for the other settings (`settings.rs`) nor for the units below (`column.rs`).

use super::field::NumberField;
use super::image;
use crate::i18n::{Lang, Text, network as words};
use crate::spec::model::{Attention, Embedding, TransformerBlock, UNITS_MAX};
use crate::spec::shape::{LayerInfo, show};
use crate::spec::{Activation, Fix, Layer, LayerKind};
use crate::ui::plots::number;
use crate::ui::state::Msg;
use crate::ui::testid;
use web_sys::{Element, HtmlSelectElement};
use yew::prelude::*;

/// Where a dragged card is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Drag {
    /// Over this place of the window (CSS pixels from its left edge).
    Over(f64),
    /// The card of that layer was let go there.
    Drop(usize, f64),
    /// A skip connection from that layer is drawn to there.
    Link(usize, f64),
    /// It is to end there.
    Join(usize, f64),
    /// Given up.
    Cancel,
}

/// A problem in words, with its remedy's words.
#[derive(Clone, Debug, PartialEq)]
pub struct Trouble {
    /// The sentence.
    pub text: String,
    /// The remedy and what its button says.
    pub fix: Option<(Fix, String)>,
}

/// Properties of [`Card`].
#[derive(Clone, PartialEq, Properties)]
pub struct CardProps {
    /// Index of the layer.
    pub at: usize,
    /// Number of layers; those inside a container are counted from `first`.
    pub count: usize,
    /// Index of the first layer beside this one; not 0 inside a container.
    #[prop_or_default]
    pub first: usize,
    /// The layer.
    pub layer: Layer,
    /// What follows for it.
    pub info: LayerInfo,
    /// Function that the loss applies to the output, on the last card.
    #[prop_or_default]
    pub then: Option<&'static str>,
    /// Left edge and width in the strip.
    pub place: (f64, f64),
    /// Whether it is near what is in view; far away a card is its name only, so that a deep network costs little.
    pub near: bool,
    /// Whether its settings are open.
    pub open: bool,
    /// What is wrong.
    pub troubles: Vec<Trouble>,
    /// Language.
    pub lang: Lang,
    /// Where edits go.
    pub emit: Callback<Msg>,
    /// Opens or closes the settings.
    pub onopen: Callback<usize>,
    /// Dragging.
    pub ondrag: Callback<Drag>,
}

/// Characters of arithmetic that fit under a card's name.
const SUM_CHARS: usize = 24;

/// See the module.
#[component]
pub fn Card(props: &CardProps) -> Html {
    let CardProps { at, layer, info, lang, open, emit, .. } = props;
    let (at, lang) = (*at, *lang);
    let last = at + 1 == props.count && props.first == 0;
    let type_words = words::layer_type(layer.kind.type_name());
    let plain = type_words.0.get(lang);
    let name = if last && matches!(layer.kind, LayerKind::Dense(_)) { words::OUTPUT.get(lang) } else { plain };
    let toggle = {
        let onopen = props.onopen.clone();
        Callback::from(move |_: MouseEvent| onopen.emit(at))
    };
    let arithmetic = number::grouped(&info.arithmetic());
    let bottom = if arithmetic.is_empty() { words::NO_PARAMETERS.get(lang).to_string() } else { arithmetic };
    let class = classes!(
        "net-card",
        open.then_some("net-open"),
        last.then_some("net-last"),
        (!props.troubles.is_empty()).then_some("net-troubled")
    );
    let style = format!("left:{}px;width:{}px", props.place.0, props.place.1);
    html! {
        <div {class} {style} data-testid={testid::layer_card(at)} role="group" aria-label={format!("{name} {}", at - props.first + 1)}>
            <div class="net-title">
                <button type="button" class="net-name" aria-expanded={open.to_string()} onclick={toggle}
                    title={format!("{} — {}", plain, type_words.1.get(lang))}
                    aria-label={words::SETTINGS.with(lang, &[("name", name)])}
                    data-testid={testid::layer_control(at, "settings")}>{ name }</button>
                if props.near { { size_field(props) } }
            </div>
            if props.near {
                <div class="net-act">
                    { activation(props) }
                    if props.then.is_none() {
                        <span title={words::OUTPUT_SHAPE.get(lang)}>{ format!("→ {}", show(&info.output)) }</span>
                    }
                </div>
                <div class="net-sum" title={bottom.clone()}>{ short_sum(&bottom) }</div>
                <Tools {at} count={props.count} first={props.first} {lang} emit={emit.clone()} ondrag={props.ondrag.clone()} />
            }
            <>{ for props.troubles.iter().map(|t| trouble(t, emit)) }</>
        </div>
    }
}

/// As much of the arithmetic as a card has room for: if not all of it, the sum.
fn short_sum(all: &str) -> String {
    match all.rsplit_once(" = ") {
        Some((_, sum)) if all.chars().count() > SUM_CHARS => format!("… = {sum}"),
        _ => all.to_string(),
    }
}

/// The one number that says how large the layer is.
fn size_field(props: &CardProps) -> Html {
    let at = props.at;
    match &props.layer.kind {
        LayerKind::Dense(d) => {
            let (d, emit) = (d.clone(), props.emit.clone());
            let shown = d.units.or(props.info.output.last().copied()).unwrap_or(1);
            let onchange = Callback::from(move |v: f64| {
                let mut d = d.clone();
                d.units = Some(v.max(0.0).round() as usize);
                emit.emit(Msg::SetLayer { at, kind: LayerKind::Dense(d) });
            });
            size_input(props, shown, onchange)
        }
        LayerKind::Rnn(r) | LayerKind::Lstm(r) | LayerKind::Gru(r) => {
            let (kind, emit) = (props.layer.kind.clone(), props.emit.clone());
            let onchange = Callback::from(move |v: f64| {
                let mut kind = kind.clone();
                kind.recurrent_mut().into_iter().for_each(|r| r.units = v.max(0.0).round() as usize);
                emit.emit(Msg::SetLayer { at, kind });
            });
            size_input(props, r.units, onchange)
        }
        LayerKind::Conv2d(c) | LayerKind::ConvTranspose2d(c) | LayerKind::Conv1d(c) => {
            let (kind, emit) = (props.layer.kind.clone(), props.emit.clone());
            let onchange = Callback::from(move |v: f64| {
                let mut kind = kind.clone();
                kind.conv_mut().into_iter().for_each(|c| c.filters = v.max(0.0).round() as usize);
                emit.emit(Msg::SetLayer { at, kind });
            });
            size_input(props, c.filters, onchange)
        }
        LayerKind::MaxPool2d(p) | LayerKind::AvgPool2d(p) | LayerKind::MaxPool1d(p) => {
            html! { <span class="net-fact">{ image::shown(p.size) }</span> }
        }
        LayerKind::Embedding(e) => {
            whole(props, "units", words::UNITS, e.units, |units| LayerKind::Embedding(Embedding { units }))
        }
        LayerKind::Attention(a) => {
            let a = a.clone();
            whole(props, "heads", words::HEADS, a.heads, move |heads| {
                LayerKind::Attention(Attention { heads, ..a.clone() })
            })
        }
        LayerKind::TransformerBlock(t) => {
            let t = t.clone();
            whole(props, "heads", words::HEADS, t.heads, move |heads| {
                LayerKind::TransformerBlock(TransformerBlock { heads, ..t.clone() })
            })
        }
        LayerKind::Slice(s) => {
            html! { <span class="net-fact">{ format!("{}:{}", s.start, s.start.saturating_add(s.length)) }</span> }
        }
        LayerKind::Positional(p) => html! { <span class="net-fact">{ p.kind.name() }</span> },
        LayerKind::Upsample2d(u) => html! { <span class="net-fact">{ format!("×{}", u.factor) }</span> },
        LayerKind::GroupNorm(g) => html! { <span class="net-fact">{ g.groups }</span> },
        LayerKind::SqueezeExcite(s) => html! { <span class="net-fact">{ format!("/{}", s.reduction) }</span> },
        LayerKind::Dropout(d) | LayerKind::Dropout2d(d) => html! { <span class="net-fact">{ d.rate }</span> },
        LayerKind::Residual(_)
        | LayerKind::Reshape(_)
        | LayerKind::Activation(_)
        | LayerKind::BatchNorm(_)
        | LayerKind::LayerNorm(_)
        | LayerKind::Flatten(_)
        | LayerKind::GlobalAvgPool2d(_)
        | LayerKind::GlobalAvgPool1d(_)
        | LayerKind::Add(_)
        | LayerKind::Concat(_) => Html::default(),
    }
}

fn size_input(props: &CardProps, shown: usize, onchange: Callback<f64>) -> Html {
    let (label, field) = match props.layer.kind {
        LayerKind::Conv2d(_) | LayerKind::ConvTranspose2d(_) | LayerKind::Conv1d(_) => (words::FILTERS, "filters"),
        _ => (words::UNITS, "units"),
    };
    let (at, lang) = (props.at, props.lang);
    let class = classes!("net-size", format!("net-ch{}", shown.to_string().len().min(5)));
    html! {
        <NumberField value={shown as f64} min={1.0} max={UNITS_MAX as f64} step={1.0} {lang} {onchange} {class}
            label={label.get(lang)} testid={testid::layer_control(at, field)} />
    }
}

/// A whole number that changes the layer.
fn whole(
    props: &CardProps,
    field: &str,
    label: Text,
    value: usize,
    change: impl Fn(usize) -> LayerKind + 'static,
) -> Html {
    let (at, lang, emit) = (props.at, props.lang, props.emit.clone());
    let onchange = Callback::from(move |v: f64| {
        emit.emit(Msg::SetLayer { at, kind: change(v.max(0.0).round() as usize) });
    });
    html! {
        <NumberField value={value as f64} min={1.0} max={UNITS_MAX as f64} step={1.0} {lang} {onchange}
            class={classes!("net-size", format!("net-ch{}", value.to_string().len().min(5)))}
            label={label.get(lang)} testid={testid::layer_control(at, field)} />
    }
}

fn activation(props: &CardProps) -> Html {
    let (at, lang) = (props.at, props.lang);
    let chosen = match &props.layer.kind {
        LayerKind::Dense(d) => d.activation,
        LayerKind::Conv2d(c) | LayerKind::ConvTranspose2d(c) | LayerKind::Conv1d(c) => c.activation,
        LayerKind::Activation(a) => a.kind,
        LayerKind::TransformerBlock(t) => t.activation,
        LayerKind::Residual(_) => return html! { <span>{ "x + f(x)" }</span> },
        LayerKind::Rnn(r) => return html! { <span>{ r.activation.unwrap_or_default().name() }</span> },
        LayerKind::Dropout(_)
        | LayerKind::Lstm(_)
        | LayerKind::Gru(_)
        | LayerKind::BatchNorm(_)
        | LayerKind::LayerNorm(_)
        | LayerKind::Flatten(_)
        | LayerKind::Reshape(_)
        | LayerKind::MaxPool2d(_)
        | LayerKind::AvgPool2d(_)
        | LayerKind::MaxPool1d(_)
        | LayerKind::Upsample2d(_)
        | LayerKind::SqueezeExcite(_)
        | LayerKind::GroupNorm(_)
        | LayerKind::Dropout2d(_)
        | LayerKind::GlobalAvgPool2d(_)
        | LayerKind::GlobalAvgPool1d(_)
        | LayerKind::Add(_)
        | LayerKind::Concat(_)
        | LayerKind::Slice(_)
        | LayerKind::Embedding(_)
        | LayerKind::Positional(_)
        | LayerKind::Attention(_) => return Html::default(),
    };
    let onchange = {
        let (kind, emit) = (props.layer.kind.clone(), props.emit.clone());
        Callback::from(move |e: Event| {
            let value = e.target_dyn_into::<HtmlSelectElement>().map(|s| s.value());
            let Some(chosen) = value.and_then(|v| Activation::from_name(&v)) else { return };
            let mut kind = kind.clone();
            match &mut kind {
                LayerKind::Dense(d) => d.activation = chosen,
                LayerKind::Conv2d(c) | LayerKind::ConvTranspose2d(c) | LayerKind::Conv1d(c) => c.activation = chosen,
                LayerKind::Activation(a) => a.kind = chosen,
                LayerKind::TransformerBlock(t) => t.activation = chosen,
                _ => return,
            }
            emit.emit(Msg::SetLayer { at, kind });
        })
    };
    let option = |a: Activation| {
        html! { <option value={a.name()} selected={a == chosen} title={a.formula()}>{ a.name() }</option> }
    };
    let title = format!("{}: {}", words::ACTIVATION.get(lang), chosen.formula());
    html! {
        <>
            <select class="net-select" {onchange} {title} aria-label={words::ACTIVATION.get(lang)}
                data-testid={testid::layer_control(at, "activation")}>
                { for Activation::ALL.into_iter().map(option) }
            </select>
            <>{ for props.then.map(|t| html! { <span class="net-then">{ format!("→ {t}") }</span> }) }</>
        </>
    }
}

fn trouble(t: &Trouble, emit: &Callback<Msg>) -> Html {
    let button = t.fix.clone().map(|(fix, label)| {
        let emit = emit.clone();
        let onclick = Callback::from(move |_: MouseEvent| emit.emit(Msg::Fix(fix.clone())));
        html! {
            <button type="button" class="net-fix" {onclick} data-testid={testid::PROBLEM_FIX}>{ label }</button>
        }
    });
    html! { <div class="net-trouble" role="alert"><span aria-hidden="true">{ "⚠ " }</span>{ &t.text }{ for button }</div> }
}

/// Properties of [`Tools`].
#[derive(Clone, PartialEq, Properties)]
struct ToolsProps {
    at: usize,
    count: usize,
    first: usize,
    lang: Lang,
    emit: Callback<Msg>,
    ondrag: Callback<Drag>,
}

/// Handles to drag the card and to draw a skip connection; left, right, remove.
#[component]
fn Tools(props: &ToolsProps) -> Html {
    let ToolsProps { at, count, first, lang, emit, ondrag } = props.clone();
    let held = use_mut_ref(|| false);
    let handle = |links: bool| {
        let onpointerdown = {
            let held = held.clone();
            Callback::from(move |e: PointerEvent| {
                // Not the current target: Yew listens at the root of the page.
                let handle = e.target_dyn_into::<Element>();
                // Without capture the drag would only end early.
                *held.borrow_mut() = handle.is_some_and(|h| h.set_pointer_capture(e.pointer_id()).is_ok());
                e.prevent_default();
            })
        };
        // Moving, letting go, or giving up.
        let goes = |ends: bool, drops: bool| {
            let (held, ondrag) = (held.clone(), ondrag.clone());
            Callback::from(move |e: PointerEvent| {
                let was_held = *held.borrow();
                *held.borrow_mut() &= !ends;
                let x = f64::from(e.client_x());
                let drag = match (links, ends, drops) {
                    (false, false, _) => Drag::Over(x),
                    (false, true, true) => Drag::Drop(at, x),
                    (true, false, _) => Drag::Link(at, x),
                    (true, true, true) => Drag::Join(at, x),
                    (_, true, false) => Drag::Cancel,
                };
                if was_held {
                    ondrag.emit(drag);
                }
            })
        };
        let (id, sign, title) = if links { ("skip", "⤵", words::SKIP_DRAG) } else { ("grip", "⠿", words::DRAG) };
        html! {
            <span class="net-tool net-grip" title={title.get(lang)} aria-hidden="true"
                data-testid={testid::layer_control(at, id)} {onpointerdown} onpointermove={goes(false, false)}
                onpointerup={goes(true, true)} onpointercancel={goes(true, false)}>{ sign }</span>
        }
    };
    let button = |control: &str, text: &'static str, label: &'static str, disabled: bool, msg: Msg| {
        let emit = emit.clone();
        let onclick = Callback::from(move |_: MouseEvent| emit.emit(msg.clone()));
        html! {
            <button type="button" class="net-tool" title={label} aria-label={label} {disabled} {onclick}
                data-testid={testid::layer_control(at, control)}>{ text }</button>
        }
    };
    let (left, right) = (at.saturating_sub(1), at + 1);
    html! {
        <div class="net-tools">
            if first == 0 { { handle(false) } }
            { button("left", "←", words::LEFT.get(lang), at == first, Msg::MoveLayer { from: at, to: left }) }
            { button("right", "→", words::RIGHT.get(lang), at + 1 >= count, Msg::MoveLayer { from: at, to: right }) }
            if first == 0 && at + 2 < count { { handle(true) } }
            { button("remove", "×", words::REMOVE.get(lang), false, Msg::RemoveLayer(at)) }
        </div>
    }
}

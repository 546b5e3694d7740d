//! The header of one layer's column: what it is, its size and activation, its parameters as arithmetic, what is wrong
//! with it, and the small tools (drag, move, remove).
//!
//! Not responsible for the other settings (`settings.rs`) nor for the units below (`column.rs`).

use super::layer_field;
use crate::i18n::{Lang, network as words};
use crate::spec::layers::{Control, Head, Setting};
use crate::spec::shape::{LayerInfo, show};
use crate::spec::{Activation, Fix, Layer, LayerKind};
use crate::ui::form::NumberField;
use crate::ui::form::scale::Limits;
use crate::ui::icons::{Sign, icon};
use crate::ui::plots::number;
use crate::ui::state::{EditMsg, Msg};
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
        layer.frozen.then_some("net-frozen"),
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
                <Tools {at} count={props.count} first={props.first} {lang} frozen={(info.n_params() > 0).then_some(layer.frozen)} emit={emit.clone()} ondrag={props.ondrag.clone()} />
            }
            <>{ for props.troubles.iter().map(|t| view_trouble(t, emit)) }</>
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

/// What says how large the layer is: a number to set, or a fact.
fn size_field(props: &CardProps) -> Html {
    let field = match props.layer.kind.head(&props.info) {
        Head::Nothing => return Html::default(),
        Head::Fact(fact) => return html! { <span class="net-fact">{ fact }</span> },
        Head::Field(field) => field,
    };
    let Control::Whole { value, min, max } = field.control else { return Html::default() };
    let (at, lang) = (props.at, props.lang);
    let onchange = layer_field::put(&field, &props.layer.kind, &set(props)).reform(|v: f64| Setting::Whole(v as usize));
    let class = classes!("net-size", format!("net-ch{}", value.to_string().len().min(5)));
    html! {
        <NumberField bare=true id={testid::layer_control(at, field.key)} {lang} label={layer_field::words(&field, lang).0}
            value={value as f64} limits={Limits::whole(min as f64, max as f64)} {class} {onchange} />
    }
}

/// Where a changed kind goes.
fn set(props: &CardProps) -> Callback<LayerKind> {
    let at = props.at;
    props.emit.reform(move |kind| Msg::Edit(EditMsg::SetLayer { at, kind }))
}

fn activation(props: &CardProps) -> Html {
    let (at, lang, kind) = (props.at, props.lang, &props.layer.kind);
    let Some(chosen) = kind.activation() else {
        let note = kind.note();
        return if note.is_empty() {
            Html::default()
        } else {
            html! { <span>{ note }</span> }
        };
    };
    let onchange = {
        let (kind, set) = (kind.clone(), set(props));
        Callback::from(move |e: Event| {
            let value = e.target_dyn_into::<HtmlSelectElement>().map(|s| s.value());
            if let Some(chosen) = value.and_then(|v| Activation::from_name(&v)) {
                set.emit(kind.with("activation", Setting::Activation(chosen)));
            }
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

/// A problem on the card that causes it, with its remedy.
pub(super) fn view_trouble(t: &Trouble, emit: &Callback<Msg>) -> Html {
    let button = t.fix.clone().map(|(fix, label)| {
        let emit = emit.clone();
        let onclick = Callback::from(move |_: MouseEvent| emit.emit(Msg::Edit(EditMsg::Fix(fix.clone()))));
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
    /// Whether it is frozen; nothing where there are no parameters.
    frozen: Option<bool>,
    emit: Callback<Msg>,
    ondrag: Callback<Drag>,
}

/// Handles to drag the card and to draw a skip connection; left, right, remove.
#[component]
fn Tools(props: &ToolsProps) -> Html {
    let ToolsProps { at, count, first, lang, frozen, emit, ondrag } = props.clone();
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
            { button("left", "←", words::LEFT.get(lang), at == first, Msg::Edit(EditMsg::MoveLayer { from: at, to: left })) }
            { button("right", "→", words::RIGHT.get(lang), at + 1 >= count, Msg::Edit(EditMsg::MoveLayer { from: at, to: right })) }
            if first == 0 && at + 2 < count { { handle(true) } }
            { for frozen.map(|frozen| lock(at, lang, frozen, &emit)) }
            { button("remove", "×", words::REMOVE.get(lang), false, Msg::Edit(EditMsg::RemoveLayer(at))) }
        </div>
    }
}

/// Freezes the layer, or lets it learn again.
fn lock(at: usize, lang: Lang, frozen: bool, emit: &Callback<Msg>) -> Html {
    let onclick = emit.reform(move |_: MouseEvent| Msg::Edit(EditMsg::Freeze { at, frozen: !frozen }));
    let (sign, title) = if frozen { (Sign::Locked, words::UNFREEZE) } else { (Sign::Unlocked, words::FREEZE) };
    html! {
        <button type="button" class="net-tool net-lock" title={title.get(lang)} aria-label={words::FREEZE.get(lang)}
            aria-pressed={frozen.to_string()} {onclick} data-testid={testid::layer_control(at, "frozen")}>{ icon(sign) }</button>
    }
}

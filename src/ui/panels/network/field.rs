//! Sliders that show a live value without taking the handle away from under the learner's hand.
//!
//! Not responsible for numbers that are typed (`ui::form::number`).

use crate::ui::form::scale::brief;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`SliderField`].
#[derive(Clone, PartialEq, Properties)]
pub struct FieldProps {
    /// The value in force.
    pub value: f64,
    /// Left end.
    pub min: f64,
    /// Right end.
    pub max: f64,
    /// From one place to the next.
    pub step: f64,
    /// Read aloud.
    pub label: AttrValue,
    /// For tests.
    pub testid: AttrValue,
    /// CSS class.
    #[prop_or_default]
    pub class: Classes,
    /// It was dragged there.
    pub onchange: Callback<f64>,
}

fn value_of(e: &Event) -> Option<String> {
    e.target_dyn_into::<HtmlInputElement>().map(|i| i.value())
}

/// Closes what has the focus inside on Escape.
pub fn closes_on_escape(close: Callback<()>) -> Callback<KeyboardEvent> {
    Callback::from(move |e: KeyboardEvent| {
        if e.key() == "Escape" {
            close.emit(());
        }
    })
}

/// A number to drag; takes effect while dragging.
#[component]
pub fn SliderField(props: &FieldProps) -> Html {
    let draft = use_state_eq(|| None::<String>);
    let oninput = {
        let (draft, emit) = (draft.clone(), props.onchange.clone());
        Callback::from(move |e: InputEvent| {
            let text = value_of(&e);
            if let Some(v) = text.as_ref().and_then(|t| t.parse().ok()) {
                emit.emit(v);
            }
            draft.set(text);
        })
    };
    let onchange = {
        let draft = draft.clone();
        Callback::from(move |_: Event| draft.set(None))
    };
    let shown = props.value.clamp(props.min, props.max);
    let value = (*draft).clone().unwrap_or_else(|| brief(shown));
    html! {
        <input type="range" class={props.class.clone()} {value}
            min={brief(props.min)} max={brief(props.max)} step={brief(props.step)}
            aria-label={props.label.clone()} data-testid={props.testid.clone()} {oninput} {onchange} />
    }
}

//! Number fields and sliders that show a live value without taking the text away from under the writer's hands.
//!
//! Not responsible for ranges: what is out of range is emitted too, so that the spec can say so at its place.

use crate::i18n::{Lang, network as words};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`NumberField`] and [`SliderField`].
#[derive(Clone, PartialEq, Properties)]
pub struct FieldProps {
    /// The value in force.
    pub value: f64,
    /// Hint for the spinner, end of the slider.
    pub min: f64,
    /// Hint for the spinner, end of the slider.
    pub max: f64,
    /// Step of the spinner and of the slider.
    pub step: f64,
    /// Read aloud.
    pub label: AttrValue,
    /// For tests.
    pub testid: AttrValue,
    /// CSS class.
    #[prop_or_default]
    pub class: Classes,
    /// Language of the complaint.
    #[prop_or_default]
    pub lang: Lang,
    /// A finite number was entered.
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

/// What a value looks like in a field: five digits after the point at most.
pub fn field_text(v: f64) -> String {
    let text = format!("{v:.5}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    if v != 0.0 && v.abs() < 1e-4 { format!("{v:.2e}") } else { short.to_string() }
}

/// A number to type; takes effect on Enter, on leaving, or by the spinner.
#[component]
pub fn NumberField(props: &FieldProps) -> Html {
    let draft = use_state_eq(|| None::<String>);
    let wrong = use_state_eq(|| false);
    let shown = field_text(props.value);
    let onfocus = {
        let (draft, shown) = (draft.clone(), shown.clone());
        Callback::from(move |_: FocusEvent| draft.set(Some(shown.clone())))
    };
    let oninput = {
        let draft = draft.clone();
        Callback::from(move |e: InputEvent| draft.set(value_of(&e)))
    };
    let onchange = {
        let (draft, wrong, emit) = (draft.clone(), wrong.clone(), props.onchange.clone());
        Callback::from(move |e: Event| {
            let text = value_of(&e).unwrap_or_default();
            match text.trim().replace('−', "-").parse::<f64>() {
                // Beyond the range of the network's own numbers there is none that it could take.
                Ok(v) if (v as f32).is_finite() => {
                    wrong.set(false);
                    draft.set(Some(text));
                    emit.emit(v);
                }
                Ok(_) | Err(_) => wrong.set(true),
            }
        })
    };
    let onblur = {
        let (draft, wrong) = (draft.clone(), wrong.clone());
        Callback::from(move |_: FocusEvent| {
            if !*wrong {
                draft.set(None);
            }
        })
    };
    let onkeydown = {
        let (draft, wrong) = (draft.clone(), wrong.clone());
        Callback::from(move |e: KeyboardEvent| {
            if e.key() == "Escape" {
                wrong.set(false);
                draft.set(None);
            }
        })
    };
    let text = (*draft).clone().unwrap_or(shown);
    html! {
        <>
            <input type="number" inputmode="decimal" class={props.class.clone()} value={text}
                min={field_text(props.min)} max={field_text(props.max)} step={field_text(props.step)}
                aria-label={props.label.clone()} title={props.label.clone()} data-testid={props.testid.clone()}
                aria-invalid={wrong.then_some("true")} {onfocus} {oninput} {onchange} {onblur} {onkeydown} />
            if *wrong {
                <span class="net-wrong" role="alert">{ words::NOT_A_NUMBER.get(props.lang) }</span>
            }
        </>
    }
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
    let value = (*draft).clone().unwrap_or_else(|| field_text(shown));
    html! {
        <input type="range" class={props.class.clone()} {value}
            min={field_text(props.min)} max={field_text(props.max)} step={field_text(props.step)}
            aria-label={props.label.clone()} data-testid={props.testid.clone()} {oninput} {onchange} />
    }
}

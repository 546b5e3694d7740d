//! When training pauses by itself, and how fast it goes.
//!
//! Not responsible for pausing (the worker does). Drawn again only when its own values change: a number being typed must
//! not be overwritten by the next frame.

use super::icons::{Sign, icon};
use super::state::{FIRST_SPEED, Msg};
use super::testid;
use crate::i18n::{Lang, transport as words};
use crate::protocol::Until;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// Properties of [`Wishes`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct WishesProps {
    /// The goal.
    pub until: Option<Until>,
    /// The speed.
    pub steps_per_s: Option<f32>,
    /// Whether the metric is accuracy (else R²).
    pub accuracy: bool,
    /// Language of the page.
    pub lang: Lang,
    /// Where messages go.
    pub emit: Callback<Msg>,
}

/// Speeds offered, steps a second.
const SPEEDS: [u32; 7] = [1, 2, 5, 20, 100, FIRST_SPEED as u32, 1000];

/// What a kind of goal starts with.
fn starter(kind: &str) -> Option<Until> {
    Some(match kind {
        "epochs" => Until::Epochs(100),
        "loss" => Until::Loss(0.05),
        "accuracy" => Until::Accuracy(0.95),
        _ => return None,
    })
}

fn kind_of(until: Option<Until>) -> &'static str {
    match until {
        None => "never",
        Some(Until::Epochs(_)) => "epochs",
        Some(Until::Loss(_)) => "loss",
        Some(Until::Accuracy(_)) => "accuracy",
    }
}

/// The goal with another value, as typed; what is no number in range changes nothing.
fn with_value(until: Until, typed: f64) -> Option<Until> {
    Some(match until {
        Until::Epochs(_) if (1.0..=1e6).contains(&typed) => Until::Epochs(typed as u32),
        Until::Loss(_) if (typed as f32).is_finite() => Until::Loss(typed as f32),
        Until::Accuracy(_) if typed > 0.0 && typed <= 100.0 => Until::Accuracy((typed / 100.0) as f32),
        Until::Epochs(_) | Until::Loss(_) | Until::Accuracy(_) => return None,
    })
}

fn shown(until: Until) -> (String, &'static str) {
    match until {
        Until::Epochs(n) => (n.to_string(), "1"),
        Until::Loss(x) => (x.to_string(), "any"),
        // Rounded, so that 95 % does not come back as 94.99999.
        Until::Accuracy(a) => {
            ((f64::from(a) * 1e5).round().to_string().parse::<f64>().map_or(0.0, |v| v / 1e3).to_string(), "any")
        }
    }
}

/// The controls.
#[component]
pub fn Wishes(props: &WishesProps) -> Html {
    let WishesProps { until, steps_per_s, accuracy, lang, emit } = props.clone();
    let choose_until = {
        let emit = emit.clone();
        Callback::from(move |e: Event| {
            emit.emit(Msg::Until(starter(&e.target_unchecked_into::<HtmlSelectElement>().value())));
        })
    };
    let choose_speed = {
        let emit = emit.clone();
        Callback::from(move |e: Event| {
            emit.emit(Msg::Speed(e.target_unchecked_into::<HtmlSelectElement>().value().parse().ok()));
        })
    };
    let other = if steps_per_s.is_none() { Some(FIRST_SPEED) } else { None };
    let hurry = emit.reform(move |_: MouseEvent| Msg::Speed(other));
    // What was typed as the goal and is none.
    let wrong = use_state_eq(|| None::<String>);
    let choose_until = {
        let wrong = wrong.clone();
        choose_until.reform(move |e: Event| {
            wrong.set(None);
            e
        })
    };
    let goals = [
        ("never", words::UNTIL_NEVER),
        ("epochs", words::UNTIL_EPOCHS),
        ("loss", words::UNTIL_LOSS),
        ("accuracy", if accuracy { words::UNTIL_ACCURACY } else { words::UNTIL_R2 }),
    ];
    let kind = kind_of(until);
    let goal = |(value, word): (&'static str, crate::i18n::Text)| {
        html! { <option {value} selected={value == kind}>{ word.get(lang) }</option> }
    };
    let speed = |n: u32| {
        let text = words::SPEED_N.with(lang, &[("n", &n.to_string())]);
        html! { <option value={n.to_string()} selected={steps_per_s == Some(n as f32)}>{ text }</option> }
    };
    html! {
        <div class="wishes">
            <label title={words::UNTIL_HELP.get(lang)}>
                { words::UNTIL.get(lang) }
                <select data-testid={testid::UNTIL_KIND} onchange={choose_until}>{ for goals.map(goal) }</select>
            </label>
            { for until.map(|u| value_field(u, lang, &emit, &wrong)) }
            <label title={words::SPEED_HELP.get(lang)}>
                { words::SPEED.get(lang) }
                <select data-testid={testid::SPEED} onchange={choose_speed}>
                    <option value="max" selected={steps_per_s.is_none()}>{ words::SPEED_MAX.get(lang) }</option>
                    { for SPEEDS.map(speed) }
                </select>
            </label>
            <button type="button" class="quiet flat-out" data-testid={testid::FLAT_OUT} title={words::FLAT_OUT_HELP.get(lang)}
                aria-label={words::SPEED_MAX.get(lang)} aria-pressed={steps_per_s.is_none().to_string()} onclick={hurry}>
                { icon(Sign::Fast) }
            </button>
        </div>
    }
}

fn value_field(until: Until, lang: Lang, emit: &Callback<Msg>, wrong: &UseStateHandle<Option<String>>) -> Html {
    let (value, step) = shown(until);
    let onchange = {
        let (emit, wrong) = (emit.clone(), wrong.clone());
        move |e: Event| {
            let input: HtmlInputElement = e.target_unchecked_into();
            let goal = with_value(until, input.value_as_number());
            wrong.set(goal.is_none().then(|| input.value()));
            if goal.is_some() {
                emit.emit(Msg::Until(goal));
            }
        }
    };
    let range = match until {
        Until::Epochs(_) => words::UNTIL_EPOCHS_RANGE,
        Until::Loss(_) => words::UNTIL_LOSS_RANGE,
        Until::Accuracy(_) => words::UNTIL_ACCURACY_RANGE,
    };
    html! {
        <>
            <input type="number" {step} min="0" value={wrong.as_ref().unwrap_or(&value).clone()} {onchange}
                data-testid={testid::UNTIL_VALUE} aria-label={words::UNTIL_VALUE.get(lang)}
                aria-invalid={wrong.is_some().then_some("true")} />
            if wrong.is_some() { <span class="wish-wrong" role="alert">{ range.get(lang) }</span> }
        </>
    }
}

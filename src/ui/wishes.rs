//! When training pauses by itself, and how fast it goes.
//!
//! Not responsible for pausing (the worker does). Drawn again only when its own values change: a number being typed must
//! not be overwritten by the next frame.

use super::form::NumberField;
use super::form::scale::{Limits, exact};
use super::icons::{Sign, icon};
use super::state::{FIRST_SPEED, Msg, RunMsg};
use super::testid;
use crate::i18n::{Lang, transport as words};
use crate::protocol::Until;
use crate::spec::task::Metric;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Properties of [`Wishes`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct WishesProps {
    /// The goal.
    pub until: Option<Until>,
    /// The speed.
    pub steps_per_s: Option<f32>,
    /// What is measured beside the loss.
    pub metric: Metric,
    /// Language of the page.
    pub lang: Lang,
    /// Where messages go.
    pub emit: Callback<Msg>,
}

/// The furthest goals; a share of 0 is reached before the first step.
const EPOCHS_MAX: f64 = 1e6;
const LOSS_MAX: f64 = 1e30;
const PERCENT_MIN: f64 = 0.001;

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

/// The goal with another value.
fn with_value(until: Until, typed: f64) -> Until {
    match until {
        Until::Epochs(_) => Until::Epochs(typed as u32),
        Until::Loss(_) => Until::Loss(typed as f32),
        // Nobody trains for one per cent: 0.95 is the share that links write.
        Until::Accuracy(_) if typed <= 1.0 => Until::Accuracy(typed as f32),
        Until::Accuracy(_) => Until::Accuracy((typed / 100.0) as f32),
    }
}

/// The value as it is typed, and what it may be.
fn shown(until: Until) -> (f64, Limits) {
    match until {
        Until::Epochs(n) => (f64::from(n), Limits::whole(1.0, EPOCHS_MAX)),
        // Losses may be negative where a task says so, but none is beyond this.
        Until::Loss(x) => (exact(x), Limits::real(-LOSS_MAX, LOSS_MAX)),
        // Rounded, so that 95 % does not come back as 94.99999.
        Until::Accuracy(a) => ((f64::from(a) * 1e5).round() / 1e3, Limits::real(PERCENT_MIN, 100.0)),
    }
}

/// The controls.
#[component]
pub fn Wishes(props: &WishesProps) -> Html {
    let WishesProps { until, steps_per_s, metric, lang, emit } = props.clone();
    let choose_until = {
        let emit = emit.clone();
        Callback::from(move |e: Event| {
            emit.emit(Msg::Run(RunMsg::Until(starter(&e.target_unchecked_into::<HtmlSelectElement>().value()))));
        })
    };
    let choose_speed = {
        let emit = emit.clone();
        Callback::from(move |e: Event| {
            emit.emit(Msg::Run(RunMsg::Speed(e.target_unchecked_into::<HtmlSelectElement>().value().parse().ok())));
        })
    };
    let other = if steps_per_s.is_none() { Some(FIRST_SPEED) } else { None };
    let hurry = emit.reform(move |_: MouseEvent| Msg::Run(RunMsg::Speed(other)));
    let score = match metric {
        Metric::Accuracy => Some(words::UNTIL_ACCURACY),
        Metric::R2 => Some(words::UNTIL_R2),
        // That is to fall, and how far, nobody knows before.
        Metric::Energy => None,
    };
    let always =
        [("never", words::UNTIL_NEVER), ("epochs", words::UNTIL_EPOCHS), ("loss", words::UNTIL_LOSS)].into_iter();
    let goals: Vec<_> = always.chain(score.map(|word| ("accuracy", word))).collect();
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
                <select data-testid={testid::UNTIL_KIND} onchange={choose_until}>{ for goals.into_iter().map(goal) }</select>
            </label>
            { for until.map(|u| value_field(u, lang, &emit)) }
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

fn value_field(until: Until, lang: Lang, emit: &Callback<Msg>) -> Html {
    let (value, limits) = shown(until);
    let onchange = emit.reform(move |typed: f64| Msg::Run(RunMsg::Until(Some(with_value(until, typed)))));
    let unit = if matches!(until, Until::Accuracy(_)) { "%" } else { "" };
    // A key of its own for each kind: what was typed for one is not said of the next.
    html! {
        <NumberField key={kind_of(Some(until))} bare=true id={testid::UNTIL_VALUE} {lang} label={words::UNTIL_VALUE.get(lang)}
            {value} {limits} {unit} {onchange} />
    }
}

//! The timeline: a slider through the run, with its checkpoints marked. Training on from an earlier step forks.
//!
//! Not responsible for forking (the worker does) nor for keeping the abandoned curve (`ui::state`).

use super::plots::number;
use super::state::{Msg, RunMsg};
use super::testid;
use crate::i18n::{Lang, transport as words};
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`Timeline`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct TimelineProps {
    /// Where the run is.
    pub step: u64,
    /// Where it has been furthest.
    pub max: u64,
    /// Steps with a checkpoint: going there is instant, other steps are replayed.
    pub marks: Rc<Vec<u64>>,
    /// Whether it is not training: only then does being behind mean looking back.
    pub resting: bool,
    /// Language of the page.
    pub lang: Lang,
    /// Where messages go.
    pub emit: Callback<Msg>,
}

/// More marks than this would be a grey bar.
const MARKS_DRAWN: usize = 48;

/// The slider.
#[component]
pub fn Timeline(props: &TimelineProps) -> Html {
    let TimelineProps { step, max, marks, resting, lang, emit } = props.clone();
    // While the thumb is held, it shows where it is held, not where the latest frame was.
    let held = use_state_eq(|| None::<u64>);
    let at = held.unwrap_or(step).min(max);
    let oninput = {
        let held = held.clone();
        Callback::from(move |e: InputEvent| {
            let to = e.target_unchecked_into::<HtmlInputElement>().value_as_number().max(0.0) as u64;
            if *held != Some(to) {
                emit.emit(Msg::Run(RunMsg::Seek(to)));
            }
            held.set(Some(to));
        })
    };
    let onchange = {
        let held = held.clone();
        move |_: Event| held.set(None)
    };
    let every = marks.len().div_ceil(MARKS_DRAWN).max(1);
    let mark = |m: &u64| {
        let left = 100.0 * *m as f64 / max.max(1) as f64;
        html! { <i style={format!("left:{left:.2}%")}></i> }
    };
    let said = [("step", number::integer(step)), ("max", number::integer(max))];
    let said: Vec<(&str, &str)> = said.iter().map(|(k, v)| (*k, v.as_str())).collect();
    html! {
        <div class="timeline">
            <div class="ticks" aria-hidden="true">{ for marks.iter().step_by(every).map(mark) }</div>
            <input type="range" min="0" max={max.max(1).to_string()} step="1" value={at.to_string()}
                disabled={marks.is_empty()} data-testid={testid::TIMELINE} aria-label={words::TIMELINE.get(lang)}
                title={words::TIMELINE.get(lang)} aria-valuetext={words::TIMELINE_VALUE.with(lang, &said)}
                {oninput} {onchange} />
            if resting && step < max {
                <div class="hint" role="status" title={words::FORK_HINT.with(lang, &said)}>{ words::FORK_SHORT.with(lang, &said) }</div>
            }
        </div>
    }
}

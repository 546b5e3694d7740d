//! Answers of a task on sequences: test rows as source, wanted and answered; the share that is wholly right; and the
//! learner's own source.
//!
//! Not responsible for answering (the worker does), nor for how a row looks (`panels::answered`).

use crate::i18n::{Lang, Text, answers as words, between, sentences};
use crate::protocol::{Answers as Given, AnswersRequest, FrameRequest, Manner, OwnSolved, Want};
use crate::spec::sequences::Task;
use crate::ui::hooks::use_wants;
use crate::ui::panels::{PanelProps, answered};
use crate::ui::plots::number;
use crate::ui::testid;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Rows shown at first, and when the learner wants more.
const ROWS: [usize; 2] = [6, 20];
/// Longest source that is sent.
const TEXT_MAX: usize = 200;

/// See the module.
#[component]
pub fn Answers(props: &PanelProps) -> Html {
    let (state, lang) = (&props.state, props.state.page.lang);
    let (own, more) = (use_state_eq(String::new), use_state_eq(|| false));
    let node = use_node_ref();
    let rows = ROWS[usize::from(*more)];
    let asked = AnswersRequest { rows, own: (!own.trim().is_empty()).then(|| (*own).clone()) };
    use_wants(testid::ANSWERS, &node, FrameRequest::of([Want::Answers(asked)]));
    let oninput = {
        let own = own.setter();
        Callback::from(move |e: InputEvent| {
            if let Some(input) = e.target_dyn_into::<HtmlInputElement>() {
                own.set(input.value().chars().take(TEXT_MAX).collect());
            }
        })
    };
    let onmore = {
        let more = more.clone();
        Callback::from(move |_: MouseEvent| more.set(!*more))
    };
    let given = state.run.frame.frame.answers();
    let task = state.edit.experiment.data.task();
    let vocabulary = &state.run.data.loaded.tokens;
    let answer = given.and_then(|g| g.own.as_ref()).filter(|o| o.text == *own);
    html! {
        <section ref={node} class="answers" data-testid={testid::ANSWERS} aria-label={words::TITLE.get(lang)}>
            { for given.map(|g| headline(props, g)) }
            <label class="answers-own">
                <span>{ words::OWN.get(lang) }</span>
                <input type="text" value={(*own).clone()} {oninput} spellcheck="false" autocomplete="off" inputmode={keyboard(task)}
                    placeholder={task.map_or("", |t| hint(t).get(lang))} data-testid={testid::answers("own")}
                    aria-describedby={testid::answers("own-note")} />
            </label>
            <p class="notice-line" id={testid::answers("own-note")} role="status" data-testid={testid::answers("own-note")}>
                { answer.map_or_else(String::new, |o| notes(o, lang)) }
            </p>
            if let Some(solved) = answer.and_then(|o| o.solved.as_ref()) {
                <table class="answer-rows own" data-testid={testid::answers("own-row")}>
                    { answered::head(lang) }
                    <tbody><tr>{ answered::cells(solved, vocabulary, lang) }</tr></tbody>
                </table>
            }
            { match given {
                None => html! { <p class="plot-empty">{ words::WAITING.get(lang) }</p> },
                Some(given) => html! {<>
                    <table class="answer-rows" data-testid={testid::answers("rows")}>
                        <caption>{ if given.test { words::OF_TEST } else { words::OF_TRAIN }.get(lang) }</caption>
                        { answered::head(lang) }
                        <tbody>{ for given.rows.iter().map(|r| html! { <tr>{ answered::cells(r, vocabulary, lang) }</tr> }) }</tbody>
                    </table>
                    <button type="button" class="quiet small" data-testid={testid::answers("more")} aria-expanded={more.to_string()} onclick={onmore}>
                        { if *more { words::FEWER } else { words::MORE }.get(lang) }
                    </button>
                    { explained(given, task, lang) }
                </>},
            } }
        </section>
    }
}

/// The share of whole answers.
fn headline(props: &PanelProps, given: &Given) -> Html {
    let lang = props.state.page.lang;
    let share = given.right as f64 / given.of.max(1) as f64;
    let (right, of) = (number::integer(given.right as u64), number::integer(given.of as u64));
    html! {
        <p class="headline"><b data-testid={testid::answers("whole")}>{ number::percent(share) }</b>
            { " " }{ words::WHOLE_RIGHT.get(lang) }
            <span class="dim">{ words::COUNT.with(lang, &[("right", &right), ("of", &of)]) }</span>
            { super::measured(props, given.step) }</p>
    }
}

/// How answers come about, which is part of what they mean.
fn explained(given: &Given, task: Option<Task>, lang: Lang) -> Html {
    let manner = match given.manner {
        Manner::Greedy => words::GREEDY,
        Manner::AtOnce => words::AT_ONCE,
    };
    html! {<>
        <p class="plot-note" data-testid={testid::answers("manner")}>{ manner.get(lang) }
            if task == Some(Task::Add) { { between(lang) }{ words::LOWEST_FIRST.get(lang) } }
            if given.manner == Manner::Greedy { { between(lang) }{ words::END_MARK.get(lang) } }
        </p>
        if given.looks_ahead {
            <p class="notice-line" data-testid={testid::answers("looks-ahead")}>{ words::LOOKS_AHEAD.get(lang) }</p>
        }
    </>}
}

/// What is to be said of the learner's own source.
fn notes(own: &OwnSolved, lang: Lang) -> String {
    let count = |n: usize| number::integer(n as u64);
    let mut all = Vec::new();
    if !own.left_out.is_empty() {
        all.push(words::LEFT_OUT.with(lang, &[("what", &own.left_out.join(" "))]));
    }
    if let Some(max) = own.longest {
        all.push(words::TOO_LONG.with(lang, &[("max", &count(max))]));
    }
    if own.solved.is_none() && own.learned_len.is_some() {
        all.push(words::MISSING.with(lang, &[("n", &count(own.missing))]));
    } else if let Some(n) = own.learned_len {
        all.push(words::OTHER_LENGTH.with(lang, &[("n", &count(n))]));
    }
    sentences(lang, &all)
}

/// What may be typed, as an example.
fn hint(task: Task) -> Text {
    match task {
        Task::Reverse | Task::Sort => words::HINT_DIGITS,
        Task::Add => words::HINT_SUM,
        Task::Dates => words::HINT_DATE,
        Task::G2p => words::HINT_WORD,
        Task::CopyMemory => words::HINT_COPY,
        Task::Adding | Task::Names => words::HINT_WORD,
    }
}

/// The keyboard that a phone shows.
fn keyboard(task: Option<Task>) -> &'static str {
    match task {
        Some(Task::Reverse | Task::Sort) => "numeric",
        Some(Task::Add | Task::Dates | Task::G2p | Task::CopyMemory | Task::Adding | Task::Names) | None => "text",
    }
}

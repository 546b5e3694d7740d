//! The example where inputs are tokens: the row's text, or the learner's own, typed; and what the network expects next.
//!
//! Not responsible for the choice between rows and own text (`example.rs`), nor for reading a text (the worker).

use crate::i18n::{Lang, answers as answer_words, inside as words};
use crate::protocol::{Example, Solved};
use crate::spec::pairs::{Answering, Zero};
use crate::spec::sequences::{ASK, SEP};
use crate::ui::inside::tokens;
use crate::ui::panels::answered;
use crate::ui::plots::number;
use crate::ui::plots::scores::probabilities;
use crate::ui::state::{Msg, ViewMsg};
use crate::ui::testid;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Characters of a row's text that are written out.
const SHOWN: usize = 160;
/// Tokens that the network thinks likeliest, listed.
const LIKELY: usize = 3;
/// Longest text that is sent; the network reads its end only.
const TEXT_MAX: usize = 4000;

/// Properties of [`OwnText`].
#[derive(Clone, PartialEq, Properties)]
pub struct OwnTextProps {
    /// The text.
    pub text: String,
    /// Characters or words that the vocabulary lacks.
    pub unknown: Vec<String>,
    /// Language.
    pub lang: Lang,
    /// Where the text goes.
    pub emit: Callback<Msg>,
}

/// The field for one's own text. With every key: what it brings is seen at once.
#[component]
pub fn OwnText(props: &OwnTextProps) -> Html {
    let lang = props.lang;
    let oninput = {
        let emit = props.emit.clone();
        Callback::from(move |e: InputEvent| {
            let text = e.target_unchecked_into::<HtmlInputElement>().value();
            emit.emit(Msg::View(ViewMsg::LookAt(Example::Text(text.chars().take(TEXT_MAX).collect()))));
        })
    };
    let help = format!("{}-problem", testid::example("text"));
    let problem = match (props.unknown.is_empty(), props.text.trim().is_empty()) {
        (false, _) => Some(words::UNKNOWN.with(lang, &[("what", &props.unknown.join(" "))])),
        (true, true) => Some(words::EMPTY_TEXT.get(lang).to_string()),
        (true, false) => None,
    };
    html! {
        <span class="own-line">
            <input type="text" value={props.text.clone()} spellcheck="false" autocomplete="off" {oninput}
                data-testid={testid::example("text")} aria-label={words::TEXT_FIELD.get(lang)} aria-describedby={help.clone()} />
            <span class="notice-line" id={help} role="status" data-testid={testid::example("unknown")}>{ problem.unwrap_or_default() }</span>
        </span>
    }
}

/// A task's source with what was wanted and what was answered, and how the answer came about.
pub fn answer(solved: &Solved, vocabulary: &[String], (answering, own): (Answering, bool), lang: Lang) -> Html {
    let how = match (answering, own) {
        (Answering::AtOnce, _) => answer_words::AT_ONCE,
        (Answering::Written, true) => answer_words::OWN_WRITTEN,
        (Answering::Written, false) => answer_words::FORCED,
    };
    html! {
        <div class="example-answer">
            <table class="answer-rows" data-testid={testid::example("answer")}>
                { answered::head(lang) }
                <tbody><tr>{ answered::cells(solved, vocabulary, lang) }</tr></tbody>
            </table>
            <p class="plot-note" data-testid={testid::example("answer-how")}>{ how.get(lang) }</p>
        </div>
    }
}

/// The text of a row, as a learner would type it: of a task the source alone.
pub fn of_row(ids: &[f32], len: usize, vocabulary: &[String]) -> String {
    if Zero::of(vocabulary) != Zero::Token {
        let own = ids.iter().copied().take_while(|id| !is_ask(*id, vocabulary)).filter(|id| *id != 0.0);
        return own.filter_map(|id| vocabulary.get(id as usize)).cloned().collect();
    }
    tokens::typed(ids.iter().take(len.max(1)).map(|id| *id as usize), vocabulary)
}

/// Whether what follows this token is no source any more.
fn is_ask(id: f32, vocabulary: &[String]) -> bool {
    vocabulary.get(id as usize).is_some_and(|t| t == SEP || t == ASK)
}

/// A row's text on the page, cut where it is long.
pub fn shown(ids: &[f32], vocabulary: &[String]) -> Html {
    let all = tokens::spoken(ids, vocabulary);
    let cut = if all.chars().count() > SHOWN { "…" } else { "" };
    let text: String = all.chars().take(SHOWN).collect();
    html! { <p class="example-text" data-testid={testid::example("row-text")}>{ text }{ cut }</p> }
}

/// The likeliest tokens at place `at` of an answer `(T, classes)`, in words; empty where the classes are no tokens.
pub fn likely(output: &[f32], at: usize, vocabulary: &[String], lang: Lang) -> String {
    let classes = vocabulary.len();
    let Some(logits) = output.get(at * classes..(at + 1) * classes).filter(|l| !l.is_empty()) else {
        return String::new();
    };
    let probs = probabilities(logits);
    let mut order: Vec<usize> = (0..classes).collect();
    crate::spec::order::sort_by(&mut order, |a, b| probs[*b].total_cmp(&probs[*a]));
    let one = |i: &usize| format!("“{}” {}", tokens::shown(&vocabulary[*i]), number::percent(f64::from(probs[*i])));
    let list = order.iter().take(LIKELY).map(one).collect::<Vec<_>>().join(", ");
    words::EXPECTS.with(lang, &[("list", &list)])
}

//! Problems in the learner's words, at the control they concern.
//!
//! Not responsible for the sentences (`i18n::problems`).

use crate::i18n::problems::problem_at;
use crate::i18n::{Lang, sentences};
use crate::spec::{Code, Problem};
use yew::prelude::*;

/// One problem as words: what is wrong, and what to do where that is not the same said twice.
pub fn say(problem: &Problem, lang: Lang) -> String {
    // A code without fields is written as its name: always a string.
    let code = serde_json::to_value(problem.code).ok();
    let code = code.as_ref().and_then(|c| c.as_str()).unwrap_or_default();
    let (what, hint) = problem_at(lang, &problem.path, code, &problem.args);
    let is_plain = matches!(problem.code, Code::OutOfRange | Code::WrongType);
    if is_plain { what } else { sentences(lang, &[what, hint]) }
}

/// The sentences of every problem at `path` or inside it.
pub fn messages(problems: &[Problem], lang: Lang, path: &str) -> Vec<AttrValue> {
    let inside =
        |p: &Problem| p.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
    problems.iter().filter(|p| inside(p)).map(|p| say(p, lang).into()).collect()
}

/// What is wrong, under a control; nothing when nothing is.
pub fn problems(id: &str, messages: &[AttrValue]) -> Html {
    html! {
        <div class="field-problems" id={format!("{id}-problem")} role="alert">
            { for messages.iter().map(|m| html! { <p class="field-problem"><span aria-hidden="true">{ "⚠ " }</span>{ m }</p> }) }
        </div>
    }
}

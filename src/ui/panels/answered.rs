//! One source with what was wanted and what was answered, token by token: right and wrong by a sign below each, not by
//! colour alone.
//!
//! Not responsible for marks (`inside::answers`) nor for where rows stand.

use crate::i18n::{Lang, answers as words};
use crate::protocol::Solved;
use crate::spec::sequences::END;
use crate::ui::inside::answers::{Mark, Token, is_right, labels, marked};
use crate::ui::inside::tokens::glue;
use yew::prelude::*;

/// Sign of a right token, and of a right answer.
const RIGHT: &str = "✓";
/// Sign of a wrong one.
const WRONG: &str = "✗";

fn end_class(label: &str) -> Option<&'static str> {
    (label == END).then_some("end")
}

/// Tokens without marks.
pub fn plain(ids: &[u32], vocabulary: &[String], lang: Lang) -> Html {
    let all = labels(ids, vocabulary);
    let spoken = all.join(glue(vocabulary));
    let one = |label: &String| {
        let title = (label == END).then(|| words::END.get(lang));
        html! { <span class={classes!("tok", end_class(label))} {title}>{ label }</span> }
    };
    html! {<>
        <span class="toks" aria-hidden="true">{ for all.iter().map(one) }</span>
        <span class="visually-hidden">{ spoken }</span>
    </>}
}

/// Tokens with a sign below each.
pub fn signed(answer: &Solved, vocabulary: &[String], lang: Lang) -> Html {
    let all = marked(answer, vocabulary);
    let one = |t: &Token| {
        let (class, sign) = match t.mark {
            Mark::Right => ("hit", RIGHT),
            Mark::Wrong => ("miss", WRONG),
            Mark::Missing => ("miss missing", WRONG),
            Mark::Unknown => ("", ""),
        };
        let label = if t.mark == Mark::Missing { "\u{a0}" } else { t.label.as_str() };
        let title = (label == END).then(|| words::END.get(lang));
        html! { <span class={classes!("tok", class, end_class(label))} {title}><span>{ label }</span><i>{ sign }</i></span> }
    };
    let spoken: Vec<&str> = all.iter().map(|t| t.label.as_str()).collect();
    html! {<>
        <span class="toks signed" aria-hidden="true">{ for all.iter().map(one) }</span>
        <span class="visually-hidden">{ spoken.join(glue(vocabulary)) }</span>
    </>}
}

/// Whether the whole answer is right, as a sign with its word.
pub fn verdict(answer: &Solved, lang: Lang) -> Html {
    let (class, sign, word) = match is_right(answer) {
        Some(true) => ("hit", RIGHT, words::RIGHT),
        Some(false) => ("miss", WRONG, words::WRONG),
        None => return html! { <span class="dim">{ words::NOT_KNOWN.get(lang) }</span> },
    };
    html! { <span class={classes!("verdict", class)}><b aria-hidden="true">{ sign }</b>{ " " }<span class="word">{ word.get(lang) }</span></span> }
}

/// Source, wanted, answered and verdict as the cells of a table row.
pub fn cells(answer: &Solved, vocabulary: &[String], lang: Lang) -> Html {
    let wanted = match &answer.wanted {
        Some(wanted) => plain(wanted, vocabulary, lang),
        None => html! { <span class="dim">{ "?" }</span> },
    };
    html! {<>
        <td class="source" data-label={words::SOURCE.get(lang)}>{ plain(&answer.source, vocabulary, lang) }</td>
        <td class="wanted" data-label={words::WANTED.get(lang)}>{ wanted }</td>
        <td class="answered" data-label={words::ANSWERED.get(lang)}>{ signed(answer, vocabulary, lang) }</td>
        <td class="whole">{ verdict(answer, lang) }</td>
    </>}
}

/// The heading of such rows.
pub fn head(lang: Lang) -> Html {
    let one = |word: crate::i18n::Text| html! { <th scope="col">{ word.get(lang) }</th> };
    html! { <thead><tr>{ one(words::SOURCE) }{ one(words::WANTED) }{ one(words::ANSWERED) }{ one(words::WHOLE) }</tr></thead> }
}

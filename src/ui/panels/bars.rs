//! Probabilities of all classes as bars: names, percentages, the winner and the true class marked by signs.
//!
//! Not responsible for which classes have a bar (`plots::odds`), nor for the probabilities.

use crate::i18n::{Lang, Text, answers as words};
use crate::ui::plots::number;
use crate::ui::plots::odds::{Bar, bars};
use std::rc::Rc;
use yew::prelude::*;

/// Sign of the network's answer.
const ANSWER: &str = "◂";
/// Sign of the true class.
const TRUTH: &str = "✓";

/// Properties of [`Bars`].
#[derive(Clone, PartialEq, Properties)]
pub struct BarsProps {
    /// Test id of the whole; a class's row has `-<class>` behind it, the rest `-others`.
    pub id: AttrValue,
    /// Names of the classes; a class without one is called by its number.
    pub names: Rc<[String]>,
    /// Their probabilities.
    pub probs: Rc<[f32]>,
    /// The true class, where it is known.
    #[prop_or_default]
    pub truth: Option<usize>,
    /// Language.
    pub lang: Lang,
}

/// See the module. Each row says its name and percentage as text, so nothing hangs on colour or length.
#[component]
pub fn Bars(props: &BarsProps) -> Html {
    let lang = props.lang;
    let all = bars(&props.probs, props.truth);
    let knows = all.iter().any(|b| b.truth);
    let key = |sign: &'static str, word: Text| html! { <span><b aria-hidden="true">{ sign }</b>{ " " }{ word.get(lang) }</span> };
    html! {
        <div class="bars" data-testid={props.id.clone()}>
            <ul aria-label={words::BARS.get(lang)}>{ for all.iter().map(|b| row(props, b)) }</ul>
            <p class="bars-key dim" aria-hidden="true">
                { key(ANSWER, words::ANSWER) }
                if knows { { key(TRUTH, words::TRUE_CLASS) } }
            </p>
        </div>
    }
}

fn row(props: &BarsProps, bar: &Bar) -> Html {
    let lang = props.lang;
    let name = match bar.class {
        Some(c) => props.names.get(c).cloned().unwrap_or_else(|| c.to_string()),
        None => words::OTHERS.with(lang, &[("n", &number::integer(bar.count as u64))]),
    };
    let id = format!("{}-{}", props.id, bar.class.map_or_else(|| "others".to_string(), |c| c.to_string()));
    let class =
        classes!(bar.answer.then_some("answer"), bar.truth.then_some("truth"), bar.class.is_none().then_some("dim"));
    let share = if bar.p.is_finite() { number::percent(bar.p) } else { "–".to_string() };
    let width = format!("width: {:.1}%", 100.0 * if bar.p.is_finite() { bar.p.clamp(0.0, 1.0) } else { 0.0 });
    let sign = |on: bool, sign: &'static str, word: Text| {
        on.then(|| html! { <b title={word.get(lang)}><span aria-hidden="true">{ sign }</span><span class="visually-hidden">{ word.get(lang) }</span></b> })
    };
    html! {
        <li {class} key={id.clone()} data-testid={id} data-value={bar.p.to_string()}>
            <span class="bar-name" title={name.clone()}>{ name }</span>
            <span class="bar-track" aria-hidden="true"><i style={width}></i></span>
            <span class="bar-share">{ share }</span>
            <span class="bar-signs">{ for sign(bar.answer, ANSWER, words::ANSWER) }{ for sign(bar.truth, TRUTH, words::TRUE_CLASS) }</span>
        </li>
    }
}

//! What sequences look like: the vocabulary, some rows as text, the columns of a series, and what has to be beaten.
//!
//! Not responsible for loading anything.

use crate::i18n::{Lang, data as words};
use crate::protocol::{Baseline, Loaded};
use crate::spec::pairs::Zero;
use crate::ui::inside::tokens::{shown, spoken};
use crate::ui::plots::number;
use crate::ui::state::LoadedData;
use crate::ui::testid;
use yew::prelude::*;

/// Rows that are shown as text.
const ROWS: usize = 3;
/// Tokens of the vocabulary that are listed: no one reads thousands.
const LISTED: usize = 600;

/// Vocabulary and examples of a set of tokens.
pub fn view(lang: Lang, data: &LoadedData) -> Html {
    let loaded = &data.loaded;
    let len = loaded.input.iter().product::<usize>().max(1);
    let rows = data.x.chunks_exact(len).take(ROWS.min(loaded.preview_train));
    // What fills up short rows is no token of any sequence.
    let own = usize::from(Zero::of(&loaded.tokens) != Zero::Token);
    let title = words::VOCABULARY.with(lang, &[("n", &number::integer((loaded.tokens.len() - own) as u64))]);
    let listed: Vec<&str> = loaded.tokens.iter().skip(own).take(LISTED).map(|t| shown(t)).collect();
    let more = if loaded.tokens.len() > LISTED { " …" } else { "" };
    html! {
        <>
            <h3>{ words::EXAMPLES.get(lang) }</h3>
            <div class="token-rows">{ for rows.map(|ids| html! { <p>{ spoken(ids, &loaded.tokens) }</p> }) }</div>
            <details class="fold" data-testid={testid::DATA_VOCABULARY}>
                <summary><span>{ title }</span></summary>
                <p class="token-list">{ listed.join(" ") }{ more }</p>
            </details>
        </>
    }
}

/// Forecasts that need no learning, to be beaten on the test part; nothing where there are none.
pub fn baselines(lang: Lang, loaded: &Loaded) -> Html {
    if loaded.baselines.is_empty() {
        return Html::default();
    }
    let one = |b: &Baseline| {
        let name = if b.name == "repeat_last" { words::REPEAT_LAST } else { words::SEASONAL_NAIVE };
        let r2 = b.r2.map_or_else(|| "–".to_string(), |r| number::fixed(f64::from(r), 3));
        html! {
            <tr><th scope="row">{ name.get(lang) }</th><td>{ r2 }</td><td>{ number::short(f64::from(b.mse)) }</td></tr>
        }
    };
    html! {
        <table class="baselines" data-testid={testid::DATA_BASELINES}>
            <caption>{ words::TO_BEAT.get(lang) }</caption>
            <thead><tr><td></td><th scope="col">{ words::R2.get(lang) }</th><th scope="col">{ words::MSE.get(lang) }</th></tr></thead>
            <tbody>{ for loaded.baselines.iter().map(one) }</tbody>
        </table>
    }
}

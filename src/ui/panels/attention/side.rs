//! Beside the picture: what the head looks at, and one row in numbers.
//!
//! Not responsible for the picture.

use super::head_row::share_word;
use super::shown::Shown;
use crate::i18n::{Lang, attention as words};
use crate::ui::inside::attention::heads::SHARES;
use crate::ui::inside::attention::stages;
use crate::ui::plots::number;
use crate::ui::testid;
use yew::prelude::*;

/// Rows of the table at most.
const ROWS_MAX: usize = 256;

/// The four shares as bars, and the entropy.
pub fn summary(shown: &Shown, head: usize, lang: Lang) -> Html {
    let (heads, n) = (&shown.heads, (head + 1).to_string());
    let (shares, entropy) = (heads.shares(head), heads.entropy(head));
    let bar = |i: usize| {
        let width = format!("width: {:.1}%", 100.0 * shares[i].clamp(0.0, 1.0));
        html! {
            <tr>
                <th scope="row">{ share_word(i, heads.cross).get(lang) }</th>
                <td class="share"><i style={width}></i></td>
                <td>{ number::percent(shares[i]) }</td>
            </tr>
        }
    };
    let places = |bits: f64| number::short(bits.exp2());
    let args = [
        ("bits", &*number::fixed(entropy.bits, 2)),
        ("n", &*places(entropy.bits)),
        ("all", &*places(entropy.most_bits)),
    ];
    html! {
        <div class="head-summary">
            <h3>{ words::LOOKS_AT.with(lang, &[("n", &n)]) }</h3>
            <table class="shares" data-testid={testid::attention("summary")}><tbody>{ for (0..SHARES).map(bar) }</tbody></table>
            <p data-testid={testid::attention("entropy")}>{ words::ENTROPY.with(lang, &args) }</p>
            <p class="dim small">{ words::SHARES_NOTE.get(lang) }</p>
        </div>
    }
}

/// All weights of place `t`, with scores where the page computes them.
pub fn table(shown: &Shown, head: usize, t: usize, lang: Lang) -> Html {
    let heads = &shown.heads;
    let scores = shown.joint().map(|joint| stages::row(&joint, heads, head, t).scores);
    let row = |(s, p): (usize, &f32)| {
        let score = scores.as_ref().map(|all| html! { <td>{ number::short(all[s]) }</td> });
        html! {
            <tr class={heads.is_masked(t, s).then_some("masked")}>
                <td>{ s + 1 }</td><th scope="row">{ shown.asked_label(s) }</th>{ for score }
                <td data-value={p.to_string()}>{ number::short(f64::from(*p)) }</td>
            </tr>
        }
    };
    let all = heads.row(head, t);
    let more = all.len().saturating_sub(ROWS_MAX);
    let heading = |i: usize| html! { <th scope="col">{ words::COLUMNS[i].get(lang) }</th> };
    html! {
        <div class="rows-scroll">
            <table class="scores rows" data-testid={testid::attention("rows")}>
                <thead><tr>
                    { heading(0) }{ heading(1) }{ for scores.is_some().then(|| heading(2)) }{ heading(3) }
                </tr></thead>
                <tbody>{ for all.iter().enumerate().take(ROWS_MAX).map(row) }</tbody>
            </table>
            if more > 0 { <p class="dim small">{ words::MORE_ROWS.with(lang, &[("n", &more.to_string())]) }</p> }
        </div>
    }
}

//! Beside the picture: what the head looks at, and one row in numbers.
//!
//! Not responsible for the picture.

use super::head_row::{kind_words, said};
use super::shown::Shown;
use crate::i18n::{Lang, attention as words};
use crate::ui::inside::attention::pattern::Share;
use crate::ui::inside::attention::stages;
use crate::ui::plots::number;
use crate::ui::testid;
use yew::prelude::*;

/// Rows of the table at most.
const ROWS_MAX: usize = 256;

/// Patterns listed.
const LISTED: usize = 6;

/// The patterns that fit best as bars, each with a tick where even attention would end; and the entropy.
pub fn summary(shown: &Shown, head: usize, lang: Lang) -> Html {
    let (cross, n, summary) = (shown.heads.cross, (head + 1).to_string(), shown.summary(head));
    let main = summary.main().map(|m| m.kind);
    let bar = |s: &Share| {
        let width = format!("width: {:.1}%", 100.0 * s.share.clamp(0.0, 1.0));
        let even = format!("left: {:.1}%", 100.0 * s.even.clamp(0.0, 1.0));
        html! {
            <tr class={(main == Some(s.kind)).then_some("main")} data-even={s.even.to_string()}>
                <th scope="row">{ kind_words(s.kind, cross, lang) }</th>
                <td class="share"><i style={width}></i><s style={even}></s></td>
                <td data-value={s.share.to_string()}>{ number::percent(s.share) }</td>
            </tr>
        }
    };
    let places = |bits: f64| number::short(bits.exp2());
    let entropy = summary.entropy;
    let args = [
        ("bits", &*number::fixed(entropy.bits, 2)),
        ("n", &*places(entropy.bits)),
        ("all", &*places(entropy.most_bits)),
    ];
    html! {
        <div class="head-summary">
            <h3>{ words::LOOKS_AT.with(lang, &[("n", &n)]) }</h3>
            <p class="main" data-testid={testid::attention("main")}>{ said(&summary, cross, lang) }</p>
            <table class="shares" data-testid={testid::attention("summary")}><tbody>{ for summary.shares.iter().take(LISTED).map(bar) }</tbody></table>
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

//! What a token was drawn from: the likeliest tokens, what the network said of them, and what the draw made of it.
//!
//! Not responsible for the numbers: they come with the token.

use crate::i18n::{Lang, attention as words};
use crate::protocol::sample::CANDIDATES;
use crate::protocol::{Candidate, SampleRequest};
use crate::ui::inside::tokens;
use crate::ui::inside::writing::Shot;
use crate::ui::plots::number;
use crate::ui::testid;
use yew::prelude::*;

/// The candidates, the drawn one marked.
pub fn table(shot: &Shot, want: &SampleRequest, vocabulary: &[String], lang: Lang) -> Html {
    let label = |token: u32| vocabulary.get(token as usize).map_or("?", |t| tokens::shown(t)).to_string();
    let row = |c: &Candidate| {
        let drawn = c.token == shot.token;
        let width = format!("width: {:.1}%", 100.0 * c.chance.clamp(0.0, 1.0));
        let class = classes!(drawn.then_some("drawn"), (c.chance == 0.0).then_some("dim"));
        html! {
            <tr {class} aria-current={drawn.then_some("true")}>
                <th scope="row">{ label(c.token) }</th>
                <td data-value={c.logit.to_string()}>{ number::short(f64::from(c.logit)) }</td>
                <td data-value={c.p.to_string()}>{ number::percent(f64::from(c.p)) }</td>
                <td class="share"><i style={width}></i></td>
                <td data-value={c.chance.to_string()}>{ number::percent(f64::from(c.chance)) }</td>
                <td>if drawn { { words::IS_DRAWN.get(lang) } }</td>
            </tr>
        }
    };
    // As many rows for every token, or what stands below would jump: a drawn one that is unlikely takes the last.
    let all = &shot.drawn.candidates;
    let rare = (all.len() > CANDIDATES).then(|| all.last()).flatten();
    let rows = all.iter().take(CANDIDATES - usize::from(rare.is_some())).chain(rare);
    let n = shot.drawn.choices.to_string();
    let said = if want.temperature <= 0.0 { words::ODDS_GREEDY } else { words::ODDS };
    let heading = |i: usize| html! { <th scope="col">{ words::ODDS_COLUMNS[i].get(lang) }</th> };
    html! {
        <table class="scores odds" data-testid={testid::writing("odds")}>
            <caption>{ said.with(lang, &[("n", &n)]) }</caption>
            <thead><tr>{ heading(0) }{ heading(1) }{ heading(2) }<th scope="col" colspan="2">{ words::ODDS_COLUMNS[3].get(lang) }</th><td></td></tr></thead>
            <tbody>{ for rows.map(row) }</tbody>
        </table>
    }
}

//! The text as it stands: each token on the colour of what was taken from it, the drawn one marked; the same in a sentence
//! and as a table.
//!
//! Not responsible for which token is shown.

use crate::i18n::{Lang, attention as words};
use crate::ui::inside::tokens;
use crate::ui::inside::writing::Story;
use crate::ui::plots::{color, number};
use crate::ui::testid;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

/// Tokens named in the sentence.
const NAMED: usize = 3;
/// Rows of the table at most.
const ROWS_MAX: usize = 256;

/// One drawn token on its text.
pub struct Text<'a> {
    /// The text.
    pub story: &'a Story,
    /// The drawn token.
    pub k: usize,
    /// What was taken from each token before it; empty where nothing is known of that.
    pub taken: &'a [Option<f64>],
    /// Whether it is kept.
    pub pinned: bool,
    /// What tokens stand for.
    pub vocabulary: &'a [String],
    /// Language.
    pub lang: Lang,
}

/// The drawn token under an event, if there is one.
fn token_at(e: &Event) -> Option<usize> {
    e.target()?.dyn_into::<Element>().ok()?.get_attribute("data-k")?.parse().ok()
}

impl Text<'_> {
    fn label(&self, token: u32) -> &str {
        self.vocabulary.get(token as usize).map_or("?", |t| tokens::shown(t))
    }

    /// The largest weight of the row.
    fn max(&self) -> f64 {
        self.taken.iter().flatten().copied().filter(|v| v.is_finite()).fold(1e-9, f64::max)
    }

    /// The text; the pointer on a drawn token shows that one, a click keeps it.
    pub fn html(&self, onhover: Callback<Option<usize>>, onpick: Callback<usize>) -> Html {
        let (base, max, glue) = (self.story.base.len(), self.max(), tokens::glue(self.vocabulary));
        let one = |(i, token): (usize, u32)| {
            let label = self.label(token);
            let p = self.taken.get(i).copied().flatten();
            let now = i == base + self.k;
            let class =
                classes!(now.then_some("next"), (i > base + self.k).then_some("dim"), (i < base).then_some("given"));
            let style = p.map(|p| {
                let rgb = color::viridis((p / max) as f32);
                let ink = if color::wants_dark_text(rgb) { "#1d232b" } else { "#fff" };
                format!("background: {}; color: {ink}", color::hex(rgb))
            });
            let k = i.checked_sub(base).map(|k| k.to_string());
            let end = if label == "↵" { "\n" } else { glue };
            html! { <><span {class} {style} title={p.map(number::short)} data-k={k}>{ label }</span>{ end }</> }
        };
        let over = {
            let onhover = onhover.clone();
            Callback::from(move |e: MouseEvent| onhover.emit(token_at(&e)))
        };
        let leave = onhover.reform(|_: MouseEvent| None);
        let click = Callback::from(move |e: MouseEvent| {
            if let Some(k) = token_at(&e) {
                onpick.emit(k);
            }
        });
        let stops: Vec<String> = (0..=8).map(|i| color::hex(color::viridis(i as f32 / 8.0))).collect();
        let ramp = format!("background: linear-gradient(90deg, {})", stops.join(", "));
        let step = number::integer(self.story.shots.get(self.k).map_or(0, |s| s.step));
        html! {<>
            <p class={classes!("token-text", self.pinned.then_some("kept"))} data-testid={testid::writing("text")} onmouseover={over} onmouseleave={leave}
                onclick={click}>{ for self.story.tokens().enumerate().map(one) }</p>
            <p class="legend">
                if !self.taken.is_empty() {
                    <span>{ words::WEIGHT.get(self.lang) }{ " 0" }<i class="ramp" style={ramp}></i>{ number::short(max) }</span>
                }
                <span data-testid={testid::writing("step")}>{ words::DRAWN_AT.with(self.lang, &[("n", &step)]) }</span>
            </p>
        </>}
    }

    /// What it took most from, in words.
    pub fn reading(&self, who: &str) -> Html {
        let all: Vec<u32> = self.story.tokens().collect();
        let mut order: Vec<(usize, f64)> =
            self.taken.iter().enumerate().filter_map(|(i, p)| Some((i, (*p)?))).collect();
        crate::spec::order::sort_by(&mut order, |a, b| b.1.total_cmp(&a.1));
        let named = order.iter().take(NAMED).map(|(i, p)| format!("“{}” {}", self.label(all[*i]), number::percent(*p)));
        let list = named.collect::<Vec<_>>().join(", ");
        let written = self.story.shots.get(self.k).map_or("", |s| self.label(s.token));
        let said = if list.is_empty() {
            words::WROTE_NOWHERE.get(self.lang).into()
        } else {
            words::WROTE.with(self.lang, &[("c", written), ("who", who), ("list", &list)])
        };
        html! { <p class="legend readout" data-testid={testid::writing("wrote")}>{ said }</p> }
    }

    /// All weights of the row.
    pub fn table(&self) -> Html {
        let row = |(i, (token, p)): (usize, (u32, &Option<f64>))| {
            let p = (*p)?;
            Some(html! {
                <tr><td>{ i + 1 }</td><th scope="row">{ self.label(token) }</th><td data-value={p.to_string()}>{ number::short(p) }</td></tr>
            })
        };
        let skipped = self.taken.len().saturating_sub(ROWS_MAX);
        let heading = |i: usize| html! { <th scope="col">{ words::COLUMNS[i].get(self.lang) }</th> };
        html! {
            <div class="rows-scroll">
                <table class="scores rows" data-testid={testid::writing("rows")}>
                    <thead><tr>{ heading(0) }{ heading(1) }{ heading(3) }</tr></thead>
                    <tbody>{ for self.story.tokens().zip(self.taken).enumerate().skip(skipped).filter_map(row) }</tbody>
                </table>
            </div>
        }
    }
}

//! All heads of a layer as small pictures to choose from, each with what it looks at most.
//!
//! Not responsible for the large picture.

use super::map;
use super::shown::Shown;
use crate::i18n::{Lang, Text, attention as words};
use crate::ui::inside::attention::heads::main_share;
use crate::ui::plots::canvas::{ByPtr, Canvas};
use crate::ui::plots::number;
use crate::ui::plots::surface::{Rect, Surface};
use crate::ui::testid;
use yew::prelude::*;

/// Heads shown before the learner asks for more.
const FIRST: usize = 8;
/// Pixels a side of a small picture.
const SIDE: usize = 96;

/// Properties of [`HeadRow`].
#[derive(Clone, PartialEq, Properties)]
pub struct HeadRowProps {
    /// The weights.
    pub shown: ByPtr<Shown>,
    /// The chosen head.
    pub head: usize,
    /// Where a choice goes.
    pub onpick: Callback<usize>,
    /// Language.
    pub lang: Lang,
}

/// See the module.
#[component]
pub fn HeadRow(props: &HeadRowProps) -> Html {
    let (lang, all) = (props.lang, props.shown.0.heads.heads);
    let most = use_state_eq(|| FIRST);
    let more = {
        let most = most.clone();
        Callback::from(move |_: MouseEvent| most.set(*most + 2 * FIRST))
    };
    let count = all.min(*most);
    html! {
        <div class="head-row" role="group" aria-label={words::HEADS.get(lang)}>
            { for (0..count).map(|head| html! {
                <Head key={head} shown={props.shown.clone()} {head} chosen={head == props.head}
                    onpick={props.onpick.clone()} {lang} />
            }) }
            if count < all {
                <button type="button" class="quiet small" data-testid={testid::attention("more-heads")} onclick={more}>
                    { words::MORE_HEADS.with(lang, &[("n", &(all - count).min(2 * FIRST).to_string())]) }
                </button>
            }
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct HeadProps {
    shown: ByPtr<Shown>,
    head: usize,
    chosen: bool,
    onpick: Callback<usize>,
    lang: Lang,
}

#[component]
fn Head(props: &HeadProps) -> Html {
    let (lang, head, heads) = (props.lang, props.head, &props.shown.0.heads);
    let draw = use_callback((props.shown.clone(), head), |s: Surface, (shown, head)| small(&s, &shown.0, *head));
    let onclick = props.onpick.reform(move |_: MouseEvent| head);
    let shares = heads.shares(head);
    let main = main_share(&shares);
    let said = format!("{} {}", share_word(main, heads.cross).get(lang), number::percent(shares[main]));
    let ratio = heads.keys as f64 / heads.queries.max(1) as f64;
    let weight = 0.3 + heads.queries as f64 * heads.keys as f64 / 60_000.0;
    html! {
        <button type="button" class="head-pick" aria-pressed={props.chosen.to_string()} {onclick}
            data-testid={testid::attention_head(head)}>
            <Canvas {draw} style={format!("aspect-ratio: {ratio:.4}")} {weight} />
            <b>{ words::HEAD.with(lang, &[("n", &(head + 1).to_string())]) }</b>
            <small>{ said }</small>
        </button>
    }
}

/// What a share is called; across two sequences "itself" is only the same place.
pub fn share_word(share: usize, cross: bool) -> Text {
    if cross && share == 1 { words::SAME_PLACE } else { words::SHARES[share] }
}

fn small(s: &Surface, shown: &Shown, head: usize) {
    let pixels = shown.heads.pixels(head, SIDE);
    let rgba = map::rgba(&pixels, shown.heads.largest(head), &s.ink);
    s.map(&rgba, pixels.cols, pixels.rows, Rect { x: 0.0, y: 0.0, w: s.width, h: s.height }, false);
}

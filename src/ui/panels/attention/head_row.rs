//! All heads of a layer as small pictures to choose from, each with what it looks at most.
//!
//! Not responsible for the large picture.

use super::map;
use super::shown::Shown;
use crate::i18n::{Lang, Text, attention as words};
use crate::ui::inside::attention::pattern::{Kind, NEAR, Summary};
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::number;
use crate::ui::plots::surface::{Rect, Surface};
use crate::ui::same::Same;
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
    pub shown: Same<Shown>,
    /// The same up to half a second ago, for the words.
    pub calm: Same<Shown>,
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
                <Head key={head} shown={props.shown.clone()} calm={props.calm.clone()} {head} chosen={head == props.head}
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
    shown: Same<Shown>,
    calm: Same<Shown>,
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
    let said = said(&props.calm.0.summary(head), heads.cross, lang);
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

/// What a pattern is called; across two sequences distances are from the same place of the other.
pub fn kind_words(kind: Kind, cross: bool, lang: Lang) -> String {
    let of = |text: Text, d: usize| text.with(lang, &[("n", &d.to_string())]);
    match kind {
        Kind::Back(1) if !cross => words::PREVIOUS.get(lang).into(),
        Kind::Back(d) => of(if cross { words::BACK_CROSS } else { words::BACK }, d),
        Kind::Itself => if cross { words::SAME_PLACE } else { words::ITSELF }.get(lang).into(),
        Kind::Ahead(1) if !cross => words::FOLLOWING.get(lang).into(),
        Kind::Ahead(d) => of(if cross { words::AHEAD_CROSS } else { words::AHEAD }, d),
        Kind::Start => words::START.get(lang).into(),
        Kind::SameToken => words::SAME_TOKEN.get(lang).into(),
        Kind::AfterSame => words::AFTER_SAME.get(lang).into(),
        Kind::Marks => words::MARKS.get(lang).into(),
        Kind::Near => of(if cross { words::NEAR_CROSS } else { words::NEAR }, NEAR),
        Kind::Padding => words::PADDING.get(lang).into(),
        Kind::Evenly => words::EVENLY.get(lang).into(),
    }
}

/// What a head looks at most, with its share; how widely it spreads where no pattern fits.
pub fn said(summary: &Summary, cross: bool, lang: Lang) -> String {
    match summary.main() {
        Some(main) => format!("{} {}", kind_words(main.kind, cross, lang), number::percent(main.share)),
        None => words::MIXED.with(lang, &[("n", &number::short(summary.entropy.bits.exp2()))]),
    }
}

fn small(s: &Surface, shown: &Shown, head: usize) {
    let pixels = shown.heads.pixels(head, SIDE);
    let rgba = map::rgba(&pixels, shown.heads.largest(head), &s.ink);
    s.map(&rgba, pixels.cols, pixels.rows, Rect { x: 0.0, y: 0.0, w: s.width, h: s.height }, false);
}

//! Which number of the maps is followed: by fields, step by step, or walking by itself over the whole map.
//!
//! Not responsible for what is shown of it (`walk.rs`).

use crate::i18n::{Lang, maps as words};
use crate::ui::inside::walk::Spot;
use crate::ui::page::is_still;
use crate::ui::panels::filters::counter;
use crate::ui::testid;
use gloo::timers::callback::Timeout;
use yew::prelude::*;

/// Between two places of the walk.
const PACE_MS: u32 = 450;

/// Properties of [`Moves`].
#[derive(Clone, PartialEq, Properties)]
pub struct MovesProps {
    /// Height, width and channels of the maps.
    pub shape: [usize; 3],
    /// The number that is followed.
    pub spot: Spot,
    /// Language.
    pub lang: Lang,
    /// Another number.
    pub onpin: Callback<Spot>,
}

/// See the module.
#[component]
pub fn Moves(props: &MovesProps) -> Html {
    let MovesProps { shape, spot, lang, onpin } = props.clone();
    let walking = use_state_eq(|| false);
    {
        let (onpin, walking) = (onpin.clone(), walking.clone());
        use_effect_with((*walking, spot, shape), move |(on, spot, shape)| {
            let next = spot.moved(1, *shape);
            let timer = on.then(|| {
                Timeout::new(PACE_MS, move || {
                    // The wish may come while it walks.
                    if is_still() {
                        walking.set(false);
                    } else {
                        onpin.emit(next);
                    }
                })
            });
            move || drop(timer)
        });
    }
    let still = is_still();
    let go = |by: isize| onpin.reform(move |_: MouseEvent| spot.moved(by, shape));
    let set = |f: fn(Spot, usize) -> Spot| onpin.reform(move |n: usize| f(spot, n));
    let toggle = {
        let walking = walking.clone();
        Callback::from(move |_: MouseEvent| walking.set(!*walking))
    };
    let (sign, name) = if *walking { ("❚❚", words::HALT) } else { ("▶", words::WALK) };
    let why = if still { words::STILL } else { name };
    html! {
        <div class="moves-row">
            { counter(words::CHANNEL.get(lang), testid::maps("channel"), spot.channel, shape[2], lang, set(|s, channel| Spot { channel, ..s })) }
            if shape[0] > 1 {
                { counter(words::ROW.get(lang), testid::maps("row"), spot.row, shape[0], lang, set(|s, row| Spot { row, ..s })) }
            }
            { counter(words::COLUMN.get(lang), testid::maps("column"), spot.column, shape[1], lang, set(|s, column| Spot { column, ..s })) }
            <span class="moves-buttons">
                <button type="button" class="quiet small" aria-label={words::BACK.get(lang)} title={words::BACK.get(lang)}
                    data-testid={testid::maps("back")} onclick={go(-1)}>{ "‹" }</button>
                <button type="button" class="quiet small" aria-label={why.get(lang)} title={why.get(lang)} aria-pressed={walking.to_string()}
                    data-testid={testid::maps("walk")} disabled={still && !*walking} onclick={toggle}>{ sign }</button>
                <button type="button" class="quiet small" aria-label={words::ON.get(lang)} title={words::ON.get(lang)}
                    data-testid={testid::maps("on")} onclick={go(1)}>{ "›" }</button>
            </span>
            if still { <span class="dim">{ words::STILL.get(lang) }</span> }
        </div>
    }
}

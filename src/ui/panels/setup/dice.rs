//! The dice beside the seed: draws a fresh one. Undo takes it back, as any edit.
//!
//! Not responsible for what follows from a seed (`ui::state`).

use crate::i18n::{Lang, setup as words};
use crate::ui::icons::{Sign, icon};
use crate::ui::state::{EditMsg, Msg};
use crate::ui::testid;
use yew::prelude::*;

#[derive(Clone, Debug, PartialEq, Properties)]
pub struct DiceProps {
    pub lang: Lang,
    pub seed: u32,
    pub emit: Callback<Msg>,
}

#[component]
pub fn Dice(props: &DiceProps) -> Html {
    let seed = props.seed;
    // A browser without randomness still gets another seed.
    let onclick = props.emit.reform(move |_: MouseEvent| {
        Msg::Edit(EditMsg::Seed(getrandom::u32().ok().filter(|s| *s != seed).unwrap_or(seed.wrapping_add(1))))
    });
    let label = words::DICE.get(props.lang);
    html! {
        <button type="button" class="quiet dice" data-testid={testid::SEED_DICE} title={label} aria-label={label} {onclick}>
            { icon(Sign::Dice) }
        </button>
    }
}

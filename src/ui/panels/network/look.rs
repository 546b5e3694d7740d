//! One unit, large: its picture, the colour scale with its range, its numbers. Used under the pointer and in the inspector.
//!
//! Not responsible for editing (`inspector.rs`).

use super::column::{Inside, range};
use super::tiles::{self, Ramp};
use crate::i18n::{Lang, network as words};
use crate::ui::netmap::layout::Picture;
use crate::ui::netmap::robust_max;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::number;
use crate::ui::plots::surface::{Rect, Surface};
use yew::prelude::*;

/// Properties of [`Look`].
#[derive(Clone, PartialEq, Properties)]
pub struct LookProps {
    /// What is inside the column.
    pub inside: Inside,
    /// What its tiles show.
    pub picture: Picture,
    /// Which unit.
    pub unit: usize,
    /// Heading.
    pub title: AttrValue,
    /// Further facts, such as the bias.
    #[prop_or_default]
    pub facts: Vec<String>,
    /// Language.
    pub lang: Lang,
}

/// See the module.
#[component]
pub fn Look(props: &LookProps) -> Html {
    let LookProps { inside, picture, unit, title, facts, lang } = props;
    // Its own scale, unlike the small picture's: a unit that says little is seen all the same.
    let max = inside.unit(*unit, *picture).map_or(1.0, |(values, _)| robust_max(values));
    let draw = use_callback((inside.clone(), *picture, *unit), |s: Surface, (inside, picture, unit)| {
        if let Some((values, grid)) = inside.unit(*unit, *picture) {
            let at = Rect { x: 0.5, y: 0.5, w: s.width - 1.0, h: s.height - 1.0 };
            tiles::tile(&s, values, grid, at, &Ramp::new(s.ink.zero), robust_max(values));
        }
    });
    let seen = inside.unit(*unit, *picture).map(|(values, grid)| {
        let (low, high) = range(values);
        let (min, max) = (number::short(low), number::short(high));
        let n = values.len().to_string();
        let text = if matches!(inside, Inside::Maps(_)) { words::RANGE } else { words::WEIGHTS_RANGE };
        (text.with(*lang, &[("n", &n), ("min", &min), ("max", &max)]), grid)
    });
    let end = number::short(f64::from(max));
    html! {
        <div class="net-look">
            <b>{ title }</b>
            if let Some((text, grid)) = seen {
                <Canvas {draw} class={if grid.rows == 1 { "net-large net-flat" } else { "net-large" }} label={text.clone()} />
                <div class="net-scale"><span>{ format!("−{end}") }</span><i></i><span>{ format!("+{end}") }</span></div>
                <small>{ text }</small>
            } else if !matches!(inside, Inside::Names(_) | Inside::Shape(_)) {
                <small>{ words::NO_PICTURE.get(*lang) }</small>
            }
            <>{ for facts.iter().map(|f| html! { <small>{ f }</small> }) }</>
        </div>
    }
}

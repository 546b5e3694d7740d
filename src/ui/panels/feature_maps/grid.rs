//! The maps of a layer side by side on one canvas: hovered for values, clicked to follow one number.
//!
//! Not responsible for how a number came about (`walk.rs`).

use super::Seen;
use crate::i18n::{Lang, maps as words};
use crate::ui::inside::bank::{Sheet, range, reach};
use crate::ui::inside::walk::Spot;
use crate::ui::panels::network::tiles::Ramp;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::surface::{Align, Rect, Surface};
use crate::ui::plots::{number, numbers};
use crate::ui::same::Same;
use crate::ui::testid;
use yew::prelude::*;

/// Maps at first; "more" doubles them.
const FIRST: usize = 32;
/// Most maps, so that the page stays quick whatever the layer.
const MOST: usize = 512;
/// Longer side of a map, CSS pixels; of a series.
const SIDE: f64 = 62.0;
const SIDE_SERIES: f64 = 200.0;
/// Room for the number under a map.
const TEXT: f64 = 13.0;

/// The numbers of one channel.
pub fn channel(values: &[f32], channels: usize, c: usize) -> Vec<f32> {
    values.iter().skip(c).step_by(channels.max(1)).copied().collect()
}

/// Full colour of a channel's map.
pub fn scale_of(seen: &Seen, own: bool, c: usize) -> f32 {
    if own { reach(&channel(&seen.maps, seen.shape[2], c)) } else { reach(&seen.maps) }
}

/// Properties of [`Grid`].
#[derive(Clone, PartialEq, Properties)]
pub struct GridProps {
    /// The numbers.
    pub seen: Same<Seen>,
    /// Whether every map has its own scale.
    pub own: bool,
    /// Width of the canvas.
    pub width: f64,
    /// Name of the layer.
    pub name: AttrValue,
    /// The number that is followed.
    pub spot: Spot,
    /// Whether it is pinned.
    pub pinned: bool,
    /// Says so, in the readout.
    pub mark: Html,
    /// Language.
    pub lang: Lang,
    /// Another number.
    pub onpin: Callback<Spot>,
    /// Lets go of it.
    pub onrelease: Option<Callback<()>>,
}

fn sheet(seen: &Seen, width: f64, shown: usize) -> Sheet {
    let [h, w, _] = seen.shape;
    Sheet::new(width, shown, [h, w], super::grown(width) * if h == 1 { SIDE_SERIES } else { SIDE }, TEXT)
}

fn spot_under(seen: &Seen, sheet: &Sheet, at: (f64, f64)) -> Option<Spot> {
    let (channel, u, v) = sheet.under(at)?;
    let [h, w, _] = seen.shape;
    Some(Spot { row: (v * h as f64) as usize, column: (u * w as f64) as usize, channel })
}

/// See the module.
#[component]
pub fn Grid(props: &GridProps) -> Html {
    let GridProps { seen, own, width, name, spot, pinned, mark, lang, onpin, onrelease } = props.clone();
    let limit = use_state_eq(|| FIRST);
    let hover = use_state_eq(|| None::<Spot>);
    let channels = seen.0.shape[2];
    let shown = channels.min(*limit);
    let sheet = sheet(&seen.0, width, shown);
    let draw =
        use_callback((seen.clone(), own, spot, sheet, pinned), |s: Surface, (seen, own, spot, sheet, pinned)| {
            draw(&s, &seen.0, *own, *spot, sheet);
            if *pinned && spot.channel < sheet.count {
                let ((x, y), [h, w, _]) = (sheet.at(spot.channel), seen.0.shape);
                let part = |at: usize, of: usize| (at as f64 + 0.5) / of as f64;
                s.pin((x + sheet.w * part(spot.column, w), y + sheet.h * part(spot.row, h)));
            }
        });
    let onhover = {
        let (set, seen) = (hover.setter(), seen.clone());
        Callback::from(move |at: Option<(f64, f64)>| set.set(at.and_then(|at| spot_under(&seen.0, &sheet, at))))
    };
    let onpick = {
        let seen = seen.clone();
        Callback::from(move |at: (f64, f64)| {
            if let Some(spot) = spot_under(&seen.0, &sheet, at) {
                onpin.emit(spot);
            }
        })
    };
    let short = |v: f32| number::short(f64::from(v));
    let [h, w, _] = seen.0.shape.map(|n| n.to_string());
    let (low, high) = range(&seen.0.maps);
    let (low, high, step) = (short(low), short(high), number::integer(seen.0.step));
    let n = channels.to_string();
    let label = words::LABEL.with(
        lang,
        &[("n", &n), ("h", &h), ("w", &w), ("layer", &name), ("low", &low), ("high", &high), ("step", &step)],
    );
    let read = hover.or(pinned.then_some(spot)).and_then(|at| {
        let v = seen.0.maps.get(at.index(seen.0.shape))?;
        let [channel, row, column] = [at.channel, at.row, at.column].map(|n| (n + 1).to_string());
        Some(words::READ.with(lang, &[("channel", &channel), ("row", &row), ("column", &column), ("v", &short(*v))]))
    });
    let set = |to: usize| {
        let limit = limit.setter();
        Callback::from(move |_: MouseEvent| limit.set(to))
    };
    let counts = words::SHOWN.with(lang, &[("n", &shown.to_string()), ("all", &n)]);
    html! {<>
        <Canvas {draw} {label} style={format!("height: {}px", sheet.height().ceil())} class="filters-grid" {onhover} {onpick} {onrelease}
            testid={testid::maps("grid")} weight={1.0 + seen.0.maps.len() as f64 / 20_000.0} />
        if channels > FIRST {
            <p class="more-row">
                <span class="dim">{ counts }</span>
                if shown < channels && shown < MOST {
                    <button type="button" class="quiet small" data-testid={testid::maps("more")} onclick={set(2 * *limit)}>{ words::MORE.get(lang) }</button>
                }
                if shown > FIRST {
                    <button type="button" class="quiet small" data-testid={testid::maps("fewer")} onclick={set(FIRST)}>{ words::FEWER.get(lang) }</button>
                }
            </p>
        }
        <p class="legend">
            { numbers::scale(scale_of(&seen.0, own, spot.channel)) }
            if own { <span>{ words::OWN_NOTE.with(lang, &[("n", &(spot.channel + 1).to_string())]) }</span> }
            <span class="at-end" data-testid={testid::maps("readout")}>{ read.unwrap_or_else(|| words::HINT.get(lang).into()) }</span>
            { mark }
        </p>
    </>}
}

fn draw(s: &Surface, seen: &Seen, own: bool, spot: Spot, sheet: &Sheet) {
    let [h, w, channels] = seen.shape;
    let ramp = Ramp::new(s.ink.zero);
    let common = reach(&seen.maps);
    for c in 0..sheet.count {
        let values = channel(&seen.maps, channels, c);
        let max = if own { reach(&values) } else { common };
        let (x, y) = sheet.at(c);
        let at = Rect { x: x + 0.5, y: y + 0.5, w: sheet.w - 1.0, h: sheet.h - 1.0 };
        s.map(&ramp.pixels(&values, max), w, h, at, false);
        s.outline(at, &s.ink.rule, 1.0);
        let picked = c == spot.channel;
        if picked {
            s.outline(Rect { x: at.x - 1.0, y: at.y - 1.0, w: at.w + 2.0, h: at.h + 2.0 }, &s.ink.ink, 2.0);
        }
        let ink = if picked { &s.ink.ink } else { &s.ink.dim };
        s.text(&(c + 1).to_string(), at.x + at.w / 2.0, at.y + at.h + TEXT / 2.0 + 1.0, Align::Middle, ink);
    }
}

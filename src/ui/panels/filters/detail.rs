//! One filter large, with its numbers, and what it looked like at earlier moments of the training.
//!
//! Not responsible for keeping those moments (`inside::film`).

use super::picture::{Shown, paint};
use super::{View, counter};
use crate::i18n::{Lang, filters as words};
use crate::ui::inside::bank::{range, reach};
use crate::ui::inside::film::{Film, Shot};
use crate::ui::panels::network::tiles::Ramp;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::number;
use crate::ui::plots::numbers::{self, cells};
use crate::ui::plots::surface::{Align, Rect, Surface};
use crate::ui::same::Same;
use crate::ui::testid;
use yew::prelude::*;

/// Longest side of the large picture, CSS pixels.
const LARGE: f64 = 190.0;
/// Longer side of a picture of the film.
const FRAME: f64 = 40.0;
/// Room for the step under a picture of the film.
const TEXT: f64 = 16.0;

/// Properties of [`Detail`].
#[derive(Clone, PartialEq, Properties)]
pub struct DetailProps {
    /// The weights, and how they are shown.
    pub shown: Same<Shown>,
    /// Filter and channel.
    pub picked: (usize, usize),
    /// Earlier moments.
    pub film: Film,
    /// The filter's bias, if it has one.
    pub bias: Option<f32>,
    /// Step of the weights.
    pub step: u64,
    /// Room for the film.
    pub width: f64,
    /// Language.
    pub lang: Lang,
    /// Another filter and channel.
    pub onpick: Callback<(usize, usize)>,
}

/// See the module.
#[component]
pub fn Detail(props: &DetailProps) -> Html {
    let DetailProps { shown, picked, film, bias, step, width, lang, onpick } = props.clone();
    let (o, c) = (picked.0, if let View::Channel(c) = shown.0.view { c } else { picked.1 });
    let s = shown.0.clone();
    let [h, w] = s.bank.kernel;
    let side = LARGE / h.max(w) as f64;
    let (cw, ch) = (side * w as f64, (side * h as f64).max(24.0));
    let draw = use_callback((shown.clone(), (o, c)), |s: Surface, (shown, (o, c))| {
        let at = Rect { x: 0.5, y: 0.5, w: s.width - 1.0, h: s.height - 1.0 };
        let (shown, max) = (&shown.0, shown.0.scale_of(*o, *c));
        if shown.view == View::Colour {
            paint(&s, shown, &shown.weight, (*o, *c), at, max, &Ramp::new(s.ink.zero));
        } else {
            cells(&s, shown.bank.tile(&shown.weight, *o, *c), shown.bank.kernel, at, max);
        }
    });
    let values =
        if s.view == View::Colour { s.bank.filter(&s.weight, o) } else { s.bank.tile(&s.weight, o, c).to_vec() };
    let (low, high) = range(&values);
    let short = |v: f32| number::short(f64::from(v));
    let listed = values.iter().map(|v| short(*v)).collect::<Vec<_>>().join(" ");
    let title = words::FILTER_OF.with(lang, &[("n", &(o + 1).to_string()), ("all", &s.bank.filters.to_string())]);
    let set = |f: fn((usize, usize), usize) -> (usize, usize)| onpick.reform(move |n| f((o, c), n));
    let style = format!("width: {cw}px; height: {ch}px");
    html! {
        <div class="filter-detail">
            <div class="filter-large">
                <Canvas {draw} {style} label={title} testid={testid::filters("large")} />
            </div>
            <div class="filter-facts">
                { counter(words::FILTER.get(lang), testid::filters("filter"), o, s.bank.filters, lang, set(|(_, c), n| (n, c))) }
                if s.view == View::Matrix {
                    { counter(words::CHANNEL_NUMBER.get(lang), testid::filters("of-channel"), c, s.bank.channels, lang, set(|(o, _), n| (o, n))) }
                }
                <p class="small">{ words::RANGE.with(lang, &[("low", &short(low)), ("high", &short(high))]) }</p>
                if let Some(b) = bias {
                    <p class="small" data-testid={testid::filters("bias")}>{ words::BIAS.with(lang, &[("b", &short(b))]) }</p>
                }
                <p class="small dim" data-testid={testid::filters("step")}>{ words::AT_STEP.with(lang, &[("step", &number::integer(step))]) }</p>
                <div class="visually-hidden"><p data-testid={testid::filters("values")}>{ listed }</p></div>
            </div>
            <Strip {shown} {film} picked={(o, c)} {width} {lang} />
        </div>
    }
}

/// Properties of [`Strip`].
#[derive(Clone, PartialEq, Properties)]
struct StripProps {
    shown: Same<Shown>,
    film: Film,
    picked: (usize, usize),
    width: f64,
    lang: Lang,
}

/// Full colour of all moments of a filter.
fn full_colour(shown: &Shown, shots: &[&Shot], (o, c): (usize, usize)) -> f32 {
    let of = |values: &[f32]| match shown.view {
        View::Colour => reach(&shown.bank.filter(values, o)),
        View::Channel(_) | View::Matrix => reach(shown.bank.tile(values, o, c)),
    };
    shots.iter().map(|(_, v)| of(v)).fold(1e-6, f32::max)
}

/// The filter at earlier moments, on one scale, oldest first.
#[component]
fn Strip(props: &StripProps) -> Html {
    let StripProps { shown, film, picked, width, lang } = props.clone();
    let [h, w] = shown.0.bank.kernel;
    let scale = FRAME / h.max(w) as f64;
    let (fw, fh) = ((scale * w as f64).max(30.0), (scale * h as f64).max(14.0));
    let fit = ((width + 6.0) / (fw + 6.0)).floor().max(2.0) as usize;
    let draw =
        use_callback((shown.clone(), film.clone(), picked, fit), move |s: Surface, (shown, film, picked, fit)| {
            let (shown, shots) = (&shown.0, film.some(*fit));
            let max = full_colour(shown, &shots, *picked);
            let ramp = Ramp::new(s.ink.zero);
            for (i, (step, values)) in shots.iter().enumerate() {
                let at = Rect { x: i as f64 * (fw + 6.0) + 0.5, y: 0.5, w: fw - 1.0, h: fh - 1.0 };
                paint(&s, shown, values, *picked, at, max, &ramp);
                s.text(&number::si(*step as f64), at.x + at.w / 2.0, fh + TEXT / 2.0, Align::Middle, &s.ink.dim);
            }
        });
    let shots = film.some(fit);
    let max = full_colour(&shown.0, &shots, picked);
    let steps = shots.iter().map(|s| number::integer(s.0)).collect::<Vec<_>>().join(", ");
    let label = words::FILM_LABEL.with(lang, &[("n", &(picked.0 + 1).to_string()), ("steps", &steps)]);
    html! {
        <div class="film">
            <p class="small dim film-head">{ words::FILM.get(lang) }
                if shown.0.view != View::Colour { { numbers::scale(max) } }</p>
            <Canvas {draw} {label} style={format!("height: {}px", fh + TEXT)} testid={testid::filters("film")} />
        </div>
    }
}

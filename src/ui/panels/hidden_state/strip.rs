//! A part of the cell over time: all parts small to choose from, one large with units downwards and steps to the right.
//!
//! Not responsible for where cells stand (`ui::inside::states::layout`).

use super::part_word;
use super::shown::Shown;
use crate::i18n::{Lang, states as words};
use crate::ui::inside::axis_labels::{LABEL_PX, Label};
use crate::ui::inside::states::layout::{LANE, StripGrid, lanes};
use crate::ui::inside::states::{Part, Strip};
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::color::{self, Rgb};
use crate::ui::plots::number;
use crate::ui::plots::surface::{Align, Rect, Surface};
use crate::ui::same::Same;
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// Units in a small picture.
const SMALL: usize = 24;

/// Colour of one number of a part: gates from closed to open, the others with their sign.
pub fn tint(part: Part, v: f32, range: f32, zero: Rgb) -> Rgb {
    if part.is_gate() { color::viridis(v) } else { color::diverging(v / range, zero) }
}

fn rgba(s: &Surface, strip: &Strip, units: usize) -> Vec<u8> {
    let range = strip.range();
    let mut out = Vec::with_capacity(4 * units * strip.steps);
    for u in 0..units {
        for t in 0..strip.steps {
            let [r, g, b] = tint(strip.part, strip.at(u, t).unwrap_or(f32::NAN), range, s.ink.zero);
            out.extend([r, g, b, 255]);
        }
    }
    out
}

/// Properties of [`Parts`].
#[derive(Clone, PartialEq, Properties)]
pub struct PartsProps {
    /// The layer.
    pub shown: Same<Shown>,
    /// The chosen part.
    pub part: Part,
    /// Where a choice goes.
    pub onpick: Callback<Part>,
    /// Language.
    pub lang: Lang,
}

/// All parts of the cell as small pictures.
#[component]
pub fn Parts(props: &PartsProps) -> Html {
    let one = |strip: &Strip| {
        let part = strip.part;
        html! {
            <Small key={part.letter()} shown={props.shown.clone()} {part} chosen={part == props.part}
                onpick={props.onpick.clone()} lang={props.lang} />
        }
    };
    html! {
        <div class="head-row" role="group" aria-label={words::PARTS.get(props.lang)}>
            { for props.shown.0.strips.iter().map(one) }
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct SmallProps {
    shown: Same<Shown>,
    part: Part,
    chosen: bool,
    onpick: Callback<Part>,
    lang: Lang,
}

#[component]
fn Small(props: &SmallProps) -> Html {
    let (lang, part) = (props.lang, props.part);
    let draw = use_callback((props.shown.clone(), part), |s: Surface, (shown, part)| {
        let strip = shown.0.strip(*part);
        let units = strip.units.min(SMALL);
        let area = Rect { x: 0.0, y: 0.0, w: s.width, h: s.height };
        s.map(&rgba(&s, strip, units), strip.steps, units, area, false);
    });
    let onclick = props.onpick.reform(move |_: MouseEvent| part);
    html! {
        <button type="button" class="head-pick part-pick" aria-pressed={props.chosen.to_string()} {onclick}
            data-testid={testid::cell_part(part.letter())}>
            <Canvas {draw} weight={0.5} />
            <b>{ part.letter() }</b>
            <small>{ part_word(part).get(lang) }</small>
        </button>
    }
}

/// Properties of [`Large`].
#[derive(Clone, PartialEq, Properties)]
pub struct LargeProps {
    /// The layer.
    pub shown: Same<Shown>,
    /// The part.
    pub part: Part,
    /// Units shown.
    pub units: usize,
    /// The chosen unit.
    pub unit: usize,
    /// What is read: unit and step.
    pub at: Option<(usize, usize)>,
    /// What is pinned.
    pub pinned: Option<(usize, usize)>,
    /// Takes what the pointer is on.
    pub onhover: Callback<Option<(usize, usize)>>,
    /// Takes what was clicked.
    pub onpick: Callback<Option<(usize, usize)>>,
    /// Lets go of what is pinned.
    pub onrelease: Option<Callback<()>>,
    /// Language.
    pub lang: Lang,
}

/// One part, large.
#[component]
pub fn Large(props: &LargeProps) -> Html {
    let (lang, units) = (props.lang, props.units);
    let strip = props.shown.0.strip(props.part);
    let steps = strip.steps;
    let draw = use_callback((props.shown.clone(), props.part, units), |s: Surface, (shown, part, units)| {
        draw_strip(&s, &shown.0, shown.0.strip(*part), *units);
    });
    let deps = (steps, units, props.unit, props.at, props.pinned);
    let over = use_callback(deps, |s: Surface, (steps, units, unit, at, pinned)| {
        let grid = StripGrid::new(s.width, s.height, *units, *steps);
        draw_marks(&s, &grid, *unit, *at);
        if let Some((u, t)) = pinned.filter(|(u, t)| u < units && t < steps) {
            s.pin((grid.x + grid.step * (t as f64 + 0.5), grid.unit * (u as f64 + 0.5)));
        }
    });
    let node = use_node_ref();
    let find = {
        let node = node.clone();
        Rc::new(move |at: (f64, f64)| {
            let c = node.cast::<web_sys::HtmlCanvasElement>()?;
            StripGrid::new(f64::from(c.client_width()), f64::from(c.client_height()), units, steps).cell_at(at)
        })
    };
    let onhover = {
        let (find, emit) = (find.clone(), props.onhover.clone());
        Callback::from(move |at: Option<(f64, f64)>| emit.emit(at.and_then(|at| find(at))))
    };
    let onpick = props.onpick.reform(move |at| find(at));
    let onrelease = props.onrelease.clone();
    let (low, high) = range_words(strip);
    let (n, t) = (units.to_string(), steps.to_string());
    let args = [("part", part_word(props.part).get(lang)), ("n", &n), ("t", &t), ("low", &low), ("high", &high)];
    let style =
        format!("height: {:.0}px; max-width: {:.0}px", StripGrid::height(units, steps), StripGrid::width_max(steps));
    let weight = 1.0 + units as f64 * steps as f64 / 40_000.0;
    html! {
        <div class="plot-stack" {style}>
            <Canvas {draw} {node} {weight} testid={testid::hidden_state("strip")} label={words::LABEL.with(lang, &args)} />
            <Canvas draw={over} class="over" {onhover} {onpick} {onrelease} />
        </div>
    }
}

/// Ends of the colour scale.
pub fn range_words(strip: &Strip) -> (String, String) {
    let range = f64::from(strip.range());
    if strip.part.is_gate() { ("0".into(), "1".into()) } else { (number::short(-range), number::short(range)) }
}

fn draw_strip(s: &Surface, shown: &Shown, strip: &Strip, units: usize) {
    let at = StripGrid::new(s.width, s.height, units, strip.steps);
    let area = Rect { x: at.x, y: 0.0, w: at.right() - at.x, h: at.unit * units as f64 };
    s.map(&rgba(s, strip, units), strip.steps, units, area, false);
    let every = ((s.text_px() + 3.0) / at.unit).ceil().max(1.0) as usize;
    for u in (0..units).step_by(every) {
        s.text(&(u + 1).to_string(), at.x - 5.0, at.unit * (u as f64 + 0.5), Align::End, &s.ink.dim);
    }
    labels(s, shown, at.x, at.step, at.tokens_y());
}

/// Labels of the steps, as many as have room: of tokens in lanes, where one line has no room for all.
pub fn labels(s: &Surface, shown: &Shown, x: f64, step: f64, y: f64) {
    let all = &shown.labels;
    let wide = all.iter().take(400).map(|l| s.text_width(l)).fold(0.0, f64::max) * LABEL_PX / s.text_px();
    let label = Label { px: wide.min(60.0), letters: shown.tokens, ..Label::default() };
    let fit = label.lanes(label.px + 2.0, step);
    let fits = fit.lanes <= lanes(all.len());
    let (every, in_turn) = if fits { (fit.every, fit.lanes) } else { (fit.lanes, 1) };
    for (t, label) in all.iter().enumerate().step_by(every) {
        let label = s.fitted(label, (step * (every * in_turn) as f64).max(12.0));
        let at = (x + step * (t as f64 + 0.5), y + LANE * (t % in_turn) as f64);
        s.text_sized(&label, at.0, at.1, Align::Middle, &s.ink.dim, LABEL_PX, false);
    }
}

fn draw_marks(s: &Surface, at: &StripGrid, unit: usize, hover: Option<(usize, usize)>) {
    let ground = color::hex(s.ink.bg);
    let frame = |r: Rect, width: f64| {
        s.outline(r, &ground, width + 1.8);
        s.outline(r, &s.ink.ink, width);
    };
    let row = |u: usize| Rect { x: at.x, y: at.unit * u as f64, w: at.right() - at.x, h: at.unit };
    if unit < at.units {
        frame(row(unit), 1.2);
    }
    if let Some((u, t)) = hover.filter(|(u, t)| *u < at.units && *t < at.steps) {
        let column = Rect { x: at.x + at.step * t as f64, y: 0.0, w: at.step, h: at.unit * at.units as f64 };
        s.outline(column, &s.ink.dim, 0.8);
        frame(Rect { x: column.x, w: column.w, ..row(u) }, 1.6);
    }
}

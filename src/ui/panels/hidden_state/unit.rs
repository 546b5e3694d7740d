//! One unit over the sequence: the text with each token on the colour of the unit's activation, or the series on a
//! coloured ground; and the unit in numbers.
//!
//! Not responsible for the strips of all units.

use super::part_word;
use super::shown::Shown;
use super::strip::{labels, tint};
use crate::i18n::{Lang, states as words};
use crate::ui::inside::states::Part;
use crate::ui::plots::axis::Axis;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::color;
use crate::ui::plots::ink::Ink;
use crate::ui::plots::number;
use crate::ui::plots::surface::{Align, Rect, Surface};
use crate::ui::same::Same;
use crate::ui::testid;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

/// Tokens written out.
const TOKENS_MAX: usize = 400;
/// Rows of the table.
const ROWS_MAX: usize = 300;
/// Columns of a series that are drawn.
const LINES_MAX: usize = 3;

/// Properties of [`Over`].
#[derive(Clone, PartialEq, Properties)]
pub struct OverProps {
    /// The layer.
    pub shown: Same<Shown>,
    /// The part of the cell.
    pub part: Part,
    /// The unit.
    pub unit: usize,
    /// The step that is read.
    pub at: Option<usize>,
    /// Takes the step of the token that the pointer is on.
    pub onhover: Callback<Option<usize>>,
    /// Takes the step of a clicked token.
    pub onpick: Callback<usize>,
    /// Language.
    pub lang: Lang,
}

/// The sequence coloured by the unit.
#[component]
pub fn Over(props: &OverProps) -> Html {
    let deps = (props.shown.clone(), props.part, props.unit);
    let draw = use_callback(deps, |s: Surface, (shown, part, unit)| series(&s, &shown.0, *part, *unit));
    let (shown, lang) = (&props.shown.0, props.lang);
    let u = (props.unit + 1).to_string();
    let title = words::UNIT_OVER.with(lang, &[("u", &u), ("part", part_word(props.part).get(lang))]);
    let t = shown.labels.len().to_string();
    let body = if shown.tokens {
        text(props)
    } else {
        html! {<>
            <div class="plot-stack" style="height: 130px">
                <Canvas {draw} testid={testid::hidden_state("series")} label={words::SERIES_LABEL.with(lang, &[("t", &t), ("u", &u)])} />
            </div>
            if shown.series.is_some() { <p class="plot-note">{ words::INPUT.with(lang, &[("u", &u)]) }</p> }
        </>}
    };
    html! { <div class="unit-over"><h3>{ title }</h3>{ body }</div> }
}

/// The step of the token under an event.
fn step_at(e: &Event) -> Option<usize> {
    e.target()?.dyn_into::<Element>().ok()?.get_attribute("data-t")?.parse().ok()
}

fn text(props: &OverProps) -> Html {
    let (shown, part, unit, lang) = (&props.shown.0, props.part, props.unit, props.lang);
    let (strip, ink) = (shown.strip(part), Ink::now());
    let range = strip.range();
    let words_apart = shown.labels.iter().any(|l| l.chars().count() > 1);
    let one = |(t, label): (usize, &String)| {
        let v = strip.at(unit, t).unwrap_or(f32::NAN);
        let rgb = tint(part, v, range, ink.zero);
        let dark = color::wants_dark_text(rgb);
        let style = format!("background: {}; color: {}", color::hex(rgb), if dark { "#1d232b" } else { "#fff" });
        // A line ends where the text has one, with the sign of it.
        let end = if label == "↵" {
            "\n"
        } else if words_apart {
            " "
        } else {
            ""
        };
        html! { <><span {style} class={(props.at == Some(t)).then_some("next")} data-t={t.to_string()} title={number::short(f64::from(v))}>{ label }</span>{ end }</> }
    };
    let more = shown.labels.len().saturating_sub(TOKENS_MAX);
    let onmouseover = props.onhover.reform(|e: MouseEvent| step_at(&e));
    let onmouseleave = props.onhover.reform(|_: MouseEvent| None);
    let onpick = props.onpick.clone();
    let onclick = Callback::from(move |e: MouseEvent| step_at(&e).iter().for_each(|t| onpick.emit(*t)));
    html! {<>
        <p class="token-text" data-testid={testid::hidden_state("text")} {onmouseover} {onmouseleave} {onclick}>{ for shown.labels.iter().enumerate().take(TOKENS_MAX).map(one) }</p>
        if more > 0 { <p class="dim small">{ words::CUT.with(lang, &[("n", &more.to_string())]) }</p> }
    </>}
}

/// Input lines on a ground coloured by the unit; where the input is no series of this length, the ground alone.
fn series(s: &Surface, shown: &Shown, part: Part, unit: usize) {
    let strip = shown.strip(part);
    let (left, below, steps) = (34.0, 18.0, strip.steps);
    let step = ((s.width - left - 2.0) / steps.max(1) as f64).min(44.0);
    let area = Rect { x: left, y: 4.0, w: step * steps as f64, h: s.height - below - 8.0 };
    let mut rgba = Vec::with_capacity(4 * steps);
    for v in strip.unit(unit) {
        let [r, g, b] = tint(part, v, strip.range(), s.ink.zero);
        rgba.extend([r, g, b, 255]);
    }
    s.map(&rgba, steps, 1, area, false);
    labels(s, shown, left, step, s.height - below / 2.0);
    let Some((shape, x)) = &shown.series else { return };
    let width = shape.get(1).copied().unwrap_or(1).max(1);
    let all = x.iter().take(steps * width).map(|v| f64::from(*v));
    let axis = Axis::linear(all, 2);
    for (_, label) in &axis.ticks {
        let share = axis.ticks.iter().find(|t| t.1 == *label).map_or(0.0, |t| axis.tick_share(t.0));
        s.text(label, left - 4.0, area.y + area.h * (1.0 - share), Align::End, &s.ink.dim);
    }
    let ground = color::hex(s.ink.bg);
    for (ink, thick) in [(&ground, 4.0), (&s.ink.ink, 1.6)] {
        for c in 0..width.min(LINES_MAX) {
            s.dash(if c == 0 { &[] } else { &[4.0, 3.0] });
            s.ctx.begin_path();
            for t in 0..steps {
                let share = axis.share(f64::from(x[t * width + c])).unwrap_or(0.5).clamp(0.0, 1.0);
                s.ctx.line_to(left + step * (t as f64 + 0.5), area.y + area.h * (1.0 - share));
            }
            s.ctx.set_stroke_style_str(ink);
            s.ctx.set_line_width(thick);
            s.ctx.stroke();
        }
    }
    s.dash(&[]);
}

/// The unit in numbers.
pub fn table(shown: &Shown, part: Part, unit: usize, lang: Lang) -> Html {
    let strip = shown.strip(part);
    let row = |(t, v): (usize, f32)| {
        html! {
            <tr><td>{ t + 1 }</td><th scope="row">{ shown.label(t) }</th>
                <td data-value={v.to_string()}>{ number::short(f64::from(v)) }</td></tr>
        }
    };
    let all = strip.unit(unit);
    let more = all.len().saturating_sub(ROWS_MAX);
    html! {
        <div class="rows-scroll">
            <table class="scores rows" data-testid={testid::hidden_state("rows")}>
                <thead><tr>
                    <th scope="col">{ words::STEP.get(lang) }</th><th scope="col">{ words::TOKEN.get(lang) }</th>
                    <th scope="col">{ part.letter() }</th>
                </tr></thead>
                <tbody>{ for all.into_iter().enumerate().take(ROWS_MAX).map(row) }</tbody>
            </table>
            if more > 0 { <p class="dim small">{ words::CUT.with(lang, &[("n", &more.to_string())]) }</p> }
        </div>
    }
}

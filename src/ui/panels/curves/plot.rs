//! The plot itself: lines on one canvas, the crosshair on another above it, so that pointing costs no redrawing.
//!
//! Not responsible for which lines there are (`ui::curve_set`).

use super::kept::{kept_color, tag_place};
use super::{height_word, shown_word, term_word};
use crate::i18n::{Lang, curves as words, truth};
use crate::ui::curve_set::{CurveSet, Line, Owner};
use crate::ui::hooks::{Hands, use_pin};
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::chart::{self, Band, Stroke};
use crate::ui::plots::color::{self, NOT_FINITE};
use crate::ui::plots::controls::line_sample;
use crate::ui::plots::reading::snapped;
use crate::ui::plots::surface::{Align, Surface};
use crate::ui::plots::{number, series};
use crate::ui::same::Same;
use crate::ui::state::State;
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Plot`].
#[derive(Clone, PartialEq, Properties)]
pub struct PlotProps {
    /// What to draw.
    pub set: Rc<CurveSet>,
    /// For words.
    pub state: Rc<State>,
}

/// See the module.
#[component]
pub fn Plot(props: &PlotProps) -> Html {
    let lang = props.state.page.lang;
    let y_title = shown_word(&props.state);
    let (pin, node) = (use_pin::<f64>(), use_node_ref());
    let back = props.state.looked_back();
    let base = use_callback(
        (Same(props.set.clone()), lang, y_title, back, height_word(&props.state)),
        |s: Surface, (set, lang, y_title, back, height)| {
            draw(&s, &set.0, *lang, y_title, height);
            back.iter().for_each(|step| draw_chosen(&s, &set.0, *step as f64));
        },
    );
    // A step that the run has not reached yet is read where the run is.
    let nearest = |x: f64| props.set.nearest_step(x);
    let (at, pinned) = (pin.at().and_then(nearest), pin.pinned().and_then(nearest));
    let over = use_callback((Same(props.set.clone()), at, pinned), |s: Surface, (set, at, pinned)| {
        [*at, *pinned].into_iter().flatten().for_each(|step| draw_cross(&s, &set.0, step));
        if let Some(step) = pinned {
            let plot = chart::plot_rect(s.width, s.height);
            s.pin((plot.x + plot.w * set.0.x.share(*step).unwrap_or(0.0), plot.y));
        }
    });
    let Hands { onhover, onpick, onrelease } = {
        let (set, kept) = (props.set.clone(), pin.pinned());
        pin.hands(&node, move |(x, _), (width, _)| {
            let plot = chart::plot_rect(width, 100.0);
            let found = set.nearest_step(set.x.value(((x - plot.x) / plot.w).clamp(0.0, 1.0)));
            let place = |step: f64| (plot.x + plot.w * set.x.share(step).unwrap_or(0.0), 0.0);
            snapped(found, (x, 0.0), kept.and_then(|k| Some((k, place(set.nearest_step(k)?)))))
        })
    };
    if props.set.is_empty() {
        let why = if props.state.run.curves.is_empty() { words::EMPTY } else { words::NO_METRIC };
        return html! { <div class="plot-stack curves"><p class="plot-empty">{ why.get(lang) }</p></div> };
    }
    let label = label(&props.set, &props.state, y_title);
    html! {<>
        <div class="plot-stack curves">
            <Canvas draw={base} {label} testid={testid::CURVES_PLOT} {node} />
            <Canvas draw={over} class="over" {onhover} {onpick} {onrelease} />
        </div>
        { legend(&props.set, at.or(back.map(|b| b as f64)), pin.mark(testid::CURVES_PLOT, lang), &props.state) }
    </>}
}

fn label(set: &CurveSet, state: &State, what: &str) -> String {
    let last = |test| set.latest(test).map(|p| p.1);
    let step = set.latest(false).or(set.latest(true)).map_or(0.0, |p| p.0);
    let terms = set.lines.iter().filter_map(|l| Some((l.term?, l.points.last()?.1)));
    let terms: Vec<String> = terms.map(|(i, v)| format!("{} {}", term_word(state, i), number::short(v))).collect();
    let values = if terms.is_empty() {
        series::in_words(&[(words::TRAIN, last(false)), (words::TEST, last(true))], state.page.lang)
    } else {
        terms.join(" · ")
    };
    let (n, step) = (number::integer(state.run.curves.len() as u64), number::integer(step as u64));
    words::LABEL.with(state.page.lang, &[("what", what), ("n", &n), ("step", &step), ("values", &values)])
}

/// Colours and words of the lines, with the values under the pointer or, without one, the latest.
fn legend(set: &CurveSet, at: Option<f64>, pinned: Html, state: &State) -> Html {
    let lang = state.page.lang;
    let entry = |line: &Line| {
        let value = match at {
            Some(step) => series::nearest(&line.points, step),
            None => line.points.last().copied(),
        };
        let value = value.map(|p| number::short(p.1)).unwrap_or_default();
        let (word, color) = match (line.term, line.test) {
            (Some(i), _) => (term_word(state, i), color::hex(term_color(i)).into()),
            (None, false) => (words::TRAIN.get(lang), AttrValue::from("var(--train)")),
            (None, true) => (words::TEST.get(lang), AttrValue::from("var(--test)")),
        };
        html! { <span>{ line_sample(color, line.test) }{ word }{ " " }<b>{ value }</b></span> }
    };
    let own = set.lines.iter().filter(|l| l.owner == Owner::This);
    let (_, refused) = refused(set);
    let mark = refused.then(|| match broke(set) {
        Some(step) => truth::BLEW_UP.with(lang, &[("n", &number::integer(step as u64))]),
        None => (if set.y.log { words::NO_LOG } else { words::NOT_FINITE }).get(lang).to_string(),
    });
    let band = set.lines.iter().any(|l| !l.band.is_empty());
    let step = at.or(set.latest(false).map(|p| p.0));
    let (mark_id, mark_hint) = match state.run.pca {
        Some(_) if set.mark.is_some() && height_word(state) != words::MAJORITY.get(lang) => {
            (testid::CURVES_PCA, Some(words::PCA_HINT.get(lang)))
        }
        _ => (testid::CURVES_MAJORITY, None),
    };
    html! {
        <p class="legend" data-testid={testid::CURVES_READOUT} title={words::HOVER_HINT.get(lang)}>
            { for own.map(entry) }
            { for set.mark.map(|m| html! {
                <span class="dim" data-testid={mark_id} title={mark_hint}>{ height_word(state) }{ " " }<b>{ number::short(m) }</b></span>
            }) }
            if band {
                <span class="dim" title={truth::BAND_HINT.get(lang)}><i class="band-key"></i>{ " " }{ truth::BAND.get(lang) }</span>
            }
            { for mark.map(|m| html! { <span class="not-finite">{ m }</span> }) }
            if let Some(step) = step {
                <span class="dim at-end">{ words::STEP.get(lang) }{ " " }{ number::integer(step as u64) }</span>
            }
            { pinned }
        </p>
    }
}

/// Of a term of the loss: as far as there are colours, not those of kept runs.
fn term_color(term: usize) -> color::Rgb {
    color::class(term)
}

/// Steps at which lines have no place on the axis.
fn refused(set: &CurveSet) -> (Vec<f64>, bool) {
    let steps: Vec<f64> =
        set.lines.iter().flat_map(|l| l.points.iter().filter(|p| set.y.share(p.1).is_none()).map(|p| p.0)).collect();
    let any = !steps.is_empty();
    (steps, any)
}

/// The step at which this run's training loss left the finite range.
fn broke(set: &CurveSet) -> Option<f64> {
    let own = set.lines.iter().find(|l| l.owner == Owner::This && !l.test)?;
    own.points.last().filter(|p| !p.1.is_finite()).map(|p| p.0)
}

/// The step that the learner looks back at.
fn draw_chosen(s: &Surface, set: &CurveSet, step: f64) {
    let plot = chart::plot_rect(s.width, s.height);
    if let Some(x) = set.x.share(step).map(|x| plot.x + plot.w * x) {
        s.line((x, plot.y - 4.0), (x, plot.y + plot.h), &s.ink.ink, 1.0);
    }
}

fn draw(s: &Surface, set: &CurveSet, lang: Lang, y_title: &str, height: &str) {
    let place = |y: f64| set.y.share(y).map(|share| set.y.low + share * (set.y.high - set.y.low));
    let line_color = |l: &Line| match (l.owner, l.test) {
        (Owner::Kept(i), _) => kept_color(i),
        (Owner::This, _) if l.term.is_some() => term_color(l.term.unwrap_or(0)),
        (Owner::This, false) => color::parse_hex(&s.ink.train).unwrap_or(color::POSITIVE),
        (Owner::This, true) => color::parse_hex(&s.ink.test).unwrap_or(color::NEGATIVE),
    };
    let (mut strokes, mut bands) = (Vec::new(), Vec::new());
    for l in &set.lines {
        let end = |y: f64| place(y).unwrap_or(set.y.low);
        let points = l.band.iter().map(|(x, low, high)| (*x, end(*low), end(*high))).collect();
        bands.push(Band { points, rgb: line_color(l), alpha: 0.22 });
        let (rgb, dashed) = (line_color(l), l.test);
        let width_px = if l.owner == Owner::This { 1.6 } else { 1.2 };
        if l.owner == Owner::This && !l.raw.is_empty() {
            let pieces = series::pieces(&l.raw, place).0;
            strokes.push(Stroke { pieces, rgb, alpha: 0.25, width_px: 1.0, dashed: false });
        }
        strokes.push(Stroke { pieces: series::pieces(&l.points, place).0, rgb, alpha: 1.0, width_px, dashed });
    }
    let titles = (words::STEPS_AXIS.get(lang), y_title);
    if let Err(message) = chart::draw_with(s, (&set.x, &set.y), titles, &bands, &strokes) {
        s.text(&message, s.width / 2.0, s.height / 2.0, Align::Middle, &s.ink.dim);
        return;
    }
    let plot = chart::plot_rect(s.width, s.height);
    if let Some(share) = set.mark.and_then(|m| set.y.share(m)) {
        let y = plot.y + plot.h * (1.0 - share);
        s.dash(&[2.0, 3.0]);
        s.line((plot.x, y), (plot.x + plot.w, y), &s.ink.dim, 1.0);
        s.dash(&[]);
        let beside = if share > 0.9 { y + 8.0 } else { y - 7.0 };
        s.text_on_lines(height, plot.x + plot.w - 4.0, beside, Align::End, &s.ink.dim);
    }
    for step in refused(set).0 {
        let x = plot.x + plot.w * set.x.share(step).unwrap_or(0.0);
        s.text("✕", x, plot.y - 6.0, Align::Middle, &color::hex(NOT_FINITE));
    }
    for l in set.lines.iter().filter(|l| !l.test) {
        if let (Owner::Kept(i), Some((x, y))) = (l.owner, tag_place(&l.points))
            && let (Some(x), Some(y)) = (set.x.share(x), set.y.share(y))
        {
            let at = (plot.x + plot.w * x - 4.0, plot.y + plot.h * (1.0 - y) - 8.0);
            s.text_on_lines(&(i + 1).to_string(), at.0, at.1, Align::End, &color::hex(kept_color(i)));
        }
    }
}

fn draw_cross(s: &Surface, set: &CurveSet, step: f64) {
    let plot = chart::plot_rect(s.width, s.height);
    let Some(x) = set.x.share(step).map(|x| plot.x + plot.w * x) else { return };
    s.line((x, plot.y), (x, plot.y + plot.h), &s.ink.dim, 1.0);
    let is_right = x > plot.x + 0.7 * plot.w;
    for l in &set.lines {
        let Some((px, py)) = series::nearest(&l.points, step) else { continue };
        let (Some(sx), Some(sy)) = (set.x.share(px), set.y.share(py)) else { continue };
        if !(-0.01..=1.01).contains(&sy) {
            continue;
        }
        let (cx, cy) = (plot.x + plot.w * sx, plot.y + plot.h * (1.0 - sy));
        let rgb = match (l.owner, l.test) {
            (Owner::Kept(i), _) => color::hex(kept_color(i)),
            (Owner::This, _) if l.term.is_some() => color::hex(term_color(l.term.unwrap_or(0))),
            (Owner::This, true) => s.ink.test.clone(),
            (Owner::This, false) => s.ink.train.clone(),
        };
        s.marker(color::Marker::Circle, (cx, cy), 3.0, &rgb, &s.ink.card, 1.0);
        if let (Owner::Kept(i), false) = (l.owner, l.test) {
            let text = format!("{}: {}", i + 1, number::short(py));
            let (tx, align) = if is_right { (cx - 7.0, Align::End) } else { (cx + 7.0, Align::Start) };
            s.text_on_lines(&text, tx, cy, align, &s.ink.ink);
        }
    }
}

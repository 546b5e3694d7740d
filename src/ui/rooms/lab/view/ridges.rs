//! Ridgelines: histograms of some layers' activations or gradients, one above the other.
//!
//! Not responsible for counting (the workers do).

use super::{LabProps, both, layer_name, nothing, use_seen};
use crate::i18n::{Lang, lab as words};
use crate::protocol::{FrameRequest, Histogram, Want};
use crate::ui::hooks::{Hands, use_pin};
use crate::ui::panels::Panel;
use crate::ui::plots::axis::Axis;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::color;
use crate::ui::plots::controls::choice;
use crate::ui::plots::number;
use crate::ui::plots::surface::{Align, Rect, Surface};
use crate::ui::rooms::lab::profile::some_of;
use crate::ui::rooms::lab::setup::Which;
use crate::ui::rooms::lab::state::{LabMsg, Side};
use crate::ui::rooms::lab::view::profile::BINS;
use crate::ui::same::Same;
use crate::ui::testid;
use yew::prelude::*;

/// Layers shown.
const RIDGES: usize = 11;
/// Gradients are shown this many standard deviations far.
const STDS: f64 = 4.0;

struct Shown {
    /// Number of the layer, counted from 0, and its histogram.
    ridges: Vec<(usize, Histogram)>,
    layers: usize,
    gradients: bool,
}

impl Shown {
    fn new(side: &Side, gradients: bool) -> Shown {
        let spread = &side.spread.frame.spread();
        // The output is no hidden layer: its numbers are of another size.
        let n = side.names.len().saturating_sub(1).max(1);
        let of = |l: usize| {
            let s = spread.iter().find(|s| Some(&s.name) == side.names.get(l))?;
            Some((l, if gradients { s.d_activation.clone()? } else { s.activation.clone() }))
        };
        Shown { ridges: some_of(n, RIDGES).into_iter().filter_map(of).collect(), layers: side.names.len(), gradients }
    }

    /// Where the ridges stand on a canvas of this size, and how far apart.
    fn place(&self, width: f64, height: f64) -> (Rect, f64) {
        let right = if self.gradients { 66.0 } else { 10.0 };
        let plot = Rect { x: 50.0, y: 26.0, w: (width - 50.0 - right).max(20.0), h: height - 26.0 - 30.0 };
        (plot, plot.h / self.ridges.len().max(1) as f64)
    }

    /// Left and right end of the common axis, in the histogram's own numbers or in standard deviations.
    fn range(&self) -> (f64, f64) {
        if self.gradients {
            return (-STDS, STDS);
        }
        let ends = self.ridges.iter().flat_map(|(_, h)| [f64::from(h.low), f64::from(h.high)]);
        let (low, high) = crate::ui::plots::axis::extent(ends).unwrap_or((-1.0, 1.0));
        let air = 0.03 * (high - low).max(1e-30);
        if high > low { (low - air, high + air) } else { (low - 0.5, high + 0.5) }
    }
}

/// See the module.
#[component]
pub fn RidgePanel(props: &LabProps) -> Html {
    let (node, props) = use_seen(props);
    let LabProps { state, emit, lang } = &props;
    let lang = *lang;
    let one = |which: Which| {
        if state.side(which).spread.frame.spread().is_empty() {
            return nothing(state, which, lang);
        }
        html! { <Ridges ..RidgeProps { lab: props.clone(), which } /> }
    };
    let shown = [(words::RIDGES_A.get(lang), testid::LAB_RIDGES_A), (words::RIDGES_G.get(lang), testid::LAB_RIDGES_G)];
    let choose = emit.reform(|i: usize| LabMsg::RidgeGradients(i == 1));
    let tools = choice(words::SHOW.get(lang), &shown, usize::from(state.ridge_gradients), choose);
    let wants = FrameRequest::of([Want::Spread { bins: BINS }]);
    html! {
        <Panel id={testid::LAB_RIDGES} title={words::RIDGES.get(lang)} {wants} {tools} what={words::RIDGES_WHAT.get(lang)}
            enlarge=true export=true>{ both(node, one) }</Panel>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct RidgeProps {
    lab: LabProps,
    which: Which,
}

#[component]
fn Ridges(props: &RidgeProps) -> Html {
    let (side, lang, which) = (props.lab.state.side(props.which), props.lab.lang, props.which);
    let deps = (Same(side.spread.clone()), props.lab.state.ridge_gradients);
    let shown = use_memo(deps, |(_, gradients)| Shown::new(side, *gradients));
    let draw = use_callback((Same(shown.clone()), lang), |s: Surface, (shown, lang)| draw(&s, &shown.0, *lang));
    let what = if shown.gradients { words::RIDGES_G } else { words::RIDGES_A };
    let value = |(l, h): &(usize, Histogram)| {
        let (mean, std) = (number::short(f64::from(h.mean)), number::short(f64::from(h.std)));
        words::RIDGE_VALUE.with(lang, &[("layer", &layer_name(*l, shown.layers, lang)), ("mean", &mean), ("std", &std)])
    };
    let values = shown.ridges.iter().map(value).collect::<Vec<_>>().join("; ");
    let label =
        words::RIDGES_LABEL.with(lang, &[("name", which.name()), ("what", what.get(lang)), ("values", &values)]);
    let (pin, node) = (use_pin::<usize>(), use_node_ref());
    let Hands { onhover, onpick, onrelease } = {
        let shown = shown.clone();
        pin.hands(&node, move |(_, y), (_, height)| {
            let (plot, pitch) = shown.place(1.0, height);
            let at = ((y - plot.y) / pitch).floor().clamp(0.0, shown.ridges.len().saturating_sub(1) as f64);
            shown.ridges.get(at as usize).map(|(layer, _)| *layer)
        })
    };
    let deps = (Same(shown.clone()), pin.at(), pin.pinned());
    let over = use_callback(deps, |s: Surface, (shown, at, pinned)| {
        at.iter().for_each(|layer| draw_cross(&s, &shown.0, *layer, false));
        pinned.iter().for_each(|layer| draw_cross(&s, &shown.0, *layer, true));
    });
    let read = pin.at().and_then(|layer| {
        let found = shown.ridges.iter().find(|(l, _)| *l == layer)?;
        let (low, high) = (number::short(f64::from(found.1.low)), number::short(f64::from(found.1.high)));
        Some(value(found) + &words::RIDGE_RANGE.with(lang, &[("low", &low), ("high", &high)]))
    });
    let id = |part: &str| testid::lab_part(testid::LAB_RIDGES, part, which.letter());
    html! {<>
        <div class="plot-stack lab-ridges-plot">
            <Canvas {draw} {node} {label} testid={id("plot")} weight=5.0 />
            <Canvas draw={over} class="over" {onhover} {onpick} {onrelease} />
        </div>
        <p class="lab-note" data-testid={id("readout")}>
            { read.unwrap_or_else(|| words::HOVER.get(lang).into()) }{ " " }{ pin.mark(&id("plot"), lang) }
        </p>
    </>}
}

/// A mark beside the ridge that is read.
fn draw_cross(s: &Surface, shown: &Shown, layer: usize, pinned: bool) {
    let Some(row) = shown.ridges.iter().position(|(l, _)| *l == layer) else { return };
    let (plot, pitch) = shown.place(s.width, s.height);
    let base = plot.y + pitch * (row + 1) as f64;
    s.line((plot.x, base), (plot.x + plot.w, base), &s.ink.ink, 1.5);
    if pinned {
        s.pin((plot.x, base));
    }
}

fn draw(s: &Surface, shown: &Shown, lang: Lang) {
    let (plot, pitch) = shown.place(s.width, s.height);
    let (low, high) = shown.range();
    let axis = Axis::between(low, high, 5);
    for (tick, _) in &axis.ticks {
        let x = plot.x + plot.w * axis.tick_share(*tick);
        s.line((x, plot.y), (x, plot.y + plot.h), &s.ink.rule, 1.0);
        s.text(&number::short(*tick), x, plot.y + plot.h + 11.0, Align::Middle, &s.ink.dim);
    }
    let unit = if shown.gradients { words::IN_STD } else { words::RIDGES_A };
    s.text(unit.get(lang), plot.x + plot.w / 2.0, s.height - 5.0, Align::Middle, &s.ink.dim);
    if shown.gradients {
        s.text("σ", s.width - 6.0, 8.0, Align::End, &s.ink.dim);
    }
    s.text(words::LAYER_SHORT.get(lang), 4.0, 8.0, Align::Start, &s.ink.dim);
    let rgb =
        if shown.gradients { color::parse_hex(&s.ink.grad).unwrap_or(color::GRADIENT) } else { color::viridis(0.5) };
    for (i, (layer, h)) in shown.ridges.iter().enumerate() {
        let base = plot.y + pitch * (i + 1) as f64;
        s.text(&layer_name(*layer, shown.layers, lang), 44.0, base - 6.0, Align::End, &s.ink.dim);
        if shown.gradients {
            s.text(&number::short(f64::from(h.std)), s.width - 6.0, base - 6.0, Align::End, &s.ink.dim);
        }
        ridge(s, shown, h, Rect { x: plot.x, y: base, w: plot.w, h: (pitch * 1.5).min(pitch + 18.0) }, &axis, rgb);
        s.line((plot.x, base), (plot.x + plot.w, base), &s.ink.rule, 1.0);
    }
}

/// One histogram as a filled line standing on `at.y`, at most `at.h` high.
fn ridge(s: &Surface, shown: &Shown, h: &Histogram, at: Rect, axis: &Axis, rgb: color::Rgb) {
    let fullest = h.counts.iter().copied().max().unwrap_or(0);
    let (low, high, std) = (f64::from(h.low), f64::from(h.high), f64::from(h.std));
    // All numbers alike, or none that can be drawn: a mark where they are.
    let drawable = fullest > 0 && high > low && std > 0.0 && (high - low).is_finite();
    if !drawable {
        let here = if shown.gradients { 0.0 } else { low };
        if let Some(x) = axis.share(here).filter(|x| (0.0..=1.0).contains(x)) {
            s.fill(Rect { x: at.x + at.w * x - 1.5, y: at.y - at.h * 0.6, w: 3.0, h: at.h * 0.6 }, &color::hex(rgb));
        }
        return;
    }
    let place = |v: f64| {
        let v = if shown.gradients { (v - f64::from(h.mean)) / std } else { v };
        at.x + at.w * axis.tick_share(v).clamp(0.0, 1.0)
    };
    let bin = (high - low) / h.counts.len() as f64;
    s.ctx.begin_path();
    s.ctx.move_to(place(low), at.y);
    for (i, count) in h.counts.iter().enumerate() {
        let y = at.y - at.h * f64::from(*count) / f64::from(fullest);
        s.ctx.line_to(place(low + bin * (i as f64 + 0.5)), y);
    }
    s.ctx.line_to(place(high), at.y);
    s.ctx.close_path();
    s.ctx.set_global_alpha(0.35);
    s.ctx.set_fill_style_str(&color::hex(rgb));
    s.ctx.fill();
    s.ctx.set_global_alpha(1.0);
    s.ctx.set_stroke_style_str(&color::hex(rgb));
    s.ctx.set_line_width(1.2);
    s.ctx.stroke();
}

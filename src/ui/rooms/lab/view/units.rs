//! Share of dead and saturated units in every layer.
//!
//! Not responsible for counting them (the workers do).

use super::{LabProps, both, layer_at, layer_name, nothing, use_seen};
use crate::i18n::{Lang, lab as words};
use crate::protocol::{FrameRequest, Want};
use crate::ui::hooks::{Hands, use_pin};
use crate::ui::panels::Panel;
use crate::ui::plots::axis::Axis;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::chart::{self, Stroke};
use crate::ui::plots::color;
use crate::ui::plots::controls::line_sample;
use crate::ui::plots::number;
use crate::ui::plots::series;
use crate::ui::plots::surface::{Align, Surface};
use crate::ui::rooms::lab::profile::{self, Now};
use crate::ui::rooms::lab::setup::Which;
use crate::ui::rooms::lab::view::profile::{BINS, layer_axis, use_now};
use crate::ui::same::Same;
use crate::ui::testid;
use yew::prelude::*;

/// See the module.
#[component]
pub fn UnitsPanel(props: &LabProps) -> Html {
    let (node, props) = use_seen(props);
    let LabProps { state, lang, .. } = &props;
    let lang = *lang;
    let one = |which: Which| {
        if state.side(which).spread.frame.spread().is_empty() {
            return nothing(state, which, lang);
        }
        html! { <UnitsPlot ..PlotProps { lab: props.clone(), which } /> }
    };
    let wants = FrameRequest::of([Want::Spread { bins: BINS }]);
    html! {
        <Panel id={testid::LAB_UNITS} title={words::UNITS.get(lang)} {wants} what={words::UNITS_WHAT.get(lang)} enlarge=true
            export=true>{ both(node, one) }</Panel>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct PlotProps {
    lab: LabProps,
    which: Which,
}

#[component]
fn UnitsPlot(props: &PlotProps) -> Html {
    let (side, lang, which) = (props.lab.state.side(props.which), props.lab.lang, props.which);
    let now = use_now(side);
    let draw = use_callback((Same(now.clone()), lang), |s: Surface, (now, lang)| draw(&s, &now.0, *lang));
    let mean = |of: fn(&Now) -> Option<f32>| {
        let known: Vec<f32> = now.iter().filter_map(of).collect();
        (!known.is_empty()).then(|| known.iter().sum::<f32>() / known.len() as f32)
    };
    let say = |v: Option<f32>| v.map_or("–".to_string(), |v| number::percent(f64::from(v)));
    let (dead, saturated) = (mean(|n| n.dead), mean(|n| n.saturated));
    let label =
        words::UNITS_LABEL.with(lang, &[("name", which.name()), ("dead", &say(dead)), ("saturated", &say(saturated))]);
    let (pin, node, n) = (use_pin::<usize>(), use_node_ref(), now.len());
    let Hands { onhover, onpick, onrelease } = pin.hands(&node, move |at, size| layer_at(at, size, n));
    let deps = (Same(now.clone()), pin.at(), pin.pinned());
    let over = use_callback(deps, |s: Surface, (now, at, pinned)| {
        at.iter().for_each(|layer| draw_cross(&s, &now.0, *layer, false));
        pinned.iter().for_each(|layer| draw_cross(&s, &now.0, *layer, true));
    });
    let read = pin.at().and_then(|layer| {
        let (one, n) = (now.get(layer)?, layer_name(layer, n, lang));
        Some(
            words::UNITS_READ
                .with(lang, &[("layer", &n), ("dead", &say(one.dead)), ("saturated", &say(one.saturated))]),
        )
    });
    let id = |part: &str| testid::lab_part(testid::LAB_UNITS, part, which.letter());
    html! {<>
        <div class="plot-stack lab-units-plot">
            <Canvas {draw} {node} {label} testid={id("plot")} weight=2.5 />
            <Canvas draw={over} class="over" {onhover} {onpick} {onrelease} />
        </div>
        <p class="legend">
            <span>{ line_sample("var(--ink)".into(), false) }{ words::DEAD.get(lang) }{ " " }<b>{ say(dead) }</b></span>
            if saturated.is_some() {
                <span>{ line_sample("var(--test)".into(), true) }{ words::SATURATED.get(lang) }{ " " }
                    <b>{ say(saturated) }</b></span>
            } else {
                <span>{ words::NO_ENDS.get(lang) }</span>
            }
            <span class="at-end" data-testid={id("readout")}>{ read.unwrap_or_else(|| words::HOVER.get(lang).into()) }</span>
            { pin.mark(&id("plot"), lang) }
        </p>
    </>}
}

fn draw(s: &Surface, now: &[profile::Now], lang: Lang) {
    let line = |of: fn(&Now) -> Option<f32>| {
        let points: Vec<_> =
            now.iter().enumerate().map(|(l, n)| ((l + 1) as f64, of(n).map_or(f64::NAN, f64::from))).collect();
        series::pieces(&points, |y| y.is_finite().then_some(y)).0
    };
    let rgb = |css: &str| color::parse_hex(css).unwrap_or([0x68, 0x72, 0x7f]);
    let strokes = [
        Stroke { pieces: line(|n| n.dead), rgb: rgb(&s.ink.ink), alpha: 1.0, width_px: 1.8, dashed: false },
        Stroke { pieces: line(|n| n.saturated), rgb: rgb(&s.ink.test), alpha: 1.0, width_px: 1.8, dashed: true },
    ];
    let (x, y) = axes(now);
    if let Err(message) = chart::draw(s, &x, &y, words::LAYER_SHORT.get(lang), words::SHARE.get(lang), &strokes) {
        s.text(&message, s.width / 2.0, s.height / 2.0, Align::Middle, &s.ink.dim);
    }
}

fn axes(now: &[Now]) -> (Axis, Axis) {
    (layer_axis((now.len() as f64).max(2.0)), Axis::between(0.0, 1.0, 4))
}

/// A line through the layer that is read, with its points.
fn draw_cross(s: &Surface, now: &[Now], layer: usize, pinned: bool) {
    let (plot, (x, y)) = (chart::plot_rect(s.width, s.height), axes(now));
    let (Some(share), Some(one)) = (x.share((layer + 1) as f64), now.get(layer)) else { return };
    let x = plot.x + plot.w * share;
    s.line((x, plot.y), (x, plot.y + plot.h), &s.ink.dim, 1.0);
    if pinned {
        s.pin((x, plot.y));
    }
    for (value, color) in [(one.dead, &s.ink.ink), (one.saturated, &s.ink.test)] {
        if let Some(up) = value.and_then(|v| y.share(f64::from(v))) {
            s.marker(color::Marker::Circle, (x, plot.y + plot.h * (1.0 - up)), 3.5, color, &s.ink.card, 1.0);
        }
    }
}

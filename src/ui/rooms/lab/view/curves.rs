//! Loss of both networks over the steps.
//!
//! Not responsible for the points (the workers').

use super::{LabProps, use_seen};
use crate::i18n::{Lang, curves, lab as words};
use crate::protocol::CurvePoint;
use crate::ui::hooks::{Hands, use_pin};
use crate::ui::panels::Panel;
use crate::ui::plots::axis::Axis;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::chart::{self, Stroke};
use crate::ui::plots::color;
use crate::ui::plots::controls::line_sample;
use crate::ui::plots::number;
use crate::ui::plots::reading::snapped;
use crate::ui::plots::series::{self, Point, Series};
use crate::ui::plots::surface::{Align, Surface};
use crate::ui::rooms::lab::setup::Which;
use crate::ui::rooms::lab::sweep::Plan;
use crate::ui::same::Same;
use crate::ui::testid;
use yew::prelude::*;

struct Shown {
    lines: [Vec<Point>; 2],
    x: Axis,
    y: Axis,
    guessing: f64,
}

impl Shown {
    fn new(a: &[CurvePoint], b: &[CurvePoint], guessing: f64) -> Shown {
        let lines = [a, b].map(|c| Series::TrainLoss.points(c));
        let last = lines.iter().flatten().map(|p| p.0).fold(5.0, f64::max);
        let values = lines.iter().flatten().map(|p| p.1).chain([guessing]);
        let y = Axis::log(values, 5);
        Shown { x: Axis::between(0.0, last, 5), y, lines, guessing }
    }

    /// Loss at the point nearest to `step`, or the latest.
    fn value(&self, which: Which, step: Option<f64>) -> String {
        let line = &self.lines[which.index()];
        let point = step.map_or_else(|| line.last().copied(), |step| series::nearest(line, step));
        point.map_or("–".into(), |p| number::short(p.1))
    }

    /// The step of a point near `x`: what is read is always something that was measured.
    fn nearest(&self, x: f64) -> Option<f64> {
        let near = self.lines.iter().filter_map(|line| series::nearest(line, x));
        near.map(|p| p.0).min_by(|a, b| (a - x).abs().total_cmp(&(b - x).abs()))
    }
}

/// See the module.
#[component]
pub fn CurvesPanel(props: &LabProps) -> Html {
    let (node, props) = use_seen(props);
    let LabProps { state, lang, .. } = &props;
    let lang = *lang;
    let curve = |which: Which| Same(state.side(which).curves.clone());
    let guessing = Plan::of(&state.settings, 1).guessing;
    let shown = use_memo((curve(Which::A), curve(Which::B), guessing.to_bits()), |(a, b, guessing)| {
        Shown::new(&a.0, &b.0, f64::from_bits(*guessing))
    });
    let draw = use_callback((Same(shown.clone()), lang), |s: Surface, (shown, lang)| draw(&s, &shown.0, *lang));
    let (pin, canvas) = (use_pin::<f64>(), use_node_ref());
    let (at, pinned) = (pin.at().and_then(|x| shown.nearest(x)), pin.pinned().and_then(|x| shown.nearest(x)));
    let over = use_callback((Same(shown.clone()), at, pinned), |s: Surface, (shown, at, pinned)| {
        at.iter().for_each(|step| draw_cross(&s, &shown.0, *step, false));
        pinned.iter().for_each(|step| draw_cross(&s, &shown.0, *step, true));
    });
    let Hands { onhover, onpick, onrelease } = {
        let (shown, kept) = (shown.clone(), pinned);
        pin.hands(&canvas, move |(x, _), (width, _)| {
            let plot = chart::plot_rect(width, 100.0);
            let found = shown.nearest(shown.x.value(((x - plot.x) / plot.w).clamp(0.0, 1.0)));
            let place = |step: f64| (plot.x + plot.w * shown.x.share(step).unwrap_or(0.0), 0.0);
            snapped(found, (x, 0.0), kept.map(|step| (step, place(step))))
        })
    };
    let entry = |which: Which, dashed: bool| {
        html! {
            <span>{ line_sample("var(--train)".into(), dashed) }{ which.name() }{ " " }<b>{ shown.value(which, at) }</b></span>
        }
    };
    let label =
        words::CURVES_LABEL.with(lang, &[("a", &shown.value(Which::A, None)), ("b", &shown.value(Which::B, None))]);
    html! {
        <Panel id={testid::LAB_LOSS} title={words::CURVES.get(lang)} what={words::CURVES_WHAT.get(lang)} enlarge=true
            export=true>
            <div class="plot-stack curves" ref={node}>
                <Canvas {draw} node={canvas} {label} testid={testid::LAB_LOSS_PLOT} weight=2.0 />
                <Canvas draw={over} class="over" {onhover} {onpick} {onrelease} />
            </div>
            <p class="legend" data-testid={testid::LAB_LOSS_READOUT} title={curves::HOVER_HINT.get(lang)}>
                { entry(Which::A, false) }{ entry(Which::B, true) }
                if let Some(step) = at {
                    <span class="dim at-end">{ words::STEP.get(lang) }{ " " }{ number::integer(step as u64) }</span>
                }
                { pin.mark(testid::LAB_LOSS_PLOT, lang) }
            </p>
        </Panel>
    }
}

/// A line through the step that is read, with a point on each curve.
fn draw_cross(s: &Surface, shown: &Shown, step: f64, pinned: bool) {
    let plot = chart::plot_rect(s.width, s.height);
    let Some(x) = shown.x.share(step).map(|x| plot.x + plot.w * x) else { return };
    s.line((x, plot.y), (x, plot.y + plot.h), &s.ink.dim, 1.0);
    if pinned {
        s.pin((x, plot.y));
    }
    for line in &shown.lines {
        let near = series::nearest(line, step).and_then(|p| Some((shown.x.share(p.0)?, shown.y.share(p.1)?)));
        if let Some((x, y)) = near {
            let at = (plot.x + plot.w * x, plot.y + plot.h * (1.0 - y));
            s.marker(color::Marker::Circle, at, 3.0, &s.ink.train, &s.ink.card, 1.0);
        }
    }
}

fn draw(s: &Surface, shown: &Shown, lang: Lang) {
    let place = |y: f64| (y > 0.0 && y.is_finite()).then(|| y.log10());
    let train = color::parse_hex(&s.ink.train).unwrap_or(color::POSITIVE);
    let dim = color::parse_hex(&s.ink.dim).unwrap_or([0x68, 0x72, 0x7f]);
    let flat = vec![(0.0, shown.guessing.log10()), (shown.x.high, shown.guessing.log10())];
    let mut strokes = vec![Stroke { pieces: vec![flat], rgb: dim, alpha: 0.7, width_px: 1.0, dashed: false }];
    for (points, dashed) in shown.lines.iter().zip([false, true]) {
        let pieces = series::pieces(points, place).0;
        strokes.push(Stroke { pieces, rgb: train, alpha: 1.0, width_px: 1.8, dashed });
    }
    let (x, y) = (curves::STEPS_AXIS.get(lang), curves::LOSS.get(lang));
    if let Err(message) = chart::draw(s, &shown.x, &shown.y, x, y, &strokes) {
        return s.text(&message, s.width / 2.0, s.height / 2.0, Align::Middle, &s.ink.dim);
    }
    let plot = chart::plot_rect(s.width, s.height);
    let at = |x: f64, y: f64| Some((plot.x + plot.w * shown.x.share(x)?, plot.y + plot.h * (1.0 - shown.y.share(y)?)));
    if let Some((_, y)) = at(0.0, shown.guessing) {
        s.text_on_lines(words::GUESSING.get(lang), plot.x + 4.0, y + 9.0, Align::Start, &s.ink.dim);
    }
    for which in Which::BOTH {
        let line = &shown.lines[which.index()];
        // Near the end, where two lines that part can be told apart.
        if let Some((x, y)) = line.get(line.len() * 9 / 10).and_then(|p| at(p.0, p.1)) {
            s.text_on_lines(which.name(), x, y - 9.0, Align::Middle, &s.ink.train);
        }
    }
}

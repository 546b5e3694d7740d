//! The training loss of both halves over the steps, with the line that both are measured against.
//!
//! Not responsible for the points (the workers').

use super::state::PairState;
use crate::i18n::{Lang, curves, primers as words};
use crate::protocol::CurvePoint;
use crate::spec::preset::primers::Figure;
use crate::ui::plots::axis::Axis;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::chart::{self, Stroke};
use crate::ui::plots::color;
use crate::ui::plots::controls::line_sample;
use crate::ui::plots::number;
use crate::ui::plots::series::{self, Point, Series};
use crate::ui::plots::surface::{Align, Surface};
use crate::ui::rooms::lab::setup::Which;
use crate::ui::same::Same;
use crate::ui::testid;
use yew::prelude::*;

/// From so many times the smallest value on, a linear axis would show nothing but the largest.
const WIDE: f64 = 30.0;
/// Smoothing of the lines: single batches are not the matter here.
const SMOOTHING: f64 = 0.8;

#[derive(PartialEq)]
struct Shown {
    lines: [Vec<Point>; 2],
    x: Axis,
    y: Axis,
    reference: Option<f64>,
}

impl Shown {
    fn new(a: &[CurvePoint], b: &[CurvePoint], reference: Option<f64>) -> Shown {
        let lines = [a, b].map(|c| series::smooth(&Series::TrainLoss.points(c), SMOOTHING));
        let last = lines.iter().flatten().map(|p| p.0).fold(5.0, f64::max);
        let values = || lines.iter().flatten().map(|p| p.1).chain(reference).filter(|v| v.is_finite());
        let (low, high) = values().fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(v), h.max(v)));
        let y = if low > 0.0 && high > WIDE * low { Axis::log(values(), 5) } else { Axis::linear(values(), 5) };
        Shown { x: Axis::between(0.0, last, 5), y, lines, reference }
    }
}

/// Properties of [`Losses`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct LossesProps {
    /// Everything the page knows.
    pub state: std::rc::Rc<PairState>,
    /// Language.
    pub lang: Lang,
}

/// See the module.
#[component]
pub fn Losses(props: &LossesProps) -> Html {
    let (state, lang) = (&props.state, props.lang);
    let curve = |which: Which| Same(state.half(which).curves.clone());
    let reference = words::program(state.program.name).reference.map(|(value, _)| value);
    let reference = reference.filter(|_| state.program.figure != Figure::Accuracy);
    let deps = (curve(Which::A), curve(Which::B), reference.map(f64::to_bits));
    let shown = use_memo(deps, |(a, b, reference)| Shown::new(&a.0, &b.0, reference.map(f64::from_bits)));
    let draw = use_callback((Same(shown.clone()), lang), |s: Surface, (shown, lang)| draw(&s, &shown.0, *lang));
    // As in the half: the line is smoothed, and its last point is neither the mean nor the latest batch.
    let value = |which: Which| state.half(which).figure(Figure::TrainLoss).map_or("–".to_string(), number::short);
    let entry = |which: Which, dashed: bool| {
        html! {
            <span>{ line_sample("var(--train)".into(), dashed) }{ words::half(which.index()).get(lang) }{ " " }<b>{ value(which) }</b></span>
        }
    };
    let label = words::LOSSES_LABEL.with(lang, &[("a", &value(Which::A)), ("b", &value(Which::B))]);
    html! {<>
        <div class="plot-stack curves">
            <Canvas {draw} {label} testid={testid::PAIR_LOSS_PLOT} weight=2.0 />
        </div>
        <p class="legend">{ entry(Which::A, false) }{ entry(Which::B, true) }</p>
    </>}
}

fn draw(s: &Surface, shown: &Shown, lang: Lang) {
    let place = |y: f64| shown.y.share(y).map(|share| shown.y.low + share * (shown.y.high - shown.y.low));
    let train = color::parse_hex(&s.ink.train).unwrap_or(color::POSITIVE);
    let dim = color::parse_hex(&s.ink.dim).unwrap_or(color::NEGATIVE);
    let flat = shown.reference.and_then(place).map(|at| vec![(0.0, at), (shown.x.high, at)]);
    let mut strokes: Vec<Stroke> = flat
        .into_iter()
        .map(|line| Stroke { pieces: vec![line], rgb: dim, alpha: 0.7, width_px: 1.0, dashed: false })
        .collect();
    for (points, dashed) in shown.lines.iter().zip([false, true]) {
        let pieces = series::pieces(points, place).0;
        strokes.push(Stroke { pieces, rgb: train, alpha: 1.0, width_px: 1.8, dashed });
    }
    let titles = (curves::STEPS_AXIS.get(lang), curves::LOSS.get(lang));
    if let Err(message) = chart::draw(s, &shown.x, &shown.y, titles.0, titles.1, &strokes) {
        return s.text(&message, s.width / 2.0, s.height / 2.0, Align::Middle, &s.ink.dim);
    }
    let plot = chart::plot_rect(s.width, s.height);
    if let Some((value, share)) = shown.reference.and_then(|r| Some((r, shown.y.share(r)?))) {
        let y = plot.y + plot.h * (1.0 - share);
        s.text_on_lines(&number::short(value), plot.x + 4.0, y - 7.0, Align::Start, &s.ink.dim);
    }
}

//! The gradient through time: `|∂loss/∂h_t|` of each step on a log axis, of this run and, beside it, of rnn, lstm and gru.
//!
//! Not responsible for training the three (`compare.rs`).

use super::compare::{Compare, Question, Stand};
use super::shown::Shown;
use crate::i18n::{Lang, between, states as words};
use crate::protocol::{Example, Objective};
use crate::ui::form::NumberField;
use crate::ui::form::scale::{Limits, Scale};
use crate::ui::hooks::{Hands, use_pin};
use crate::ui::inside::states::{Cell, factor_per_step};
use crate::ui::panels::fold::Fold;
use crate::ui::plots::axis::Axis;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::chart::{self, Stroke};
use crate::ui::plots::color::{self, Rgb};
use crate::ui::plots::controls::{choice, line_sample};
use crate::ui::plots::reading::snapped;
use crate::ui::plots::series::{Point, pieces};
use crate::ui::plots::surface::{Align, Surface};
use crate::ui::plots::{number, series};
use crate::ui::same::Same;
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// Most training steps of a comparison.
const STEPS_MAX: f64 = 5000.0;
/// Rows of the table.
const ROWS_MAX: usize = 300;

/// One curve.
#[derive(Clone, Debug, PartialEq)]
struct Line {
    /// `None`: this run.
    cell: Option<Cell>,
    norms: Vec<f64>,
}

impl Line {
    fn name(&self, lang: Lang) -> &'static str {
        self.cell.map_or_else(|| words::THIS.get(lang), Cell::name)
    }

    /// Gradients are magenta; the three stand apart from it and from each other.
    fn rgb(&self) -> Rgb {
        match self.cell {
            None => color::GRADIENT,
            Some(Cell::Rnn) => color::class(6),
            Some(Cell::Lstm) => color::class(2),
            Some(Cell::Gru) => color::class(5),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Curves {
    lines: Vec<Line>,
    x: Axis,
    y: Axis,
}

impl Curves {
    fn new(lines: Vec<Line>) -> Curves {
        let steps = lines.iter().map(|l| l.norms.len()).max().unwrap_or(1).max(2);
        let y = Axis::decades(lines.iter().flat_map(|l| l.norms.iter().copied()), 6);
        Curves { lines, x: Axis::between(1.0, steps as f64, 8), y }
    }
}

/// Properties of [`Gradient`].
#[derive(Clone, PartialEq, Properties)]
pub struct GradientProps {
    /// The layer.
    pub shown: Same<Shown>,
    /// What a comparison would ask.
    pub question: Question,
    /// Steps that have a loss of their own.
    pub step_targets: Option<usize>,
    /// Takes the loss that the learner chooses.
    pub onloss: Callback<Objective>,
    /// The three networks.
    pub compare: Compare,
    /// Language.
    pub lang: Lang,
}

/// See the module.
#[component]
pub fn Gradient(props: &GradientProps) -> Html {
    let (lang, shown) = (props.lang, &props.shown.0);
    let pin = use_pin::<usize>();
    let compared = props.compare.now.clone();
    let curves = use_memo((props.shown.clone(), (*compared).clone()), |(shown, compared)| {
        let own = Line { cell: None, norms: shown.0.norms.clone() };
        let others = compared.curves().map(|(cell, norms)| Line { cell: Some(cell), norms: norms.clone() });
        Curves::new(std::iter::once(own).chain(others).collect())
    });
    let draw =
        use_callback((Same(curves.clone()), lang), |s: Surface, (curves, lang)| draw_lines(&s, &curves.0, *lang));
    let over = use_callback((Same(curves.clone()), pin.at(), pin.pinned()), |s: Surface, (curves, at, pinned)| {
        [*at, *pinned].into_iter().flatten().for_each(|t| draw_cross(&s, &curves.0, t));
        if let Some(share) = pinned.and_then(|t| curves.0.x.share(t as f64 + 1.0)) {
            let plot = chart::plot_rect(s.width, s.height);
            s.pin((plot.x + plot.w * share, plot.y));
        }
    });
    let node = use_node_ref();
    let Hands { onhover, onpick, onrelease } = {
        let (curves, kept) = (curves.clone(), pin.pinned());
        pin.hands(&node, move |(x, _), (width, _)| {
            let plot = chart::plot_rect(width, 100.0);
            let step = curves.x.value(((x - plot.x) / plot.w).clamp(0.0, 1.0)).round();
            let place = |t: usize| (plot.x + plot.w * curves.x.share(t as f64 + 1.0).unwrap_or(0.0), 0.0);
            snapped(Some((step as usize).saturating_sub(1)), (x, 0.0), kept.map(|t| (t, place(t))))
        })
    };
    let nothing = !shown.norms.iter().any(|v| *v > 0.0 && v.is_finite());
    let ends = (shown.norms.first(), shown.norms.last());
    let end = |v: Option<&f64>| v.map_or_else(String::new, |v| number::short(*v));
    let (t, first, last) = (shown.norms.len().to_string(), end(ends.0), end(ends.1));
    let label = words::GRADIENT_LABEL.with(lang, &[("t", &t), ("first", &first), ("last", &last)]);
    let own_example = matches!(props.question.example, Example::Own(_) | Example::Text(_));
    html! {
        <div class="through-time">
            <h3>{ words::GRADIENT.get(lang) }</h3>
            <p class="plot-note">{ words::GRADIENT_NOTE.get(lang) }{ own_example.then(|| format!("{}{}", between(lang), words::NO_TARGET.get(lang))) }</p>
            { losses(props) }
            <div class="plot-stack" style="height: 240px">
                <Canvas {draw} {node} {label} testid={testid::hidden_state("gradient")} />
                <Canvas draw={over} class="over" {onhover} {onpick} {onrelease} />
            </div>
            { legend(&curves, shown, pin.at(), pin.mark(&testid::hidden_state("gradient"), lang), lang) }
            if nothing && !shown.cut { <p class="notice-line">{ words::ALL_ZERO.get(lang) }</p> }
            <Comparing ..props.clone() />
            <Fold id={testid::hidden_state("gradient-table")} title={words::GRADIENT_TABLE.get(lang)}>
                { table(&curves, shown, lang) }
            </Fold>
        </div>
    }
}

/// What the loss is of, where there is a choice.
fn losses(props: &GradientProps) -> Html {
    let Some(steps) = props.step_targets else { return Html::default() };
    let (lang, emit) = (props.lang, props.onloss.clone());
    let one = match props.question.of {
        Objective::LossAt(t) => Some(t),
        Objective::Loss | Objective::Channel { .. } => None,
    };
    let last = steps.saturating_sub(1);
    let pick = {
        let emit = emit.clone();
        Callback::from(move |i: usize| emit.emit(if i == 0 { Objective::Loss } else { Objective::LossAt(last) }))
    };
    let names = [(words::LOSS_WHOLE.get(lang), testid::LOSS_WHOLE), (words::LOSS_ONE.get(lang), testid::LOSS_ONE)];
    let field = one.map(|t| {
        let onchange = Callback::from(move |v: f64| emit.emit(Objective::LossAt((v as usize).saturating_sub(1))));
        html! {
            <NumberField id={testid::hidden_state("loss-step")} {lang} label={words::LOSS_STEP.get(lang)}
                help={words::LOSS_STEP_HELP.get(lang)} value={t as f64 + 1.0} limits={Limits::whole(1.0, steps as f64)}
                scale={Some(Scale::Linear { min: 1.0, max: steps as f64, step: 1.0 })} {onchange} />
        }
    });
    html! {
        <div class="inside-controls loss-of">
            <span>{ words::LOSS_OF.get(lang) }</span>
            { choice(words::LOSS_OF.get(lang), &names, usize::from(one.is_some()), pick) }
            { for field }
        </div>
    }
}

/// The button, how far each network is, and what to do with the curves.
#[component]
fn Comparing(props: &GradientProps) -> Html {
    let (lang, compare) = (props.lang, &props.compare);
    let steps = use_state_eq(|| 100.0);
    let now = &compare.now;
    let start = {
        let (compare, question, n) = (compare.clone(), props.question.clone(), *steps as u32);
        Callback::from(move |_: MouseEvent| compare.start(question.clone(), n, lang))
    };
    let clear = {
        let compare = compare.clone();
        Callback::from(move |_: MouseEvent| compare.clear())
    };
    let onsteps = {
        let steps = steps.setter();
        Callback::from(move |v: f64| steps.set(v))
    };
    let all = now.steps.to_string();
    let one = |(cell, stand): (Cell, &Stand)| {
        let id = testid::hidden_state(&format!("compare-{}", cell.name()));
        let cell_name = cell.name();
        let body = match stand {
            Stand::Training(n) => html! {<>
                <progress value={n.to_string()} max={now.steps.max(1).to_string()} aria-label={cell_name}></progress>
                { words::PROGRESS.with(lang, &[("cell", cell_name), ("n", &n.to_string()), ("all", &all)]) }
            </>},
            Stand::Done(norms) => {
                let ratio = norms.first().zip(norms.last()).map_or(f64::NAN, |(a, b)| a / b);
                html! { { words::DONE.with(lang, &[("cell", cell_name), ("n", &all), ("ratio", &number::short(ratio))]) } }
            }
            Stand::Failed(why) => html! {
                <span class="not-finite">{ words::FAILED.with(lang, &[("cell", cell_name), ("why", why)]) }</span>
            },
        };
        html! { <li data-testid={id}>{ body }</li> }
    };
    let stale = now.question.as_ref().is_some_and(|q| *q != props.question);
    html! {
        <div class="comparing">
            <p class="plot-note">{ words::COMPARE_NOTE.get(lang) }</p>
            <div class="inside-controls">
                <NumberField id={testid::hidden_state("compare-steps")} {lang} label={words::COMPARE_STEPS.get(lang)}
                    help={words::COMPARE_STEPS_HELP.get(lang)} value={*steps} limits={Limits::whole(0.0, STEPS_MAX)} onchange={onsteps} />
                if now.is_busy() {
                    <button type="button" class="button" data-testid={testid::hidden_state("compare-cancel")} onclick={clear}>
                        { words::CANCEL.get(lang) }
                    </button>
                } else {
                    <button type="button" class="button" data-testid={testid::hidden_state("compare")} onclick={start}>
                        { words::COMPARE.get(lang) }
                    </button>
                    if now.question.is_some() {
                        <button type="button" class="quiet small" data-testid={testid::hidden_state("compare-clear")} onclick={clear}>
                            { words::CLEAR.get(lang) }
                        </button>
                    }
                }
            </div>
            if !now.stands.is_empty() {
                <ul class="stands" aria-live="polite">{ for Cell::ALL.into_iter().zip(&now.stands).map(one) }</ul>
            }
            if stale && !now.is_busy() { <p class="plot-note">{ words::STALE.get(lang) }</p> }
        </div>
    }
}

fn legend(curves: &Rc<Curves>, shown: &Shown, hover: Option<usize>, mark: Html, lang: Lang) -> Html {
    let entry = |l: &Line| {
        let v = hover.and_then(|t| l.norms.get(t)).map(|v| number::short(*v));
        let name = l.name(lang);
        html! { <span>{ line_sample(color::hex(l.rgb()).into(), l.cell.is_some()) }{ name }{ " " }<b>{ v.unwrap_or_default() }</b></span> }
    };
    let at = hover
        .filter(|t| *t < shown.labels.len())
        .map(|t| words::GRADIENT_READ.with(lang, &[("t", &(t + 1).to_string()), ("token", shown.label(t))]));
    let factor = factor_per_step(&shown.norms).map(|f| words::FACTOR.with(lang, &[("f", &number::short(f))]));
    let odd = shown.norms.iter().any(|v| !(*v > 0.0 && v.is_finite()));
    html! {
        <p class="legend" data-testid={testid::hidden_state("gradient-readout")}>
            { for curves.lines.iter().map(entry) }
            if odd { <span class="dim">{ words::NOT_DRAWN.get(lang) }</span> }
            <span data-testid={testid::hidden_state("factor")}>{ factor.unwrap_or_default() }</span>
            <span class="at-end">{ at.unwrap_or_default() }</span>
            { mark }
        </p>
    }
}

fn points(l: &Line) -> Vec<Point> {
    l.norms.iter().enumerate().map(|(t, v)| (t as f64 + 1.0, *v)).collect()
}

fn draw_lines(s: &Surface, curves: &Curves, lang: Lang) {
    let place = |y: f64| curves.y.share(y).map(|share| curves.y.low + share * (curves.y.high - curves.y.low));
    let stroke = |l: &Line| {
        let own = l.cell.is_none();
        let rgb = if own { color::parse_hex(&s.ink.grad).unwrap_or(color::GRADIENT) } else { l.rgb() };
        let width_px = if own { 2.4 } else { 1.8 };
        Stroke { pieces: pieces(&points(l), place).0, rgb, alpha: 1.0, width_px, dashed: !own }
    };
    let strokes: Vec<Stroke> = curves.lines.iter().map(stroke).collect();
    // A canvas that is not there any more has nobody to complain to.
    let _ = chart::draw(s, &curves.x, &curves.y, words::AXIS.get(lang), "|∂loss/∂h|", &strokes);
    let plot = chart::plot_rect(s.width, s.height);
    for l in curves.lines.iter().filter(|l| l.cell.is_some()) {
        let Some((x, y)) = points(l).into_iter().find(|p| curves.y.share(p.1).is_some()) else { continue };
        let at = (curves.x.share(x).unwrap_or(0.0), curves.y.share(y).unwrap_or(0.0));
        s.text_on_lines(
            l.name(lang),
            plot.x + plot.w * at.0 + 6.0,
            plot.y + plot.h * (1.0 - at.1) - 8.0,
            Align::Start,
            &color::hex(l.rgb()),
        );
    }
}

fn draw_cross(s: &Surface, curves: &Curves, t: usize) {
    let plot = chart::plot_rect(s.width, s.height);
    let Some(share) = curves.x.share(t as f64 + 1.0) else { return };
    let x = plot.x + plot.w * share;
    s.line((x, plot.y), (x, plot.y + plot.h), &s.ink.dim, 0.8);
    for l in &curves.lines {
        let Some((_, v)) = series::nearest(&points(l), t as f64 + 1.0) else { continue };
        if let Some(y) = curves.y.share(v) {
            let at = (x, plot.y + plot.h * (1.0 - y));
            s.marker(color::Marker::Circle, at, 3.5, &color::hex(l.rgb()), &s.ink.ink, 0.0);
        }
    }
}

fn table(curves: &Curves, shown: &Shown, lang: Lang) -> Html {
    let row = |t: usize| {
        let cell = |l: &Line| {
            let v = l.norms.get(t).copied().unwrap_or(f64::NAN);
            html! { <td data-value={v.to_string()}>{ number::short(v) }</td> }
        };
        html! { <tr><td>{ t + 1 }</td><th scope="row">{ shown.label(t) }</th>{ for curves.lines.iter().map(cell) }</tr> }
    };
    let all = shown.norms.len();
    let more = all.saturating_sub(ROWS_MAX);
    html! {
        <div class="rows-scroll">
            <table class="scores rows" data-testid={testid::hidden_state("gradient-rows")}>
                <thead><tr>
                    <th scope="col">{ words::STEP.get(lang) }</th><th scope="col">{ words::TOKEN.get(lang) }</th>
                    { for curves.lines.iter().map(|l| html! { <th scope="col">{ l.name(lang) }</th> }) }
                </tr></thead>
                <tbody>{ for (0..all.min(ROWS_MAX)).map(row) }</tbody>
            </table>
            if more > 0 { <p class="dim small">{ words::CUT.with(lang, &[("n", &more.to_string())]) }</p> }
        </div>
    }
}

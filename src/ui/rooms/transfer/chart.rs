//! Accuracy and loss of the three over the steps.
//!
//! Not responsible for the points (the workers').

use super::state::{Beat, TransferState};
use crate::i18n::{Lang, Text, curves, transfer as words};
use crate::spec::transfer::{Mode, STEPS};
use crate::ui::plots::axis::Axis;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::chart::{self, Stroke};
use crate::ui::plots::color::{self, Rgb};
use crate::ui::plots::controls::line_sample;
use crate::ui::plots::number;
use crate::ui::plots::series::{self, Point};
use crate::ui::plots::surface::{Align, Surface};
use crate::ui::same::Same;
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// Colours of classes, which mean nothing else, that differ in light as well as in hue; the line from scratch is dashed besides.
pub fn rgb(mode: Mode) -> Rgb {
    match mode {
        Mode::Frozen => color::POSITIVE,
        Mode::FineTuned => color::class(2),
        Mode::Scratch => color::NEGATIVE,
    }
}

/// A line's look in a legend.
pub fn sample(mode: Mode) -> Html {
    line_sample(color::hex(rgb(mode)).into(), mode == Mode::Scratch)
}

#[derive(PartialEq)]
struct Shown {
    lines: [Vec<Point>; 3],
    x: Axis,
    y: Axis,
}

impl Shown {
    fn new(beats: &[Rc<Vec<Beat>>], value: fn(&Beat) -> Option<f32>) -> Shown {
        let line = |mode: Mode| -> Vec<Point> {
            let of = |b: &Beat| Some((b.step as f64, f64::from(value(b)?)));
            beats.get(mode.index()).into_iter().flat_map(|all| all.iter()).filter_map(of).collect()
        };
        let lines = Mode::ALL.map(line);
        let last = lines.iter().flatten().map(|p| p.0).fold(STEPS as f64, f64::max);
        let values = || lines.iter().flatten().map(|p| p.1).filter(|v| v.is_finite());
        Shown { x: Axis::between(0.0, last, 5), y: Axis::linear(values(), 5), lines }
    }
}

/// Properties of [`Curves`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct CurvesProps {
    /// Everything the page knows.
    pub state: Rc<TransferState>,
    /// Language.
    pub lang: Lang,
}

/// See the module.
#[component]
pub fn Curves(props: &CurvesProps) -> Html {
    let (state, lang) = (&props.state, props.lang);
    let (accuracy, loss) =
        if state.has_test() { (words::ACCURACY, words::LOSS) } else { (words::ACCURACY_OWN, words::LOSS_OWN) };
    let legend = |mode: Mode| html! { <span>{ sample(mode) }{ words::run(mode.name()).get(lang) }</span> };
    let beats: Rc<[Rc<Vec<Beat>>]> = state.runs.iter().map(|r| r.beats.clone()).collect();
    html! {<>
        <Lines beats={beats.clone()} accurate=true title={accuracy} id={testid::TRANSFER_ACCURACY_PLOT} {lang} />
        <Lines {beats} accurate=false title={loss} id={testid::TRANSFER_LOSS_PLOT} {lang} />
        <p class="legend">{ for Mode::ALL.into_iter().map(legend) }</p>
    </>}
}

/// Properties of [`Lines`].
#[derive(Clone, Properties)]
struct LinesProps {
    beats: Rc<[Rc<Vec<Beat>>]>,
    accurate: bool,
    title: Text,
    id: &'static str,
    lang: Lang,
}

/// Measurements are compared by place: they are never changed there.
impl PartialEq for LinesProps {
    fn eq(&self, other: &Self) -> bool {
        let same = self.beats.len() == other.beats.len();
        let all = same && self.beats.iter().zip(other.beats.iter()).all(|(a, b)| Rc::ptr_eq(a, b));
        all && self.lang == other.lang && self.title.en == other.title.en
    }
}

#[component]
fn Lines(props: &LinesProps) -> Html {
    let LinesProps { beats, accurate, title, id, lang } = props.clone();
    let value: fn(&Beat) -> Option<f32> = if accurate { |b| b.accuracy } else { |b| Some(b.test_loss) };
    let shown = Rc::new(Shown::new(&beats, value));
    let latest = |mode: Mode| {
        let last = shown.lines[mode.index()].last().map(|p| p.1);
        last.map_or("–".into(), |v| if accurate { number::percent(v) } else { number::short(v) })
    };
    let all = Mode::ALL.map(latest);
    let facts = [("what", title.get(lang)), ("frozen", &all[0]), ("tuned", &all[1]), ("scratch", &all[2])];
    let label = words::CURVES_LABEL.with(lang, &facts);
    let draw = use_callback((Same(shown.clone()), title.get(lang)), move |s: Surface, (shown, title)| {
        draw(&s, &shown.0, title, lang);
    });
    html! { <div class="plot-stack curves transfer-curve"><Canvas {draw} {label} testid={id} weight=1.0 /></div> }
}

fn draw(s: &Surface, shown: &Shown, title: &str, lang: Lang) {
    let place = |y: f64| shown.y.share(y).map(|share| shown.y.low + share * (shown.y.high - shown.y.low));
    let stroke = |(points, mode): (&Vec<Point>, Mode)| {
        let pieces = series::pieces(points, place).0;
        Stroke { pieces, rgb: rgb(mode), alpha: 1.0, width_px: 1.8, dashed: mode == Mode::Scratch }
    };
    let strokes: Vec<Stroke> = shown.lines.iter().zip(Mode::ALL).map(stroke).collect();
    if let Err(message) = chart::draw(s, &shown.x, &shown.y, curves::STEPS_AXIS.get(lang), title, &strokes) {
        s.text(&message, s.width / 2.0, s.height / 2.0, Align::Middle, &s.ink.dim);
    }
}

//! The loss of this run as a small picture beside the output; a click leads to the curves.
//!
//! Not responsible for the curves themselves (`curves.rs`): the same points, drawn with the same axes.

use super::PanelProps;
use crate::i18n::{curves as words, guide};
use crate::ui::curve_set::CurveSet;
use crate::ui::page;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::chart::{self, Stroke};
use crate::ui::plots::color;
use crate::ui::plots::controls::line_sample;
use crate::ui::plots::surface::{Align, Surface};
use crate::ui::plots::{number, series};
use crate::ui::same::Same;
use crate::ui::state::{CurveShow, CurveView};
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// See the module.
#[component]
pub fn MiniLoss(props: &PanelProps) -> Html {
    let (state, lang) = (&props.state, props.state.page.lang);
    let set = use_memo(Same(state.run.curves.clone()), |curves| {
        CurveSet::new(&curves.0, &[], CurveView { log: false, smoothing: 0.0, show: CurveShow::Loss })
    });
    let status = &state.run.status;
    let back = (status.step < status.step_max).then_some(status.step);
    let draw = use_callback((Same(set.clone()), back, lang), |s: Surface, (set, back, lang)| {
        draw(&s, &set.0, *back, (words::STEPS_AXIS.get(*lang), words::EMPTY.get(*lang)));
    });
    // What the bar says, at the step that it says: a point of the curve may be older.
    let figure =
        |test: bool| (if test { status.test_loss } else { status.train_loss }).filter(|_| set.latest(test).is_some());
    let value = |test: bool| figure(test).map(|v| number::short(f64::from(v))).unwrap_or_default();
    let entry = |test: bool, word: &'static str, color: &'static str| {
        html! { <span>{ line_sample(color.into(), test) }{ word }{ " " }<b>{ value(test) }</b></span> }
    };
    let label = series::in_words(
        &[(words::TRAIN, figure(false).map(f64::from)), (words::TEST, figure(true).map(f64::from))],
        lang,
    );
    let onclick = Callback::from(|_: MouseEvent| page::point_to(testid::PANEL_LOSS));
    html! {
        <section class="mini-loss" data-testid={testid::MINI_LOSS} aria-labelledby="mini-loss-title" {onclick}>
            <div class="mini-head">
                <h2 id="mini-loss-title">{ guide::MINI_LOSS.get(lang) }</h2>
                <p class="legend">
                    { entry(false, words::TRAIN.get(lang), "var(--train)") }
                    { entry(true, words::TEST.get(lang), "var(--test)") }
                </p>
            </div>
            <div class="plot-stack">
                <Canvas {draw} label={format!("{}: {label}", guide::MINI_LOSS.get(lang))} testid={testid::MINI_LOSS_PLOT} />
            </div>
        </section>
    }
}

fn draw(s: &Surface, set: &Rc<CurveSet>, back: Option<u64>, (steps, empty): (&str, &str)) {
    if set.is_empty() {
        s.text(empty, s.width / 2.0, s.height / 2.0, Align::Middle, &s.ink.dim);
        return;
    }
    let place = |y: f64| set.y.share(y).map(|share| set.y.low + share * (set.y.high - set.y.low));
    let strokes: Vec<Stroke> = set
        .lines
        .iter()
        .map(|l| {
            let ink = if l.test { &s.ink.test } else { &s.ink.train };
            let rgb = color::parse_hex(ink).unwrap_or(color::POSITIVE);
            Stroke { pieces: series::pieces(&l.points, place).0, rgb, alpha: 1.0, width_px: 1.5, dashed: l.test }
        })
        .collect();
    if let Err(message) = chart::draw(s, &set.x, &set.y, steps, "", &strokes) {
        s.text(&message, s.width / 2.0, s.height / 2.0, Align::Middle, &s.ink.dim);
        return;
    }
    let plot = chart::plot_rect(s.width, s.height);
    if let Some(x) = back.and_then(|step| set.x.share(step as f64)).map(|share| plot.x + plot.w * share) {
        s.line((x, plot.y), (x, plot.y + plot.h), &s.ink.dim, 1.0);
    }
}

//! The confusion matrix with the scores that follow from it; a cell opens the samples behind it.
//!
//! Not responsible for the samples (`mistakes.rs`) nor for counting.

use super::PartProps;
use crate::i18n::{Lang, output as words};
use crate::protocol::Confusion;
use crate::spec::DataInfo;
use crate::ui::plots::color::{self, Rgb};
use crate::ui::plots::ink::Ink;
use crate::ui::plots::number;
use crate::ui::plots::scores::{ClassScores, Scores, mixed_up};
use crate::ui::state::{Msg, Picked, ViewMsg};
use crate::ui::testid;
use yew::prelude::*;

/// More classes than this do not fit as a table of numbers.
pub const CLASSES_MAX: usize = 20;

/// Pairs listed instead of a larger matrix.
const PAIRS_MAX: usize = 12;

/// Name of a class as the data have it.
pub fn class_name(info: &DataInfo, class: usize) -> String {
    info.class_names.get(class).cloned().unwrap_or_else(|| class.to_string())
}

fn share(v: Option<f64>) -> String {
    v.map(number::percent).unwrap_or_else(|| "–".into())
}

/// Colour of a cell: blue for right answers, orange for wrong ones, by the square root of the row's share so that one
/// mistake in a hundred can be seen.
fn cell_color(share: f64, right: bool, zero: Rgb) -> Rgb {
    color::diverging((if right { 1.0 } else { -1.0 }) * share.sqrt() as f32, zero)
}

/// See the module.
#[component]
pub fn Matrix(props: &PartProps) -> Html {
    let lang = props.panel.state.page.lang;
    let Some(confusion) = props.panel.state.run.frame.frame.confusion() else {
        return html! { <p class="plot-empty">{ words::WAITING.get(lang) }</p> };
    };
    let scores = Scores::of(&confusion.counts);
    let n = number::integer(scores.macro_mean.support);
    let on = if confusion.test { words::ON_TEST } else { words::ON_TRAIN };
    let body = if confusion.counts.len() > CLASSES_MAX {
        let n = confusion.counts.len().to_string();
        html! {<>
            <p class="plot-note">{ words::TOO_MANY_CLASSES.with(lang, &[("n", &n)]) }</p>
            { pairs(props, confusion) }
            { score_table(&scores, &props.info, lang) }
        </>}
    } else {
        html! {<>{ table(props, confusion) }{ scale(lang) }{ score_table(&scores, &props.info, lang) }</>}
    };
    let (class, accuracy) = super::figure(&props.panel, confusion.step, share(scores.accuracy));
    html! {<>
        <p class="headline"><b {class} data-testid={testid::CONFUSION_ACCURACY}>{ accuracy }</b>
            { " " }{ words::ACCURACY.get(lang) }
            <span title={words::F1_HINT.get(lang)}><b class="second">{ share(scores.macro_mean.f1) }</b>{ " " }{ words::MACRO_F1.get(lang) }</span>
            <span class="dim">{ on.with(lang, &[("n", &n)]) }</span>
            { super::measured(&props.panel, confusion.step) }</p>
        { body }
    </>}
}

fn table(props: &PartProps, confusion: &Confusion) -> Html {
    let (lang, n) = (props.panel.state.page.lang, confusion.counts.len());
    let size = if n > 5 { "many" } else { "few" };
    // Words that do not fit side by side stand upright.
    let longest = (0..n).map(|c| class_name(&props.info, c).chars().count()).max().unwrap_or(0);
    let upright = (n > 5 && longest > 3).then_some("upright");
    let head = |c: usize| {
        let name = class_name(&props.info, c);
        html! { <th scope="col" title={name.clone()}><span>{ name }</span></th> }
    };
    let row = |t: usize| {
        let name = class_name(&props.info, t);
        html! {
            <tr><th scope="row" title={name.clone()}><span>{ name }</span></th>{ for (0..n).map(|p| cell(props, confusion, t, p)) }</tr>
        }
    };
    html! {
        <div class="matrix-scroll">
            <table class={classes!("matrix", size, upright)} data-testid={testid::CONFUSION_MATRIX}>
                <caption class="visually-hidden">{ words::MATRIX.get(lang) }</caption>
                <thead>
                    <tr><td></td><th class="axis" colspan={n.to_string()} scope="colgroup">{ words::PREDICTED.get(lang) }{ " →" }</th></tr>
                    <tr><th class="axis">{ words::TRUE_CLASS.get(lang) }{ " ↓" }</th>{ for (0..n).map(head) }</tr>
                </thead>
                <tbody>{ for (0..n).map(row) }</tbody>
            </table>
        </div>
    }
}

/// What is mixed up most often, instead of a matrix too fine to read; a row opens its samples as a cell does.
fn pairs(props: &PartProps, confusion: &Confusion) -> Html {
    let lang = props.panel.state.page.lang;
    let row = |(t, p, _): (usize, usize, u32)| {
        let all: u64 = confusion.counts[t].iter().map(|c| u64::from(*c)).sum();
        let of = f64::from(confusion.counts[t][p]) / all as f64;
        html! {
            <tr><td>{ class_name(&props.info, t) }</td><td>{ class_name(&props.info, p) }</td>
                { cell(props, confusion, t, p) }<td>{ number::percent(of) }</td></tr>
        }
    };
    html! {
        <table class="scores pairs" data-testid={testid::CONFUSED_PAIRS}>
            <thead><tr>
                <th scope="col">{ words::TRUE_CLASS.get(lang) }</th><th scope="col">{ words::PREDICTED.get(lang) }</th>
                <th scope="col">{ words::HOW_OFTEN.get(lang) }</th><th scope="col">{ words::OF_ROW.get(lang) }</th>
            </tr></thead>
            <tbody>{ for mixed_up(&confusion.counts, PAIRS_MAX).into_iter().map(row) }</tbody>
        </table>
    }
}

fn cell(props: &PartProps, confusion: &Confusion, target: usize, predicted: usize) -> Html {
    let (lang, row) = (props.panel.state.page.lang, &confusion.counts[target]);
    let total: u64 = row.iter().map(|c| u64::from(*c)).sum();
    let count = row.get(predicted).copied().unwrap_or(0);
    let share = if total > 0 { f64::from(count) / total as f64 } else { 0.0 };
    let rgb = cell_color(share, target == predicted, Ink::now().zero);
    let ink = if color::wants_dark_text(rgb) { "#14171b" } else { "#ffffff" };
    let picked = props.panel.state.view.picked == Some(Picked::Cell { target, predicted });
    let onclick = props
        .panel
        .emit
        .reform(move |_: MouseEvent| Msg::View(ViewMsg::Pick((!picked).then_some(Picked::Cell { target, predicted }))));
    let (t, p) = (class_name(&props.info, target), class_name(&props.info, predicted));
    let (n, share) = (number::integer(count.into()), number::percent(share));
    let label = words::CELL.with(lang, &[("target", &t), ("predicted", &p), ("n", &n), ("share", &share)]);
    html! {
        <td><button type="button" data-testid={testid::confusion_cell(target, predicted)} aria-pressed={picked.to_string()}
            aria-label={label.clone()} title={label} style={format!("background: {}; color: {ink}", color::hex(rgb))} {onclick}>
            { n }
        </button></td>
    }
}

fn scale(lang: Lang) -> Html {
    let zero = Ink::now().zero;
    let ramp = |right: bool| {
        let stop = |i: i32| color::hex(cell_color((f64::from(i) / 6.0).powi(2), right, zero));
        let stops: Vec<String> = (0..=6).map(stop).collect();
        html! { <i class="ramp short" style={format!("background: linear-gradient(90deg, {})", stops.join(", "))}></i> }
    };
    html! {
        <p class="legend">
            <span>{ words::ROW_SHARE.get(lang) }</span>
            <span>{ words::RIGHT.get(lang) }{ " 0" }{ ramp(true) }{ "100\u{a0}%" }</span>
            <span>{ words::WRONG.get(lang) }{ " 0" }{ ramp(false) }{ "100\u{a0}%" }</span>
        </p>
    }
}

fn score_table(scores: &Scores, info: &DataInfo, lang: Lang) -> Html {
    let row = |name: String, s: &ClassScores, class: &'static str| {
        html! {
            <tr {class}><th scope="row" title={name.clone()}>{ name }</th><td>{ share(s.precision) }</td><td>{ share(s.recall) }</td>
                <td>{ share(s.f1) }</td><td>{ number::integer(s.support) }</td></tr>
        }
    };
    let class = |(c, s): (usize, &ClassScores)| row(class_name(info, c), s, "");
    html! {
        <details class="scores-fold" open={scores.classes.len() <= 4}><summary>{ words::SCORES.get(lang) }</summary>
        <table class="scores" data-testid={testid::CLASS_SCORES}>
            <thead><tr>
                <th scope="col">{ words::CLASS_COLUMN.get(lang) }</th>
                <th scope="col" title={words::PRECISION_HINT.get(lang)}>{ words::PRECISION.get(lang) }</th>
                <th scope="col" title={words::RECALL_HINT.get(lang)}>{ words::RECALL.get(lang) }</th>
                <th scope="col" title={words::F1_HINT.get(lang)}>{ "F1" }</th>
                <th scope="col">{ words::SUPPORT.get(lang) }</th>
            </tr></thead>
            <tbody>
                { for scores.classes.iter().enumerate().map(class) }
                { row(words::MACRO.get(lang).into(), &scores.macro_mean, "macro") }
            </tbody>
        </table></details>
    }
}

//! The list of kept runs: shown or hidden, named by their model, forgotten.
//!
//! Not responsible for keeping them (`ui::state`).

use crate::i18n::curves as words;
use crate::ui::panels::PanelProps;
use crate::ui::plots::controls::line_sample;
use crate::ui::plots::{color, number, series};
use crate::ui::state::{KeptRun, Msg};
use crate::ui::testid;
use yew::prelude::*;

/// Colour of a kept run: the classes' colours after the two that train and test wear.
pub fn kept_color(index: usize) -> color::Rgb {
    color::class(2 + index % 8)
}

/// See the module; nothing while no run is kept.
#[component]
pub fn KeptRuns(props: &PanelProps) -> Html {
    let lang = props.state.lang;
    if props.state.kept.is_empty() {
        return html! {};
    }
    let row = |(i, run): (usize, &KeptRun)| {
        let n = (i + 1).to_string();
        let shown = run.shown;
        let onchange = props.emit.reform(move |_: Event| Msg::ShowKept(i, !shown));
        let forget = props.emit.reform(move |_: MouseEvent| Msg::DropKept(i));
        let label = words::SHOW_RUN.with(lang, &[("n", &n), ("label", &run.label)]);
        let last = run.curves.last();
        let loss = last.map(|p| number::short(f64::from(p.test_loss.unwrap_or(p.train_loss)))).unwrap_or_default();
        html! {
            <li key={i}>
                <label title={run.label.clone()}>
                    <input type="checkbox" checked={shown} aria-label={label} data-testid={testid::kept_run(i)} {onchange} />
                    { line_sample(color::hex(kept_color(i)).into(), false) }
                    <span class="number">{ n.clone() }</span>
                    <code>{ &run.label }</code>
                </label>
                <span class="dim">{ loss }</span>
                <button type="button" class="quiet small" data-testid={testid::forget_run(i)} onclick={forget}
                    aria-label={words::FORGET.with(lang, &[("n", &n)])} title={words::FORGET.with(lang, &[("n", &n)])}>
                    { "✕" }
                </button>
            </li>
        }
    };
    html! { <ul class="kept-runs" aria-label={words::KEPT.get(lang)}>{ for props.state.kept.iter().enumerate().map(row) }</ul> }
}

/// A kept run's number stands at the end of its curve.
pub fn tag_place(points: &[series::Point]) -> Option<series::Point> {
    points.iter().rev().find(|p| p.1.is_finite()).copied()
}

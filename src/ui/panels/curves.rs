//! Loss and metrics over time: this run and the kept ones, read by hovering, taken away as CSV or as a picture.
//!
//! Not responsible for which points there are (the worker's), nor for axes and thinning (`ui::plots`).

mod kept;
mod plot;

use super::{Panel, PanelProps};
use crate::i18n::{curves as words, shell};
use crate::ui::curve_set::CurveSet;
use crate::ui::plots::controls::choice;
use crate::ui::plots::{columns, download};
use crate::ui::same::Same;
use crate::ui::state::{Msg, State};
use crate::ui::testid;
use kept::{ImportRun, KeptRuns};
use plot::Plot;
use yew::prelude::*;

/// The panel.
#[component]
pub fn CurvesPanel(props: &PanelProps) -> Html {
    let (state, lang) = (&props.state, props.state.lang);
    let mark = state.data.loaded.majority.filter(|_| state.curve_view.metric).map(f64::from);
    let deps = (state.curve_view, mark, Same(state.curves.clone()), Same(state.kept.clone()));
    let set =
        use_memo(deps, |(view, mark, curves, kept)| CurveSet::new(&curves.0, &kept.0, *view).marked(*mark, view.log));
    let tools = {
        let csv = {
            let state = state.clone();
            Callback::from(move |_: MouseEvent| save_csv(&state))
        };
        let keep = props.emit.reform(|_: MouseEvent| Msg::KeepRun);
        html! {<>
            <button type="button" class="quiet small" data-testid={testid::KEEP_RUN} disabled={state.curves.is_empty()}
                title={words::KEEP_HINT.get(lang)} onclick={keep}>{ words::KEEP.get(lang) }</button>
            <button type="button" class="quiet small" data-testid={testid::CURVES_CSV} title={words::CSV_HINT.get(lang)}
                aria-label={words::CSV_HINT.get(lang)} disabled={set.is_empty()} onclick={csv}>{ "CSV" }</button>
            <ImportRun ..props.clone() />
        </>}
    };
    html! {
        <Panel id={testid::PANEL_LOSS} title={shell::PANEL_LOSS.get(lang)} {tools} what={words::WHAT.get(lang)} enlarge=true
            export=true>
            { controls(props) }
            <Plot {set} state={state.clone()} />
            <KeptRuns state={state.clone()} emit={props.emit.clone()} />
        </Panel>
    }
}

/// What the metric of this task is called.
fn metric_word(state: &State) -> &'static str {
    let by_class = state.experiment.task.kind.by_class();
    if by_class { words::ACCURACY } else { words::R2 }.get(state.lang)
}

fn controls(props: &PanelProps) -> Html {
    let (state, lang, view) = (&props.state, props.state.lang, props.state.curve_view);
    let show = {
        let emit = props.emit.clone();
        Callback::from(move |i: usize| emit.emit(Msg::CurveMetric(i == 1)))
    };
    let scale = {
        let emit = props.emit.clone();
        Callback::from(move |i: usize| emit.emit(Msg::CurveLog(i == 1)))
    };
    let smooth = {
        let emit = props.emit.clone();
        Callback::from(move |e: InputEvent| {
            let value = e.target_unchecked_into::<web_sys::HtmlInputElement>().value_as_number();
            if value.is_finite() {
                emit.emit(Msg::CurveSmoothing(value as f32));
            }
        })
    };
    let shown = [(words::LOSS.get(lang), testid::CURVES_LOSS), (metric_word(state), testid::CURVES_METRIC)];
    let scales = [(words::LINEAR.get(lang), testid::CURVES_LINEAR), (words::LOG.get(lang), testid::CURVES_LOG)];
    html! {
        <div class="plot-controls">
            { choice(words::SHOW.get(lang), &shown, usize::from(view.metric), show) }
            { choice(words::SCALE.get(lang), &scales, usize::from(view.log), scale) }
            <label class="smoothing" title={words::SMOOTHING_HINT.get(lang)}>
                { words::SMOOTHING.get(lang) }
                <input type="range" min="0" max="0.99" step="0.01" value={format!("{:.2}", view.smoothing)}
                    data-testid={testid::CURVES_SMOOTHING} oninput={smooth} />
                <output>{ format!("{:.2}", view.smoothing) }</output>
            </label>
        </div>
    }
}

fn save_csv(state: &State) {
    let (kept, this) = kept::called(state, state.lang);
    let shown = state.kept.iter().zip(&kept).filter(|(r, _)| r.shown);
    let mut runs: Vec<_> = shown.map(|(r, name)| (name.as_str(), r.curves.as_slice())).collect();
    let this = if runs.is_empty() { words::THIS_RUN.get(state.lang) } else { &this };
    runs.push((this, &state.curves));
    let metric = if state.experiment.task.kind.by_class() { "accuracy" } else { "r2" };
    // A browser that refuses a download says so itself.
    let _ = download::text("gradarium-curves.csv", "text/csv", &columns::csv(&runs, metric));
}

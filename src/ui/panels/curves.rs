//! Loss and metrics over time: this run and the kept ones, read by hovering, taken away as CSV or as a picture.
//!
//! Not responsible for which points there are (the worker's), nor for axes and thinning (`ui::plots`).

mod kept;
mod plot;

use super::{Panel, PanelProps};
use crate::i18n::{curves as words, shell};
use crate::protocol::{FrameRequest, Want};
use crate::spec::TaskKind;
use crate::spec::task::Metric;
use crate::ui::curve_set::CurveSet;
use crate::ui::plots::controls::choice;
use crate::ui::plots::{columns, download};
use crate::ui::same::Same;
use crate::ui::state::{CurveShow, CurveView, Msg, RunMsg, State, ViewMsg};
use crate::ui::testid;
use kept::{ImportRun, KeptRuns};
use plot::Plot;
use yew::prelude::*;

/// The panel.
#[component]
pub fn CurvesPanel(props: &PanelProps) -> Html {
    let (state, lang) = (&props.state, props.state.page.lang);
    let view = curve_view(state);
    let mark = height(state, view.show);
    let deps = (view, mark, Same(state.run.curves.clone()), Same(state.run.kept.clone()));
    let set =
        use_memo(deps, |(view, mark, curves, kept)| CurveSet::new(&curves.0, &kept.0, *view).marked(*mark, view.log));
    let tools = {
        let csv = {
            let state = state.clone();
            Callback::from(move |_: MouseEvent| save_csv(&state))
        };
        let keep = props.emit.reform(|_: MouseEvent| Msg::Run(RunMsg::KeepRun));
        html! {<>
            <button type="button" class="quiet small" data-testid={testid::KEEP_RUN} disabled={state.run.curves.is_empty()}
                title={words::KEEP_HINT.get(lang)} onclick={keep}>{ words::KEEP.get(lang) }</button>
            <button type="button" class="quiet small" data-testid={testid::CURVES_CSV} title={words::CSV_HINT.get(lang)}
                aria-label={words::CSV_HINT.get(lang)} disabled={set.is_empty()} onclick={csv}>{ "CSV" }</button>
            <ImportRun ..props.clone() />
        </>}
    };
    // The worker says it once: until then it is asked.
    let coded = matches!(state.edit.experiment.task.kind, TaskKind::Autoencoder(_)) && state.run.pca.is_none();
    let wants = FrameRequest::of(coded.then_some(Want::Pca));
    html! {
        <Panel id={testid::PANEL_LOSS} title={shell::PANEL_LOSS.get(lang)} {tools} {wants} what={words::WHAT.get(lang)} enlarge=true
            export=true>
            { controls(props) }
            <Plot {set} state={state.clone()} />
            <KeptRuns state={state.clone()} emit={props.emit.clone()} />
        </Panel>
    }
}

/// A height to compare with: of accuracy what always naming the commonest class reaches, of an autoencoder's loss what a
/// straight code leaves.
fn height(state: &State, show: CurveShow) -> Option<f64> {
    match show {
        CurveShow::Metric => state.run.data.loaded.majority.map(f64::from),
        CurveShow::Loss => state.run.pca.as_ref().map(|p| f64::from(p.test.unwrap_or(p.train))),
        CurveShow::Terms => None,
    }
}

/// What that height is.
fn height_word(state: &State) -> String {
    match state.run.pca.as_ref().filter(|_| curve_view(state).show == CurveShow::Loss) {
        Some(p) => words::PCA.with(state.page.lang, &[("n", &p.code.to_string())]),
        None => words::MAJORITY.get(state.page.lang).into(),
    }
}

/// What is drawn: terms only of a loss that has some.
fn curve_view(state: &State) -> CurveView {
    let none = state.view.curve_view.show == CurveShow::Terms && state.edit.experiment.task.kind.terms().is_empty();
    CurveView { show: if none { CurveShow::Loss } else { state.view.curve_view.show }, ..state.view.curve_view }
}

/// What the metric of this task is called.
fn metric_word(state: &State) -> &'static str {
    match state.edit.experiment.task.kind.metric() {
        Metric::Accuracy if state.edit.experiment.task.kind.contrasts() => words::FOUND,
        Metric::Accuracy => words::ACCURACY,
        Metric::R2 => words::R2,
        Metric::Energy => words::ENERGY,
    }
    .get(state.page.lang)
}

/// What the lines of the present view are of.
fn shown_word(state: &State) -> &'static str {
    match curve_view(state).show {
        CurveShow::Metric => metric_word(state),
        CurveShow::Loss | CurveShow::Terms => words::LOSS.get(state.page.lang),
    }
}

/// What a term of the loss is called.
fn term_word(state: &State, term: usize) -> &'static str {
    let name = state.edit.experiment.task.kind.terms().get(term).copied().unwrap_or_default();
    words::term(name).map_or(name, |t| t.get(state.page.lang))
}

/// In the order of their buttons.
const SHOWS: [CurveShow; 3] = [CurveShow::Loss, CurveShow::Metric, CurveShow::Terms];

fn controls(props: &PanelProps) -> Html {
    let (state, lang, view) = (&props.state, props.state.page.lang, curve_view(&props.state));
    let show = {
        let emit = props.emit.clone();
        Callback::from(move |i: usize| emit.emit(Msg::View(ViewMsg::CurveShow(SHOWS[i.min(2)]))))
    };
    let scale = {
        let emit = props.emit.clone();
        Callback::from(move |i: usize| emit.emit(Msg::View(ViewMsg::CurveLog(i == 1))))
    };
    let smooth = {
        let emit = props.emit.clone();
        Callback::from(move |e: InputEvent| {
            let value = e.target_unchecked_into::<web_sys::HtmlInputElement>().value_as_number();
            if value.is_finite() {
                emit.emit(Msg::View(ViewMsg::CurveSmoothing(value as f32)));
            }
        })
    };
    let mut shown = vec![(words::LOSS.get(lang), testid::CURVES_LOSS), (metric_word(state), testid::CURVES_METRIC)];
    if !state.edit.experiment.task.kind.terms().is_empty() {
        shown.push((words::TERMS.get(lang), testid::CURVES_TERMS));
    }
    let at = SHOWS.iter().position(|s| *s == view.show).unwrap_or(0);
    let scales = [(words::LINEAR.get(lang), testid::CURVES_LINEAR), (words::LOG.get(lang), testid::CURVES_LOG)];
    html! {
        <div class="plot-controls">
            { choice(words::SHOW.get(lang), &shown, at, show) }
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
    let (kept, this) = kept::called(state, state.page.lang);
    let shown = state.run.kept.iter().zip(&kept).filter(|(r, _)| r.shown);
    let mut runs: Vec<_> = shown.map(|(r, name)| (name.as_str(), r.curves.as_slice())).collect();
    let this = if runs.is_empty() { words::THIS_RUN.get(state.page.lang) } else { &this };
    runs.push((this, &state.run.curves));
    let task = &state.edit.experiment.task.kind;
    let metric = match task.metric() {
        Metric::Accuracy => "accuracy",
        Metric::R2 => "r2",
        Metric::Energy => "energy_distance",
    };
    // A browser that refuses a download says so itself.
    let _ = download::text("gradarium-curves.csv", "text/csv", &columns::csv(&runs, metric, task.terms()));
}

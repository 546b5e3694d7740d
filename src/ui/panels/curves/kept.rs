//! The list of kept runs: shown or hidden, named by what differs or by the learner, saved, opened, forgotten.
//!
//! Not responsible for keeping them (`ui::state`) nor for their files (`ui::kept_file`).

use crate::i18n::{Lang, curves as words, files as file_words};
use crate::spec::Experiment;
use crate::ui::panels::PanelProps;
use crate::ui::plots::controls::line_sample;
use crate::ui::plots::{color, number, series};
use crate::ui::state::files::FileMsg;
use crate::ui::state::kept::{KeptMsg, NAME_MAX};
use crate::ui::state::{EditMsg, KeptRun, Msg, PageMsg, RunMsg, State};
use crate::ui::{files, kept_file, kept_names, testid};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Colour of a kept run: the classes' colours after the two that train and test wear.
pub fn kept_color(index: usize) -> color::Rgb {
    color::class(2 + index % 8)
}

/// What each kept run is called, and what the run under way is called among them.
pub fn called(state: &State, lang: Lang) -> (Vec<String>, String) {
    let last = |run: &KeptRun| run.curves.last().map_or(0, |p| p.step);
    let known: Vec<(&Experiment, u64)> =
        state.run.kept.iter().filter_map(|run| Some((&**run.experiment.as_ref()?, last(run)))).collect();
    let this = (&*state.edit.experiment, state.run.status.step);
    let mut made = kept_names::names(&[known, vec![this]].concat(), lang).into_iter();
    let kept = state.run.kept.iter().map(|run| {
        let name = run.experiment.as_ref().and_then(|_| made.next());
        if run.name.is_empty() { name.unwrap_or_else(|| run.label.clone()) } else { run.name.clone() }
    });
    let kept = kept.collect();
    (kept, made.next().unwrap_or_default())
}

/// The button that adds a run from a file.
#[component]
pub fn ImportRun(props: &PanelProps) -> Html {
    let (lang, emit) = (props.state.page.lang, props.emit.clone());
    let onchange = Callback::from(move |e: Event| {
        let input: HtmlInputElement = e.target_unchecked_into();
        if let Some(file) = input.files().and_then(|f| f.get(0)) {
            files::read(file, emit.clone());
        }
        // The same file may be chosen again.
        input.set_value("");
    });
    html! {
        <label class="quiet small import-run" title={file_words::IMPORT_HELP.get(lang)}>
            { file_words::IMPORT.get(lang) }
            <input type="file" accept=".json,application/json" data-testid={testid::IMPORT_RUN}
                aria-label={file_words::IMPORT.get(lang)} {onchange} />
        </label>
    }
}

/// See the module; nothing while no run is kept.
#[component]
pub fn KeptRuns(props: &PanelProps) -> Html {
    let lang = props.state.page.lang;
    if props.state.run.kept.is_empty() {
        return html! {};
    }
    let (called, _) = called(&props.state, lang);
    let row = |(i, run): (usize, &KeptRun)| {
        let n = (i + 1).to_string();
        let shown = run.shown;
        let onchange = props.emit.reform(move |_: Event| Msg::Run(RunMsg::ShowKept(i, !shown)));
        let label = words::SHOW_RUN.with(lang, &[("n", &n), ("label", &called[i])]);
        let last = run.curves.last();
        let loss = last.map(|p| number::short(f64::from(p.test_loss.unwrap_or(p.train_loss)))).unwrap_or_default();
        let rename = props.emit.reform(move |e: Event| {
            let name = e.target_unchecked_into::<HtmlInputElement>().value();
            Msg::Page(PageMsg::Files(FileMsg::Kept(KeptMsg::Rename(i, name))))
        });
        let rename_label = file_words::RENAME.with(lang, &[("n", &n)]);
        html! {
            <li key={i}>
                <label title={run.label.clone()}>
                    <input type="checkbox" checked={shown} aria-label={label} data-testid={testid::kept_run(i)} {onchange} />
                    { line_sample(color::hex(kept_color(i)).into(), false) }
                    <span class="number">{ n.clone() }</span>
                </label>
                <input type="text" class="kept-name" value={called[i].clone()} maxlength={NAME_MAX.to_string()} onchange={rename}
                    data-testid={testid::kept_name(i)} aria-label={rename_label.clone()} title={rename_label} />
                <span class="dim">{ loss }</span>
                { for tools(props, i, run, &called[i]) }
            </li>
        }
    };
    html! { <ul class="kept-runs" aria-label={words::KEPT.get(lang)}>{ for props.state.run.kept.iter().enumerate().map(row) }</ul> }
}

/// What can be done with a run; without its experiment it is only a picture.
fn tools(props: &PanelProps, i: usize, run: &KeptRun, name: &str) -> Vec<Html> {
    let lang = props.state.page.lang;
    let n = (i + 1).to_string();
    let button = |id: String, word: crate::i18n::Text, sign: &'static str, onclick: Callback<MouseEvent>| {
        let label = word.with(lang, &[("n", &n)]);
        html! {
            <button type="button" class="quiet small" data-testid={id} aria-label={label.clone()} title={label} {onclick}>
                { sign }
            </button>
        }
    };
    let mut all = Vec::new();
    if let Some(experiment) = run.experiment.clone() {
        let (run, name) = (run.clone(), name.to_string());
        let save = Callback::from(move |_: MouseEvent| {
            if let Some(json) = kept_file::write(&run, &name) {
                files::offer(&format!("{}.gradarium-run.json", files::file_name(&name)), &json);
            }
        });
        let open =
            props.emit.reform(move |_: MouseEvent| Msg::Edit(EditMsg::Open(Box::new(Experiment::clone(&experiment)))));
        all.push(button(testid::export_run(i), file_words::EXPORT_RUN, "↓", save));
        all.push(button(testid::open_run(i), file_words::OPEN_RUN, "↗", open));
    }
    let forget = props.emit.reform(move |_: MouseEvent| Msg::Run(RunMsg::DropKept(i)));
    all.push(button(testid::forget_run(i), words::FORGET, "✕", forget));
    all
}

/// A kept run's number stands at the end of its curve.
pub fn tag_place(points: &[series::Point]) -> Option<series::Point> {
    points.iter().rev().find(|p| p.1.is_finite()).copied()
}

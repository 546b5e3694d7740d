//! The transport bar: play and pause, single steps, when to pause by itself, how fast, and the live figures.
//!
//! Not responsible for the timeline (`timeline.rs`) nor for drawing curves.

use super::icons::{Sign, icon};
use super::panels::PanelProps;
use super::panels::processor::sentence;
use super::plots::number;
use super::state::{Msg, RunMsg, State};
use super::testid;
use super::timeline::Timeline;
use super::whence::whence;
use super::wishes::Wishes;
use crate::i18n::{Lang, Text, curves, shell, transport as words};
use crate::spec::Backend;
use crate::spec::task::Metric;
use yew::prelude::*;

/// The bar.
#[component]
pub fn Transport(props: &PanelProps) -> Html {
    let PanelProps { state, emit } = props;
    let lang = state.page.lang;
    let open = use_state_eq(|| false);
    let toggle_more = {
        let open = open.clone();
        move |_| open.set(!*open)
    };
    let status = &state.run.status;
    let metric = state.edit.experiment.task.kind.metric();
    let more = words::MORE.get(lang);
    html! {
        <div class={classes!("transport", open.then_some("open"))} role="region" aria-label={words::BAR.get(lang)}>
            <Buttons playing={state.run.playing} {lang} emit={emit.clone()} />
            <Wishes until={state.run.until} steps_per_s={state.run.steps_per_s} {metric} {lang} emit={emit.clone()} />
            <Timeline step={status.step} max={status.step_max} marks={state.run.marks.clone()}
                resting={!state.run.playing} {lang} emit={emit.clone()} />
            <button type="button" class="quiet more" data-testid={testid::TRANSPORT_MORE} aria-label={more} title={more}
                aria-expanded={open.to_string()} onclick={toggle_more}>{ icon(Sign::More) }</button>
            { figures(state) }
            { for state.run.fetching.map(|(got, all)| fetching(got, all, lang)) }
        </div>
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct ButtonsProps {
    playing: bool,
    lang: Lang,
    emit: Callback<Msg>,
}

#[component]
fn Buttons(props: &ButtonsProps) -> Html {
    let ButtonsProps { playing, lang, emit } = props;
    let send = |msg: Msg| {
        let emit = emit.clone();
        Callback::from(move |_: MouseEvent| emit.emit(msg.clone()))
    };
    let (id, sign, label) = if *playing {
        (testid::PAUSE, Sign::Pause, words::PAUSE.get(*lang))
    } else {
        (testid::PLAY, Sign::Play, words::PLAY.get(*lang))
    };
    let button = |id, word: Text, help: Text, msg| {
        html! {
            <button type="button" class="button" data-testid={id} title={help.get(*lang)} onclick={send(msg)}>
                { word.get(*lang) }
            </button>
        }
    };
    html! {
        <>
            <button type="button" class="play" data-testid={id} aria-label={label} title={label} onclick={send(Msg::Run(RunMsg::TogglePlay))}>
                { icon(sign) }
            </button>
            <div class="moves">
                { button(testid::STEP, words::STEP, words::STEP_HELP, Msg::Run(RunMsg::Step)) }
                { button(testid::EPOCH, words::EPOCH, words::EPOCH_HELP, Msg::Run(RunMsg::Epoch)) }
                { button(testid::RESET, words::RESET, words::RESET_HELP, Msg::Run(RunMsg::Reset)) }
            </div>
        </>
    }
}

/// A loss with a width that does not jump about.
fn loss(v: Option<f32>) -> String {
    match v.map(f64::from) {
        None => "–".into(),
        Some(v) if v.is_finite() && (1e-4..100.0).contains(&v.abs()) => number::fixed(v, 4),
        Some(v) => number::short(v),
    }
}

fn figures(state: &State) -> Html {
    let lang = state.page.lang;
    let status = &state.run.status;
    let loaded = &state.run.data.loaded;
    let measured = status.test_metric.map(f64::from);
    let (metric_name, metric) = match state.edit.experiment.task.kind.metric() {
        Metric::Accuracy if state.edit.experiment.task.kind.contrasts() => {
            (words::TEST_FOUND, measured.map(number::percent))
        }
        Metric::Accuracy => (words::TEST_ACCURACY, measured.map(number::percent)),
        Metric::R2 => (words::TEST_R2, measured.map(|m| number::fixed(m, 3))),
        Metric::Energy => (curves::ENERGY, measured.map(|m| number::fixed(m, 3))),
    };
    let figure = |class: &'static str, name: Text, id: &'static str, value: String| {
        html! { <div class={class}><dt>{ name.get(lang) }</dt><dd data-testid={id}>{ value }</dd></div> }
    };
    let old = status.old(status.test_step);
    let title = old.map(|at| words::MEASURED_AT.with(lang, &[("n", &number::integer(at))]));
    let tested = |class: &'static str, name: Text, id: &'static str, value: String| {
        let value = if status.is_past(status.test_step) { "–".into() } else { value };
        let class = classes!("wide", "for-test", class, old.map(|_| "old"));
        html! { <div {class} title={title.clone()}><dt>{ name.get(lang) }</dt><dd data-testid={id}>{ value }</dd></div> }
    };
    // A card that was lost is not what runs it.
    let runs = if status.lost.is_some() { "simd" } else { loaded.backend.as_str() };
    let backend = match runs {
        "" => words::STARTING.get(lang).to_string(),
        "simd" => words::SIMD.get(lang).to_string(),
        "reference" => words::REFERENCE.get(lang).to_string(),
        "webgpu" => words::WEBGPU.get(lang).to_string(),
        other => other.to_string(),
    };
    let raced = state.run.card.race.as_ref().filter(|r| r.is_of(&state.edit.experiment));
    let reason = match (loaded.reason.as_str(), raced) {
        (_, Some(race)) if state.edit.experiment.backend == Backend::Auto => sentence(race, lang),
        ("asked", _) => words::REASON_ASKED.get(lang).to_string(),
        ("only_one", _) => words::REASON_ONLY.get(lang).to_string(),
        _ => String::new(),
    };
    let wished = state.run.steps_per_s.map_or(f64::INFINITY, f64::from);
    let speed = if status.running { status.steps_per_s.min(wished) } else { 0.0 };
    html! {
        <dl class="figures" aria-label={words::FIGURES.get(lang)}>
            <div class="wide has-whence">
                <dt>{ words::STEPS.get(lang) }</dt>
                <dd data-testid={testid::STEP_COUNT}>{ number::integer(status.step) }</dd>
                <dd>{ whence(state) }</dd>
            </div>
            { figure("spare", words::EPOCHS, testid::EPOCH_COUNT, number::integer(status.epoch)) }
            { figure("wide for-train", words::TRAIN_LOSS, testid::TRAIN_LOSS, loss(status.train_loss)) }
            { tested("spare", words::TEST_LOSS, testid::TEST_LOSS, loss(status.test_loss)) }
            { tested("", metric_name, testid::TEST_ACCURACY, metric.unwrap_or_else(|| "–".into())) }
            <div class="wide">
                <dt data-testid={testid::BACKEND} title={reason.clone()}>
                    { backend }<span class="visually-hidden">{ reason }</span>
                </dt>
                <dd data-testid={testid::STEPS_PER_S}>
                    { words::STEPS_PER_S.with(lang, &[("n", &number::si(number::rounded(speed.round())))]) }
                </dd>
            </div>
        </dl>
    }
}

fn fetching(got: u64, all: u64, lang: Lang) -> Html {
    let kb = |bytes: u64| number::integer(bytes / 1024);
    let text = shell::FETCHING.with(lang, &[("got", &kb(got)), ("all", &kb(all))]);
    html! {
        <>
            <div class="fetching-text">{ &text }</div>
            <progress class="fetching" value={got.to_string()} max={all.to_string()} aria-label={text} />
        </>
    }
}

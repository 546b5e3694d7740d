//! The page of a transfer: what is chosen, the source, the three side by side, and what of them moved.
//!
//! Not responsible for the curves (`chart.rs`), the bars (`moves.rs`) nor own classes (`teach.rs`).

use super::chart::Curves;
use super::moves::Moves;
use super::state::{Chosen, Kind, Run, Source, TransferMsg, TransferState};
use super::teach::Teach;
use crate::i18n::{Lang, Text, lab, setup, transfer as words, transport};
use crate::spec::transfer::{EACH_MAX, Mode, SOURCE_STEPS};
use crate::spec::{link, text};
use crate::ui::form::scale::Limits;
use crate::ui::form::{Choice, Item, NumberField};
use crate::ui::icons::{Sign, icon};
use crate::ui::panels::Panel;
use crate::ui::plots::number;
use crate::ui::rooms::lab::setup::SEED_MAX;
use crate::ui::rooms::lab::state::Phase;
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of the page and its parts.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct RoomProps {
    /// Everything the page knows.
    pub state: Rc<TransferState>,
    /// Where messages go.
    pub emit: Callback<TransferMsg>,
    /// Language.
    pub lang: Lang,
}

/// See the module.
#[component]
pub fn Room(props: &RoomProps) -> Html {
    let RoomProps { state, lang, .. } = props;
    let lang = *lang;
    html! {
        <main id="lab" class="laboratory transfer" tabindex="-1" data-testid={testid::TRANSFER}>
            <div class="lab-head">
                <h2 class="lab-title">{ words::TITLE.get(lang) }</h2>
                <p class="lab-lead">{ words::LEAD.get(lang) }</p>
                if !state.refused.is_empty() {
                    <p class="lab-trouble" role="alert" data-testid={testid::TRANSFER_REFUSED}>
                        { words::REFUSED.with(lang, &[("what", &state.refused.join(", "))]) }</p>
                }
            </div>
            { bar(props) }
            if state.chosen.kind == Kind::Own {
                <Panel id={testid::TRANSFER_TEACH} title={words::TEACH.get(lang)} what={words::TEACH_WHAT.get(lang)}>
                    <Teach ..props.clone() />
                </Panel>
            }
            <div class="lab-sides">
                <Panel id={testid::TRANSFER_SOURCE} title={words::SOURCE.get(lang)}>{ source(&state.source, lang) }</Panel>
                <Panel id={testid::TRANSFER_TABLE} title={words::TABLE.get(lang)}>{ table(state, lang) }</Panel>
            </div>
            <div class="lab-pair">
                <Panel id={testid::TRANSFER_CURVES} title={words::CURVES.get(lang)} what={words::CURVES_WHAT.get(lang)} enlarge=true
                    export=true>
                    <Curves state={state.clone()} {lang} />
                </Panel>
                <Panel id={testid::TRANSFER_MOVES} title={words::MOVES.get(lang)} what={words::MOVES_WHAT.get(lang)}>
                    <Moves state={state.clone()} {lang} />
                </Panel>
            </div>
        </main>
    }
}

fn bar(props: &RoomProps) -> Html {
    let RoomProps { state, emit, lang } = props;
    let lang = *lang;
    let send = |msg: TransferMsg| emit.reform(move |_: MouseEvent| msg.clone());
    let (id, sign, label) = if state.playing {
        (testid::TRANSFER_PAUSE, Sign::Pause, transport::PAUSE.get(lang))
    } else {
        (testid::TRANSFER_PLAY, Sign::Play, transport::PLAY.get(lang))
    };
    let button = |id, word: Text, help: Text, msg| {
        html! {
            <button type="button" class="button" data-testid={id} title={help.get(lang)} onclick={send(msg)}>{ word.get(lang) }</button>
        }
    };
    let chosen = state.chosen;
    let choose = |f: fn(Chosen, f64) -> Chosen| emit.reform(move |v: f64| TransferMsg::Choose(f(chosen, v)));
    let items: Vec<Item> = Kind::ALL.map(|k| Item::new(k.name(), words::target(k.name()).get(lang))).into();
    let ontarget = emit.reform(move |name: String| {
        let kind = Kind::ALL.into_iter().find(|k| k.name() == name).unwrap_or(chosen.kind);
        TransferMsg::Choose(Chosen { kind, ..chosen })
    });
    html! {
        <div class="lab-bar" role="group" aria-label={words::BAR.get(lang)}>
            <button type="button" class="play" data-testid={id} aria-label={label} title={label}
                onclick={send(TransferMsg::TogglePlay)}>{ icon(sign) }</button>
            <div class="moves">
                { button(testid::TRANSFER_STEP, transport::STEP, transport::STEP_HELP, TransferMsg::Step) }
                { button(testid::TRANSFER_RESET, transport::RESET, transport::RESET_HELP, TransferMsg::Reset) }
            </div>
            <Choice id={testid::TRANSFER_TARGET} label={words::TARGET.get(lang)} help={words::TARGET_HELP.get(lang)} {items}
                value={chosen.kind.name()} onchange={ontarget} />
            <NumberField id={testid::TRANSFER_EACH} {lang} label={words::EACH.get(lang)} help={words::EACH_HELP.get(lang)}
                value={chosen.each as f64} limits={Limits::whole(1.0, EACH_MAX as f64)}
                onchange={choose(|c, v| Chosen { each: v as usize, ..c })} />
            <NumberField id={testid::TRANSFER_SEED} {lang} label={setup::SEED.label.get(lang)} help={setup::SEED.help.get(lang)}
                value={f64::from(chosen.seed)} limits={Limits::whole(0.0, f64::from(SEED_MAX))}
                onchange={choose(|c, v| Chosen { seed: v as u32, ..c })} />
        </div>
    }
}

fn percent(share: Option<f32>) -> String {
    share.map_or("–".into(), |v| number::percent(f64::from(v)))
}

/// How far the source has come.
fn source(source: &Source, lang: Lang) -> Html {
    let half = !source.experiment.data.only.is_empty();
    let what = if half { words::SOURCE_HALF } else { words::SOURCE_ALL };
    let (step, all) = (source.beat.step, SOURCE_STEPS);
    let said = words::STEPS.with(lang, &[("step", &number::integer(step)), ("all", &number::integer(all))]);
    let ready = source.phase == Phase::Ready;
    let figure = |part, name: Text, value: String| {
        html! { <div><dt>{ name.get(lang) }</dt><dd data-testid={testid::transfer_source(part)}>{ value }</dd></div> }
    };
    html! {<>
        <p>{ what.get(lang) }</p>
        <p class="small dim">{ words::NETWORK.get(lang) }{ " " }<code>{ text::write(&source.experiment.model) }</code></p>
        <progress class="transfer-bar" max={all.to_string()} value={step.to_string()} aria-label={said.clone()}
            data-testid={testid::transfer_source("bar")}></progress>
        <dl class="figures lab-figures">
            { figure("step", words::STEP, said) }
            { figure("accuracy", words::ACCURACY, percent(source.beat.accuracy.filter(|_| ready))) }
            { figure("loss", words::LOSS, if ready { number::short(f64::from(source.beat.test_loss)) } else { "–".into() }) }
        </dl>
        <p class="lab-trouble" role="status" data-testid={testid::transfer_source("trouble")}>
            { trouble(&source.phase, source.fetching, source.beat.diverged, lang) }</p>
        if source.weights.is_some() { <p class="small dim">{ words::SOURCE_DONE.get(lang) }</p> }
    </>}
}

/// What is wrong with a worker, or what one waits for; empty when all is well.
fn trouble(phase: &Phase, fetching: Option<(u64, u64)>, diverged: bool, lang: Lang) -> String {
    match (phase, fetching) {
        (Phase::Failed(error), _) => error.words(lang),
        (Phase::Loading, Some((got, all))) => {
            let kb = |bytes: u64| number::integer(bytes / 1024);
            lab::FETCHING.with(lang, &[("got", &kb(got)), ("all", &kb(all))])
        }
        (Phase::Loading, None) => lab::LOADING.get(lang).into(),
        (Phase::Ready, _) if diverged => words::DIVERGED.get(lang).into(),
        (Phase::Ready, _) => String::new(),
    }
}

/// The three with their figures.
fn table(state: &TransferState, lang: Lang) -> Html {
    if state.runs.is_empty() {
        return html! { <p class="dim" data-testid={testid::TRANSFER_FINDING}>{ words::NOT_YET.get(lang) }</p> };
    }
    let (accuracy, loss) =
        if state.has_test() { (words::ACCURACY, words::LOSS) } else { (words::ACCURACY_OWN, words::LOSS_OWN) };
    let heads = [words::RUN, words::STEP, accuracy, loss, words::TRAIN_LOSS];
    html! {<>
        <div class="transfer-scroll"><table class="pair-table">
            <thead><tr>{ for heads.iter().map(|h| html! { <th scope="col">{ h.get(lang) }</th> }) }<th></th></tr></thead>
            <tbody>{ for Mode::ALL.into_iter().zip(&state.runs).map(|(mode, run)| row(mode, run, lang)) }</tbody>
        </table></div>
        <p role="status" data-testid={testid::TRANSFER_FINDING}>{ finding(state, lang) }</p>
    </>}
}

fn row(mode: Mode, run: &Run, lang: Lang) -> Html {
    let beat = run.latest();
    let cell =
        |part: &str, value: String| html! { <td data-testid={testid::transfer_run(part, mode.name())}>{ value }</td> };
    let short = |v: Option<f32>| v.map_or("–".into(), |v| number::short(f64::from(v)));
    let said = trouble(&run.phase, run.fetching, beat.is_some_and(|b| b.diverged), lang);
    let href = format!("#/play?x={}", link::pack(&run.experiment));
    html! {<>
        <tr>
            <th scope="row">{ words::run(mode.name()).get(lang) }</th>
            { cell("step", number::integer(run.step())) }
            { cell("accuracy", percent(beat.and_then(|b| b.accuracy))) }
            { cell("loss", short(beat.map(|b| b.test_loss))) }
            { cell("train-loss", short(beat.and_then(|b| b.train_loss))) }
            <td><a class="quiet small" {href} data-testid={testid::transfer_run("open", mode.name())}
                aria-label={format!("{}: {}", words::run(mode.name()).get(lang), words::OPEN.get(lang))}
                title={words::OPEN_HELP.get(lang)}>{ icon(Sign::Open) }</a></td>
        </tr>
        if !said.is_empty() {
            <tr><td class="lab-trouble" colspan="6" data-testid={testid::transfer_run("trouble", mode.name())}>{ said }</td></tr>
        }
    </>}
}

/// Frozen beside from scratch, in a sentence.
fn finding(state: &TransferState, lang: Lang) -> String {
    let of = |mode: Mode| state.run(mode).and_then(Run::latest).and_then(|b| Some((b.step, b.accuracy?)));
    let (Some((step, frozen)), Some((_, scratch))) = (of(Mode::Frozen), of(Mode::Scratch)) else {
        return String::new();
    };
    if !state.has_test() || step == 0 {
        return String::new();
    }
    let points = 100.0 * f64::from(frozen - scratch);
    let (step, shown) = (number::integer(step), number::fixed(points.abs(), 1));
    let facts = [("step", step.as_str()), ("points", shown.as_str())];
    match points {
        p if p.abs() < 0.05 => words::EVEN.with(lang, &facts),
        p if p > 0.0 => words::AHEAD.with(lang, &facts),
        _ => words::BEHIND.with(lang, &facts),
    }
}

//! The page of a program: which there are, what goes wrong, both halves with their figures, and what lies between them.
//!
//! Not responsible for the chart (`chart.rs`).

use super::address;
use super::chart::Losses;
use super::state::{Half, PairMsg, PairState};
use crate::i18n::primers::formulas;
use crate::i18n::{Lang, Text, doctor as texts, lab, primers as words, transport};
use crate::spec::preset::primers::{self, Figure, Program};
use crate::spec::task::Metric;
use crate::spec::{link, text};
use crate::ui::doctor::limits::AGE_MIN;
use crate::ui::doctor::{Finding, Kind};
use crate::ui::icons::{Sign, icon};
use crate::ui::panels::Panel;
use crate::ui::panels::doctor::words as found;
use crate::ui::plots::number;
use crate::ui::rooms::lab::setup::Which;
use crate::ui::rooms::lab::state::Phase;
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Room`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct RoomProps {
    /// Everything the page knows.
    pub state: Rc<PairState>,
    /// Where messages go.
    pub emit: Callback<PairMsg>,
    /// Language.
    pub lang: Lang,
}

/// See the module.
#[component]
pub fn Room(props: &RoomProps) -> Html {
    let RoomProps { state, lang, .. } = props;
    html! {
        <main id="lab" class="laboratory" tabindex="-1" data-testid={testid::PAIR}>
            { head(state, *lang) }
            { bar(props) }
            <div class="lab-sides">{ for Which::BOTH.into_iter().map(|which| half(state, which, *lang)) }</div>
            <div class="lab-pair">
                <Panel id={testid::PAIR_LOSS} title={words::LOSSES.get(*lang)} what={words::LOSSES_WHAT.get(*lang)} enlarge=true
                    export=true>
                    <Losses state={state.clone()} lang={*lang} />
                </Panel>
                <Panel id={testid::PAIR_BETWEEN} title={words::BETWEEN.get(*lang)}>{ between(state, *lang) }</Panel>
            </div>
            { corrected(*lang) }
        </main>
    }
}

/// The six, and what goes wrong in the one that is shown.
fn head(state: &PairState, lang: Lang) -> Html {
    let title = |p: &Program| {
        let facts = [("name", p.name.to_uppercase()), ("what", words::program(p.name).name.get(lang).to_string())];
        words::PROGRAM.with(lang, &facts.each_ref().map(|(k, v)| (*k, v.as_str())))
    };
    let one = |p: &'static Program| {
        let current = (p == state.program).then_some("page");
        html! {
            <a class="button" href={address::write(p)} data-testid={testid::pair_program(p.name)} aria-current={current}>
                { title(p) }
            </a>
        }
    };
    html! {
        <div class="lab-head">
            <h2 class="lab-title">{ words::TITLE.get(lang) }</h2>
            <p class="lab-lead">{ words::LEAD.get(lang) }</p>
            <nav class="lab-stories" aria-label={words::PROGRAMS.get(lang)}>{ for primers::all().iter().map(one) }</nav>
            if let Some(name) = &state.refused {
                <p class="lab-trouble" role="alert" data-testid={testid::PAIR_REFUSED}>{ words::REFUSED.with(lang, &[("name", name)]) }</p>
            }
            <p class="lab-lead" role="status" data-testid={testid::PAIR_WRONG}>{ words::program(state.program.name).wrong.get(lang) }</p>
        </div>
    }
}

fn bar(props: &RoomProps) -> Html {
    let RoomProps { state, emit, lang } = props;
    let send = |msg: PairMsg| emit.reform(move |_: MouseEvent| msg.clone());
    let (id, sign, label) = if state.playing {
        (testid::PAIR_PAUSE, Sign::Pause, transport::PAUSE.get(*lang))
    } else {
        (testid::PAIR_PLAY, Sign::Play, transport::PLAY.get(*lang))
    };
    let button = |id, word: Text, help: Text, msg| {
        html! {
            <button type="button" class="button" data-testid={id} title={help.get(*lang)} onclick={send(msg)}>{ word.get(*lang) }</button>
        }
    };
    html! {
        <div class="lab-bar" role="group" aria-label={words::BAR.get(*lang)}>
            <button type="button" class="play" data-testid={id} aria-label={label} title={label}
                onclick={send(PairMsg::TogglePlay)}>{ icon(sign) }</button>
            <div class="moves">
                { button(testid::PAIR_STEP, transport::STEP, transport::STEP_HELP, PairMsg::Step) }
                { button(testid::PAIR_RESET, transport::RESET, transport::RESET_HELP, PairMsg::Reset) }
            </div>
        </div>
    }
}

/// One half: what it is, its network, how it fares, what is found.
fn half(state: &PairState, which: Which, lang: Lang) -> Html {
    let half = state.half(which);
    let (letter, status) = (which.letter(), &half.frame.frame.status);
    let figure = |part: &str, name: Text, value: Option<String>| {
        html! { <div><dt>{ name.get(lang) }</dt><dd data-testid={testid::pair_half(letter, part)}>{ value.unwrap_or("–".into()) }</dd></div> }
    };
    let short = |v: Option<f32>| v.map(|v| number::short(f64::from(v)));
    let metric = half.experiment.task.kind.metric();
    let tested = status.test_metric.map(f64::from);
    let train = half.figure(Figure::TrainLoss).map(number::short);
    let href = format!("#/play?x={}", link::pack(&half.experiment));
    let tools = html! {
        <a class="quiet small" href={href} data-testid={testid::pair_half(letter, "open")}>{ words::OPEN.get(lang) }</a>
    };
    html! {
        <Panel id={testid::PAIR_HALVES[which.index()]} title={words::half(which.index()).get(lang)} {tools}>
            <p>{ words::program(state.program.name).halves[which.index()].get(lang) }</p>
            <p class="small dim">{ words::NETWORK.get(lang) }{ " " }<code>{ text::write(&half.experiment.model) }</code></p>
            <dl class="figures lab-figures">
                { figure("step", words::STEP, Some(number::integer(status.step))) }
                { figure("train-loss", words::TRAIN_LOSS, train) }
                { figure("test-loss", words::TEST_LOSS, short(status.test_loss)) }
                if metric == Metric::Accuracy { { figure("accuracy", words::ACCURACY, tested.map(number::percent)) } }
                if metric == Metric::R2 { { figure("r2", words::R2, tested.map(number::short)) } }
            </dl>
            <p class="lab-trouble" role="status" data-testid={testid::pair_half(letter, "trouble")}>{ trouble(half, lang) }</p>
            { findings(half, letter, lang) }
        </Panel>
    }
}

/// What is wrong with a worker, or what one waits for; empty when all is well.
fn trouble(half: &Half, lang: Lang) -> String {
    match (&half.phase, half.fetching, &half.frame.frame.status.diverged) {
        (Phase::Failed(error), _, _) => error.words(lang),
        (Phase::Loading, Some((got, all)), _) => {
            let kb = |bytes: u64| number::integer(bytes / 1024);
            lab::FETCHING.with(lang, &[("got", &kb(got)), ("all", &kb(all))])
        }
        (Phase::Loading, None, _) => lab::LOADING.get(lang).into(),
        (Phase::Ready, _, Some(d)) => {
            let (step, back) = (number::integer(d.step), number::integer(d.back_to));
            lab::DIVERGED.with(lang, &[("step", &step), ("value", &d.value), ("back", &back)])
        }
        (Phase::Ready, _, None) => String::new(),
    }
}

/// What the doctor finds in a half, each with the number that it was judged by.
fn findings(half: &Half, letter: &str, lang: Lang) -> Html {
    let all = &half.doctor.findings;
    if all.is_empty() {
        let said = if half.doctor.vitals.age() < AGE_MIN { words::EARLY } else { words::WELL };
        return html! { <p class="dim small" data-testid={testid::pair_half(letter, "doctor")}>{ said.get(lang) }</p> };
    }
    let one = |f: &Finding| {
        let (name, what) = name_of(f.kind);
        // A finding of one layer names it in its own panel; here the kind is the matter.
        let what = what.with(lang, &[("layer", f.layer.as_deref().unwrap_or_default())]);
        let judged = f
            .evidence
            .first()
            .map(|e| format!("{}: {}", found::measure(e.measure).get(lang), found::value_word(e, lang)));
        html! {
            <li data-testid={testid::pair_finding(letter, f.kind.name())}>
                <b>{ name.get(lang) }</b>{ " " }{ what }
                { for judged.map(|said| html! { <span class="dim small">{ " " }{ said }</span> }) }
            </li>
        }
    };
    html! {
        <div data-testid={testid::pair_half(letter, "doctor")}>
            <p class="small">{ words::FOUND.get(lang) }</p>
            <ul class="pair-findings">{ for all.iter().map(one) }</ul>
        </div>
    }
}

/// Formulas that primers print wrongly.
fn corrected(lang: Lang) -> Html {
    let one = |f: &formulas::Formula| html! { <><dt><code>{ f.signs }</code></dt><dd>{ f.why.get(lang) }</dd></> };
    html! {
        <Panel id={testid::PAIR_FORMULAS} title={formulas::TITLE.get(lang)}>
            <dl class="pair-formulas">{ for formulas::ALL.iter().map(one) }</dl>
        </Panel>
    }
}

fn name_of(kind: Kind) -> (Text, Text) {
    texts::finding(kind.name())
}

/// The figure of both, what it is set against, and what is found as written only.
fn between(state: &PairState, lang: Lang) -> Html {
    let (said, figure) = (words::program(state.program.name), state.program.figure);
    let value = |which: Which| {
        let v = state.half(which).figure(figure);
        let shown = v.map(|v| if figure == Figure::Accuracy { number::percent(v) } else { number::short(v) });
        html! {
            <tr><th scope="row">{ words::half(which.index()).get(lang) }</th>
                <td data-testid={testid::pair_half(which.letter(), "figure")}>{ shown.unwrap_or("–".into()) }</td></tr>
        }
    };
    let reference = said.reference.map(|(v, what)| {
        let shown = if figure == Figure::Accuracy { number::percent(v) } else { number::short(v) };
        html! { <tr><th scope="row">{ what.get(lang) }</th><td data-testid={testid::PAIR_REFERENCE}>{ shown }</td></tr> }
    });
    let kinds = |which: Which| state.half(which).doctor.findings.iter().map(|f| f.kind).collect::<Vec<_>>();
    let meant = kinds(Which::B);
    let only: Vec<&str> =
        kinds(Which::A).into_iter().filter(|k| !meant.contains(k)).map(|k| name_of(k).0.get(lang)).collect();
    let finding = if only.is_empty() {
        words::NOTHING_BETWEEN.get(lang).to_string()
    } else {
        words::ONLY_WRITTEN.with(lang, &[("names", &only.join(", "))])
    };
    html! {<>
        <table class="pair-table"><caption>{ said.figure.get(lang) }</caption>
            <tbody>{ value(Which::A) }{ value(Which::B) }{ for reference }</tbody></table>
        <p role="status" data-testid={testid::PAIR_FINDING}>{ finding }</p>
    </>}
}

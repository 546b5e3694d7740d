//! Messages to be read: problems of the experiment as it is edited, refusals, divergence, a restarted worker.
//!
//! Not responsible for the words (`i18n`) nor for marking the card or field concerned (the panels do that as well).

use super::icons::{Sign, icon};
use super::pasted;
use super::plots::number;
use super::state::offline::OfflineMsg;
use super::state::{DoctorMsg, EditMsg, Msg, Notice, PageMsg};
use super::testid;
use crate::i18n::{Lang, between, card, offline, pasted as pasted_words, places, problems, shell, truth};
use crate::protocol::Diverged;
use crate::spec::code::Pasted;
use crate::spec::shape::show;
use crate::spec::{Fix, OptimizerSpec, Problem};
use crate::ui::doctor;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Notices`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct NoticesProps {
    /// Language of the page.
    pub lang: Lang,
    /// To be read.
    pub notice: Option<Notice>,
    /// Problems of the edited experiment.
    pub problems: Rc<Vec<Problem>>,
    /// Whether a newer version waits, and a network trains meanwhile.
    pub update: Option<bool>,
    /// Whether the worker died too often to be started again by itself.
    pub dead: bool,
    /// What the doctor offers against divergence, if it has looked; a lower rate else.
    pub remedy: Option<doctor::Remedy>,
    /// The optimizer, for a remedy that changes it.
    pub optimizer: OptimizerSpec,
    /// Where messages go.
    pub emit: Callback<Msg>,
}

/// More problems than this are only counted.
const SHOWN: usize = 6;

/// The messages, in a region that readers announce politely.
#[component]
pub fn Notices(props: &NoticesProps) -> Html {
    let lang = props.lang;
    html! {
        <div class="notices" role="region" aria-live="polite" aria-label={shell::NOTICES.get(lang)}>
            if !props.problems.is_empty() {
                <div class="notice warn brief" data-testid={testid::PROBLEM_LIST}>
                    { icon(Sign::Warning) }
                    <div class="notice-body">
                        <span class="place">{ shell::PROBLEMS.get(lang) }</span>{ list(props, &props.problems, true) }
                    </div>
                </div>
            }
            { for props.notice.as_ref().map(|n| notice(props, n)) }
            { for props.update.map(|playing| newer(props, playing)) }
        </div>
    }
}

/// Each problem with its place, what is wrong and what to do; with its remedy where it has one.
fn list(props: &NoticesProps, found: &[Problem], fixable: bool) -> Html {
    let lang = props.lang;
    let item = |(i, p): (usize, &Problem)| {
        let (what, hint) = problems::problem_at(lang, &p.path, &p.code_name(), &p.args);
        let place = places::place(lang, &p.path);
        let button = p.fix.clone().filter(|_| fixable).map(|fix| {
            let emit = props.emit.clone();
            let label = fix_label(lang, &fix);
            let onclick = move |_| emit.emit(Msg::Edit(EditMsg::Fix(fix.clone())));
            html! {
                <div class="actions">
                    <button type="button" class="button" data-testid={testid::problem_fix(i)} {onclick}>{ label }</button>
                </div>
            }
        });
        html! {
            <li>
                if !place.is_empty() { <div class="place">{ place }</div> }
                <span>{ what }</span>
                if !fixable { { between(lang) }<span class="dim">{ hint }</span> }
                { for button }
            </li>
        }
    };
    let more = found.len().saturating_sub(SHOWN);
    html! {
        <ul>
            { for found.iter().take(SHOWN).enumerate().map(item) }
            if more > 0 { <li class="dim">{ format!("+ {more}") }</li> }
        </ul>
    }
}

/// Findings in words, with what to do about each.
pub fn found(lang: Lang, found: &[Problem]) -> Html {
    let item = |p: &Problem| {
        let (what, hint) = problems::problem_at(lang, &p.path, &p.code_name(), &p.args);
        let place = places::place(lang, &p.path);
        html! { <li>if !place.is_empty() { <div class="place">{ place }</div> }<span>{ what }</span>{ between(lang) }<span class="dim">{ hint }</span></li> }
    };
    let more = found.len().saturating_sub(SHOWN);
    html! { <ul>{ for found.iter().take(SHOWN).map(item) }if more > 0 { <li class="dim">{ format!("+ {more}") }</li> }</ul> }
}

/// What a remedy does, on its button.
pub fn fix_label(lang: Lang, fix: &Fix) -> String {
    match fix {
        Fix::InsertFlatten { .. } => shell::FIX_FLATTEN.get(lang).into(),
        Fix::InsertReshape { shape, .. } => shell::FIX_RESHAPE.with(lang, &[("shape", &show(shape))]),
        Fix::InsertEmbedding { .. } => shell::FIX_EMBEDDING.get(lang).into(),
        Fix::ReturnSequences { .. } => shell::FIX_SEQUENCES.get(lang).into(),
        Fix::SetUnits { units: None, .. } => shell::FIX_UNITS_AUTO.get(lang).into(),
        Fix::SetUnits { units: Some(n), .. } => shell::FIX_UNITS.with(lang, &[("n", &n.to_string())]),
        Fix::SetHeads { heads, .. } => shell::FIX_HEADS.with(lang, &[("n", &heads.to_string())]),
        Fix::RemoveLayer { .. } => shell::FIX_REMOVE.get(lang).into(),
        Fix::SetLoss { loss } => shell::FIX_LOSS.with(lang, &[("loss", loss)]),
        Fix::Project { units, .. } => shell::FIX_PROJECT.with(lang, &[("n", &units.to_string())]),
        Fix::PadSame { .. } => shell::FIX_PAD.get(lang).into(),
        Fix::SetGroups { groups, .. } => shell::FIX_GROUPS.with(lang, &[("n", &groups.to_string())]),
        Fix::Unfreeze { .. } => shell::FIX_UNFREEZE.get(lang).into(),
        Fix::AppendDense => shell::FIX_APPEND.get(lang).into(),
    }
}

fn notice(props: &NoticesProps, notice: &Notice) -> Html {
    let lang = props.lang;
    let (class, sign, body) = match notice {
        Notice::Diverged(d) => ("notice error", Sign::Warning, diverged(props, d)),
        Notice::WorkerRestarted { step, message } => {
            let text = if props.dead {
                shell::DEAD.get(lang).to_string()
            } else {
                shell::RESTARTED.with(lang, &[("step", &number::integer(*step))])
            };
            let said = (!message.is_empty()).then(|| shell::SAID.with(lang, &[("message", message)]));
            (
                "notice warn",
                Sign::Warning,
                html! { <>{ text }{ for said.map(|s| html! { <div class="place">{ s }</div> }) }</> },
            )
        }
        Notice::Refused(found) => {
            ("notice error", Sign::Warning, html! { <>{ shell::REFUSED.get(lang) }{ list(props, found, false) }</> })
        }
        Notice::Pasted(read) => ("notice", Sign::Info, read_from_code(read, lang)),
        Notice::CardLost(why) => {
            let words = card::LOST.with(lang, &[("why", &card::fault(lang, why))]);
            ("notice error", Sign::Warning, html! { { words } })
        }
        Notice::Onnx { layers, notes } => (
            "notice",
            Sign::Info,
            html! { <div data-testid={testid::FROM_ONNX}>{ pasted::from_onnx(*layers, notes, lang) }</div> },
        ),
        Notice::LinkStartsAfresh => ("notice", Sign::Info, html! { { truth::LINK_STARTS_AFRESH.get(lang) } }),
        Notice::LinkCopied => ("notice", Sign::Info, html! { { shell::LINK_COPIED.get(lang) } }),
    };
    let dismiss = {
        let emit = props.emit.clone();
        move |_| emit.emit(Msg::Page(PageMsg::Dismiss))
    };
    let label = shell::DISMISS.get(lang);
    html! {
        <div {class} data-testid={testid::NOTICE}>
            { icon(sign) }
            <div class="notice-body">{ body }</div>
            <button type="button" class="quiet" data-testid={testid::NOTICE_DISMISS} aria-label={label} title={label}
                onclick={dismiss}>{ icon(Sign::Cross) }</button>
        </div>
    }
}

/// What was read from code, and in what the network differs from it.
fn read_from_code(read: &Pasted, lang: Lang) -> Html {
    let more = read.notes.len().saturating_sub(SHOWN);
    html! {
        <div data-testid={testid::PASTED}>
            <div>{ pasted::read(read, lang) }</div>
            if !read.notes.is_empty() {
                <ul>
                    { for read.notes.iter().take(SHOWN).map(|n| html! { <li>{ pasted::say(n, lang) }</li> }) }
                    if more > 0 { <li class="dim">{ pasted_words::MORE.with(lang, &[("n", &more.to_string())]) }</li> }
                </ul>
            }
        </div>
    }
}

/// A newer version waits; it is taken when nothing trains.
fn newer(props: &NoticesProps, playing: bool) -> Html {
    let lang = props.lang;
    let onclick = props.emit.reform(|_: MouseEvent| Msg::Page(PageMsg::Offline(OfflineMsg::Take)));
    html! {
        <div class="notice" data-testid={testid::UPDATE}>
            { icon(Sign::Info) }
            <div class="notice-body">
                { if playing { offline::UPDATE_LATER } else { offline::UPDATE }.get(lang) }
                if !playing {
                    <div class="actions">
                        <button type="button" class="button" data-testid={testid::UPDATE_TAKE} {onclick}>{ offline::TAKE.get(lang) }</button>
                    </div>
                }
            </div>
        </div>
    }
}

/// What happened, why it usually does, and a lower learning rate at one click.
fn diverged(props: &NoticesProps, d: &Diverged) -> Html {
    let lang = props.lang;
    let value = match d.value.strip_prefix("layers.").and_then(|r| r.split('.').next()) {
        Some(index) => places::place(lang, &format!("model.layers[{index}]")),
        None => d.value.clone(),
    };
    let lr = number::short(f64::from(d.lr));
    let facts = [("step", number::integer(d.step)), ("value", value), ("back", number::integer(d.back_to)), ("lr", lr)];
    let facts: Vec<(&str, &str)> = facts.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let norm = d.grad_norm.map(|n| shell::DIVERGED_NORM.with(lang, &[("norm", &number::short(f64::from(n)))]));
    // The schedule may have moved the rate; what can be set is the optimizer's.
    let lower = || doctor::Remedy::Rate { lr: doctor::remedy::lower_rate(&props.optimizer), anew: false };
    let remedy = props.remedy.clone().unwrap_or_else(lower);
    let label = match &remedy {
        doctor::Remedy::Rate { lr, .. } => shell::LOWER_LR.with(lang, &[("lr", &number::short(*lr))]),
        _ => shell::FIX.get(lang).into(),
    };
    let remedy = {
        let emit = props.emit.clone();
        move |_| emit.emit(Msg::Doctor(DoctorMsg::Remedy(doctor::Kind::Diverged, remedy.clone())))
    };
    html! {
        <>
            <div>{ shell::DIVERGED.with(lang, &facts) }{ for norm.map(|n| format!("{}{n}", between(lang))) }</div>
            <div class="dim">{ shell::DIVERGED_WHY.with(lang, &facts) }</div>
            <div class="actions">
                <button type="button" class="button" data-testid={testid::NOTICE_REMEDY} onclick={remedy}>
                    { label }
                </button>
            </div>
        </>
    }
}

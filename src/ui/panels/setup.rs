//! How it is trained: loss, optimizer, learning-rate schedule, clipping, batches, penalties, seed.
//!
//! Hyper-parameters apply while training runs. Not responsible for changing anything: it shows the state and emits
//! messages.

mod classes;
mod dice;
mod loss;
mod optimizer;
mod parts;
mod rate;
mod schedule;
mod task;
mod training;

use super::{Panel, PanelProps};
use crate::i18n::setup::ControlText;
use crate::i18n::{Lang, Text, guide, shell};
use crate::spec::{Experiment, OptimizerSpec, Problem, TrainingSpec};
use crate::ui::form::scale::{Limits, Scale};
use crate::ui::form::{NumberField, messages};
use crate::ui::hooks::use_stages;
use crate::ui::later::later;
use crate::ui::parts::tools::Tools;
use crate::ui::same::Same;
use crate::ui::state::rate::RateNote;
use crate::ui::state::{EditMsg, Msg};
use crate::ui::testid;
use yew::prelude::*;

/// What every group of the panel gets.
#[derive(Clone, PartialEq, Properties)]
pub struct GroupProps {
    /// Language.
    pub lang: Lang,
    /// What the learner edits.
    pub experiment: Same<Experiment>,
    /// What is wrong with it.
    pub problems: Same<Vec<Problem>>,
    /// What became of the learning rate with another optimizer.
    pub rate_note: Option<RateNote>,
    /// Where messages go.
    pub emit: Callback<Msg>,
}

/// The panel.
#[component]
pub fn SetupPanel(props: &PanelProps) -> Html {
    let state = &props.state;
    let group = GroupProps {
        lang: state.page.lang,
        experiment: Same(state.edit.experiment.clone()),
        problems: Same(state.edit.problems.clone()),
        rate_note: state.edit.rate_note.clone().filter(|n| n.optimizer == state.edit.experiment.optimizer),
        emit: props.emit.clone(),
    };
    let stage = use_stages(4);
    let lr_now = state.run.status.lr;
    html! {
        <Panel id={testid::PANEL_SETUP} title={shell::PANEL_SETUP.get(state.page.lang)}>
            <div class="setup">
                <optimizer::OptimizerGroup ..group.clone() />
                if stage > 0 { <training::FirstGroup ..group.clone() /> }
                if stage > 1 { { more(&group, stage, lr_now) } }
            </div>
        </Panel>
    }
}

/// What is seldom changed; open by itself when something in it is wrong.
fn more(group: &GroupProps, stage: usize, lr_now: f32) -> Html {
    let seen = |path: &str| {
        ["optimizer.lr", "optimizer.type", "optimizer.momentum", "training.batch", "training.l2"].contains(&path)
            || path.starts_with("task.") && path != "task.loss"
    };
    let own = |path: &str| ["optimizer", "training", "task", "seed"].iter().any(|p| path.starts_with(p));
    let wrong = group.problems.iter().any(|p| own(&p.path) && !seen(&p.path));
    html! {
        <details class="fold setup-more" open={wrong}>
            <summary data-testid={testid::SETUP_MORE}><span>{ guide::MORE_TRAINING.get(group.lang) }</span></summary>
            { later(Tools::Setup(Rare { group: group.clone(), stage, lr_now })) }
        </details>
    }
}

/// What of the panel comes later: the settings that are seldom changed.
#[derive(Clone, PartialEq)]
pub struct Rare {
    group: GroupProps,
    stage: usize,
    lr_now: f32,
}

/// Those settings.
pub fn rare(part: Rare) -> Html {
    let Rare { group, stage, lr_now } = part;
    html! {
        <>
            <task::TaskGroup ..group.clone() />
            <optimizer::RestGroup ..group.clone() />
            <parts::PartsGroup ..group.clone() />
            <training::BatchGroup ..group.clone() />
            if stage > 2 {
                // Heads have losses of their own, and views have one.
                if !group.experiment.task.kind.has_own_loss() { <loss::LossGroup ..group.clone() /> }
                <training::PenaltyGroup ..group.clone() />
            }
            if stage > 3 {
                <schedule::ScheduleGroup group={group.clone()} {lr_now} />
                <optimizer::ClipGroup ..group.clone() />
            }
        </>
    }
}

impl GroupProps {
    /// What is wrong at a path.
    fn at(&self, path: &str) -> Vec<AttrValue> {
        messages(&self.problems, self.lang, path)
    }

    /// A callback that changes one thing of the optimizer.
    fn on_optimizer<T: 'static>(&self, set: impl Fn(&mut OptimizerSpec, T) + 'static) -> Callback<T> {
        let (experiment, emit) = (self.experiment.clone(), self.emit.clone());
        Callback::from(move |value: T| {
            let mut spec = experiment.optimizer.clone();
            set(&mut spec, value);
            emit.emit(Msg::Edit(EditMsg::Optimizer(spec)));
        })
    }

    /// A callback that changes one thing of batches and penalties.
    fn on_training<T: 'static>(&self, set: impl Fn(&mut TrainingSpec, T) + 'static) -> Callback<T> {
        let (experiment, emit) = (self.experiment.clone(), self.emit.clone());
        Callback::from(move |value: T| {
            let mut spec = experiment.training.clone();
            set(&mut spec, value);
            emit.emit(Msg::Edit(EditMsg::Training(spec)));
        })
    }
}

/// One number of a group.
struct Number {
    id: AttrValue,
    text: ControlText,
    value: f64,
    limits: Limits,
    scale: Option<Scale>,
    /// JSON path, for what is wrong.
    path: AttrValue,
}

impl Number {
    /// With a label of its own, where the text's is only a pattern.
    fn labelled(self, group: &GroupProps, label: String, onchange: Callback<f64>) -> Html {
        html! {
            <NumberField id={self.id} lang={group.lang} {label} help={self.text.help.get(group.lang)}
                value={self.value} limits={self.limits} scale={self.scale} problems={group.at(&self.path)} {onchange} />
        }
    }

    fn view(self, group: &GroupProps, onchange: Callback<f64>) -> Html {
        html! {
            <NumberField id={self.id} lang={group.lang} label={self.text.label.get(group.lang)} help={self.text.help.get(group.lang)}
                value={self.value} limits={self.limits} scale={self.scale} problems={group.at(&self.path)} {onchange} />
        }
    }
}

/// A group that is folded away until it is wanted, with what is in force in it. It opens by itself when something in it
/// is wrong.
fn folded(title: &'static str, now: &str, wrong: bool, content: Html) -> Html {
    html! {
        <details class="fold" open={wrong}>
            <summary><span>{ title }</span><b>{ now.to_string() }</b></summary>
            <div class="fields">{ content }</div>
        </details>
    }
}

/// The text of a control whose name comes from the spec; a test of `i18n::setup` holds the two together.
fn words_of(found: Option<ControlText>, name: &'static str) -> ControlText {
    found.unwrap_or(ControlText { label: Text { en: name, zh: name }, help: Text { en: name, zh: name } })
}

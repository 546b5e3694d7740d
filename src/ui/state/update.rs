//! The one transition function of the page. Pure: the same state and message always give the same result.
//!
//! Not responsible for what a theme's messages do in detail: edits (`edit.rs`), the run (`run.rs`), the worker's words
//! (`incoming.rs`).

use super::{Effect, KeptRun, Msg, Notice, State, edit, files, incoming, notice, offline, queries, run};
use crate::spec::{Experiment, text};
use std::rc::Rc;

/// Runs kept at once; more lines than that cannot be told apart.
pub const KEPT_MAX: usize = 12;

/// The next state and the effects to carry out, in order.
pub fn update(state: &State, msg: Msg) -> (State, Vec<Effect>) {
    if !files::hears(state, &msg) {
        return (state.clone(), Vec::new());
    }
    let mut next = state.clone();
    let mut effects = apply(&mut next, msg.clone());
    files::follow(state, &mut next, &msg, &mut effects);
    (next, effects)
}

fn apply(s: &mut State, msg: Msg) -> Vec<Effect> {
    if s.notice.as_ref().is_some_and(|n| notice::is_over(n, &msg)) {
        s.notice = None;
    }
    match msg {
        Msg::Lang(lang) => {
            s.lang = lang;
            return vec![Effect::Remember];
        }
        Msg::Theme(theme) => {
            s.theme = theme;
            return vec![Effect::Remember];
        }
        Msg::Projector(on) => {
            s.projector = on;
            return vec![Effect::Remember];
        }
        Msg::Try(trial) => return edit::attempt(s, trial),
        Msg::HintRead => s.tried = None,
        Msg::Pick(picked) => s.picked = picked,
        Msg::LookAt(example) => s.example = Rc::new(example),
        Msg::CurveLog(log) => s.curve_view.log = log,
        Msg::CurveSmoothing(smoothing) => s.curve_view.smoothing = smoothing.clamp(0.0, 0.99),
        Msg::CurveShow(show) => s.curve_view.show = show,
        Msg::OutputHard(hard) => s.output_view.hard = hard,
        Msg::OutputTestPoints(on) => s.output_view.test_points = on,
        Msg::KeepRun => keep_run(s),
        Msg::ShowKept(i, shown) => {
            if let Some(run) = Rc::make_mut(&mut s.kept).get_mut(i) {
                run.shown = shown;
            }
        }
        Msg::DropKept(i) => {
            if i < s.kept.len() {
                Rc::make_mut(&mut s.kept).remove(i);
            }
        }
        Msg::Share => {
            let apart = s.status.carried.is_some() || s.status.edited;
            s.notice = Some(if apart { Notice::LinkStartsAfresh } else { Notice::LinkCopied });
            return vec![Effect::Hash, Effect::CopyLink];
        }
        Msg::Query(msg) => return queries::apply(s, msg),
        Msg::Save => return files::save(s),
        Msg::Files(msg) => return files::apply(s, msg),
        Msg::Offline(msg) => return offline::apply(s, msg),
        Msg::Refuse(problems) => s.notice = Some(Notice::Refused(problems)),
        Msg::Dismiss => s.notice = None,
        Msg::Examine(on) => s.doctor.open = on,

        Msg::TogglePlay => return run::toggle(s),
        Msg::Step => return run::step(s),
        Msg::Epoch => return run::epoch(s),
        Msg::Reset => return run::reset(s),
        Msg::Speed(speed) => return run::speed(s, speed),
        Msg::Until(until) => return run::until(s, until),
        Msg::Seek(step) => return run::seek(s, step),
        Msg::WriteWeight { name, index, value } => return run::write_weight(s, name, index, value),

        Msg::Fetching(got, all) => s.fetching = (got < all).then_some((got, all)),
        Msg::Loaded(data) => return incoming::loaded(s, data),
        Msg::Failed(failure) => return incoming::failed(s, failure),
        Msg::Frame(frame) => {
            incoming::frame(s, &frame);
            return edit::relapse(s);
        }
        Msg::WorkerDied(message) => return incoming::worker_died(s, message),

        Msg::KeepWeights(keep) => s.keep_weights = keep,
        Msg::CarryWeights(carry) => s.carry_weights = carry,
        edit @ (Msg::Data(_)
        | Msg::Seed(_)
        | Msg::AddLayer { .. }
        | Msg::RemoveLayer(_)
        | Msg::MoveLayer { .. }
        | Msg::SetLayer { .. }
        | Msg::Freeze { .. }
        | Msg::SetLayers(_)
        | Msg::SetModel(_)
        | Msg::Paste(_)
        | Msg::Fix(_)
        | Msg::Remedy(..)
        | Msg::Task(_)
        | Msg::ChooseTask(_)
        | Msg::Optimizer(_)
        | Msg::OptimizerKind(_)
        | Msg::UsualRate
        | Msg::Training(_)
        | Msg::Open(_)) => return edit::edit(s, edit),
        Msg::Undo => return edit::undo(s),
        Msg::Untreat => return edit::untreat(s),
        Msg::Redo => return edit::redo(s),
    }
    Vec::new()
}

/// Keeps this run's curves for comparison, under the model's text; the oldest goes when there are too many.
pub(super) fn keep_run(s: &mut State) {
    if s.curves.is_empty() {
        return;
    }
    let run = KeptRun {
        label: label(&s.experiment),
        name: String::new(),
        experiment: Some(s.experiment.clone()),
        curves: s.curves.clone(),
        shown: true,
    };
    let kept = Rc::make_mut(&mut s.kept);
    kept.push(run);
    if kept.len() > KEPT_MAX {
        kept.remove(0);
    }
}

fn label(experiment: &Experiment) -> String {
    text::write(&experiment.model)
}

#[cfg(test)]
mod tests;

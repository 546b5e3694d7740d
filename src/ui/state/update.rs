//! The one transition function of the page. Pure: the same state and message always give the same result.
//!
//! Not responsible for what a theme's messages do in detail: edits (`edit.rs`), the run (`run.rs`), the worker's words
//! (`incoming.rs`).

use super::{DoctorMsg, Effect, Msg, Notice, PageMsg, State, ViewMsg, edit, files, notice, offline, queries, run};
use std::rc::Rc;

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
    if s.page.notice.as_ref().is_some_and(|n| notice::is_over(n, &msg)) {
        s.page.notice = None;
    }
    match msg {
        Msg::Page(msg) => page(s, msg),
        Msg::Edit(msg) => edit::edit(s, msg),
        Msg::Run(msg) => run::apply(s, msg),
        Msg::View(msg) => view(s, msg),
        Msg::Doctor(msg) => doctor(s, msg),
    }
}

fn page(s: &mut State, msg: PageMsg) -> Vec<Effect> {
    match msg {
        PageMsg::Lang(lang) => {
            s.page.lang = lang;
            return vec![Effect::Remember];
        }
        PageMsg::Theme(theme) => {
            s.page.theme = theme;
            return vec![Effect::Remember];
        }
        PageMsg::Projector(on) => {
            s.page.projector = on;
            return vec![Effect::Remember];
        }
        PageMsg::Try(trial) => return edit::attempt(s, trial),
        PageMsg::HintRead => s.page.tried = None,
        PageMsg::Share => {
            let apart = s.run.status.carried.is_some() || s.run.status.edited;
            s.page.notice = Some(if apart { Notice::LinkStartsAfresh } else { Notice::LinkCopied });
            return vec![Effect::Hash, Effect::CopyLink];
        }
        PageMsg::Save => return files::save(s),
        PageMsg::Files(msg) => return files::apply(s, msg),
        PageMsg::Offline(msg) => return offline::apply(s, msg),
        PageMsg::Refuse(problems) => s.page.notice = Some(Notice::Refused(problems)),
        PageMsg::Dismiss => s.page.notice = None,
    }
    Vec::new()
}

fn view(s: &mut State, msg: ViewMsg) -> Vec<Effect> {
    match msg {
        ViewMsg::Pick(picked) => s.view.picked = picked,
        ViewMsg::LookAt(example) => s.view.example = Rc::new(example),
        ViewMsg::CurveLog(log) => s.view.curve_view.log = log,
        ViewMsg::CurveSmoothing(smoothing) => s.view.curve_view.smoothing = smoothing.clamp(0.0, 0.99),
        ViewMsg::CurveShow(show) => s.view.curve_view.show = show,
        ViewMsg::OutputHard(hard) => s.view.output_view.hard = hard,
        ViewMsg::OutputTestPoints(on) => s.view.output_view.test_points = on,
        ViewMsg::Query(msg) => return queries::apply(s, msg),
    }
    Vec::new()
}

fn doctor(s: &mut State, msg: DoctorMsg) -> Vec<Effect> {
    match msg {
        DoctorMsg::Remedy(kind, remedy) => edit::treat(s, kind, remedy),
        DoctorMsg::Untreat => edit::untreat(s),
        DoctorMsg::Examine(on) => {
            s.doctor.open = on;
            Vec::new()
        }
        DoctorMsg::Hear(ears) => {
            s.doctor.ears = ears;
            Vec::new()
        }
    }
}

#[cfg(test)]
mod tests;

//! Edits of the experiment, with undo. An experiment with problems is shown as it is typed, but the run under way goes
//! on untouched until the problems are gone.
//!
//! Not responsible for layers (`layers.rs`) nor for what a change of data does to the model (`adapt.rs`).

use super::{EditMsg, Effect, Notice, State, adapt, layers, rate, run};
use crate::spec::code::Pasted;
use crate::spec::experiment::TrainingSpec;
use crate::spec::{Backend, Experiment, Problem, preset};
use crate::ui::doctor;
use crate::ui::guide::Trial;
use serde_json::Value;
use std::rc::Rc;

/// Steps of undo kept.
pub const UNDO_MAX: usize = 200;

/// One of the things to try: an edit, a step of undo of its own, and then where to look.
pub(super) fn attempt(s: &mut State, trial: Trial) -> Vec<Effect> {
    let Some(msg) = trial.msg(&s.edit.experiment) else { return Vec::new() };
    s.edit.edited_path = None;
    let effects = change(s, msg);
    s.page.tried = Some(trial);
    effects
}

/// Carries out what is said of the experiment.
pub(super) fn edit(s: &mut State, msg: EditMsg) -> Vec<Effect> {
    match msg {
        EditMsg::KeepWeights(keep) => s.edit.keep_weights = keep,
        EditMsg::CarryWeights(carry) => s.edit.carry_weights = carry,
        EditMsg::Undo => return undo(s),
        EditMsg::Redo => return redo(s),
        msg => return change(s, msg),
    }
    Vec::new()
}

/// Makes another experiment of the present one.
fn change(s: &mut State, msg: EditMsg) -> Vec<Effect> {
    s.page.tried = None;
    let mut e = Experiment::clone(&s.edit.experiment);
    let mut update = true;
    match msg {
        EditMsg::Data(data) => e = adapt::to_data(s, data),
        EditMsg::Seed(seed) => {
            e.seed = seed;
            // Kept weights would hide what another seed does.
            update = false;
        }
        EditMsg::Task(task) => e.task = task,
        EditMsg::ChooseTask(name) => {
            if let Some(chosen) = preset::for_task(e.data.clone(), e.seed, &name).filter(|c| c.task.kind != e.task.kind)
            {
                // A game in the plane wants batches of its own; other tasks take those there are.
                let own = chosen.training != TrainingSpec::default();
                let training = if own { chosen.training.clone() } else { e.training.clone() };
                e = Experiment { training, backend: e.backend, ..chosen };
                update = false;
            }
        }
        EditMsg::Optimizer(optimizer) => {
            rate::set(s, &optimizer);
            e.optimizer = optimizer;
        }
        EditMsg::OptimizerKind(kind) => {
            e.optimizer = adapt::to_optimizer(s, kind);
            s.edit.rate_note = rate::note(s, &e.optimizer);
        }
        EditMsg::PartOptimizer(part, own) => e.optimizers.set(part, own),
        EditMsg::UsualRate => e.optimizer.lr = Some(rate::usual(&e, e.optimizer.kind)),
        EditMsg::Training(training) => e.training = training,
        EditMsg::Open(opened) => {
            e = *opened;
            s.edit.own_rates = Rc::default();
            s.edit.opened += 1;
            update = false;
        }
        EditMsg::Paste(text, read) => paste(s, &mut e, (read.0)(&text, &s.edit.experiment)),
        other => layers::edit(&mut e, other),
    }
    if e == *s.edit.experiment {
        return Vec::new();
    }
    let path = changed_number(&s.edit.experiment, &e);
    commit(s, e, path, update)
}

/// Reads code into the experiment, and says what came of it.
fn paste(s: &mut State, e: &mut Experiment, read: Result<Pasted, Vec<Problem>>) {
    s.page.notice = Some(match read {
        Ok(pasted) => {
            e.model = pasted.model.clone();
            e.task.loss = pasted.loss.or(e.task.loss);
            Notice::Pasted(Rc::new(pasted))
        }
        Err(problems) => Notice::Refused(problems),
    });
}

/// Something else runs the same experiment.
pub(super) fn choose_backend(s: &mut State, backend: Backend) -> Vec<Effect> {
    if backend == s.edit.experiment.backend {
        return Vec::new();
    }
    let e = Experiment { backend, ..Experiment::clone(&s.edit.experiment) };
    commit(s, e, None, true)
}

/// Puts the edited experiment in the place of the present one, which goes to the steps of undo.
fn commit(s: &mut State, e: Experiment, path: Option<String>, update: bool) -> Vec<Effect> {
    let one_step = s.edit.merge_edits && path.is_some() && path == s.edit.edited_path && !s.edit.undo.is_empty();
    if !one_step {
        s.edit.undo.push(s.edit.experiment.clone());
        let extra = s.edit.undo.len().saturating_sub(UNDO_MAX);
        s.edit.undo.drain(..extra);
    }
    s.edit.edited_path = path;
    s.edit.redo.clear();
    replace(s, Rc::new(e), update)
}

/// The doctor's remedy: a step of undo of its own, however soon it follows another edit.
pub(super) fn treat(s: &mut State, kind: doctor::Kind, remedy: doctor::Remedy) -> Vec<Effect> {
    s.page.tried = None;
    let mut treated = s.doctor.begin(kind, remedy.clone(), &s.edit.experiment);
    if let doctor::Remedy::GoBack { step } = remedy {
        // Nothing is edited: the run itself goes back, and rests.
        s.doctor.treated = Some(treated);
        s.doctor.findings = Rc::default();
        return run::seek(s, step);
    }
    let e = remedy.apply(&s.edit.experiment);
    if e == *s.edit.experiment {
        return Vec::new();
    }
    if matches!(s.page.notice, Some(Notice::Diverged(_))) {
        s.page.notice = None;
    }
    s.doctor.relapse = None;
    // Divergence has paused the run; the remedy is there to go on. Frames of the old run still say that it rests.
    s.doctor.resume = kind == doctor::Kind::Diverged;
    let effects = commit(s, e, None, !remedy.is_anew());
    treated.experiment = s.edit.experiment.clone();
    s.doctor.treated = Some(treated);
    effects
}

/// Takes the remedy just applied back, because the learner wants it.
pub(super) fn untreat(s: &mut State) -> Vec<Effect> {
    let Some(treated) = s.doctor.applied(&s.edit.experiment).cloned() else { return Vec::new() };
    s.doctor.treated = None;
    match treated.remedy {
        doctor::Remedy::GoBack { .. } => run::seek(s, treated.before.step),
        _ => undo(s),
    }
}

/// Takes the remedy just applied back when it has turned out not to help, and says so.
pub(super) fn relapse(s: &mut State) -> Vec<Effect> {
    let Some(treated) = s.doctor.failed(&s.edit.experiment).cloned() else { return Vec::new() };
    let update = !treated.remedy.is_anew();
    let sick = treated.sick.clone();
    if let doctor::Remedy::GoBack { .. } = treated.remedy {
        // Nothing was edited: the run goes on from where it was left.
        let step = treated.before.step;
        s.doctor.took_back(treated, &sick);
        return run::seek(s, step);
    }
    if s.edit.undo.last().is_some_and(|e| Rc::ptr_eq(e, &sick)) {
        s.edit.undo.pop();
    }
    s.edit.redo.push(s.edit.experiment.clone());
    s.edit.edited_path = None;
    let effects = replace(s, sick.clone(), update);
    s.doctor.took_back(treated, &sick);
    effects
}

pub(super) fn undo(s: &mut State) -> Vec<Effect> {
    let Some(earlier) = s.edit.undo.pop() else { return Vec::new() };
    s.edit.redo.push(s.edit.experiment.clone());
    travel(s, earlier)
}

pub(super) fn redo(s: &mut State) -> Vec<Effect> {
    let Some(later) = s.edit.redo.pop() else { return Vec::new() };
    s.edit.undo.push(s.edit.experiment.clone());
    travel(s, later)
}

/// Something that could not be had, data or a backend: back to the last experiment without it, the one that runs, so that
/// the page shows what trains; the first one where there is none.
pub(super) fn take_back(s: &mut State, without: impl Fn(&Experiment) -> bool) -> Vec<Effect> {
    if without(&s.edit.experiment) {
        return Vec::new();
    }
    let earlier = std::iter::from_fn(|| s.edit.undo.pop()).find(|e| without(e));
    travel(s, earlier.unwrap_or_else(|| Rc::new(preset::first())))
}

fn travel(s: &mut State, to: Rc<Experiment>) -> Vec<Effect> {
    s.page.tried = None;
    s.edit.edited_path = None;
    replace(s, to, true)
}

fn replace(s: &mut State, e: Rc<Experiment>, update: bool) -> Vec<Effect> {
    s.edit.problems = Rc::new(e.problems());
    s.edit.experiment = e;
    if !s.edit.problems.is_empty() {
        return Vec::new();
    }
    let update = update && goes_on(s);
    vec![Effect::Run { update }, Effect::Hash]
}

/// Whether the experiment is an edit of what runs: of the network or of what may change while it trains. Other data start
/// from the first weights, unless the learner wants to carry the present ones over; another seed always does.
fn goes_on(s: &State) -> bool {
    let (old, new) = (&s.run.experiment, &s.edit.experiment);
    new.same_but_for_the_network(old) || (s.edit.carry_weights && new.seed == old.seed)
}

/// The path of the one number in which two experiments differ; `None` if they differ in anything else.
fn changed_number(a: &Experiment, b: &Experiment) -> Option<String> {
    let (a, b) = (serde_json::to_value(a).ok()?, serde_json::to_value(b).ok()?);
    let mut found = Vec::new();
    differences(&a, &b, String::new(), &mut found);
    match found.as_slice() {
        [Some(path)] => Some(path.clone()),
        _ => None,
    }
}

/// Files every place where two values differ: its path where two numbers do, `None` for any other difference.
fn differences(a: &Value, b: &Value, path: String, found: &mut Vec<Option<String>>) {
    match (a, b) {
        (Value::Object(x), Value::Object(y)) => {
            for key in x.keys().chain(y.keys().filter(|k| !x.contains_key(*k))) {
                match (x.get(key), y.get(key)) {
                    (Some(v), Some(w)) => differences(v, w, format!("{path}.{key}"), found),
                    // A number that is left out at its default appears when it is moved.
                    (Some(Value::Number(_)), None) | (None, Some(Value::Number(_))) => {
                        found.push(Some(format!("{path}.{key}")));
                    }
                    _ => found.push(None),
                }
            }
        }
        (Value::Array(x), Value::Array(y)) if x.len() == y.len() => {
            for (i, (v, w)) in x.iter().zip(y).enumerate() {
                differences(v, w, format!("{path}[{i}]"), found);
            }
        }
        (Value::Number(x), Value::Number(y)) if x != y => found.push(Some(path)),
        (x, y) if x != y => found.push(None),
        _ => {}
    }
}

#[cfg(test)]
mod tests;

//! What is said of the run: play, pause, step, scrub, keep its curves.
//!
//! Not responsible for what the worker answers (`incoming.rs`).

use super::{Effect, KeptRun, RunMsg, State, card, edit, incoming};
use crate::protocol::{Command, Status, Until};
use crate::spec::{Experiment, text};
use std::rc::Rc;

/// Runs kept at once; more lines than that cannot be told apart.
pub const KEPT_MAX: usize = 12;

/// Carries out what is said of the run.
pub(super) fn apply(s: &mut State, msg: RunMsg) -> Vec<Effect> {
    match msg {
        RunMsg::TogglePlay => return toggle(s),
        RunMsg::Step => return step(s),
        RunMsg::Epoch => return epoch(s),
        RunMsg::Reset => return reset(s),
        RunMsg::Speed(per_s) => return speed(s, per_s),
        RunMsg::Until(goal) => return until(s, goal),
        RunMsg::Seek(step) => return seek(s, step),
        RunMsg::WriteWeight { name, index, value } => return write_weight(s, name, index, value),
        RunMsg::Card(msg) => return card::apply(s, msg),
        RunMsg::KeepRun => keep_run(s),
        RunMsg::ShowKept(i, shown) => {
            if let Some(run) = Rc::make_mut(&mut s.run.kept).get_mut(i) {
                run.shown = shown;
            }
        }
        RunMsg::DropKept(i) => {
            if i < s.run.kept.len() {
                Rc::make_mut(&mut s.run.kept).remove(i);
            }
        }
        RunMsg::Fetching(got, all) => s.run.fetching = (got < all).then_some((got, all)),
        RunMsg::Loaded(data) => return incoming::loaded(s, data),
        RunMsg::Failed(failure) => return incoming::failed(s, failure),
        RunMsg::Frame(frame) => {
            incoming::frame(s, &frame);
            return edit::relapse(s);
        }
        RunMsg::WorkerDied(message) => return incoming::worker_died(s, message),
    }
    Vec::new()
}

/// Trains on, as fast and as long as the learner has said.
pub(super) fn play(s: &State) -> Effect {
    send(Command::Play { until: s.run.until, steps_per_s: s.run.steps_per_s })
}

fn send(command: Command) -> Effect {
    Effect::Send(command, Vec::new())
}

/// Before something is loaded there is nothing to send: what the learner wants is remembered and carried out then.
fn if_loaded(s: &State, effects: Vec<Effect>) -> Vec<Effect> {
    if s.is_loaded() { effects } else { Vec::new() }
}

pub(super) fn toggle(s: &mut State) -> Vec<Effect> {
    s.run.playing = !s.run.playing;
    s.edit.edited_path = None;
    if !s.run.playing {
        return if_loaded(s, vec![send(Command::Pause)]);
    }
    // Pressing play again where the run paused by itself means: go on.
    if s.run.until.is_some_and(|u| reached(&s.run.status, u)) {
        s.run.until = None;
    }
    if s.is_dead() {
        s.run.deaths = 0;
        return vec![Effect::Restart];
    }
    if_loaded(s, vec![play(s)])
}

/// Whether the run has come to where it was to pause.
pub(super) fn reached(status: &Status, until: Until) -> bool {
    match until {
        Until::Epochs(n) => status.epoch >= u64::from(n),
        Until::Loss(x) => status.train_loss.is_some_and(|l| l <= x),
        Until::Accuracy(a) => status.test_metric.is_some_and(|m| m >= a),
    }
}

pub(super) fn step(s: &mut State) -> Vec<Effect> {
    s.run.playing = false;
    if_loaded(s, vec![send(Command::Step { n: 1 })])
}

pub(super) fn epoch(s: &mut State) -> Vec<Effect> {
    // It may take long, so the button offers to pause; the frame after the epoch's end takes this back.
    s.run.playing = s.is_loaded();
    if_loaded(s, vec![send(Command::Epoch)])
}

pub(super) fn reset(s: &mut State) -> Vec<Effect> {
    let effects = pause_then(s, Command::Reset);
    s.run.curves = Rc::default();
    s.run.curves_before = Rc::default();
    s.run.gradients = Rc::default();
    s.run.gradient_then = None;
    s.doctor.new_run();
    effects
}

pub(super) fn seek(s: &mut State, step: u64) -> Vec<Effect> {
    pause_then(s, Command::Seek { step })
}

fn pause_then(s: &mut State, command: Command) -> Vec<Effect> {
    let mut effects = Vec::new();
    if s.run.playing {
        effects.push(send(Command::Pause));
    }
    effects.push(send(command));
    s.run.playing = false;
    if_loaded(s, effects)
}

pub(super) fn speed(s: &mut State, steps_per_s: Option<f32>) -> Vec<Effect> {
    s.run.steps_per_s = steps_per_s.filter(|x| x.is_finite() && *x > 0.0);
    again(s)
}

pub(super) fn until(s: &mut State, until: Option<Until>) -> Vec<Effect> {
    s.run.until = until;
    again(s)
}

/// Tells a running worker about changed wishes.
fn again(s: &State) -> Vec<Effect> {
    if s.run.playing { if_loaded(s, vec![play(s)]) } else { Vec::new() }
}

pub(super) fn write_weight(s: &State, name: String, index: usize, value: f32) -> Vec<Effect> {
    let command = Command::Write { name, index: Some(index) };
    if_loaded(s, vec![Effect::Send(command, vec![Rc::from([value])])])
}

/// Keeps this run's curves for comparison, under the model's text; the oldest goes when there are too many.
pub(super) fn keep_run(s: &mut State) {
    if s.run.curves.is_empty() {
        return;
    }
    let run = KeptRun {
        label: label(&s.edit.experiment),
        name: String::new(),
        experiment: Some(s.edit.experiment.clone()),
        curves: s.run.curves.clone(),
        shown: true,
    };
    let kept = Rc::make_mut(&mut s.run.kept);
    kept.push(run);
    if kept.len() > KEPT_MAX {
        kept.remove(0);
    }
}

fn label(experiment: &Experiment) -> String {
    text::write(&experiment.model)
}

//! What the transport bar's messages do: play, pause, step, scrub.
//!
//! Not responsible for what the worker answers (`incoming.rs`).

use super::{Effect, State};
use crate::protocol::{Command, Status, Until};
use std::rc::Rc;

/// Trains on, as fast and as long as the learner has said.
pub(super) fn play(s: &State) -> Effect {
    send(Command::Play { until: s.until, steps_per_s: s.steps_per_s })
}

fn send(command: Command) -> Effect {
    Effect::Send(command, Vec::new())
}

/// Before something is loaded there is nothing to send: what the learner wants is remembered and carried out then.
fn if_loaded(s: &State, effects: Vec<Effect>) -> Vec<Effect> {
    if s.is_loaded() { effects } else { Vec::new() }
}

pub(super) fn toggle(s: &mut State) -> Vec<Effect> {
    s.playing = !s.playing;
    s.edited_path = None;
    if !s.playing {
        return if_loaded(s, vec![send(Command::Pause)]);
    }
    // Pressing play again where the run paused by itself means: go on.
    if s.until.is_some_and(|u| reached(&s.status, u)) {
        s.until = None;
    }
    if s.is_dead() {
        s.deaths = 0;
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
    s.playing = false;
    if_loaded(s, vec![send(Command::Step { n: 1 })])
}

pub(super) fn epoch(s: &mut State) -> Vec<Effect> {
    // It may take long, so the button offers to pause; the frame after the epoch's end takes this back.
    s.playing = s.is_loaded();
    if_loaded(s, vec![send(Command::Epoch)])
}

pub(super) fn reset(s: &mut State) -> Vec<Effect> {
    let effects = pause_then(s, Command::Reset);
    s.curves = Rc::default();
    s.curves_before = Rc::default();
    s.gradients = Rc::default();
    s.gradient_then = None;
    s.doctor.new_run();
    effects
}

pub(super) fn seek(s: &mut State, step: u64) -> Vec<Effect> {
    pause_then(s, Command::Seek { step })
}

fn pause_then(s: &mut State, command: Command) -> Vec<Effect> {
    let mut effects = Vec::new();
    if s.playing {
        effects.push(send(Command::Pause));
    }
    effects.push(send(command));
    s.playing = false;
    if_loaded(s, effects)
}

pub(super) fn speed(s: &mut State, steps_per_s: Option<f32>) -> Vec<Effect> {
    s.steps_per_s = steps_per_s.filter(|x| x.is_finite() && *x > 0.0);
    again(s)
}

pub(super) fn until(s: &mut State, until: Option<Until>) -> Vec<Effect> {
    s.until = until;
    again(s)
}

/// Tells a running worker about changed wishes.
fn again(s: &State) -> Vec<Effect> {
    if s.playing { if_loaded(s, vec![play(s)]) } else { Vec::new() }
}

pub(super) fn write_weight(s: &State, name: String, index: usize, value: f32) -> Vec<Effect> {
    let command = Command::Write { name, index: Some(index) };
    if_loaded(s, vec![Effect::Send(command, vec![Rc::from([value])])])
}

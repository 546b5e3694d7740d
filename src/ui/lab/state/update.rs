//! The one transition function of the laboratory.
//!
//! Not responsible for what the workers say in detail (`incoming.rs`).

use super::{LabEffect, LabMsg, LabState, Phase, Side, incoming};
use crate::protocol::Command;
use crate::ui::lab::setup::{Settings, Which};
use crate::ui::lab::sweep::{Plan, Sweep};
use std::rc::Rc;

/// The next state and the effects to carry out, in order.
pub fn update(state: &LabState, msg: LabMsg) -> (LabState, Vec<LabEffect>) {
    let mut next = state.clone();
    let effects = apply(&mut next, msg);
    (next, effects)
}

fn apply(s: &mut LabState, msg: LabMsg) -> Vec<LabEffect> {
    match msg {
        LabMsg::Setup(which, setup) => {
            let mut settings = s.settings;
            settings.sides[which.index()] = setup;
            return choose(s, settings);
        }
        LabMsg::Shared(shared) => {
            let settings = Settings { shared, ..s.settings };
            return choose(s, settings);
        }
        LabMsg::Story(story) => {
            s.playing = true;
            let settings = story.settings(s.settings.shared);
            // A story starts from its first weights even where it is on the page already.
            return restart(s, settings);
        }
        LabMsg::Open(settings, refused) => {
            s.refused = refused;
            return if settings == s.settings { Vec::new() } else { choose(s, settings) };
        }
        LabMsg::TogglePlay => {
            s.playing = !s.playing;
            let command = if s.playing { play(s) } else { Command::Pause };
            return send(s, &command);
        }
        LabMsg::Step => {
            let mut effects = if s.playing { send(s, &Command::Pause) } else { Vec::new() };
            s.playing = false;
            effects.extend(send(s, &Command::Step { n: 1 }));
            return effects;
        }
        LabMsg::Reset => {
            s.playing = false;
            let settings = s.settings;
            return restart(s, settings);
        }
        LabMsg::Speed(speed) => {
            s.steps_per_s = speed.filter(|x| x.is_finite() && *x > 0.0);
            return if s.playing { send(s, &play(s)) } else { Vec::new() };
        }
        LabMsg::Quantity(quantity) => s.quantity = quantity,
        LabMsg::RidgeGradients(on) => s.ridge_gradients = on,
        LabMsg::Fetching(which, got, all) => {
            s.sides[which.index()].fetching = (got < all).then_some((got, all));
        }
        LabMsg::Loaded(which, data) => return incoming::loaded(s, which, &data),
        LabMsg::Failed(which, error) => incoming::failed(s, which, error),
        LabMsg::Frame(which, frame) => return incoming::frame(s, which, &frame),
        LabMsg::SweepSteps(steps) => s.sweep_steps = steps,
        LabMsg::SweepStart => {
            s.sweep = Some(Rc::new(Sweep::new(Plan::of(&s.settings, s.sweep_steps))));
            s.sweep_error = None;
            return vec![LabEffect::Sweep];
        }
        LabMsg::SweepCancel => {
            change_sweep(s, Sweep::stop);
            return vec![LabEffect::StopSweep];
        }
        LabMsg::SweepCell(cell, news) => change_sweep(s, |sweep| {
            if let Some(c) = sweep.cells.get_mut(cell).filter(|_| sweep.running) {
                *c = news;
            }
        }),
        LabMsg::SweepDone => change_sweep(s, Sweep::stop),
        LabMsg::SweepFailed(error) => {
            change_sweep(s, Sweep::stop);
            s.sweep_error = Some(error);
        }
        LabMsg::SweepPick(cell) => {
            let Some(sweep) = s.sweep.clone() else { return Vec::new() };
            let mut settings = Settings { shared: sweep.plan.shared, ..s.settings };
            settings.sides[Which::A.index()] = sweep.plan.setup(cell);
            return choose(s, settings);
        }
    }
    Vec::new()
}

fn change_sweep(s: &mut LabState, change: impl FnOnce(&mut Sweep)) {
    if let Some(sweep) = &mut s.sweep {
        change(Rc::make_mut(sweep));
    }
}

/// Trains on, as fast as the learner has said.
pub(super) fn play(s: &LabState) -> Command {
    Command::Play { until: None, steps_per_s: s.steps_per_s }
}

fn send(s: &LabState, command: &Command) -> Vec<LabEffect> {
    // A side that has not taken its first step takes it by itself and then goes on as wished.
    let begun = |w: &Which| {
        let status = &s.side(*w).frame.frame.status;
        status.step > 0 || status.diverged.is_some()
    };
    let ready = Which::BOTH.into_iter().filter(|w| s.side(*w).is_ready() && begun(w));
    ready.map(|w| LabEffect::Send(w, command.clone())).collect()
}

/// New settings: what changed is loaded anew, or told to the run where only the optimizer's numbers differ.
fn choose(s: &mut LabState, settings: Settings) -> Vec<LabEffect> {
    let old = std::mem::replace(&mut s.settings, settings);
    let mut effects = Vec::new();
    for which in Which::BOTH {
        let setup = settings.sides[which.index()];
        if old.shared == settings.shared && old.sides[which.index()] == setup {
            continue;
        }
        let fresh = Side::new(&setup, settings.shared);
        let side = &mut s.sides[which.index()];
        let same_network =
            side.is_ready() && side.experiment.model == fresh.experiment.model && old.shared == settings.shared;
        if same_network {
            (side.experiment, side.problems) = (fresh.experiment, fresh.problems);
        } else {
            *side = fresh;
        }
        effects.push(load(s, which, true));
    }
    effects.push(LabEffect::Address);
    effects
}

/// The same from the first weights.
fn restart(s: &mut LabState, settings: Settings) -> Vec<LabEffect> {
    s.settings = settings;
    s.sides = settings.sides.map(|setup| Side::new(&setup, settings.shared));
    let mut effects: Vec<_> = Which::BOTH.into_iter().map(|w| load(s, w, false)).collect();
    effects.push(LabEffect::Address);
    effects
}

/// Loads a side, or has it rest where its experiment has problems.
fn load(s: &mut LabState, which: Which, update: bool) -> LabEffect {
    let side = &mut s.sides[which.index()];
    if side.problems.is_empty() {
        if !update {
            side.phase = Phase::Loading;
        }
        LabEffect::Load { which, update }
    } else {
        LabEffect::Send(which, Command::Pause)
    }
}

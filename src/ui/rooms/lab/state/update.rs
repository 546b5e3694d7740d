//! The one transition function of the laboratory.
//!
//! Not responsible for what the workers say in detail (`incoming.rs`).

use super::{LabEffect, LabMsg, LabState, Side, Standing, beat, incoming};
use crate::ui::rooms::lab::setup::{Settings, Which};
use crate::ui::rooms::lab::sweep::{Plan, Sweep};
use std::rc::Rc;

/// The next state and the effects to carry out, in order. `now_ms` is the page's clock.
pub fn update(state: &LabState, msg: LabMsg, now_ms: f64) -> (LabState, Vec<LabEffect>) {
    let mut next = state.clone();
    let effects = apply(&mut next, msg, now_ms);
    (next, effects)
}

fn apply(s: &mut LabState, msg: LabMsg, now_ms: f64) -> Vec<LabEffect> {
    match msg {
        LabMsg::Arrived(which) => {
            let may = s.side(which).problems.is_empty();
            return may.then_some(LabEffect::Load { which, update: false }).into_iter().collect();
        }
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
            s.pace.due_ms = now_ms;
            if s.playing && Which::BOTH.into_iter().all(|w| s.standing(w) == Standing::Out) {
                // Both are over: again from the first weights.
                let settings = s.settings;
                return restart(s, settings);
            }
            return beat::go_on(s, now_ms);
        }
        LabMsg::Step => {
            s.playing = false;
            s.pace.one = true;
            return beat::go_on(s, now_ms);
        }
        LabMsg::Reset => {
            s.playing = false;
            let settings = s.settings;
            return restart(s, settings);
        }
        LabMsg::Speed(speed) => {
            s.steps_per_s = speed.filter(|x| x.is_finite() && *x > 0.0);
            s.pace.due_ms = now_ms;
            return beat::go_on(s, now_ms);
        }
        LabMsg::Wake => return beat::go_on(s, now_ms),
        // A run that was put away meanwhile says nothing about this one.
        LabMsg::Trained(which, step_ms) if s.beat.is_some() => s.sides[which.index()].step_ms = Some(step_ms),
        LabMsg::Trained(..) => {}
        LabMsg::Quantity(quantity) => s.quantity = quantity,
        LabMsg::RidgeGradients(on) => s.ridge_gradients = on,
        LabMsg::Fetching(which, got, all) => {
            s.sides[which.index()].fetching = (got < all).then_some((got, all));
        }
        LabMsg::Loaded(which, data) => {
            incoming::loaded(s, which, &data);
            return beat::go_on(s, now_ms);
        }
        LabMsg::Failed(which, error) => {
            incoming::failed(s, which, error);
            return beat::go_on(s, now_ms);
        }
        LabMsg::Frame(which, frame) => {
            incoming::frame(s, which, &frame);
            return beat::go_on(s, now_ms);
        }
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

/// New settings: told to the run where only the optimizer's numbers differ; else both start anew, because networks are
/// compared at the same step.
fn choose(s: &mut LabState, settings: Settings) -> Vec<LabEffect> {
    let old = s.settings;
    let fresh = settings.sides.map(|setup| Side::new(&setup, settings.shared));
    let changed = |w: &Which| old.sides[w.index()] != settings.sides[w.index()];
    let tunable = |w: &Which| {
        let (side, fresh) = (s.side(*w), &fresh[w.index()]);
        s.standing(*w) == Standing::In && side.experiment.model == fresh.experiment.model && fresh.problems.is_empty()
    };
    if old.shared != settings.shared || !Which::BOTH.iter().filter(|w| changed(w)).all(tunable) {
        return restart(s, settings);
    }
    let mut effects: Vec<_> = Vec::new();
    s.settings = settings;
    for (which, fresh) in Which::BOTH.into_iter().zip(fresh).filter(|(w, _)| changed(w)) {
        s.sides[which.index()].experiment = fresh.experiment;
        effects.push(LabEffect::Load { which, update: true });
    }
    effects.push(LabEffect::Address);
    effects
}

/// Both from their first weights.
fn restart(s: &mut LabState, settings: Settings) -> Vec<LabEffect> {
    s.settings = settings;
    s.sides = settings.sides.map(|setup| Side::new(&setup, settings.shared));
    s.beat = None;
    let able = Which::BOTH.into_iter().filter(|w| s.side(*w).problems.is_empty());
    able.map(|which| LabEffect::Load { which, update: false }).chain([LabEffect::Address]).collect()
}

//! From a message to the next state.
//!
//! Not responsible for what the state holds (`state.rs`).

use super::{Beat, Kind, OwnMsg, Run, Source, TransferEffect, TransferMsg, TransferState, Who};
use crate::spec::transfer::{Mode, SOURCE_STEPS, STEPS};
use crate::ui::rooms::lab::state::Phase;
use std::rc::Rc;

/// Steps of the source between two measurements.
const SOURCE_BEAT: u64 = 20;
/// Steps of the three between two measurements: enough points for a curve, and time goes into training.
const BEAT: u64 = 5;

/// The next state and the effects to carry out, in order.
pub fn update(state: &TransferState, msg: TransferMsg) -> (TransferState, Vec<TransferEffect>) {
    let mut next = state.clone();
    let effects = apply(&mut next, msg);
    (next, effects)
}

fn apply(s: &mut TransferState, msg: TransferMsg) -> Vec<TransferEffect> {
    match msg {
        TransferMsg::Arrived => return vec![TransferEffect::Load(Who::Source)],
        TransferMsg::Open(chosen, refused) => {
            s.refused = refused;
            return if chosen == s.chosen { Vec::new() } else { choose(s, chosen) };
        }
        TransferMsg::Choose(chosen) if chosen == s.chosen => return Vec::new(),
        TransferMsg::Choose(chosen) => {
            s.refused.clear();
            return choose(s, chosen);
        }
        TransferMsg::TogglePlay => s.playing = !s.playing,
        TransferMsg::Step => (s.playing, s.one) = (false, true),
        TransferMsg::Reset => {
            s.playing = false;
            s.changed &= !s.can_learn();
            let mut effects = anew(s);
            effects.extend(go_on(s));
            return effects;
        }
        TransferMsg::Own(change) => change_own(s, change),
        TransferMsg::Take(class) => {
            let Some(picture) = s.tried.take() else { return Vec::new() };
            (s.pads, s.tries) = (s.pads + 1, s.tries + 1);
            s.runs.iter_mut().for_each(|r| r.answer = Rc::from([]));
            change_own(s, OwnMsg::Add(class, picture));
        }
        TransferMsg::Learn if s.can_learn() => {
            s.playing = true;
            let mut effects = anew(s);
            s.changed = false;
            effects.extend(go_on(s));
            return effects;
        }
        TransferMsg::Learn => return Vec::new(),
        TransferMsg::Fetching(who, got, all) => {
            let fetching = (got < all).then_some((got, all));
            match who {
                Who::Source => s.source.fetching = fetching,
                Who::Run(mode) => s.runs.iter_mut().skip(mode.index()).take(1).for_each(|r| r.fetching = fetching),
            }
            return Vec::new();
        }
        TransferMsg::Came(Who::Source, round, beat) if round == s.rounds.0 => {
            let source = &mut s.source;
            (source.phase, source.fetching, source.flight) = (Phase::Ready, None, false);
            source.beat = beat;
        }
        TransferMsg::Came(Who::Run(mode), round, beat) if round == s.rounds.1 => {
            for run in s.runs.iter_mut().skip(mode.index()).take(1) {
                (run.phase, run.fetching, run.flight) = (Phase::Ready, None, false);
                run.came = Some(beat.clone());
            }
        }
        TransferMsg::Taken(round, weights) if round == s.rounds.0 => {
            s.source.weights = Some(weights);
            s.source.flight = false;
        }
        TransferMsg::Failed(who, round, error) => match who {
            Who::Source if round == s.rounds.0 => {
                (s.source.phase, s.source.flight, s.source.fetching) = (Phase::Failed(error), false, None);
            }
            Who::Run(mode) if round == s.rounds.1 => {
                for run in s.runs.iter_mut().skip(mode.index()).take(1) {
                    (run.phase, run.flight, run.fetching) = (Phase::Failed(error.clone()), false, None);
                }
            }
            Who::Source | Who::Run(_) => return Vec::new(),
        },
        TransferMsg::Try(x) => {
            (s.tried, s.tries) = (Some(x), s.tries + 1);
            return ask(s);
        }
        TransferMsg::Answered(mode, tries, answer) if tries == s.tries => {
            s.runs.iter_mut().skip(mode.index()).take(1).for_each(|r| r.answer = answer.clone());
            return Vec::new();
        }
        // Of a round that is over.
        TransferMsg::Came(..) | TransferMsg::Taken(..) | TransferMsg::Answered(..) => return Vec::new(),
    }
    go_on(s)
}

fn change_own(s: &mut TransferState, change: OwnMsg) {
    let own = Rc::make_mut(&mut s.own);
    match change {
        OwnMsg::AddClass => own.add_class(),
        OwnMsg::RemoveClass(class) => own.remove_class(class),
        OwnMsg::Rename(class, name) => own.rename(class, &name),
        OwnMsg::Add(class, picture) => own.add(class, &picture),
        OwnMsg::Remove(class, picture) => own.remove(class, picture),
    }
    s.changed = true;
    s.check();
}

/// Something else is chosen: the source learns anew where it would learn something else.
fn choose(s: &mut TransferState, chosen: super::Chosen) -> Vec<TransferEffect> {
    s.chosen = chosen;
    s.changed = true;
    s.check();
    let mut effects = anew(s);
    effects.push(TransferEffect::Address);
    s.playing = true;
    let wanted = s.source_wanted();
    if *s.source.experiment != wanted {
        s.rounds.0 += 1;
        s.source = Source::new(wanted);
        effects.push(TransferEffect::Load(Who::Source));
    }
    effects.extend(go_on(s));
    effects
}

/// The three are put away; they begin again from where they began.
fn anew(s: &mut TransferState) -> Vec<TransferEffect> {
    let had = !std::mem::take(&mut s.runs).is_empty();
    (s.rested, s.one) = (false, false);
    s.rounds.1 += 1;
    if had { vec![TransferEffect::Stop] } else { Vec::new() }
}

/// Shows what has come, and has the next steps taken where some are wished for.
fn go_on(s: &mut TransferState) -> Vec<TransferEffect> {
    if s.source.weights.is_none() { source_on(s) } else { runs_on(s) }
}

fn source_on(s: &mut TransferState) -> Vec<TransferEffect> {
    let source = &mut s.source;
    if source.flight || source.phase != Phase::Ready {
        return Vec::new();
    }
    if source.beat.diverged {
        (s.playing, s.one) = (false, false);
        return Vec::new();
    }
    let left = SOURCE_STEPS.saturating_sub(source.beat.step);
    if left == 0 {
        source.flight = true;
        return vec![TransferEffect::TakeSource];
    }
    let one = std::mem::take(&mut s.one);
    if !s.playing && !one {
        return Vec::new();
    }
    source.flight = true;
    let steps = if one { 1 } else { left.min(SOURCE_BEAT) };
    vec![TransferEffect::Train(Who::Source, steps as u32)]
}

fn runs_on(s: &mut TransferState) -> Vec<TransferEffect> {
    if s.runs.is_empty() {
        // Own classes are learned when the learner says so.
        if s.chosen.kind == Kind::Own && (s.changed || !s.can_learn()) {
            return Vec::new();
        }
        s.runs = Mode::ALL.map(|mode| Run::new(s.experiment(mode))).into();
        return Mode::ALL.map(|mode| TransferEffect::Load(Who::Run(mode))).into();
    }
    if s.runs.iter().any(|r| r.flight || r.phase == Phase::Loading) {
        return Vec::new();
    }
    let mut effects = Vec::new();
    if s.runs.iter().any(|r| r.came.is_some()) {
        s.runs.iter_mut().for_each(show);
        effects = ask(s);
    }
    let Some(from) = s.runs.iter().filter(|r| r.trains()).map(Run::step).min() else {
        (s.playing, s.one) = (false, false);
        return effects;
    };
    if s.playing && from >= STEPS && !s.rested {
        // They are through; who goes on, goes on as long as he likes.
        (s.playing, s.rested) = (false, true);
    }
    let one = std::mem::take(&mut s.one);
    if !s.playing && !one {
        return effects;
    }
    // Every beat ends at a multiple, so that a single step in between moves no measurement.
    let steps = if one { 1 } else { BEAT - from % BEAT };
    for mode in Mode::ALL {
        let run = &mut s.runs[mode.index()];
        if run.trains() {
            run.flight = true;
            effects.push(TransferEffect::Train(Who::Run(mode), steps as u32));
        }
    }
    effects
}

fn show(run: &mut Run) {
    if let Some(beat) = run.came.take() {
        let beats: &mut Vec<Beat> = Rc::make_mut(&mut run.beats);
        beats.push(beat);
    }
}

/// Has all that can answer what is on the pad.
fn ask(s: &TransferState) -> Vec<TransferEffect> {
    if s.tried.is_none() {
        return Vec::new();
    }
    Mode::ALL
        .into_iter()
        .filter(|m| s.run(*m).is_some_and(|r| r.phase == Phase::Ready))
        .map(TransferEffect::Ask)
        .collect()
}

//! Lock-step, rest at the program's end, and what is of a round that is over.

#![allow(clippy::unwrap_used)]
use super::*;
use crate::protocol::{Diverged, Frame, Status};
use crate::spec::preset::primers;

fn state() -> PairState {
    PairState::new(primers::find("b").unwrap(), None)
}

fn after(s: &PairState, msgs: impl IntoIterator<Item = PairMsg>) -> (PairState, Vec<PairEffect>) {
    msgs.into_iter().fold((s.clone(), Vec::new()), |(s, _), msg| update(&s, msg))
}

fn loaded(which: Which, round: u32) -> PairMsg {
    PairMsg::Loaded(which, round, Rc::default())
}

fn came(which: Which, round: u32, step: u64) -> PairMsg {
    let status = Status { step, step_max: step, ..Status::default() };
    let frame = Frame { status, ..Frame::default() };
    PairMsg::Came(which, round, 10.0, Rc::new(FrameData { frame, ..FrameData::default() }))
}

fn steps(effects: &[PairEffect]) -> Vec<u32> {
    effects.iter().filter_map(|e| if let PairEffect::Train { steps, .. } = e { Some(*steps) } else { None }).collect()
}

fn ready() -> PairState {
    after(&state(), Which::BOTH.map(|w| loaded(w, 0))).0
}

#[test]
fn both_load_and_the_first_step_is_taken_when_both_are_there() {
    assert_eq!(update(&state(), PairMsg::Arrived).1, Which::BOTH.map(PairEffect::Load));
    let (s, effects) = after(&state(), [loaded(Which::A, 0)]);
    assert_eq!(effects, []);
    assert_eq!(steps(&after(&s, [loaded(Which::B, 0)]).1), [1, 1]);
}

#[test]
fn nothing_is_shown_of_one_half_alone() {
    let (s, effects) = after(&ready(), [came(Which::A, 0, 1)]);
    assert_eq!((s.halves[0].step(), effects), (0, vec![]));
    let (s, effects) = after(&s, [came(Which::B, 0, 1)]);
    assert_eq!(s.halves.each_ref().map(Half::step), [1, 1]);
    // As many as take a beat at ten milliseconds each.
    assert_eq!(steps(&effects), [15, 15]);
}

#[test]
fn both_rest_at_the_end_of_the_program_and_go_on_when_asked() {
    let end = state().program.steps;
    let (s, effects) = after(&ready(), Which::BOTH.map(|w| came(w, 0, end - 3)));
    assert_eq!(steps(&effects), [3, 3]);
    let (s, effects) = after(&s, Which::BOTH.map(|w| came(w, 0, end)));
    assert_eq!((s.playing, effects), (false, vec![]));
    let (s, effects) = after(&s, [PairMsg::TogglePlay]);
    assert!(s.playing && steps(&effects).len() == 2);
}

#[test]
fn who_diverged_or_died_holds_nobody_up() {
    let gone = PairMsg::Failed(Which::A, 0, SideError::NotStarted);
    let (s, effects) = after(&ready(), [gone, came(Which::B, 0, 1)]);
    assert_eq!(steps(&effects), [15]);
    let mut diverged = Status { step: 2, ..Status::default() };
    diverged.diverged = Some(Diverged { step: 2, value: "loss".into(), back_to: 0, lr: 0.1, grad_norm: None });
    let frame = Frame { status: diverged, ..Frame::default() };
    let data = Rc::new(FrameData { frame, ..FrameData::default() });
    let (s, effects) = after(&s, [PairMsg::Came(Which::B, 0, 1.0, data)]);
    assert_eq!((s.playing, effects), (false, vec![]));
}

#[test]
fn answers_of_a_round_that_is_over_are_not_heard() {
    let (s, effects) = after(&ready(), [PairMsg::Reset]);
    assert_eq!(effects, [PairEffect::Load(Which::A), PairEffect::Load(Which::B), PairEffect::Address]);
    assert_eq!(after(&s, [came(Which::A, 0, 9), loaded(Which::A, 0)]).0, s);
    let other = primers::find("e").unwrap();
    let (s, _) = after(&s, [PairMsg::Open(other, None)]);
    assert_eq!((s.program.name, s.round, s.playing), ("e", 2, true));
    assert_eq!(after(&s, [PairMsg::Open(other, None)]), (s, vec![]), "the same again changes nothing");
}

#[test]
fn one_step_is_one_step_of_both() {
    let (s, _) = after(&ready(), Which::BOTH.map(|w| came(w, 0, 1)));
    let (s, _) = after(&s, [PairMsg::TogglePlay, came(Which::A, 0, 16), came(Which::B, 0, 16)]);
    assert!(!s.playing);
    let (s, effects) = after(&s, [PairMsg::Step]);
    assert_eq!(steps(&effects), [1, 1]);
    assert_eq!(after(&s, Which::BOTH.map(|w| came(w, 0, 17))).1, []);
}

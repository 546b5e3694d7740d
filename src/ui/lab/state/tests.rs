//! The laboratory's transitions.

#![allow(clippy::unwrap_used)]
use super::*;
use crate::protocol::{Frame, GradientLayer, Status};
use crate::spec::OptimizerKind;

fn state() -> LabState {
    LabState::new(Settings::default(), Vec::new())
}

fn after(s: &LabState, msgs: impl IntoIterator<Item = LabMsg>) -> (LabState, Vec<LabEffect>) {
    msgs.into_iter().fold((s.clone(), Vec::new()), |(s, mut all), msg| {
        let (s, effects) = update(&s, msg);
        all.extend(effects);
        (s, all)
    })
}

fn loaded(which: Which, run: u32) -> LabMsg {
    let loaded = Loaded { run, restarted: true, input: vec![2], ..Loaded::default() };
    LabMsg::Loaded(which, Rc::new(LoadedData { loaded, x: vec![0.5; 20], y: Vec::new() }))
}

fn frame(which: Which, run: u32, step: u64, running: bool) -> LabMsg {
    let layers = vec![GradientLayer { name: "layers.0".into(), ..GradientLayer::default() }];
    let frame = Frame {
        status: Status { run, step, running, ..Status::default() },
        gradient_flow: (step > 0).then_some(GradientRow { step, layers }),
        curves: vec![CurvePoint { step, ..CurvePoint::default() }; usize::from(step > 0)],
        curves_from: step.saturating_sub(1) as usize,
        ..Frame::default()
    };
    LabMsg::Frame(which, Rc::new(FrameData { frame, arrays: Vec::new() }))
}

fn ready() -> LabState {
    after(&state(), Which::BOTH.into_iter().flat_map(|w| [loaded(w, 1), frame(w, 1, 0, false), frame(w, 1, 1, false)]))
        .0
}

#[test]
fn what_is_loaded_takes_its_first_step_alone_and_then_plays() {
    let (s, effects) = after(&state(), [LabMsg::TogglePlay, loaded(Which::A, 1)]);
    assert_eq!(effects, []);
    let (s, effects) = after(&s, [frame(Which::A, 1, 0, false)]);
    assert_eq!(effects, [LabEffect::Send(Which::A, Command::Step { n: 1 })]);
    let (s, effects) = after(&s, [frame(Which::A, 1, 1, false)]);
    assert!(matches!(effects[..], [LabEffect::Send(Which::A, Command::Play { .. })]));
    let (s, effects) = after(&s, [frame(Which::A, 1, 2, true)]);
    assert_eq!(effects, []);
    let a = s.side(Which::A);
    assert_eq!((a.first.as_ref().unwrap().step, a.rows.len(), a.curves.len()), (1, 2, 2));
}

#[test]
fn one_button_moves_both_and_only_those_that_can() {
    let (s, effects) = after(&ready(), [LabMsg::TogglePlay]);
    assert!(s.playing);
    assert_eq!(effects.len(), 2);
    let failed = LabMsg::Failed(Which::B, SideError::NotStarted);
    let (s, effects) = after(&s, [failed, LabMsg::Step]);
    assert!(!s.playing);
    assert!(effects.iter().all(|e| matches!(e, LabEffect::Send(Which::A, _))), "{effects:?}");
}

#[test]
fn an_optimizer_changes_in_the_run_and_a_network_starts_anew() {
    let s = ready();
    let setup = *s.setup(Which::A);
    let (next, effects) = after(&s, [LabMsg::Setup(Which::A, Setup { lr: 0.5, ..setup })]);
    assert_eq!(effects, [LabEffect::Load { which: Which::A, update: true }, LabEffect::Address]);
    assert_eq!(next.side(Which::A).rows.len(), 1);
    let (next, _) = after(&s, [LabMsg::Setup(Which::A, Setup { depth: 3, ..setup })]);
    assert_eq!((next.side(Which::A).rows.len(), next.side(Which::A).phase.clone()), (0, Phase::Loading));
    assert_eq!(next.side(Which::B), s.side(Which::B));
    let (_, effects) = after(&s, [LabMsg::Shared(Shared { set: "spiral", seed: 3 })]);
    assert_eq!(effects.len(), 3);
}

#[test]
fn a_frame_of_an_older_run_is_not_shown() {
    let (s, _) = after(&ready(), [loaded(Which::A, 2), frame(Which::A, 1, 900, true)]);
    assert!(s.side(Which::A).rows.is_empty());
}

#[test]
fn stories_begin_at_their_first_weights_and_play() {
    for story in Story::ALL {
        let (s, effects) = after(&ready(), [LabMsg::Story(story)]);
        assert!(s.playing && s.settings == story.settings(Shared::default()));
        assert_eq!(effects[0], LabEffect::Load { which: Which::A, update: false });
        assert!(s.sides.iter().all(|side| side.problems.is_empty() && side.rows.is_empty()));
    }
}

#[test]
fn a_sweep_fills_is_cancelled_and_gives_its_cells() {
    let s = ready();
    let done = Cell::Done { before: 0.7, after: 0.1 };
    let (s, effects) = after(&s, [LabMsg::SweepStart, LabMsg::SweepCell(5, done), LabMsg::SweepCancel]);
    assert_eq!(effects, [LabEffect::Sweep, LabEffect::StopSweep]);
    let sweep = s.sweep.clone().unwrap();
    assert_eq!((sweep.done(), sweep.running), (1, false));
    // What a cancelled sweep still says is not heard.
    let (s, _) = after(&s, [LabMsg::SweepCell(6, done)]);
    assert_eq!(s.sweep.as_ref().unwrap().done(), 1);
    let (s, effects) = after(&s, [LabMsg::SweepPick(5)]);
    assert_eq!(s.setup(Which::A), &sweep.plan.setup(5));
    assert_eq!(effects[0], LabEffect::Load { which: Which::A, update: true });
}

#[test]
fn a_set_up_with_problems_is_not_loaded() {
    let wrong = Setup { optimizer: OptimizerKind::Adam, lr: -1.0, ..Setup::default() };
    let (s, effects) = after(&ready(), [LabMsg::Setup(Which::B, wrong)]);
    assert!(!s.side(Which::B).problems.is_empty());
    assert_eq!(effects, [LabEffect::Send(Which::B, Command::Pause), LabEffect::Address]);
}

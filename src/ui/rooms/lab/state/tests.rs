//! The laboratory's transitions.

#![allow(clippy::unwrap_used)]
use super::*;
use crate::protocol::{Diverged, Frame, GradientLayer, Shown, Status};
use crate::spec::OptimizerKind;
use std::collections::VecDeque;

fn state() -> LabState {
    LabState::new(Settings::default(), Vec::new())
}

/// The clock of tests that do not care: everything is due.
const NOW_MS: f64 = 1e6;

fn after(s: &LabState, msgs: impl IntoIterator<Item = LabMsg>) -> (LabState, Vec<LabEffect>) {
    msgs.into_iter().fold((s.clone(), Vec::new()), |(s, mut all), msg| {
        let (s, effects) = update(&s, msg, NOW_MS);
        all.extend(effects);
        (s, all)
    })
}

fn loaded(which: Which, run: u32) -> LabMsg {
    let loaded = Loaded { run, restarted: true, input: vec![2], ..Loaded::default() };
    LabMsg::Loaded(which, Rc::new(LoadedData { loaded, x: vec![0.5; 20], ..LoadedData::default() }))
}

fn frame(which: Which, run: u32, step: u64) -> LabMsg {
    let layers = vec![GradientLayer { name: "layers.0".into(), ..GradientLayer::default() }];
    let frame = Frame {
        status: Status { run, step, ..Status::default() },
        shown: (step > 0).then_some(Shown::GradientFlow(GradientRow { step, layers })).into_iter().collect(),
        curves: vec![CurvePoint { step, ..CurvePoint::default() }; usize::from(step > 0)],
        curves_from: step.saturating_sub(1) as usize,
        ..Frame::default()
    };
    LabMsg::Frame(which, Rc::new(FrameData { frame, arrays: Vec::new() }))
}

fn diverged(which: Which, run: u32, step: u64, back_to: u64) -> LabMsg {
    let diverged = Some(Diverged { step, value: "layers.1".into(), back_to, lr: 0.1, grad_norm: None });
    let status = Status { run, step: back_to, diverged, ..Status::default() };
    let frame = Frame { status, ..Frame::default() };
    LabMsg::Frame(which, Rc::new(FrameData { frame, arrays: Vec::new() }))
}

fn train(which: Which, steps: u32) -> LabEffect {
    LabEffect::Send(which, Command::Train { steps })
}

/// Both at rest after the first step.
fn ready() -> LabState {
    let begun = Which::BOTH.map(|w| loaded(w, 1)).into_iter().chain(Which::BOTH.map(|w| frame(w, 1, 0)));
    after(&state(), begun.chain([LabMsg::TogglePlay]).chain(Which::BOTH.map(|w| frame(w, 1, 1)))).0
}

fn steps(s: &LabState) -> [u64; 2] {
    Which::BOTH.map(|w| s.side(w).frame.frame.status.step)
}

#[test]
fn the_first_step_is_taken_alone_when_both_are_there_and_then_both_play() {
    let (s, effects) = after(&state(), [loaded(Which::A, 1), frame(Which::A, 1, 0), loaded(Which::B, 1)]);
    assert_eq!(effects, [], "B is not there yet");
    let (s, effects) = after(&s, [frame(Which::B, 1, 0)]);
    assert_eq!(effects, Which::BOTH.map(|w| train(w, 1)));
    let (s, effects) = after(&s, [frame(Which::A, 1, 1)]);
    assert_eq!((steps(&s), effects), ([0, 0], vec![]), "nothing is shown of A alone");
    let (s, effects) = after(&s, [frame(Which::B, 1, 1)]);
    assert_eq!(steps(&s), [1, 1]);
    assert!(matches!(effects[..], [LabEffect::Wake { after_ms }] if after_ms > 30.0));
    let a = s.side(Which::A);
    assert_eq!((a.first.as_ref().unwrap().step, a.rows.len(), a.curves.len()), (1, 1, 1));
}

/// A worker in the tests: what it was told and has not done.
#[derive(Default)]
struct Worker {
    run: u32,
    step: u64,
    todo: VecDeque<u32>,
}

/// Both sides under random delays, at every speed: whatever is shown is of one step.
#[test]
fn both_stand_at_the_same_step_whenever_anything_is_shown() {
    let mut seed = 1u32;
    let mut random = move |n: u32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 16) % n
    };
    let mut workers = [Worker::default(), Worker::default()];
    let (mut s, mut now_ms, mut furthest) = (state(), 0.0, 0);
    let mut todo: VecDeque<LabEffect> = Which::BOTH.map(|which| LabEffect::Load { which, update: false }).into();
    for turn in 0..4000 {
        now_ms += f64::from(random(30));
        let which = Which::BOTH[random(2) as usize];
        let w = &mut workers[which.index()];
        let msg = match (turn % 97, w.todo.pop_front()) {
            (11, keep) => {
                w.todo.extend(keep);
                LabMsg::Speed([None, Some(30.0), Some(300.0)][random(3) as usize])
            }
            (53, keep) => {
                w.todo.extend(keep);
                LabMsg::Step
            }
            (54, keep) => {
                w.todo.extend(keep);
                if s.playing { LabMsg::Wake } else { LabMsg::TogglePlay }
            }
            (_, Some(n)) => {
                w.step += u64::from(n);
                let (s1, effects) = update(&s, LabMsg::Trained(which, [0.3, 7.0][which.index()]), now_ms);
                assert!(effects.is_empty());
                s = s1;
                frame(which, w.run, w.step)
            }
            (_, None) if random(3) == 0 => frame(which, w.run, w.step),
            (_, None) => LabMsg::Wake,
        };
        let (next, effects) = update(&s, msg, now_ms);
        s = next;
        todo.extend(effects);
        while let Some(effect) = todo.pop_front() {
            match effect {
                LabEffect::Load { which, .. } => {
                    workers[which.index()] = Worker { run: 1, ..Worker::default() };
                    let (next, effects) = update(&s, loaded(which, 1), now_ms);
                    s = next;
                    todo.extend(effects);
                }
                LabEffect::Send(which, Command::Train { steps }) => workers[which.index()].todo.push_back(steps),
                _ => {}
            }
        }
        let [a, b] = steps(&s);
        assert_eq!(a, b, "turn {turn}");
        furthest = furthest.max(a);
    }
    assert!(furthest > 500, "{furthest} steps");
}

#[test]
fn at_full_speed_the_slower_side_says_how_many_steps_there_are() {
    let (s, _) = after(&ready(), [LabMsg::Speed(None), LabMsg::TogglePlay]);
    for (slower_ms, from, n) in [(12.0, 2, 10), (900.0, 12, 1)] {
        let trained = [LabMsg::Trained(Which::A, 0.1), LabMsg::Trained(Which::B, slower_ms)];
        let (_, effects) = after(&s, trained.into_iter().chain(Which::BOTH.map(|w| frame(w, 1, from))));
        assert_eq!(effects, Which::BOTH.map(|w| train(w, n)));
    }
}

#[test]
fn who_diverged_or_died_holds_nobody_up() {
    let (s, _) = after(&ready(), [LabMsg::Speed(None), LabMsg::TogglePlay]);
    let (s, effects) = after(&s, [diverged(Which::A, 1, 2, 0), frame(Which::B, 1, 2)]);
    assert_eq!((effects, steps(&s)), (vec![train(Which::B, 1)], [0, 2]));
    assert!(s.is_alone(Which::B) && !s.is_alone(Which::A));
    let (s, effects) = after(&s, [frame(Which::B, 1, 3)]);
    assert_eq!(effects, [train(Which::B, 1)]);
    let (s, effects) = after(&s, [LabMsg::Failed(Which::B, SideError::NotStarted)]);
    assert!(!s.playing && effects.is_empty());
    // Play does something even then.
    let (_, effects) = after(&s, [LabMsg::TogglePlay]);
    assert!(matches!(effects[0], LabEffect::Load { which: Which::A, update: false }), "{effects:?}");
}

#[test]
fn a_mended_side_starts_anew_together_with_the_other() {
    let (s, _) = after(&ready(), [LabMsg::Step, diverged(Which::A, 1, 2, 0), frame(Which::B, 1, 2)]);
    let setup = *s.setup(Which::A);
    let (s, effects) = after(&s, [LabMsg::Setup(Which::A, Setup { lr: 1e-4, ..setup })]);
    let load = |which| LabEffect::Load { which, update: false };
    assert_eq!(effects, [load(Which::A), load(Which::B), LabEffect::Address]);
    assert!(s.sides.iter().all(|side| side.rows.is_empty()));
}

#[test]
fn at_rest_all_is_measured_and_what_comes_into_sight_is_shown_at_once() {
    let (s, effects) = after(&ready(), [LabMsg::Step, frame(Which::A, 1, 2), frame(Which::B, 1, 2)]);
    let looks = Which::BOTH.map(LabEffect::Look);
    assert_eq!(effects, [Which::BOTH.map(|w| train(w, 1)), looks].concat());
    let (next, effects) = after(&s, [frame(Which::B, 1, 2)]);
    assert!(effects.is_empty() && !Rc::ptr_eq(&next.sides[1].frame, &s.sides[1].frame));
}

#[test]
fn an_optimizer_changes_in_the_run_and_another_network_starts_both_anew() {
    let s = ready();
    let setup = *s.setup(Which::A);
    let (next, effects) = after(&s, [LabMsg::Setup(Which::A, Setup { lr: 0.5, ..setup })]);
    assert_eq!(effects, [LabEffect::Load { which: Which::A, update: true }, LabEffect::Address]);
    assert_eq!(next.side(Which::A).rows.len(), 1);
    let (next, effects) = after(&s, [LabMsg::Setup(Which::A, Setup { depth: 3, ..setup })]);
    assert!(next.sides.iter().all(|side| side.rows.is_empty() && side.phase == Phase::Loading));
    assert_eq!(effects.len(), 3);
    let (_, effects) = after(&s, [LabMsg::Shared(Shared { set: "spiral", seed: 3 })]);
    assert_eq!(effects.len(), 3);
}

#[test]
fn a_frame_of_an_older_run_is_not_shown() {
    let (s, _) = after(&ready(), [loaded(Which::A, 2), frame(Which::A, 1, 900)]);
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
    assert_eq!(effects[0], LabEffect::Load { which: Which::A, update: false });
}

#[test]
fn a_set_up_with_problems_is_not_loaded() {
    let wrong = Setup { optimizer: OptimizerKind::Adam, lr: -1.0, ..Setup::default() };
    let (s, effects) = after(&ready(), [LabMsg::Setup(Which::B, wrong)]);
    assert!(!s.side(Which::B).problems.is_empty());
    assert_eq!(effects, [LabEffect::Load { which: Which::A, update: false }, LabEffect::Address]);
}

#[test]
fn the_workers_start_when_the_panels_are_there_but_not_with_settings_that_are_refused() {
    let load = |which| LabEffect::Load { which, update: false };
    let (s, effects) = after(&state(), Which::BOTH.map(LabMsg::Arrived));
    assert_eq!((&s, effects), (&state(), Which::BOTH.map(load).to_vec()));
    let mut refused = state();
    refused.sides[0].problems = Rc::new(vec![Problem::new("model", crate::spec::Code::OutOfRange)]);
    assert_eq!(after(&refused, Which::BOTH.map(LabMsg::Arrived)).1, [load(Which::B)]);
}

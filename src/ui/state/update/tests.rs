//! Transport, frames and the death of a worker.
#![allow(clippy::unwrap_used)]

use super::super::run::KEPT_MAX;
use super::super::{EditMsg, RunMsg};
use super::*;
use crate::i18n::Lang;
use crate::protocol::{
    Command, CurvePoint, Diverged, Example, Failure, Frame, GradientRow, Loaded, Shown, Status, Until,
};
use crate::spec::{Code, Problem, preset};
use crate::ui::frame_data::FrameData;
use crate::ui::history::ROWS_MAX;
use crate::ui::state::incoming::DEATHS_MAX;
use crate::ui::state::{CurveShow, FIRST_SPEED, LoadedData, Picked, Theme};

mod views;

fn fresh() -> State {
    State::new(preset::first(), Lang::En, Theme::Auto)
}

fn loaded(run: u32, restarted: bool) -> Msg {
    let loaded = Loaded { run, restarted, backend: "simd".into(), ..Loaded::default() };
    Msg::Run(RunMsg::Loaded(Rc::new(LoadedData { loaded, ..LoadedData::default() })))
}

/// A page whose worker trains run 1.
fn running() -> State {
    update(&fresh(), loaded(1, true)).0
}

fn go(s: &State, msg: Msg) -> State {
    update(s, msg).0
}

fn sent(s: &State, msg: Msg) -> Vec<Command> {
    let commands = update(s, msg).1.into_iter().map(|e| match e {
        Effect::Send(c, _) => c,
        other => panic!("{other:?}"),
    });
    commands.collect()
}

fn status(step: u64) -> Status {
    Status { run: 1, step, step_max: step, running: true, ..Status::default() }
}

fn msg(frame: Frame) -> Msg {
    Msg::Run(RunMsg::Frame(Rc::new(FrameData { frame, arrays: Vec::new() })))
}

fn points(steps: std::ops::Range<u64>) -> Vec<CurvePoint> {
    steps.map(|step| CurvePoint { step, ..CurvePoint::default() }).collect()
}

fn curve_frame(from: usize, steps: std::ops::Range<u64>) -> Msg {
    msg(Frame { status: status(steps.end), curves_from: from, curves: points(steps), ..Frame::default() })
}

fn row_frame(step: u64, running: bool) -> Msg {
    let status = Status { running, ..status(step) };
    msg(Frame {
        status,
        shown: vec![Shown::GradientFlow(GradientRow { step, layers: Vec::new() })],
        ..Frame::default()
    })
}

fn steps(s: &State) -> Vec<u64> {
    s.run.curves.iter().map(|p| p.step).collect()
}

#[test]
fn training_starts_by_itself_once_something_is_loaded() {
    assert!(fresh().run.playing && fresh().edit.problems.is_empty());
    assert_eq!(sent(&fresh(), loaded(1, true)), [Command::Play { until: None, steps_per_s: Some(FIRST_SPEED) }]);
    let paused = go(&fresh(), Msg::Run(RunMsg::TogglePlay));
    assert!(sent(&paused, loaded(1, true)).is_empty(), "the learner paused before the worker was there");
}

#[test]
fn nothing_is_sent_before_there_is_something_to_train() {
    for m in [
        Msg::Run(RunMsg::TogglePlay),
        Msg::Run(RunMsg::Step),
        Msg::Run(RunMsg::Epoch),
        Msg::Run(RunMsg::Reset),
        Msg::Run(RunMsg::Seek(3)),
        Msg::Run(RunMsg::Speed(Some(2.0))),
    ] {
        assert!(sent(&fresh(), m).is_empty());
    }
}

#[test]
fn the_transport_sends_its_commands() {
    let s = running();
    assert_eq!(sent(&s, Msg::Run(RunMsg::TogglePlay)), [Command::Pause]);
    assert!(!go(&s, Msg::Run(RunMsg::TogglePlay)).run.playing);
    assert_eq!(sent(&s, Msg::Run(RunMsg::Step)), [Command::Step { n: 1 }]);
    assert_eq!(sent(&s, Msg::Run(RunMsg::Epoch)), [Command::Epoch]);
    assert_eq!(sent(&s, Msg::Run(RunMsg::Seek(40))), [Command::Pause, Command::Seek { step: 40 }]);
    assert!(!go(&s, Msg::Run(RunMsg::Seek(40))).run.playing && !go(&s, Msg::Run(RunMsg::Step)).run.playing);
    assert!(go(&s, Msg::Run(RunMsg::Epoch)).run.playing, "until a frame says that the epoch is over");
    let slow = Command::Play { until: None, steps_per_s: Some(2.0) };
    assert_eq!(sent(&s, Msg::Run(RunMsg::Speed(Some(2.0)))), [slow]);
    assert_eq!(go(&s, Msg::Run(RunMsg::Speed(Some(f32::NAN)))).run.steps_per_s, None);
}

#[test]
fn reset_pauses_and_empties_what_grew() {
    let s = go(&running(), curve_frame(0, 0..5));
    assert_eq!(sent(&s, Msg::Run(RunMsg::Reset)), [Command::Pause, Command::Reset]);
    let s = go(&s, Msg::Run(RunMsg::Reset));
    assert!(s.run.curves.is_empty() && s.run.gradients.is_empty() && s.run.kept.is_empty() && !s.run.playing);
    let late = go(&s, curve_frame(5, 5..7));
    assert!(late.run.curves.is_empty(), "points of before the reset leave a gap and are ignored");
}

#[test]
fn playing_on_past_a_goal_forgets_the_goal() {
    let s = go(&running(), Msg::Run(RunMsg::Until(Some(Until::Epochs(2)))));
    let at_goal = Status { epoch: 2, running: false, ..status(64) };
    let s = go(&s, msg(Frame { status: at_goal, ..Frame::default() }));
    assert!(!s.run.playing, "the worker paused by itself");
    assert_eq!(sent(&s, Msg::Run(RunMsg::TogglePlay)), [Command::Play { until: None, steps_per_s: Some(FIRST_SPEED) }]);
}

#[test]
fn curves_grow_and_ignore_what_does_not_join() {
    let s = go(&running(), curve_frame(0, 0..3));
    let s = go(&s, curve_frame(3, 3..5));
    assert_eq!(steps(&s), [0, 1, 2, 3, 4]);
    assert_eq!(steps(&go(&s, curve_frame(9, 9..11))), steps(&s));
}

#[test]
fn frames_of_an_old_run_are_ignored() {
    let s = go(&running(), curve_frame(0, 0..3));
    let s = go(&s, loaded(2, true));
    assert!(s.run.curves.is_empty());
    assert_eq!(go(&s, curve_frame(0, 0..3)), s);
}

#[test]
fn changed_hyper_parameters_keep_the_curves() {
    let s = go(&running(), curve_frame(0, 0..3));
    assert_eq!(steps(&go(&s, loaded(1, false))), [0, 1, 2]);
}

#[test]
fn a_fork_keeps_the_abandoned_curve() {
    let s = go(&running(), curve_frame(0, 0..6));
    let back = Status { step: 2, step_max: 6, running: false, ..status(2) };
    let s = go(&s, msg(Frame { status: back, curves_from: 6, ..Frame::default() }));
    assert_eq!(s.run.curves.len(), 6, "looking back cuts nothing");
    // A cut curve comes anew from its first point.
    let s = go(&s, curve_frame(0, 0..4));
    assert_eq!(steps(&s), [0, 1, 2, 3]);
    assert_eq!(s.run.kept.len(), 1);
    assert_eq!(s.run.kept[0].curves.len(), 6);
    assert!(s.run.kept[0].label.contains("dense 8 tanh") && s.run.kept[0].shown);
}

#[test]
fn a_brief_frame_moves_the_figures_and_leaves_what_is_shown() {
    let shown = vec![Shown::Sample(crate::protocol::Sample::default())];
    let s = go(&running(), msg(Frame { status: status(3), shown, timeline: vec![0], ..Frame::default() }));
    let Msg::Run(RunMsg::Frame(row)) = row_frame(5, true) else { unreachable!() };
    let brief = Frame { brief: true, curves: points(0..5), timeline: vec![0, 4], ..row.frame.clone() };
    let next = go(&s, msg(brief));
    assert_eq!(
        (next.run.status.step, steps(&next).len(), next.run.gradients.len(), &*next.run.marks),
        (5, 5, 1, &vec![0, 4])
    );
    assert!(Rc::ptr_eq(&next.run.frame, &s.run.frame) && next.run.frame.frame.sample().is_some());
    assert!(
        go(&next, msg(Frame { status: status(6), ..Frame::default() })).run.frame.frame.sample().is_some(),
        "it stays in its place"
    );
}

#[test]
fn a_thinned_curve_is_no_fork() {
    let s = go(&running(), curve_frame(0, 0..8));
    let thinned = points(0..5).into_iter().map(|p| CurvePoint { step: 2 * p.step, ..p }).collect();
    let s = go(&s, msg(Frame { status: status(9), curves: thinned, ..Frame::default() }));
    assert_eq!(steps(&s), [0, 2, 4, 6, 8]);
    assert!(s.run.kept.is_empty());
}

#[test]
fn a_run_that_goes_on_keeps_its_preview() {
    let loaded = Loaded { run: 1, restarted: true, backend: "simd".into(), preview_train: 1, ..Loaded::default() };
    let s = go(
        &fresh(),
        Msg::Run(RunMsg::Loaded(Rc::new(LoadedData {
            loaded,
            x: vec![0.5, 0.5],
            y: vec![1.0],
            ..LoadedData::default()
        }))),
    );
    let s = go(&s, self::loaded(1, false));
    assert_eq!((s.run.data.x.len(), s.run.data.y.len(), s.run.data.loaded.preview_train), (2, 1, 1));
    assert!(go(&s, self::loaded(2, true)).run.data.x.is_empty());
}

#[test]
fn a_restarted_worker_goes_on_with_the_curve() {
    let s = go(&running(), curve_frame(0, 0..6));
    let s =
        go(&s, msg(Frame { status: status(4), curves_from: 6, shown: vec![Shown::Checkpoint(0)], ..Frame::default() }));
    let s = go(&s, Msg::Run(RunMsg::WorkerDied(String::new())));
    assert_eq!(steps(&s), [0, 1, 2, 3, 4], "what lies after the checkpoint is lost");
    let s = go(&s, loaded(1, true));
    assert_eq!((s.run.curves.len(), s.run.curves_before.len()), (5, 5));
    let s = go(&s, curve_frame(0, 5..7));
    assert_eq!(steps(&s), [0, 1, 2, 3, 4, 5, 6]);
    let s = go(&s, curve_frame(2, 7..8));
    assert_eq!(s.run.curves.len(), 8);
    assert!(go(&s, loaded(2, true)).run.curves.is_empty(), "another run is another curve");
}

#[test]
fn divergence_stops_and_is_said_once() {
    let d = Diverged { step: 9, value: "layers.1".into(), back_to: 4, lr: 10.0, grad_norm: None };
    let status = Status { diverged: Some(d.clone()), running: false, ..status(4) };
    let frame = || msg(Frame { status: status.clone(), curves_from: 1, curves: points(1..2), ..Frame::default() });
    let s = go(&running(), curve_frame(0, 0..9));
    let s = go(&s, frame());
    assert!(!s.run.playing && s.run.kept.is_empty());
    assert_eq!(s.page.notice, Some(Notice::Diverged(d)));
    let s = go(&s, Msg::Page(PageMsg::Dismiss));
    assert_eq!(go(&s, frame()).page.notice, None);
    let again = go(&go(&s, Msg::Run(RunMsg::TogglePlay)), frame());
    assert!(again.page.notice.is_some() && !again.run.playing, "started again, it failed again in the same way");
}

#[test]
fn a_notice_of_a_run_goes_with_it() {
    let d = Diverged { step: 40, value: "loss".into(), back_to: 4, lr: 10.0, grad_norm: None };
    let status = Status { diverged: Some(d), running: false, ..status(4) };
    let blown = go(&running(), msg(Frame { status, ..Frame::default() }));
    assert!(blown.page.notice.is_some());
    let other = preset::for_data(crate::spec::DataSpec::of("xor"), 7);
    let ends = [
        Msg::Edit(EditMsg::Open(Box::new(other.clone()))),
        Msg::Edit(EditMsg::Data(other.data)),
        Msg::Edit(EditMsg::Seed(99)),
        Msg::Run(RunMsg::Reset),
        loaded(2, true),
    ];
    for m in ends {
        assert_eq!(go(&blown, m.clone()).page.notice, None, "{m:?}");
    }
    for m in [
        Msg::View(ViewMsg::CurveLog(true)),
        Msg::Run(RunMsg::KeepRun),
        Msg::Page(PageMsg::Lang(Lang::Zh)),
        Msg::Run(RunMsg::Seek(2)),
        loaded(1, false),
    ] {
        assert!(go(&blown, m.clone()).page.notice.is_some(), "{m:?}");
    }
    // Trained on beyond it with another rate: it is over.
    let on = go(&go(&blown, Msg::Run(RunMsg::TogglePlay)), msg(Frame { status: self::status(9), ..Frame::default() }));
    assert_eq!(on.page.notice, None);
    // A fresh worker says so, until another run begins.
    let died = go(&running(), Msg::Run(RunMsg::WorkerDied("boom".into())));
    assert!(go(&died, loaded(2, true)).page.notice.is_some(), "that is the run which goes on");
    assert_eq!(go(&go(&died, loaded(2, true)), Msg::Run(RunMsg::Reset)).page.notice, None);
    // What was refused is old news once the learner goes on editing.
    let refused = go(&running(), Msg::Page(PageMsg::Refuse(vec![Problem::new("", Code::NothingLoaded)])));
    assert!(go(&refused, loaded(2, true)).page.notice.is_some());
    assert_eq!(go(&refused, Msg::Edit(EditMsg::RemoveLayer(0))).page.notice, None);
}

#[test]
fn panels_of_the_run_see_what_runs() {
    let runs = Rc::new(preset::first());
    let loaded = Loaded { run: 1, restarted: true, backend: "simd".into(), ..Loaded::default() };
    let data = LoadedData { loaded, runs: Some(runs.clone()), ..LoadedData::default() };
    let s = Rc::new(go(&fresh(), Msg::Run(RunMsg::Loaded(Rc::new(data)))));
    assert!(Rc::ptr_eq(&s.of_run(), &s) && s.behind().is_none());
    let flat = crate::spec::text::parse("dense 8 | dense 8 | dense 5").unwrap();
    let edited = Rc::new(go(&s, Msg::Edit(EditMsg::SetLayers(flat.layers))));
    assert!(!edited.edit.problems.is_empty());
    assert_eq!(edited.of_run().edit.experiment, runs);
    assert_eq!(edited.behind(), Some(&*runs));
    let other = Rc::new(go(&s, Msg::Edit(EditMsg::Data(crate::spec::DataSpec::of("mnist")))));
    assert_eq!((other.of_run().edit.experiment.clone(), other.behind()), (runs, None), "until it is loaded");
}

#[test]
fn gradient_rows_follow_the_run() {
    let mut s = running();
    for step in 0..ROWS_MAX as u64 + 10 {
        s = go(&s, row_frame(step, true));
    }
    let all = s.run.gradients.len();
    assert_eq!((s.run.gradients[0].step, all <= ROWS_MAX, all > ROWS_MAX / 3), (0, true, true));
    let back = go(&s, row_frame(50, false));
    assert_eq!(back.run.gradients.len(), all, "looking back cuts nothing");
    let fork = go(&back, row_frame(51, true));
    assert_eq!(fork.run.gradients.last().map(|r| r.step), Some(51));
    let cut = fork.run.gradients.len();
    assert!(cut < all);
    assert_eq!(go(&fork, row_frame(51, false)).run.gradients.len(), cut);
}

#[test]
fn a_dead_worker_is_replaced_at_the_last_checkpoint_but_not_for_ever() {
    let s = running();
    let s = go(&s, msg(Frame { status: status(70), shown: vec![Shown::Checkpoint(0)], ..Frame::default() }));
    let s = go(&s, msg(Frame { status: status(90), ..Frame::default() }));
    let (mut s, effects) = update(&s, Msg::Run(RunMsg::WorkerDied("boom".into())));
    assert_eq!(effects, [Effect::Restart]);
    assert_eq!(s.page.notice, Some(Notice::WorkerRestarted { step: 70, message: "boom".into() }));
    assert!(s.run.playing, "training resumes");
    for _ in 1..DEATHS_MAX {
        s = go(&s, Msg::Run(RunMsg::WorkerDied(String::new())));
    }
    assert!(!s.run.playing);
    let (s, effects) = update(&s, Msg::Run(RunMsg::TogglePlay));
    assert_eq!(effects, [Effect::Restart], "the learner may insist");
    assert!(s.run.playing);
}

#[test]
fn a_refusal_is_shown_and_changes_nothing() {
    let s = running();
    let problems = vec![Problem::new("", Code::NothingLoaded)];
    let after = go(&s, Msg::Run(RunMsg::Failed(Failure { problems: problems.clone(), words: Vec::new() })));
    assert_eq!(
        after,
        State { page: super::super::Page { notice: Some(Notice::Refused(problems)), ..s.page.clone() }, ..s }
    );
}

#[test]
fn kept_runs_can_be_hidden_and_dropped() {
    let s = go(&running(), curve_frame(0, 0..3));
    let s = go(&s, Msg::Run(RunMsg::KeepRun));
    assert!(!go(&s, Msg::Run(RunMsg::ShowKept(0, false))).run.kept[0].shown);
    assert_eq!(go(&s, Msg::Run(RunMsg::ShowKept(7, false))), s);
    assert!(go(&s, Msg::Run(RunMsg::DropKept(0))).run.kept.is_empty());
    assert_eq!(go(&s, Msg::Run(RunMsg::DropKept(7))), s);
    let many = (0..KEPT_MAX + 3).fold(s, |s, _| go(&s, Msg::Run(RunMsg::KeepRun)));
    assert_eq!(many.run.kept.len(), KEPT_MAX);
}

#[test]
fn what_is_picked_goes_with_its_layer() {
    let s = go(&running(), Msg::View(ViewMsg::Pick(Some(Picked::Unit { layer: Some(2), unit: 0 }))));
    let s = go(&s, Msg::Edit(EditMsg::RemoveLayer(2)));
    assert_eq!(go(&s, loaded(2, true)).view.picked, None);
    let input = go(&s, Msg::View(ViewMsg::Pick(Some(Picked::Unit { layer: None, unit: 0 }))));
    assert!(go(&input, loaded(3, true)).view.picked.is_some());
}

#[test]
fn writing_a_weight_sends_that_number_alone() {
    let m = Msg::Run(RunMsg::WriteWeight { name: "layers.0.bias".into(), index: 1, value: 2.0 });
    let wanted = Effect::Send(Command::Write { name: "layers.0.bias".into(), index: Some(1) }, vec![Rc::from([2.0])]);
    assert_eq!(update(&running(), m).1, [wanted]);
}

#[test]
fn progress_goes_when_all_bytes_are_there() {
    let s = go(&fresh(), Msg::Run(RunMsg::Fetching(10, 40)));
    assert_eq!(s.run.fetching, Some((10, 40)));
    assert_eq!(go(&s, Msg::Run(RunMsg::Fetching(40, 40))).run.fetching, None);
}

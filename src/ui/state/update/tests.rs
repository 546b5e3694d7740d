//! Transport, frames and the death of a worker.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::i18n::Lang;
use crate::protocol::{
    Command, CurvePoint, Diverged, Example, Failure, Frame, GradientRow, Loaded, Shown, Status, Until,
};
use crate::spec::{Code, Problem, preset};
use crate::ui::frame_data::FrameData;
use crate::ui::plots::history::ROWS_MAX;
use crate::ui::state::incoming::DEATHS_MAX;
use crate::ui::state::{CurveShow, FIRST_SPEED, LoadedData, Picked, Theme};

fn fresh() -> State {
    State::new(preset::first(), Lang::En, Theme::Auto)
}

fn loaded(run: u32, restarted: bool) -> Msg {
    let loaded = Loaded { run, restarted, backend: "simd".into(), ..Loaded::default() };
    Msg::Loaded(Rc::new(LoadedData { loaded, ..LoadedData::default() }))
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
    Msg::Frame(Rc::new(FrameData { frame, arrays: Vec::new() }))
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
    s.curves.iter().map(|p| p.step).collect()
}

#[test]
fn training_starts_by_itself_once_something_is_loaded() {
    assert!(fresh().playing && fresh().problems.is_empty());
    assert_eq!(sent(&fresh(), loaded(1, true)), [Command::Play { until: None, steps_per_s: Some(FIRST_SPEED) }]);
    let paused = go(&fresh(), Msg::TogglePlay);
    assert!(sent(&paused, loaded(1, true)).is_empty(), "the learner paused before the worker was there");
}

#[test]
fn nothing_is_sent_before_there_is_something_to_train() {
    for m in [Msg::TogglePlay, Msg::Step, Msg::Epoch, Msg::Reset, Msg::Seek(3), Msg::Speed(Some(2.0))] {
        assert!(sent(&fresh(), m).is_empty());
    }
}

#[test]
fn the_transport_sends_its_commands() {
    let s = running();
    assert_eq!(sent(&s, Msg::TogglePlay), [Command::Pause]);
    assert!(!go(&s, Msg::TogglePlay).playing);
    assert_eq!(sent(&s, Msg::Step), [Command::Step { n: 1 }]);
    assert_eq!(sent(&s, Msg::Epoch), [Command::Epoch]);
    assert_eq!(sent(&s, Msg::Seek(40)), [Command::Pause, Command::Seek { step: 40 }]);
    assert!(!go(&s, Msg::Seek(40)).playing && !go(&s, Msg::Step).playing);
    assert!(go(&s, Msg::Epoch).playing, "until a frame says that the epoch is over");
    let slow = Command::Play { until: None, steps_per_s: Some(2.0) };
    assert_eq!(sent(&s, Msg::Speed(Some(2.0))), [slow]);
    assert_eq!(go(&s, Msg::Speed(Some(f32::NAN))).steps_per_s, None);
}

#[test]
fn reset_pauses_and_empties_what_grew() {
    let s = go(&running(), curve_frame(0, 0..5));
    assert_eq!(sent(&s, Msg::Reset), [Command::Pause, Command::Reset]);
    let s = go(&s, Msg::Reset);
    assert!(s.curves.is_empty() && s.gradients.is_empty() && s.kept.is_empty() && !s.playing);
    let late = go(&s, curve_frame(5, 5..7));
    assert!(late.curves.is_empty(), "points of before the reset leave a gap and are ignored");
}

#[test]
fn playing_on_past_a_goal_forgets_the_goal() {
    let s = go(&running(), Msg::Until(Some(Until::Epochs(2))));
    let at_goal = Status { epoch: 2, running: false, ..status(64) };
    let s = go(&s, msg(Frame { status: at_goal, ..Frame::default() }));
    assert!(!s.playing, "the worker paused by itself");
    assert_eq!(sent(&s, Msg::TogglePlay), [Command::Play { until: None, steps_per_s: Some(FIRST_SPEED) }]);
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
    assert!(s.curves.is_empty());
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
    assert_eq!(s.curves.len(), 6, "looking back cuts nothing");
    // A cut curve comes anew from its first point.
    let s = go(&s, curve_frame(0, 0..4));
    assert_eq!(steps(&s), [0, 1, 2, 3]);
    assert_eq!(s.kept.len(), 1);
    assert_eq!(s.kept[0].curves.len(), 6);
    assert!(s.kept[0].label.contains("dense 8 tanh") && s.kept[0].shown);
}

#[test]
fn a_brief_frame_moves_the_figures_and_leaves_what_is_shown() {
    let shown = vec![Shown::Sample(crate::protocol::Sample::default())];
    let s = go(&running(), msg(Frame { status: status(3), shown, timeline: vec![0], ..Frame::default() }));
    let Msg::Frame(row) = row_frame(5, true) else { unreachable!() };
    let brief = Frame { brief: true, curves: points(0..5), timeline: vec![0, 4], ..row.frame.clone() };
    let next = go(&s, msg(brief));
    assert_eq!((next.status.step, steps(&next).len(), next.gradients.len(), &*next.marks), (5, 5, 1, &vec![0, 4]));
    assert!(Rc::ptr_eq(&next.frame, &s.frame) && next.frame.frame.sample().is_some());
    assert!(
        go(&next, msg(Frame { status: status(6), ..Frame::default() })).frame.frame.sample().is_some(),
        "it stays in its place"
    );
}

#[test]
fn a_thinned_curve_is_no_fork() {
    let s = go(&running(), curve_frame(0, 0..8));
    let thinned = points(0..5).into_iter().map(|p| CurvePoint { step: 2 * p.step, ..p }).collect();
    let s = go(&s, msg(Frame { status: status(9), curves: thinned, ..Frame::default() }));
    assert_eq!(steps(&s), [0, 2, 4, 6, 8]);
    assert!(s.kept.is_empty());
}

#[test]
fn a_run_that_goes_on_keeps_its_preview() {
    let loaded = Loaded { run: 1, restarted: true, backend: "simd".into(), preview_train: 1, ..Loaded::default() };
    let s = go(
        &fresh(),
        Msg::Loaded(Rc::new(LoadedData { loaded, x: vec![0.5, 0.5], y: vec![1.0], ..LoadedData::default() })),
    );
    let s = go(&s, self::loaded(1, false));
    assert_eq!((s.data.x.len(), s.data.y.len(), s.data.loaded.preview_train), (2, 1, 1));
    assert!(go(&s, self::loaded(2, true)).data.x.is_empty());
}

#[test]
fn a_restarted_worker_goes_on_with_the_curve() {
    let s = go(&running(), curve_frame(0, 0..6));
    let s =
        go(&s, msg(Frame { status: status(4), curves_from: 6, shown: vec![Shown::Checkpoint(0)], ..Frame::default() }));
    let s = go(&s, Msg::WorkerDied(String::new()));
    assert_eq!(steps(&s), [0, 1, 2, 3, 4], "what lies after the checkpoint is lost");
    let s = go(&s, loaded(1, true));
    assert_eq!((s.curves.len(), s.curves_before.len()), (5, 5));
    let s = go(&s, curve_frame(0, 5..7));
    assert_eq!(steps(&s), [0, 1, 2, 3, 4, 5, 6]);
    let s = go(&s, curve_frame(2, 7..8));
    assert_eq!(s.curves.len(), 8);
    assert!(go(&s, loaded(2, true)).curves.is_empty(), "another run is another curve");
}

#[test]
fn divergence_stops_and_is_said_once() {
    let d = Diverged { step: 9, value: "layers.1".into(), back_to: 4, lr: 10.0, grad_norm: None };
    let status = Status { diverged: Some(d.clone()), running: false, ..status(4) };
    let frame = || msg(Frame { status: status.clone(), curves_from: 1, curves: points(1..2), ..Frame::default() });
    let s = go(&running(), curve_frame(0, 0..9));
    let s = go(&s, frame());
    assert!(!s.playing && s.kept.is_empty());
    assert_eq!(s.notice, Some(Notice::Diverged(d)));
    let s = go(&s, Msg::Dismiss);
    assert_eq!(go(&s, frame()).notice, None);
    let again = go(&go(&s, Msg::TogglePlay), frame());
    assert!(again.notice.is_some() && !again.playing, "started again, it failed again in the same way");
}

#[test]
fn a_notice_of_a_run_goes_with_it() {
    let d = Diverged { step: 40, value: "loss".into(), back_to: 4, lr: 10.0, grad_norm: None };
    let status = Status { diverged: Some(d), running: false, ..status(4) };
    let blown = go(&running(), msg(Frame { status, ..Frame::default() }));
    assert!(blown.notice.is_some());
    let other = preset::for_data(crate::spec::DataSpec::of("xor"), 7);
    let ends = [Msg::Open(Box::new(other.clone())), Msg::Data(other.data), Msg::Seed(99), Msg::Reset, loaded(2, true)];
    for m in ends {
        assert_eq!(go(&blown, m.clone()).notice, None, "{m:?}");
    }
    for m in [Msg::CurveLog(true), Msg::KeepRun, Msg::Lang(Lang::Zh), Msg::Seek(2), loaded(1, false)] {
        assert!(go(&blown, m.clone()).notice.is_some(), "{m:?}");
    }
    // Trained on beyond it with another rate: it is over.
    let on = go(&go(&blown, Msg::TogglePlay), msg(Frame { status: self::status(9), ..Frame::default() }));
    assert_eq!(on.notice, None);
    // A fresh worker says so, until another run begins.
    let died = go(&running(), Msg::WorkerDied("boom".into()));
    assert!(go(&died, loaded(2, true)).notice.is_some(), "that is the run which goes on");
    assert_eq!(go(&go(&died, loaded(2, true)), Msg::Reset).notice, None);
    // What was refused is old news once the learner goes on editing.
    let refused = go(&running(), Msg::Refuse(vec![Problem::new("", Code::NothingLoaded)]));
    assert!(go(&refused, loaded(2, true)).notice.is_some());
    assert_eq!(go(&refused, Msg::RemoveLayer(0)).notice, None);
}

#[test]
fn panels_of_the_run_see_what_runs() {
    let runs = Rc::new(preset::first());
    let loaded = Loaded { run: 1, restarted: true, backend: "simd".into(), ..Loaded::default() };
    let data = LoadedData { loaded, runs: Some(runs.clone()), ..LoadedData::default() };
    let s = Rc::new(go(&fresh(), Msg::Loaded(Rc::new(data))));
    assert!(Rc::ptr_eq(&s.of_run(), &s) && s.behind().is_none());
    let flat = crate::spec::text::parse("dense 8 | dense 8 | dense 5").unwrap();
    let edited = Rc::new(go(&s, Msg::SetLayers(flat.layers)));
    assert!(!edited.problems.is_empty());
    assert_eq!(edited.of_run().experiment, runs);
    assert_eq!(edited.behind(), Some(&*runs));
    let other = Rc::new(go(&s, Msg::Data(crate::spec::DataSpec::of("mnist"))));
    assert_eq!((other.of_run().experiment.clone(), other.behind()), (runs, None), "until it is loaded");
}

#[test]
fn gradient_rows_follow_the_run() {
    let mut s = running();
    for step in 0..ROWS_MAX as u64 + 10 {
        s = go(&s, row_frame(step, true));
    }
    let all = s.gradients.len();
    assert_eq!((s.gradients[0].step, all <= ROWS_MAX, all > ROWS_MAX / 3), (0, true, true));
    let back = go(&s, row_frame(50, false));
    assert_eq!(back.gradients.len(), all, "looking back cuts nothing");
    let fork = go(&back, row_frame(51, true));
    assert_eq!(fork.gradients.last().map(|r| r.step), Some(51));
    let cut = fork.gradients.len();
    assert!(cut < all);
    assert_eq!(go(&fork, row_frame(51, false)).gradients.len(), cut);
}

#[test]
fn a_dead_worker_is_replaced_at_the_last_checkpoint_but_not_for_ever() {
    let s = running();
    let s = go(&s, msg(Frame { status: status(70), shown: vec![Shown::Checkpoint(0)], ..Frame::default() }));
    let s = go(&s, msg(Frame { status: status(90), ..Frame::default() }));
    let (mut s, effects) = update(&s, Msg::WorkerDied("boom".into()));
    assert_eq!(effects, [Effect::Restart]);
    assert_eq!(s.notice, Some(Notice::WorkerRestarted { step: 70, message: "boom".into() }));
    assert!(s.playing, "training resumes");
    for _ in 1..DEATHS_MAX {
        s = go(&s, Msg::WorkerDied(String::new()));
    }
    assert!(!s.playing);
    let (s, effects) = update(&s, Msg::TogglePlay);
    assert_eq!(effects, [Effect::Restart], "the learner may insist");
    assert!(s.playing);
}

#[test]
fn a_refusal_is_shown_and_changes_nothing() {
    let s = running();
    let problems = vec![Problem::new("", Code::NothingLoaded)];
    let after = go(&s, Msg::Failed(Failure { problems: problems.clone(), words: Vec::new() }));
    assert_eq!(after, State { notice: Some(Notice::Refused(problems)), ..s });
}

#[test]
fn kept_runs_can_be_hidden_and_dropped() {
    let s = go(&running(), curve_frame(0, 0..3));
    let s = go(&s, Msg::KeepRun);
    assert!(!go(&s, Msg::ShowKept(0, false)).kept[0].shown);
    assert_eq!(go(&s, Msg::ShowKept(7, false)), s);
    assert!(go(&s, Msg::DropKept(0)).kept.is_empty());
    assert_eq!(go(&s, Msg::DropKept(7)), s);
    let many = (0..KEPT_MAX + 3).fold(s, |s, _| go(&s, Msg::KeepRun));
    assert_eq!(many.kept.len(), KEPT_MAX);
}

#[test]
fn what_is_picked_goes_with_its_layer() {
    let s = go(&running(), Msg::Pick(Some(Picked::Unit { layer: Some(2), unit: 0 })));
    let s = go(&s, Msg::RemoveLayer(2));
    assert_eq!(go(&s, loaded(2, true)).picked, None);
    let input = go(&s, Msg::Pick(Some(Picked::Unit { layer: None, unit: 0 })));
    assert!(go(&input, loaded(3, true)).picked.is_some());
}

#[test]
fn writing_a_weight_sends_that_number_alone() {
    let m = Msg::WriteWeight { name: "layers.0.bias".into(), index: 1, value: 2.0 };
    let wanted = Effect::Send(Command::Write { name: "layers.0.bias".into(), index: Some(1) }, vec![Rc::from([2.0])]);
    assert_eq!(update(&running(), m).1, [wanted]);
}

#[test]
fn progress_goes_when_all_bytes_are_there() {
    let s = go(&fresh(), Msg::Fetching(10, 40));
    assert_eq!(s.fetching, Some((10, 40)));
    assert_eq!(go(&s, Msg::Fetching(40, 40)).fetching, None);
}

#[test]
fn views_change_without_touching_the_run() {
    let s = running();
    for m in
        [Msg::CurveLog(true), Msg::CurveShow(CurveShow::Metric), Msg::OutputHard(true), Msg::OutputTestPoints(true)]
    {
        let (next, effects) = update(&s, m);
        assert!(effects.is_empty() && next != s && next.experiment == s.experiment);
    }
    assert_eq!(go(&s, Msg::CurveSmoothing(3.0)).curve_view.smoothing, 0.99);
    assert_eq!(update(&s, Msg::Lang(Lang::Zh)).1, [Effect::Remember]);
    assert_eq!(update(&s, Msg::Theme(Theme::Dark)).1, [Effect::Remember]);
    assert_eq!(update(&s, Msg::Share).1, [Effect::Hash, Effect::CopyLink]);
}

#[test]
fn maps_of_a_huge_network_are_coarse_so_that_its_figures_move() {
    let px = |flops_per_step: f64, wanted: usize| {
        let loaded = Loaded { flops_per_step, ..Loaded::default() };
        State { data: Rc::new(LoadedData { loaded, ..LoadedData::default() }), ..fresh() }.map_px(wanted)
    };
    let batch = fresh().experiment.training.batch as f64;
    // 2-8-8-2, then three layers of 256: as wanted.
    assert_eq!(px(600.0 * batch, 120), 120);
    assert_eq!(px(3.0 * 264_192.0 * batch, 72), 72);
    // A hundred layers of 512: 5 · 10⁷ multiplications and additions a row.
    assert_eq!((px(3.0 * 5.2e7 * batch, 72), px(3.0 * 5.2e7 * batch, 22)), (8, 8));
    assert_eq!(px(0.0, 72), 72);
}

#[test]
fn an_example_that_went_with_the_samples_gives_way_to_the_last_one() {
    let after = |example: Example, n_train: usize, n_test: usize| {
        let loaded = Loaded { run: 2, restarted: true, backend: "simd".into(), n_train, n_test, ..Loaded::default() };
        let s = go(&running(), Msg::LookAt(example));
        (*go(&s, Msg::Loaded(Rc::new(LoadedData { loaded, ..LoadedData::default() }))).example).clone()
    };
    assert_eq!(after(Example::Train(7000), 500, 100), Example::Train(499));
    assert_eq!(after(Example::Train(499), 500, 100), Example::Train(499));
    assert_eq!(after(Example::Test(700), 500, 100), Example::Test(99));
    assert_eq!(after(Example::Test(700), 500, 0), Example::Train(0));
    assert_eq!(after(Example::Own(vec![0.5]), 500, 100), Example::Own(vec![0.5]));
}

//! The worker with a graphics card: messages that come while it is busy, going back, moving a run, refusals.
//!
//! Runs on whatever Vulkan device there is (feature `gpu-native`). Not responsible for numbers (`gpu_runs`).

use gradarium::backend::Backends;
use gradarium::protocol::{Command, FrameRequest, Reply, Until, Want};
use gradarium::spec::{Backend, Code, Experiment, preset, text};
use gradarium::worker::{Next, Reactor};

use crate::worker::Bench;

fn bench() -> Bench {
    Bench::of(Reactor::with(pollster::block_on(Backends::request())))
}

fn spiral() -> Experiment {
    Experiment { backend: Backend::Webgpu, ..preset::first() }
}

fn status(b: &mut Bench) -> gradarium::protocol::Status {
    b.frame(FrameRequest::default()).0.status
}

fn update(b: &mut Bench, e: &Experiment) -> Reply {
    let experiment = serde_json::to_value(e).unwrap();
    b.reply(&Command::Update { experiment, keep: true, carry: false }, vec![])
}

#[test]
fn it_plays_to_a_goal_and_shows_what_simd_shows() {
    let mut b = bench();
    let loaded = b.load(&spiral());
    assert_eq!((loaded.backend.as_str(), loaded.reason.as_str()), ("webgpu", "asked"));
    b.reply(&Command::Play { until: Some(Until::Epochs(150)), steps_per_s: None }, vec![]);
    b.settle();
    let want = FrameRequest { curves_since: Some(0), ..FrameRequest::of([Want::Output { px: 8 }, Want::GradientFlow]) };
    let (frame, _) = b.frame(want);
    assert!(!frame.status.running && frame.status.epoch == 150, "{:?}", frame.status);
    assert!(frame.status.test_metric.unwrap() > 0.9, "{:?}", frame.status);
    assert!(frame.curves.windows(2).all(|w| w[0].step < w[1].step));
    assert_eq!(frame.curves.last().unwrap().step, frame.status.step);
    assert!(frame.gradient_flow().unwrap().layers.iter().all(|l| l.d_params > 0.0 && l.params > 0.0));
    assert!(frame.timeline.len() > 1);
}

#[test]
fn what_comes_while_the_card_is_busy_waits_and_is_answered_in_order() {
    let mut b = bench();
    b.load(&spiral());
    b.reply(&Command::Play { until: None, steps_per_s: None }, vec![]);
    let (next, out) = b.tick();
    assert!(matches!(next, Next::At(_)) && out.is_empty());
    assert!(b.send(&Command::Pause, vec![]).is_empty());
    assert!(b.send(&Command::Frame { want: FrameRequest::default() }, vec![]).is_empty());
    let replies: Vec<Reply> = b.settle().into_iter().map(|o| o.reply).collect();
    let [Reply::Done, Reply::Frame(frame)] = &replies[..] else { panic!("{replies:?}") };
    assert!(!frame.status.running && frame.status.step > 0);
}

#[test]
fn a_number_of_steps_is_that_number() {
    let mut b = bench();
    b.load(&spiral());
    let mut out = b.send(&Command::Train { steps: 77 }, vec![]);
    out.extend(b.settle());
    let Reply::Trained(trained) = &out[0].reply else { panic!("{out:?}") };
    assert!(trained.steps == 77 && trained.loss.is_finite());
    b.reply(&Command::Step { n: 3 }, vec![]);
    b.settle();
    assert_eq!(status(&mut b).step, 80);
    b.reply(&Command::Epoch, vec![]);
    b.settle();
    let at = status(&mut b);
    assert_eq!(at.step % 8, 0, "{at:?}");
}

#[test]
fn going_back_and_on_from_there() {
    let mut b = bench();
    b.load(&spiral());
    b.reply(&Command::Step { n: 120 }, vec![]);
    b.settle();
    b.reply(&Command::Seek { step: 50 }, vec![]);
    let at = status(&mut b);
    assert_eq!((at.step, at.step_max), (50, 120));
    b.reply(&Command::Step { n: 10 }, vec![]);
    b.settle();
    let at = status(&mut b);
    assert_eq!((at.step, at.step_max), (60, 60));
}

#[test]
fn a_run_moves_with_its_step_and_its_weights() {
    let mut b = bench();
    let simd = Experiment { backend: Backend::Simd, ..spiral() };
    b.load(&simd);
    b.reply(&Command::Step { n: 40 }, vec![]);
    b.settle();
    let weights = b.reply_array("layers.0.weight");
    for (e, name) in [(spiral(), "webgpu"), (simd, "simd")] {
        let Reply::Loaded(loaded) = update(&mut b, &e) else { panic!() };
        assert_eq!((loaded.restarted, loaded.step, loaded.backend.as_str()), (false, 40, name));
        assert_eq!(b.reply_array("layers.0.weight"), weights);
    }
    b.reply(&Command::Step { n: 1 }, vec![]);
    b.settle();
    assert_eq!(status(&mut b).step, 41);
}

#[test]
fn a_run_that_blows_up_goes_back_to_a_good_step_and_says_which_failed() {
    let mut b = bench();
    let mut e = spiral();
    e.model = text::parse("dense 8 | dense 8 | dense").unwrap();
    b.load(&e);
    b.reply(&Command::Step { n: 30 }, vec![]);
    b.settle();
    let mut wild = e.clone();
    wild.optimizer = serde_json::from_value(serde_json::json!({"type": "sgd", "lr": 100.0})).unwrap();
    assert!(matches!(update(&mut b, &wild), Reply::Loaded(l) if !l.restarted));
    b.reply(&Command::Step { n: 200 }, vec![]);
    b.settle();
    let at = status(&mut b);
    let diverged = at.diverged.unwrap();
    assert!(diverged.step > 30 && diverged.back_to <= diverged.step && at.step == diverged.back_to, "{diverged:?}");
    assert!(!diverged.value.is_empty());
}

#[test]
fn a_network_that_the_card_does_not_take_is_refused_and_the_old_run_goes_on() {
    let mut b = bench();
    b.load(&spiral());
    b.reply(&Command::Step { n: 5 }, vec![]);
    b.settle();
    // More units than a group of threads can hold.
    let mut wide = spiral();
    wide.data = serde_json::from_value(serde_json::json!({
        "set": "random", "input": [4, 3], "target": {"classes": 2}, "samples": 40,
    }))
    .unwrap();
    wide.model = text::parse("rnn 2049 | dense").unwrap();
    let Reply::Failed(failed) = b.reply(&Command::Load { experiment: serde_json::to_value(&wide).unwrap() }, vec![])
    else {
        panic!()
    };
    assert_eq!(failed.problems[0].code, Code::NoCard);
    assert!(failed.words[0].message.contains("Recurrent"), "{:?}", failed.words);
    assert_eq!(status(&mut b).step, 5);
}

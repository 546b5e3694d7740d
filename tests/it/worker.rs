//! The worker's logic, driven as the page drives it: messages in, replies out, a clock that we hold.
//!
//! Not responsible for numbers (golden tests) nor for the mailbox (e2e).

use gradarium::protocol::{Command, FrameRequest, Loaded, Reply, Until, Want};
use gradarium::spec::{Code, Experiment, preset};
use gradarium::worker::{Buffer, Next, Outgoing, Reactor};
use std::cell::Cell;

/// A reactor with a clock that moves a little at every look.
pub struct Bench {
    reactor: Reactor,
    ms: Cell<f64>,
    id: u32,
}

impl Bench {
    pub fn new() -> Self {
        Bench::of(Reactor::new())
    }

    pub fn of(reactor: Reactor) -> Self {
        Bench { reactor, ms: Cell::new(0.0), id: 0 }
    }

    /// One slice of whatever is going on.
    #[cfg(feature = "gpu-native")]
    pub fn tick(&mut self) -> (Next, Vec<Outgoing>) {
        let mut out = Vec::new();
        (self.reactor.tick(&|| self.ms.get(), &mut out), out)
    }

    pub fn send(&mut self, command: &Command, buffers: Vec<Vec<u8>>) -> Vec<Outgoing> {
        self.id += 1;
        let mut out = Vec::new();
        let now = || {
            self.ms.set(self.ms.get() + 0.05);
            self.ms.get()
        };
        self.reactor.message(self.id, &serde_json::to_string(command).unwrap(), buffers, &now, &mut out);
        out
    }

    pub fn reply(&mut self, command: &Command, buffers: Vec<Vec<u8>>) -> Reply {
        let mut out = self.send(command, buffers);
        assert_eq!(out.len(), 1, "{command:?}");
        out.remove(0).reply
    }

    /// Ticks until nothing is left to do.
    pub fn settle(&mut self) -> Vec<Outgoing> {
        let mut out = Vec::new();
        for _ in 0..1_000_000 {
            let now = || {
                self.ms.set(self.ms.get() + 0.05);
                self.ms.get()
            };
            match self.reactor.tick(&now, &mut out) {
                Next::Idle => return out,
                Next::At(t) => self.ms.set(self.ms.get().max(t)),
                Next::Now => {}
            }
        }
        panic!("the reactor never came to rest");
    }

    pub fn load(&mut self, exp: &Experiment) -> Loaded {
        let reply = self.reply(&Command::Load { experiment: serde_json::to_value(exp).unwrap() }, vec![]);
        let Reply::Loaded(loaded) = reply else { panic!("{reply:?}") };
        *loaded
    }

    /// The numbers of a named value.
    pub fn reply_array(&mut self, name: &str) -> Vec<f32> {
        match self
            .send(&Command::Probe { name: name.into(), grad: false, state: None }, vec![])
            .remove(0)
            .buffers
            .remove(0)
        {
            Buffer::F32(values) => values,
            Buffer::Bytes(_) => panic!("a value is numbers"),
        }
    }

    pub fn frame(&mut self, want: FrameRequest) -> (gradarium::protocol::Frame, Vec<Buffer>) {
        let mut out = self.send(&Command::Frame { want }, vec![]);
        out.extend(self.settle());
        let o = out.into_iter().next().unwrap();
        let Reply::Frame(f) = o.reply else { panic!("{:?}", o.reply) };
        (*f, o.buffers)
    }
}

#[test]
fn spiral_is_learned_and_seen() {
    let mut b = Bench::new();
    let loaded = b.load(&preset::first());
    assert!(loaded.n_train > 0 && loaded.n_test > 0 && loaded.restarted);
    b.reply(&Command::Play { until: Some(Until::Epochs(400)), steps_per_s: None }, vec![]);
    b.settle();
    let wants = [Want::Output { px: 16 }, Want::GradientFlow];
    let want = FrameRequest { curves_since: Some(0), ..FrameRequest::of(wants) };
    let (frame, buffers) = b.frame(want);
    assert!(!frame.status.running && frame.status.epoch == 400, "{:?}", frame.status);
    assert!(frame.status.test_metric.unwrap() >= 0.95, "{:?}", frame.status);
    assert!(frame.curves.len() > 10 && frame.curves.windows(2).all(|w| w[0].step < w[1].step));
    assert_eq!(frame.output().unwrap().shape, [16, 16, 2]);
    let Buffer::F32(output) = &buffers[0] else { panic!() };
    assert!(output.chunks_exact(2).all(|p| (p[0] + p[1] - 1.0).abs() < 1e-5));
    assert!(frame.gradient_flow().unwrap().layers.iter().all(|l| l.d_params.is_finite() && l.params > 0.0));
    assert!(frame.timeline.len() > 3);
}

#[test]
fn going_back_and_on_again_gives_the_same_bits_and_a_fork_forgets_what_lay_after() {
    let mut b = Bench::new();
    b.load(&preset::first());
    b.reply(&Command::Step { n: 100 }, vec![]);
    b.settle();
    let state = |b: &mut Bench| b.send(&Command::Checkpoint, vec![]).remove(0).buffers;
    let there = state(&mut b);
    b.reply(&Command::Seek { step: 37 }, vec![]);
    assert_eq!(b.frame(FrameRequest::default()).0.status.step, 37);
    b.reply(&Command::Seek { step: 100 }, vec![]);
    assert_eq!(state(&mut b), there);
    b.reply(&Command::Seek { step: 37 }, vec![]);
    b.reply(&Command::Step { n: 1 }, vec![]);
    b.settle();
    let (frame, _) = b.frame(FrameRequest { curves_since: Some(0), ..FrameRequest::default() });
    assert_eq!((frame.status.step, frame.status.step_max), (38, 38));
    assert!(frame.curves.iter().all(|p| p.step <= 38) && frame.timeline.iter().all(|s| *s <= 38));
}

#[test]
fn edits_tune_without_restarting_or_keep_what_fits() {
    let mut b = Bench::new();
    let mut exp = preset::first();
    b.load(&exp);
    b.reply(&Command::Step { n: 5 }, vec![]);
    b.settle();
    exp.optimizer.lr = Some(0.02);
    let update =
        |exp: &Experiment, keep| Command::Update { experiment: serde_json::to_value(exp).unwrap(), keep, carry: false };
    let Reply::Loaded(l) = b.reply(&update(&exp, true), vec![]) else { panic!() };
    assert!(!l.restarted);
    assert_eq!(b.frame(FrameRequest::default()).0.status.step, 5);
    exp.model = gradarium::spec::text::parse("dense 8 tanh | dense 5 tanh | dense").unwrap();
    let Reply::Loaded(l) = b.reply(&update(&exp, true), vec![]) else { panic!() };
    assert!(l.restarted);
    assert_eq!(l.kept, ["layers.0.weight", "layers.0.bias", "layers.2.bias"]);
}

#[test]
fn another_optimizer_or_batch_size_goes_on_at_the_same_step_and_is_replayed_where_it_was_chosen() {
    let tuned = |change: fn(&mut Experiment)| {
        let mut exp = preset::first();
        change(&mut exp);
        Command::Update { experiment: serde_json::to_value(exp).unwrap(), keep: true, carry: false }
    };
    let sgd = || tuned(|e| e.optimizer = serde_json::from_str(r#"{"type": "momentum", "lr": 0.05}"#).unwrap());
    let small = || {
        tuned(|e| {
            e.optimizer = serde_json::from_str(r#"{"type": "momentum", "lr": 0.05}"#).unwrap();
            e.training.batch = 7;
        })
    };
    let run = |first: u32, second: u32, third: u32| {
        let mut b = Bench::new();
        b.load(&preset::first());
        for (change, steps) in [(None, first), (Some(sgd()), second), (Some(small()), third)] {
            if let Some(change) = change.filter(|_| steps > 0) {
                let Reply::Loaded(l) = b.reply(&change, vec![]) else { panic!() };
                assert!(!l.restarted);
            }
            b.reply(&Command::Step { n: steps }, vec![]);
            b.settle();
        }
        b
    };
    let state = |b: &mut Bench| b.send(&Command::Checkpoint, vec![]).remove(0).buffers;
    let mut b = run(20, 30, 40);
    assert_eq!(b.frame(FrameRequest::default()).0.status.step, 90);
    for (step, mut same) in [(30, run(20, 10, 0)), (75, run(20, 30, 25)), (5, run(5, 0, 0)), (90, run(20, 30, 40))] {
        b.reply(&Command::Seek { step }, vec![]);
        assert_eq!(state(&mut b), state(&mut same), "at step {step}");
    }
    // A fork trains with what is chosen now.
    b.reply(&Command::Seek { step: 30 }, vec![]);
    b.reply(&Command::Step { n: 3 }, vec![]);
    b.settle();
    let forked = state(&mut b);
    b.reply(&Command::Seek { step: 31 }, vec![]);
    b.reply(&Command::Seek { step: 33 }, vec![]);
    assert_eq!(state(&mut b), forked);
    let mut same = run(20, 10, 3);
    assert_eq!(state(&mut same), forked);
}

#[test]
fn changing_ones_mind_about_the_optimizer_leaves_no_trace() {
    let update = |kind: &str| {
        let mut exp = preset::first();
        exp.optimizer.kind = gradarium::spec::OptimizerKind::from_name(kind).unwrap();
        Command::Update { experiment: serde_json::to_value(exp).unwrap(), keep: true, carry: false }
    };
    let run = |kinds: &[&str]| {
        let mut b = Bench::new();
        b.load(&preset::first());
        b.reply(&Command::Step { n: 12 }, vec![]);
        b.settle();
        for kind in kinds {
            b.reply(&update(kind), vec![]);
        }
        b.reply(&Command::Step { n: 12 }, vec![]);
        b.settle();
        b.send(&Command::Checkpoint, vec![]).remove(0).buffers
    };
    assert_eq!(run(&["lion", "adam"]), run(&[]));
    assert_ne!(run(&["lion"]), run(&[]));
}

#[test]
fn the_bar_says_what_the_panels_beside_it_say_while_training() {
    let mut exp = preset::first();
    for set in ["spiral", "plane"] {
        exp = preset::for_data(serde_json::from_value(serde_json::json!({ "set": set })).unwrap(), exp.seed);
        let mut b = Bench::new();
        b.load(&exp);
        b.reply(&Command::Play { until: None, steps_per_s: None }, vec![]);
        let want = FrameRequest::of([Want::Confusion, Want::Scatter]);
        let Reply::Frame(f) = b.send(&Command::Frame { want }, vec![]).remove(0).reply else { panic!() };
        assert!(f.status.running);
        let metric = f.status.test_metric.unwrap();
        if let Some(c) = f.confusion() {
            let (all, right) = (c.counts.iter().flatten().sum::<u32>(), (0..2).map(|i| c.counts[i][i]).sum::<u32>());
            assert_eq!(metric, right as f32 / all as f32);
        } else {
            assert!(f.scatter().is_some());
        }
    }
}

#[test]
fn every_number_of_a_target_is_set_against_its_prediction() {
    let mut b = Bench::new();
    let exp = serde_json::json!({
        "data": { "set": "random", "input": [4, 2], "target": { "shape": [4, 3] }, "samples": 40, "test_fraction": 0.25 },
        "model": { "layers": [{ "type": "rnn", "units": 5, "return_sequences": true }, { "type": "dense" }] },
        "task": { "type": "regression" }, "optimizer": { "type": "adam" }
    });
    b.load(&serde_json::from_value(exp).unwrap());
    let want = FrameRequest::of([Want::Scatter]);
    let out = b.send(&Command::Frame { want }, vec![]).remove(0);
    let Reply::Frame(f) = out.reply else { panic!() };
    assert_eq!(f.scatter().unwrap().shape, [10 * 4 * 3, 2]);
}

#[test]
fn slow_motion_keeps_its_pace_and_stops_where_it_should() {
    let mut b = Bench::new();
    b.load(&preset::first());
    b.reply(&Command::Play { until: Some(Until::Epochs(3)), steps_per_s: Some(300.0) }, vec![]);
    let began = b.ms.get();
    b.settle();
    let status = b.frame(FrameRequest::default()).0.status;
    assert_eq!(status.epoch, 3);
    let wanted = status.step as f64 / 300.0 * 1000.0;
    assert!((b.ms.get() - began - wanted).abs() < 20.0, "{} ms instead of {wanted}", b.ms.get() - began);
}

#[test]
fn refusals_name_the_place_and_change_nothing() {
    let mut b = Bench::new();
    let Reply::Failed(f) = b.reply(&Command::Step { n: 1 }, vec![]) else { panic!() };
    assert_eq!(f.problems[0].code, Code::NothingLoaded);
    b.load(&preset::first());
    let mut bad = serde_json::to_value(preset::first()).unwrap();
    bad["model"]["layers"][1]["unitz"] = 3.into();
    bad["optimizer"]["lr"] = "fast".into();
    let Reply::Failed(f) = b.reply(&Command::Load { experiment: bad }, vec![]) else { panic!() };
    let paths: Vec<&str> = f.problems.iter().map(|p| p.path.as_str()).collect();
    assert!(paths.contains(&"model.layers[1].unitz") && paths.contains(&"optimizer.lr"), "{paths:?}");
    let Reply::Failed(f) = b.reply(&Command::Write { name: "layers.0.weight".into(), index: None }, vec![vec![0; 8]])
    else {
        panic!()
    };
    assert_eq!(f.problems[0].code, Code::WrongLength);
    let mut elsewhere = serde_json::to_value(preset::first()).unwrap();
    elsewhere["backend"] = "webgpu".into();
    let Reply::Failed(f) = b.reply(&Command::Load { experiment: elsewhere }, vec![]) else { panic!() };
    // Whether the program has none or the machine.
    let expected = if cfg!(feature = "gpu-native") { Code::NoCard } else { Code::NoBackend };
    assert_eq!(f.problems[0].code, expected);
    b.reply(&Command::Step { n: 2 }, vec![]);
    b.settle();
    assert_eq!(b.frame(FrameRequest::default()).0.status.step, 2);
}

/// Augmented pictures are drawn from a stream of their own: a checkpoint carries it, and looking does not move it.
#[test]
fn augmentation_goes_on_bit_exactly_from_a_checkpoint_and_changes_without_a_restart() {
    use gradarium::spec::{AugmentKind, AugmentSpec, DataSpec};
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/www/");
    let mut exp = preset::for_data(DataSpec { samples: Some(200), ..DataSpec::of("digits8") }, 3);
    exp.data.augment = AugmentKind::ALL.map(AugmentSpec::new).to_vec();
    let files =
        || exp.data.set_info().unwrap().files.iter().map(|f| std::fs::read(format!("{root}{}", f.path)).unwrap());
    let start = |exp: &Experiment| {
        let mut bench = Bench::new();
        let load = Command::Load { experiment: serde_json::to_value(exp).unwrap() };
        let Reply::Loaded(_) = bench.reply(&load, files().collect()) else { panic!("not loaded") };
        bench
    };
    let checkpoint = |bench: &mut Bench| match bench.send(&Command::Checkpoint, vec![]).remove(0).buffers.remove(0) {
        Buffer::Bytes(bytes) => bytes,
        Buffer::F32(_) => panic!("a checkpoint is bytes"),
    };
    let train = |bench: &mut Bench, steps: u32| {
        bench.send(&Command::Train { steps }, vec![]);
        bench.settle();
    };
    let (mut a, mut b) = (start(&exp), start(&exp));
    train(&mut a, 12);
    let middle = checkpoint(&mut a);
    let want = FrameRequest::of([Want::Augmented { rows: 4 }]);
    let shown = |bench: &mut Bench| {
        bench.send(&Command::Frame { want: want.clone() }, vec![]).into_iter().chain(bench.settle()).find_map(|o| {
            let Reply::Frame(frame) = o.reply else { return None };
            let named = frame.augmented()?;
            assert_eq!(named.shape, [4, 8, 8, 1]);
            Some(o.buffers[named.buffer].clone())
        })
    };
    assert!(shown(&mut a).is_some() && shown(&mut a) == shown(&mut a), "the same step shows the same pictures");
    train(&mut a, 12);
    b.reply(&Command::Restore, vec![middle]);
    train(&mut b, 12);
    assert!(checkpoint(&mut a) == checkpoint(&mut b));
    let mut plain = exp.clone();
    plain.data.augment.clear();
    let update = Command::Update { experiment: serde_json::to_value(&plain).unwrap(), keep: true, carry: false };
    let Reply::Loaded(loaded) = a.reply(&update, vec![]) else { panic!("refused") };
    assert!(!loaded.restarted && shown(&mut a).is_none());
}

#[test]
fn a_frame_between_two_trains_waits_for_the_steps_and_measures_nothing() {
    let mut b = Bench::new();
    b.load(&preset::first());
    // A clock on which every look takes longer than a slice.
    let ms = Cell::new(0.0);
    let now = || {
        ms.set(ms.get() + 50.0);
        ms.get()
    };
    let mut out = Vec::new();
    let train = serde_json::to_string(&Command::Train { steps: 9 }).unwrap();
    b.reactor.message(11, &train, vec![], &now, &mut out);
    let want = FrameRequest { between: true, ..FrameRequest::default() };
    let frame = serde_json::to_string(&Command::Frame { want }).unwrap();
    b.reactor.message(12, &frame, vec![], &now, &mut out);
    assert!(out.is_empty(), "one step is taken, nothing is shown");
    while b.reactor.tick(&now, &mut out) != Next::Idle {}
    assert_eq!(out.iter().map(|o| o.id).collect::<Vec<_>>(), [11, 12]);
    let Reply::Frame(shown) = &out[1].reply else { panic!("{:?}", out[1].reply) };
    assert_eq!((shown.status.step, shown.status.test_loss), (9, None));
    // At rest everything is measured.
    assert!(b.frame(FrameRequest::default()).0.status.test_loss.is_some());
}

#[test]
fn a_step_that_seems_to_take_no_time_makes_no_endless_slice() {
    let mut bench = Bench::new();
    bench.load(&preset::first());
    bench.send(&Command::Play { steps_per_s: None, until: None }, vec![]);
    // As in a browser, whose clock is coarse: a last batch of one row ends in the same tick in which it began.
    let reads = Cell::new(0);
    let now = || {
        reads.set(reads.get() + 1);
        bench.ms.get() + f64::from((reads.get() - 4_i32).max(0))
    };
    bench.reactor.tick(&now, &mut Vec::new());
    let after = now();
    bench.ms.set(after);
    bench.reply(&Command::Pause, vec![]);
    let (frame, _) = bench.frame(FrameRequest::default());
    assert!(
        (1..200).contains(&frame.status.step),
        "{} steps in a slice of some ten looks at the clock",
        frame.status.step
    );
}

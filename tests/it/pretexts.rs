//! Self-supervision: what a pretext is asked, the same bits twice, and what the features are worth with few labels.

use gradarium::backend;
use gradarium::engine::session::{Part, Scratch, Session};
use gradarium::engine::{data, tasks};
use gradarium::protocol::{Command, FrameRequest, PartRequest, PartRows, Reply, Want};
use gradarium::spec::model::PartName;
use gradarium::spec::{Backend, Code, Experiment, preset};
use gradarium::worker::Reactor;
use serde_json::{Value, json};

const DENSE: &str = "trunk: flatten | dense 12 tanh | dense 6 tanh; head: dense";
const VIEWS: &str = "trunk: flatten | dense 12 tanh | dense 6 tanh; head: dense 4";

fn read(data: Value, task: Value, model: &str) -> Experiment {
    let model = gradarium::spec::text::parse(model).unwrap();
    Experiment::from_value(json!({
        "seed": 3, "data": data, "model": serde_json::to_value(model).unwrap(), "task": task,
        "optimizer": {"type": "adam", "lr": 0.003}, "training": {"batch": 32},
    }))
    .unwrap()
}

/// On pictures of noise, which need no file, and on small digits.
pub fn both() -> Vec<Experiment> {
    let noise = json!({"set": "random", "input": [6, 6, 1], "target": {"classes": 4}, "samples": 120,
                       "test_fraction": 0.2});
    let views = json!([{"type": "shift", "strength": 0.2}, {"type": "noise", "strength": 0.1}]);
    vec![
        read(noise, json!({"type": "rotation"}), DENSE),
        read(json!({"set": "digits8", "augment": views}), json!({"type": "contrastive", "temperature": 0.2}), VIEWS),
    ]
}

/// Squares of small digits hidden.
pub fn masked() -> Experiment {
    let task = json!({"type": "autoencoder", "mask": 0.5, "patch": 2, "hidden_only": true});
    let model = "encoder: flatten | dense 32 relu | dense; decoder: dense 32 relu | dense sigmoid";
    let mut e = read(json!({"set": "digits8"}), task, &model.replace("dense;", "dense 16 tanh;"));
    e.training.batch = 32;
    e
}

fn session(e: &Experiment) -> Session {
    assert_eq!(e.problems(), []);
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/www/");
    let files = e.data.set_info().unwrap().files.iter();
    let files: Vec<_> =
        files.map(|f| (f.path.to_string(), std::fs::read(format!("{root}{}", f.path)).unwrap())).collect();
    let rows = tasks::data(e, data::build(&e.data, u64::from(e.seed), &files).unwrap());
    Session::new(e.clone(), rows, backend::choose(Backend::Auto).unwrap())
}

fn scratch(s: &mut Session) -> Scratch {
    let mut scratch = s.scratch(backend::choose(Backend::Simd).unwrap()).unwrap();
    while !scratch.is_over() {
        scratch.advance();
    }
    scratch
}

#[test]
fn a_turned_picture_has_the_same_numbers_and_its_turn_for_an_answer() {
    let e = read(json!({"set": "digits8"}), json!({"type": "rotation"}), DENSE);
    let s = session(&e);
    let data = s.data();
    let mut seen = [0; 4];
    for row in 0..data.len() {
        let sorted = |x: &[f32]| {
            let mut x = x.to_vec();
            x.sort_by(f32::total_cmp);
            x
        };
        let (turned, plain) = (data.x_row(row), &data.origin[row * 64..][..64]);
        assert_eq!(sorted(turned), sorted(plain));
        let k = data.y_row(row)[0] as usize;
        seen[k] += 1;
        // Where the upper left corner comes from, turned left by so many quarters.
        assert_eq!(turned[0], plain[[0, 7, 63, 56][k]], "{row} {k}");
    }
    assert!(seen.iter().all(|n| *n > data.len() / 5), "{seen:?}");
    assert_eq!(s.info().class_names, ["0°", "90°", "180°", "270°"]);
}

#[test]
fn looking_leaves_training_as_it_is_and_gives_the_same_twice() {
    for (e, rows) in both().into_iter().zip([(4, 24), (20, 449)]) {
        let (mut a, mut b) = (session(&e), session(&e));
        for _ in 0..10 {
            assert_eq!(a.step(), b.step());
            let probed = a.probe().unwrap();
            assert_eq!(a.probe(), Some(probed));
            assert_eq!((probed.labelled, probed.tested), rows);
        }
        assert_eq!(scratch(&mut a).best(), scratch(&mut a).best());
        assert_eq!(a.checkpoint(), b.checkpoint());
        assert_eq!(a.evaluate(Part::Test, usize::MAX), b.evaluate(Part::Test, usize::MAX));
    }
}

#[test]
fn only_hidden_places_count_and_the_rest_stands_as_it_was() {
    let e = masked();
    let mut s = session(&e);
    let before = s.evaluate(Part::Test, usize::MAX).unwrap();
    let rows: Vec<usize> = s.data().test().collect();
    let read = s.measured_rows(rows[0]..rows[rows.len() - 1] + 1);
    let (mut hidden, mut sum) = (0usize, 0.0);
    s.evaluate_with(Part::Test, usize::MAX, &mut |row, out, data| {
        let seen = &read[(row - rows[0]) * 64..][..64];
        for ((x, t), y) in seen.iter().zip(data.y_row(row)).zip(out) {
            if *x == -1.0 {
                hidden += 1;
                sum += f64::from((y - t) * (y - t));
            } else {
                assert_eq!((x, y), (t, t), "what is seen stands");
            }
        }
    });
    // Eight of sixteen squares of every picture.
    assert_eq!(hidden, rows.len() * 32);
    let loss = sum / (rows.len() * 64) as f64;
    assert!((loss - f64::from(before.loss)).abs() < 1e-5, "{loss} {before:?}");
    (0..800).for_each(|_| assert!(s.step().is_ok()));
    let after = s.evaluate(Part::Test, usize::MAX).unwrap();
    assert!(after.loss < 0.5 * before.loss, "{before:?} {after:?}");
    // What is hidden is nowhere read: other numbers there change no answer.
    let probed = s.probe().unwrap();
    assert_eq!((probed.labelled, probed.tested), (20, 449));
    assert!(scratch(&mut s).best().is_some());
}

#[test]
fn codes_are_probed_too() {
    let coder = "encoder: flatten | dense 16 tanh | dense; decoder: dense 16 tanh | dense sigmoid";
    let mut s = session(&read(json!({"set": "digits8"}), json!({"type": "vae", "latent": 8}), coder));
    // Means and variances of eight numbers.
    let first = s.probe().unwrap();
    assert_eq!((first.labelled, first.tested), (20, 449));
    assert!(scratch(&mut s).best().is_some());
    let coder = "encoder: flatten | dense 16 tanh; decoder: dense sigmoid";
    let mut s = session(&read(json!({"set": "digits8"}), json!({"type": "autoencoder"}), coder));
    (0..800).for_each(|_| assert!(s.step().is_ok()));
    let later = s.probe().unwrap();
    eprintln!("{first:?} {later:?}");
    assert!(later.accuracy > 0.5, "{later:?}");
    assert!(scratch(&mut s).best().is_some());
    let numbers = json!({"set": "random", "input": [4], "target": {"shape": [1]}, "samples": 50});
    let mut table = session(&read(numbers, json!({"type": "autoencoder"}), "encoder: dense 2; decoder: dense"));
    assert_eq!(table.probe(), None, "rows without classes");
}

#[test]
fn a_batch_of_views_is_always_full() {
    let mut e = both()[1].clone();
    e.training.batch = 100;
    let mut s = session(&e);
    let whole = s.data().n_train / 100;
    assert_ne!(s.data().n_train % 100, 0);
    let sizes: Vec<usize> = (0..whole + 1).map(|_| s.step().map(|_| s.rows()).unwrap()).collect();
    assert_eq!(sizes, vec![100; whole + 1]);
    assert_eq!(s.epoch(), 1);
}

#[test]
fn views_that_find_each_other_are_counted() {
    let mut s = session(&both()[1]);
    let before = s.evaluate(Part::Train, usize::MAX).unwrap();
    // Whole groups of 64 only.
    assert_eq!(before.samples % 64, 0);
    (0..600).for_each(|_| assert!(s.step().is_ok()));
    let after = s.evaluate(Part::Train, usize::MAX).unwrap();
    assert!(after.accuracy > before.accuracy && after.loss < before.loss, "{before:?} {after:?}");
    let width = s.output_width();
    assert_eq!(width, 8);
}

#[test]
fn what_does_not_suit_is_said() {
    let codes = |e: &Experiment| e.problems().iter().map(|p| (p.path.clone(), p.code)).collect::<Vec<_>>();
    let [turns, views] = [json!({"type": "rotation"}), json!({"type": "contrastive"})];
    let plain = read(json!({"set": "digits8"}), views.clone(), VIEWS);
    assert_eq!(codes(&plain), [("data.augment".into(), Code::NoViews)]);
    let mixed = json!({"set": "digits8", "augment": [{"type": "mixup"}]});
    assert_eq!(codes(&read(mixed, views.clone(), VIEWS)), [("data.augment".into(), Code::NoViews)]);
    for (task, model) in [(turns.clone(), DENSE), (views, VIEWS)] {
        let table = read(json!({"set": "iris", "augment": []}), task, model);
        assert!(codes(&table).contains(&("task.type".into(), Code::TaskData)), "{:?}", codes(&table));
    }
    let mut nothing = masked();
    nothing.task = serde_json::from_value(json!({"type": "autoencoder", "hidden_only": true})).unwrap();
    assert_eq!(codes(&nothing), [("task.hidden_only".into(), Code::NothingHidden)]);
    let charged = json!({"type": "autoencoder", "mask": 0.5, "hidden_only": true, "loss": "bce"});
    nothing.task = serde_json::from_value(charged).unwrap();
    assert_eq!(codes(&nothing), [("task.loss".into(), Code::HiddenLoss)]);
    let squares = json!({"type": "autoencoder", "mask": 0.5, "patch": 2});
    let rows = read(json!({"set": "ring"}), squares, "encoder: dense 2; decoder: dense");
    assert_eq!(codes(&rows), [("task.patch".into(), Code::OutOfRange)]);
    let mut oblong = both()[0].clone();
    oblong.data.input = Some(vec![6, 4, 1]);
    assert!(codes(&oblong).contains(&("task.type".into(), Code::TaskData)));
    let mut cold = both()[1].clone();
    cold.task = serde_json::from_value(json!({"type": "contrastive", "temperature": 0.0})).unwrap();
    assert_eq!(codes(&cold), [("task.temperature".into(), Code::OutOfRange)]);
    let lossy =
        json!({"data": {"set": "mnist"}, "model": {"layers": []}, "task": {"type": "contrastive", "loss": "mse"}});
    assert_eq!(Experiment::from_value(lossy).unwrap_err()[0].path, "task.loss");
    // Chosen on the page, it brings views and networks that suit.
    let data = serde_json::from_value(json!({"set": "mnist"})).unwrap();
    let ready = preset::for_task(data, 7, "contrastive").unwrap();
    assert!(!ready.data.augment.is_empty() && ready.model.part(PartName::Head).len() == 2);
    let without = read(json!({"set": "digits8"}), turns, "trunk: flatten | dense 8; head: dense 3");
    assert!(codes(&without).contains(&("model.parts.head[0]".into(), Code::OutputShape)));
}

/// Share of the probe at first, after so many steps of a ready experiment, and the best of training from scratch.
fn figures(name: &str, steps: usize) -> (f32, f32, f32) {
    let mut s = session(&preset::ready::find(name).unwrap().experiment().unwrap());
    let first = s.probe().unwrap();
    assert_eq!((first.labelled, first.tested), (100, 1000));
    (0..steps).for_each(|_| assert!(s.step().is_ok()));
    let figures = (first.accuracy, s.probe().unwrap().accuracy, scratch(&mut s).best().unwrap());
    eprintln!("{name}: {figures:?} {:?}", s.evaluate(Part::Test, 1000));
    figures
}

#[test]
fn two_views_are_worth_more_than_the_labels_alone() {
    let (first, probed, scratch) = figures("contrastive_digits", 300);
    assert!(probed > first + 0.02 && probed > scratch + 0.02, "{first} {probed} {scratch}");
}

#[test]
fn a_frame_shows_the_probe_beside_training_from_scratch() {
    let (mut reactor, e) = (Reactor::new(), &both()[0]);
    let now = || 0.0;
    let mut ask = |command: &Command| {
        let mut out = Vec::new();
        reactor.message(1, &serde_json::to_string(command).unwrap(), vec![], &now, &mut out);
        while out.is_empty() {
            reactor.tick(&now, &mut out);
        }
        out.remove(0).reply
    };
    ask(&Command::Load { experiment: serde_json::to_value(e).unwrap() });
    let part = PartRequest { part: PartName::Trunk, rows: PartRows::Test { n: 300 } };
    let mut look = || {
        let want = FrameRequest::of([Want::Probe, Want::Part(part.clone())]);
        let Reply::Frame(frame) = ask(&Command::Frame { want }) else { panic!("no frame") };
        let features = frame.parts().next().unwrap();
        assert_eq!((&features.values.shape[..], features.labels.len()), (&[24, 6][..], 24));
        assert!(features.labels.iter().all(|l| *l < 4), "classes of the data, not turns");
        let probe = frame.probe().unwrap().clone();
        ask(&Command::Train { steps: 5 });
        probe
    };
    let (first, second) = (look(), look());
    assert_eq!((first.step, second.step), (0, 5));
    assert_eq!((first.labelled, first.train, first.tested), (4, 96, 24));
    assert_eq!(first.scratch_steps.0, first.scratch_steps.1, "at rest it is trained to its end");
    assert!(first.scratch.is_some() && first.scratch == second.scratch);
    assert_eq!(second.course, [(0, first.accuracy), (5, second.accuracy)]);
}

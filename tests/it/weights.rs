//! Trained weights in files: written, read back, opened at their step; broken ones are one sentence and lose nothing.
//!
//! The format's own crate reads what we write and writes what we read. Not responsible for the page (e2e).

use crate::worker::Bench;
use gradarium::protocol::{Command, Reply};
use gradarium::spec::weights::Tensor;
use gradarium::spec::{Code, Experiment, Problem, Saved, Weights, preset};
use gradarium::worker::Buffer;
use proptest::prelude::*;
use safetensors::tensor::{Dtype, SafeTensors, TensorView, serialize};
use serde_json::{Value, json};

fn exp(text: &str) -> Experiment {
    Experiment::from_json(text).unwrap()
}

/// Batch normalisation has running statistics, dropout and the schedule have a course.
fn rich() -> Experiment {
    exp(
        r#"{"seed": 3, "data": {"set": "moons"}, "model": {"layers": [{"type": "dense", "units": 6, "activation": "relu"},
        {"type": "batch_norm"}, {"type": "dropout", "rate": 0.2}, {"type": "dense"}]}, "task": {"type": "classification"},
        "optimizer": {"type": "adam", "lr": 0.02, "schedule": {"type": "step", "every": 30, "factor": 0.5}}}"#,
    )
}

fn ask(b: &mut Bench, command: &Command, buffers: Vec<Vec<u8>>) -> (Reply, Vec<Buffer>) {
    let mut out = b.send(command, buffers);
    out.extend(b.settle());
    let last = out.pop().unwrap();
    (last.reply, last.buffers)
}

/// Trained so far, and what is saved then.
fn trained(e: &Experiment, steps: u32) -> (Bench, Vec<u8>) {
    let mut b = Bench::new();
    b.load(e);
    ask(&mut b, &Command::Train { steps }, vec![]);
    let bytes = weights(&mut b, u64::from(steps));
    (b, bytes)
}

fn weights(b: &mut Bench, at: u64) -> Vec<u8> {
    let (reply, buffers) = ask(b, &Command::Weights, vec![]);
    let Reply::Weights { step, .. } = reply else { panic!("{reply:?}") };
    assert_eq!(step, at);
    let Some(Buffer::Bytes(bytes)) = buffers.into_iter().next() else { panic!() };
    bytes
}

fn open(b: &mut Bench, e: &Experiment, bytes: &[u8]) -> Reply {
    b.reply(&Command::Open { experiment: serde_json::to_value(e).unwrap() }, vec![bytes.to_vec()])
}

fn refused(reply: Reply) -> Vec<Problem> {
    let Reply::Failed(f) = reply else { panic!("{reply:?}") };
    assert!(f.words.iter().all(|w| !w.message.is_empty() && !w.hint.is_empty()));
    f.problems
}

fn metrics(b: &mut Bench) -> Reply {
    b.reply(&Command::Evaluate, vec![])
}

#[test]
fn a_trained_network_opens_trained_at_its_step_and_goes_on_alike() {
    for e in [preset::first(), rich()] {
        let (mut b, bytes) = trained(&e, 50);
        let known = Weights::read(&bytes).unwrap();
        assert_eq!((known.step, known.write()), (50, bytes.clone()));
        let measured = metrics(&mut b);
        // Opened in two workers, one of which did something else before.
        let mut other = Bench::new();
        for b in [&mut b, &mut other] {
            let reply = open(b, &e, &bytes);
            let Reply::Loaded(l) = reply else { panic!("{reply:?}") };
            assert!(l.restarted);
            assert_eq!((metrics(b), weights(b, 50)), (measured.clone(), bytes.clone()));
            ask(b, &Command::Train { steps: 30 }, vec![]);
        }
        assert_eq!(weights(&mut b, 80), weights(&mut other, 80));
        // Reset means the first weights of the seed.
        let mut fresh = Bench::new();
        fresh.load(&e);
        b.send(&Command::Reset, vec![]);
        assert_eq!(weights(&mut b, 0), weights(&mut fresh, 0));
    }
}

#[test]
fn running_statistics_are_saved_and_the_schedule_stands_at_its_step() {
    let (_, bytes) = trained(&rich(), 70);
    let saved = Weights::read(&bytes).unwrap();
    let names: Vec<&str> = saved.tensors.iter().map(|t| t.name.as_str()).collect();
    assert!(names.contains(&"layers.1.running_mean") && names.contains(&"layers.1.running_var"), "{names:?}");
    assert!(saved.find("layers.1.running_mean").unwrap().data.iter().any(|x| *x != 0.0));
    let mut b = Bench::new();
    open(&mut b, &rich(), &bytes);
    let (reply, _) = ask(&mut b, &Command::Frame { want: Default::default() }, vec![]);
    let Reply::Frame(f) = reply else { panic!("{reply:?}") };
    assert_eq!((f.status.step, f.status.step_max), (70, 70));
    assert!((f.status.lr - 0.005).abs() < 1e-6, "two halvings: {}", f.status.lr);
}

#[test]
fn the_formats_own_crate_reads_it_and_is_read() {
    let (_, bytes) = trained(&rich(), 3);
    let theirs = SafeTensors::deserialize(&bytes).unwrap();
    let ours = Weights::read(&bytes).unwrap();
    assert_eq!(theirs.len(), ours.tensors.len());
    for t in &ours.tensors {
        let view = theirs.tensor(&t.name).unwrap();
        let data: Vec<u8> = t.data.iter().flat_map(|x| x.to_le_bytes()).collect();
        assert_eq!((view.dtype(), view.shape(), view.data()), (Dtype::F32, t.shape.as_slice(), data.as_slice()));
    }
    let back = serialize(theirs.tensors(), None).unwrap();
    let mut again = Weights::read(&back).unwrap().tensors;
    let by_name = |a: &Tensor, b: &Tensor| a.name.cmp(&b.name);
    let mut wanted = ours.tensors;
    again.sort_by(by_name);
    wanted.sort_by(by_name);
    assert_eq!(again, wanted);
    let halves = [0u8; 4];
    let half = TensorView::new(Dtype::F16, vec![2], &halves).unwrap();
    let half = serialize([("layers.0.bias", half)], None).unwrap();
    assert_eq!(Weights::read(&half).unwrap_err().code, Code::WeightsKind);
}

#[test]
fn weights_that_do_not_fit_are_named_and_the_run_goes_on() {
    let e = preset::first();
    let (mut b, bytes) = trained(&e, 20);
    let good = Weights::read(&bytes).unwrap();
    let change = |f: &dyn Fn(&mut Weights)| {
        let mut w = good.clone();
        f(&mut w);
        w.write()
    };
    let missing = change(&|w| drop(w.tensors.remove(0)));
    let unknown = change(&|w| w.tensors[0].name = "layers.9.weight".into());
    let shape = change(&|w| w.tensors[0].shape.reverse());
    let nan = change(&|w| w.tensors[1].data[0] = f32::NAN);
    let cases: [(&[u8], &[Code]); 6] = [
        (&missing, &[Code::WeightsMissing]),
        (&unknown, &[Code::WeightsMissing, Code::WeightsUnknown]),
        (&shape, &[Code::WeightsShape]),
        (&nan, &[Code::WeightsNotFinite]),
        (&bytes[..bytes.len() - 1], &[Code::BrokenWeights]),
        (&[], &[Code::BrokenWeights]),
    ];
    for (given, codes) in cases {
        let problems = refused(open(&mut b, &e, given));
        assert_eq!(problems.iter().map(|p| p.code).collect::<Vec<_>>(), codes);
        assert_eq!(weights(&mut b, 20), bytes, "{codes:?} lost the run");
    }
    let mut other = e.clone();
    other.seed = 8;
    other.model = rich().model;
    assert!(!refused(open(&mut b, &other, &bytes)).is_empty());
    assert_eq!(weights(&mut b, 20), bytes);
    assert_eq!(refused(b.reply(&Command::Open { experiment: json!({}) }, vec![]))[0].code, Code::WrongLength);
}

#[test]
fn a_file_carries_weights_and_reads_back() {
    let (_, bytes) = trained(&rich(), 12);
    let saved = Saved { experiment: rich(), weights: Some(bytes.clone()) };
    let text = saved.to_json();
    assert_eq!(Saved::from_json(&text).unwrap(), saved);
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["weights"]["format"], "safetensors");
    // Other programs leave the padding out, or break the line.
    let base64 = value["weights"]["base64"].as_str().unwrap();
    let broken_up = format!("{}\\n {}", &base64[..40], base64[40..].trim_end_matches('='));
    assert_eq!(Saved::from_json(&text.replace(base64, &broken_up)).unwrap(), saved);
    let bare = Saved { experiment: rich(), weights: None };
    assert_eq!(bare.to_json(), rich().to_json_pretty());
    assert_eq!(Saved::from_json(&bare.to_json()).unwrap(), bare);
    // A link never carries them.
    assert_eq!(Experiment::from_json(&text).unwrap_err()[0].code, Code::UnknownField);
}

#[test]
fn broken_weights_in_a_file_are_one_finding_each() {
    let (_, bytes) = trained(&preset::first(), 5);
    let text = Saved { experiment: preset::first(), weights: Some(bytes) }.to_json();
    let value: Value = serde_json::from_str(&text).unwrap();
    let base64 = value["weights"]["base64"].as_str().unwrap().to_string();
    let with = |weights: Value| {
        let mut v = value.clone();
        v["weights"] = weights;
        Saved::from_json(&v.to_string()).unwrap_err()
    };
    let packed = |s: &str| json!({ "format": "safetensors", "base64": s });
    for (weights, code) in [
        (packed(&base64[..base64.len() / 2]), Code::BrokenWeights),
        (packed(&base64[4..]), Code::BrokenWeights),
        (packed("§§§§"), Code::BrokenWeights),
        (packed(""), Code::BrokenWeights),
        (packed("AAAA"), Code::BrokenWeights),
        (json!({ "format": "pickle", "base64": base64 }), Code::UnknownName),
        (json!({ "format": "safetensors" }), Code::MissingField),
        (json!({ "format": "safetensors", "base64": 3 }), Code::WrongType),
        (json!({ "format": "safetensors", "base64": base64, "shape": [1] }), Code::UnknownField),
        (json!("AAAA"), Code::WrongType),
    ] {
        let problems = with(weights);
        assert_eq!(problems.iter().map(|p| p.code).collect::<Vec<_>>(), [code]);
        assert!(problems[0].path.starts_with("weights"), "{problems:?}");
    }
    // A cut file is not JSON any more.
    assert_eq!(Saved::from_json(&text[..text.len() - 9]).unwrap_err()[0].code, Code::NotJson);
    let large = format!("{{\"x\": \"{}\"}}", "a".repeat(9 << 20));
    assert_eq!(Saved::from_json(&large).unwrap_err()[0].code, Code::TooLong);
}

fn header(text: &str, data: &[u8]) -> Vec<u8> {
    [&(text.len() as u64).to_le_bytes(), text.as_bytes(), data].concat()
}

#[test]
fn headers_that_lie_are_refused() {
    let entry = |shape: &str, from: u64, to: u64| {
        format!(r#"{{"a":{{"dtype":"F32","shape":{shape},"data_offsets":[{from},{to}]}}}}"#)
    };
    let max = usize::MAX;
    for text in [
        entry("[2]", 0, 4),
        entry("[1]", 4, 8),
        entry("[1]", 8, 4),
        entry(&format!("[{max},{max}]"), 0, 8),
        entry(&format!("[{}]", max / 4 + 2), 0, 4),
        entry("[-1]", 0, 8),
        entry("[1.5]", 0, 8),
        entry("2", 0, 8),
        r#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#
            .into(),
        r#"{"a":{"shape":[2],"data_offsets":[0,8]}}"#.into(),
        r#"{"__metadata__":{"step":"-1"}}"#.into(),
        "[]".into(),
        "{}".into(),
        String::new(),
    ] {
        assert_eq!(Weights::read(&header(&text, &[0; 8])).unwrap_err().code, Code::BrokenWeights, "{text}");
    }
    assert_eq!(Weights::read(&u64::MAX.to_le_bytes()).unwrap_err().code, Code::BrokenWeights);
    assert!(Weights::read(&header(&entry("[2]", 0, 8), &[0; 8])).is_ok());
    assert_eq!(Weights::read(&header("{}", &[])).unwrap(), Weights::default());
}

fn tensors() -> impl Strategy<Value = Weights> {
    let tensor = ("[a-zé.0-9\"\\\\]{1,12}", proptest::collection::vec(0usize..4, 0..4));
    let list = proptest::collection::vec(tensor, 0..6);
    (list, any::<u64>(), any::<u64>(), -1e30f32..1e30).prop_map(|(list, step, epoch, x)| {
        let mut names = std::collections::HashSet::new();
        let list = list.into_iter().filter(|(name, _)| name != "__metadata__" && names.insert(name.clone()));
        let tensors = list.map(|(name, shape)| {
            let n = shape.iter().product();
            Tensor { name, shape, data: vec![x; n] }
        });
        Weights { tensors: tensors.collect(), step, epoch }
    })
}

proptest! {
    #[test]
    fn any_weights_read_back(w in tensors()) {
        let bytes = w.write();
        // Arrays without numbers all lie at one place: their order is not kept.
        let sorted = |mut w: Weights| {
            w.tensors.sort_by(|a, b| a.name.cmp(&b.name));
            w
        };
        prop_assert_eq!(Weights::read(&bytes).map(sorted).map_err(|p| p.code), Ok(sorted(w)));
        prop_assert!(SafeTensors::deserialize(&bytes).is_ok());
    }

    #[test]
    fn no_bytes_panic(w in tensors(), cut in 0usize..400, at in 0usize..400, byte in any::<u8>(), tail in proptest::collection::vec(any::<u8>(), 0..20)) {
        let mut bytes = w.write();
        let n = bytes.len();
        bytes[at % n] = byte;
        let _ = Weights::read(&bytes);
        bytes.truncate(n - cut.min(n));
        bytes.extend(&tail);
        let _ = Weights::read(&bytes);
        let _ = Weights::read(&tail);
    }

    #[test]
    fn no_file_panics(base64 in "[A-Za-z0-9+/= ]{0,60}", format in "safetensors|other") {
        let mut v = serde_json::to_value(preset::first()).unwrap();
        v["weights"] = json!({ "format": format, "base64": base64 });
        prop_assert!(Saved::from_json(&v.to_string()).is_err());
    }
}

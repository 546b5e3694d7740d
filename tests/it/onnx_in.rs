//! Networks from ONNX files: our own of each family come back, PyTorch's answer as PyTorch said, what does not fit is said in a
//! sentence.
//!
//! `cargo xtask fixtures` has tests/fixtures/onnx_in.py write PyTorch's files anew.

use crate::export::{families, plain, ramp, session};
use crate::fixture::{floats, load};
use gradarium::engine::session::Session;
use gradarium::export::onnx;
use gradarium::export::onnx::read::{Note, ONNX_LIMIT_KB, Onnx, read};
use gradarium::i18n::Lang;
use gradarium::i18n::problems::problem_at;
use gradarium::spec::{Code, DataSpec, Experiment, Problem, preset, text};
use gradarium::ui::pasted::from_onnx;
use gradarium::ui::state::brought::Brought;
use gradarium::ui::state::files::{FileJob, FileMsg};
use gradarium::ui::state::{Effect, Msg, Notice, PageMsg, State, Theme, update};
use serde_json::{Value, json};
use std::rc::Rc;

/// What was read adds in the same order, but for a block's layers that stand one by one.
const TOL_OWN: f64 = 1e-5;
/// PyTorch adds in another order, and what it answers is kept with seven digits.
const TOL_TORCH: f64 = 2e-5;
/// Test rows that both networks answer.
const ROWS: usize = 4;

fn file(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/fixtures/onnx/{name}.onnx", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// A session with what was read.
fn opened(read: &Onnx) -> Session {
    assert_eq!(read.experiment.problems(), []);
    let mut s = session(&read.experiment);
    s.open_weights(&read.weights).unwrap_or_else(|p| panic!("{p:?}"));
    s
}

fn far(ours: &[f32], theirs: &[f64]) -> f64 {
    assert_eq!(ours.len(), theirs.len());
    let one = |(a, b): (&f32, &f64)| (f64::from(*a) - b).abs() / b.abs().max(1.0);
    let most = ours.iter().zip(theirs).map(one).fold(0.0, f64::max);
    if ours.iter().any(|x| x.is_nan()) { f64::NAN } else { most }
}

#[test]
fn our_own_files_come_back_with_their_answers() {
    let mut off = Vec::new();
    for (name, exp) in families() {
        let mut was = session(&exp);
        let weights = ramp(&was);
        was.open_weights(&weights).unwrap();
        let bytes = onnx::file(&exp, &weights).unwrap();
        // The network that is there says nothing about the one in the file.
        let other = Experiment { model: text::parse("dense").unwrap(), ..exp.clone() };
        let read = match read(&bytes, &other) {
            Ok(read) => read,
            Err(p) => {
                off.push(format!("{name}: {p:?}"));
                continue;
            }
        };
        let x: Vec<f32> = was.data().test().take(ROWS).flat_map(|i| was.data().x_row(i).to_vec()).collect();
        let theirs: Vec<f64> = was.predict(&x).into_iter().map(f64::from).collect();
        let most = far(&opened(&read).predict(&x), &theirs);
        off.extend((most > TOL_OWN || most.is_nan()).then(|| format!("{name}: off by {most:e}")));
        assert_eq!(read.layers, read.experiment.model.count(), "{name}");
        let numbers = |n: &Note| matches!(n, Note::Epsilon { .. } | Note::Widened { .. });
        off.extend(read.notes.iter().any(numbers).then(|| format!("{name}: {:?}", read.notes)));
    }
    assert_eq!(off, [] as [String; 0]);
}

#[test]
fn a_network_of_plain_layers_comes_back_as_it_was_written() {
    let nets = [
        ("mnist", "conv2d 4 3 same relu | max_pool2d 2 | flatten | dense 12 tanh | dropout 0 | dense"),
        ("mnist", "residual(conv2d 1 3 same gelu | batch_norm) | global_avg_pool2d | dense 8 silu | dense"),
        ("mnist", "reshape 28x28 | gru 8 return_sequences bidirectional | lstm 6 | dense"),
    ];
    for (set, net) in nets {
        let exp = plain(json!({"set": set, "samples": 40}), net, "classification");
        let read = read(&onnx::file(&exp, &session(&exp).weights()).unwrap(), &exp).unwrap();
        let wanted = net.replace("dropout 0 | ", "");
        assert_eq!(text::write(&read.experiment.model), text::write(&text::parse(&wanted).unwrap()), "{net}");
        assert_eq!(read.notes, []);
    }
}

/// Data of the shape that a file of PyTorch was made for.
fn data_for(name: &str, kept: &Value) -> Experiment {
    let input: Vec<f64> = floats(&kept["shape"]);
    let input: Vec<usize> = input.into_iter().map(|n| n as usize).collect();
    let (target, task) = match name {
        "mlp" | "mlp17" | "logistic" => (json!({"classes": 2}), "classification"),
        "resnet" | "viewed" => (json!({"classes": 5}), "classification"),
        "lstm" | "both" | "line" => (json!({"shape": [1]}), "regression"),
        "tokens" => (json!({"steps": {"classes": 12, "len": 9}}), "classification"),
        _ => (json!({"classes": 10}), "classification"),
    };
    let mut data = json!({"set": "random", "input": input, "target": target, "samples": 40});
    if name == "tokens" {
        data["tokens"] = json!(12);
    }
    plain(data, "dense", task)
}

#[test]
fn pytorchs_files_answer_as_pytorch_does() {
    let (kept, mut off) = (load("onnx/answers.json"), Vec::new());
    for (name, kept) in kept.as_object().unwrap() {
        let exp = data_for(name, kept);
        let read = match read(&file(name), &exp) {
            Ok(read) => read,
            Err(p) => {
                off.push(format!("{name}: {p:?}"));
                continue;
            }
        };
        let x: Vec<f32> = floats(&kept["x"]).into_iter().map(|v| v as f32).collect();
        let mut ours = opened(&read).predict(&x);
        // What the loss computes is left out of the network.
        let rows = ours.len() / 2;
        match read.notes.iter().find_map(|n| if let Note::InLoss { op } = n { Some(*op) } else { None }) {
            Some("Softmax") => ours.chunks_mut(rows).for_each(|row| softmax(row, false)),
            Some("LogSoftmax") => ours.chunks_mut(rows).for_each(|row| softmax(row, true)),
            Some(_) => ours.iter_mut().for_each(|v| *v = 1.0 / (1.0 + (-*v).exp())),
            None => {}
        }
        let most = far(&ours, &floats(&kept["y"]));
        off.extend(
            (most > TOL_TORCH || most.is_nan())
                .then(|| format!("{name}: off by {most:e}: {}", text::write(&read.experiment.model))),
        );
    }
    assert_eq!(off, [] as [String; 0]);
}

fn softmax(row: &mut [f32], log: bool) {
    let sum: f32 = row.iter().map(|v| v.exp()).sum();
    row.iter_mut().for_each(|v| *v = if log { *v - sum.ln() } else { v.exp() / sum });
}

#[test]
fn pytorchs_networks_are_the_layers_they_were_made_of() {
    let kept = load("onnx/answers.json");
    let net = |name: &str| text::write(&read(&file(name), &data_for(name, &kept[name])).unwrap().experiment.model);
    assert_eq!(net("mlp"), "dense 8 gelu | layer_norm | dense 8 silu | dense 6 mish | dense");
    assert_eq!(net("mlp17"), net("mlp"));
    assert_eq!(net("logistic"), "dense 4 hard_tanh | dense");
    assert!(net("resnet").contains("residual(conv 6 3x3 same relu"), "{}", net("resnet"));
    assert!(net("both").contains("bidirectional"), "{}", net("both"));
    let logistic = read(&file("logistic"), &data_for("logistic", &kept["logistic"])).unwrap();
    assert_eq!(logistic.notes, [Note::InLoss { op: "Sigmoid" }, Note::Loss { loss: "bce" }]);
}

/// The one problem, which has words in both languages.
/// The bytes with another number wherever this one stands.
fn patched(bytes: &[u8], was: f32, now: f32) -> Vec<u8> {
    let (was, now) = (was.to_le_bytes(), now.to_le_bytes());
    let mut out = bytes.to_vec();
    let at: Vec<usize> = (0..out.len() - 3).filter(|i| out[*i..i + 4] == was).collect();
    assert_eq!(at.len(), 1, "the number stands there once");
    out[at[0]..at[0] + 4].copy_from_slice(&now);
    out
}

/// What the page says of a file, in both languages.
fn notice(read: &Onnx) -> [String; 2] {
    let said = [Lang::En, Lang::Zh].map(|lang| from_onnx(read.layers, &read.notes, lang));
    assert!(said.iter().all(|s| !s.contains(['{', '}'])), "{said:?}");
    said
}

#[test]
fn another_small_number_beside_the_variance_is_named() {
    let norms = [
        ("batch_norm", "BatchNormalization", true),
        ("instance_norm", "InstanceNormalization", false),
        ("group_norm 2", "GroupNormalization", false),
        ("layer_norm", "LayerNormalization", false),
        ("rms_norm", "RMSNormalization", false),
    ];
    for (norm, op, kept) in norms {
        let net = format!("conv2d 4 3 same | {norm} | global_avg_pool2d | dense");
        let exp = plain(json!({"set": "mnist", "samples": 40}), &net, "classification");
        let bytes = onnx::file(&exp, &session(&exp).weights()).unwrap();
        assert_eq!(read(&bytes, &exp).unwrap().notes, [], "{norm}");
        let ours = if norm == "rms_norm" { f32::EPSILON } else { 1e-5 };
        let other = read(&patched(&bytes, ours, 0.002), &exp).unwrap();
        let note = Note::Epsilon { op, count: 1, theirs: "2e-3".into(), ours: format!("{ours:e}"), kept };
        assert_eq!(other.notes, [note], "{norm}");
        assert!(notice(&other).iter().all(|s| s.contains(op) && s.contains("2e-3")), "{norm}");
    }
    // As Keras writes it, and where nothing is added at all: two kinds in one file.
    let two = "conv2d 4 3 same | layer_norm | conv2d 4 3 same | batch_norm | global_avg_pool2d | dense";
    let exp = plain(json!({"set": "mnist", "samples": 40}), two, "classification");
    let bytes = onnx::file(&exp, &session(&exp).weights()).unwrap();
    let at = bytes.windows(4).position(|w| w == 1e-5f32.to_le_bytes()).unwrap();
    let mut other = bytes.clone();
    other[at..at + 4].copy_from_slice(&0f32.to_le_bytes());
    let other = read(&patched(&other, 1e-5, 1e-3), &exp).unwrap();
    let said = notice(&other);
    assert!(said[0].contains("LayerNormalization ×1: the file adds 0 to") && said[0].contains("adds 1e-3"), "{said:?}");
}

#[test]
fn numbers_of_sixteen_bits_are_widened_and_it_is_said() {
    for name in ["lenet_float16", "lenet_bfloat16"] {
        let exp = plain(
            json!({"set": "random", "input": [12, 12, 1], "target": {"classes": 10}, "samples": 40}),
            "dense",
            "classification",
        );
        let read = read(&file(name), &exp).unwrap();
        // Four layers with weights and biases.
        assert!(read.notes.contains(&Note::Widened { arrays: 8 }), "{:?}", read.notes);
        assert!(notice(&read)[0].contains("16-bit numbers: 8"));
        let plain = self::read(&file("lenet"), &exp).unwrap();
        let (narrow, wide) = (&read.weights.tensors[0], &plain.weights.tensors[0]);
        // Eleven and eight binary digits.
        let near = if name == "lenet_float16" { 2f32.powi(-11) } else { 2f32.powi(-8) };
        assert!(narrow.data.iter().zip(&wide.data).all(|(a, b)| (a - b).abs() <= near * b.abs()));
        assert!(narrow.data != wide.data);
    }
}

fn refused(bytes: &[u8], exp: &Experiment) -> Problem {
    let found = read(bytes, exp).unwrap_err();
    for p in &found {
        for lang in [Lang::En, Lang::Zh] {
            let (message, hint) = problem_at(lang, &p.path, &p.code_name(), &p.args);
            assert!(!message.is_empty() && !hint.is_empty() && !message.contains('{'), "{message} {hint}");
        }
    }
    assert_eq!(found.len(), 1, "{found:?}");
    found[0].clone()
}

fn arg<'a>(p: &'a Problem, name: &str) -> &'a str {
    p.args.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v)
}

#[test]
fn what_cannot_be_read_is_one_sentence() {
    let plane = preset::first();
    let unknown = refused(&file("unknown"), &plane);
    assert_eq!(unknown.code, Code::OnnxOps);
    assert!(arg(&unknown, "names").contains("PRelu ×2"), "{unknown:?}");
    let whole = file("mlp");
    for cut in [0, 1, 20, whole.len() / 2, whole.len() - 1] {
        assert_eq!(refused(&whole[..cut], &plane).code, Code::OnnxBroken, "{cut}");
    }
    assert_eq!(refused(b"{\"gradarium\": 1}", &plane).code, Code::OnnxBroken);
    let large = refused(&vec![0; (ONNX_LIMIT_KB + 1) * 1024], &plane);
    assert_eq!((large.code, arg(&large, "limit_kb")), (Code::TooLong, ONNX_LIMIT_KB.to_string().as_str()));
    let digits = preset::for_data(DataSpec::of("mnist"), 7);
    let input = refused(&whole, &digits);
    assert_eq!((input.code, arg(&input, "got"), arg(&input, "expected")), (Code::OnnxInput, "2", "28×28×1"));
    let three = plain(json!({"set": "iris", "csv": null}), "dense", "classification");
    assert_eq!(refused(&whole, &three).code, Code::OnnxInput);
    let many = plain(
        json!({"set": "random", "input": [2], "target": {"classes": 7}, "samples": 40}),
        "dense",
        "classification",
    );
    let output = refused(&whole, &many);
    assert_eq!((output.code, arg(&output, "got"), arg(&output, "expected")), (Code::OnnxOutput, "2", "7"));
    let other = plain(
        json!({"set": "random", "input": [9], "tokens": 15, "target": {"steps": {"classes": 12, "len": 9}}, "samples": 40}),
        "dense",
        "classification",
    );
    assert_eq!(refused(&file("tokens"), &other).code, Code::OnnxVocabulary);
    let e =
        gradarium::spec::preset::ready::all().iter().find_map(|r| r.experiment().filter(|e| !e.model.parts.is_empty()));
    assert_eq!(refused(&whole, &e.unwrap()).code, Code::OnnxTask);
}

#[test]
fn settings_that_no_layer_has_are_named() {
    let exp =
        plain(json!({"set": "mnist", "samples": 40}), "avg_pool2d 3 stride=2 same | flatten | dense", "classification");
    let bytes = onnx::file(&exp, &session(&exp).weights()).unwrap();
    assert!(read(&bytes, &exp).is_ok());
    // A mean that leaves the rim out is another mean.
    let at = bytes.windows(17).position(|w| w == b"count_include_pad").unwrap();
    let mut other = bytes.clone();
    other[at] = b'k';
    let p = refused(&other, &exp);
    assert_eq!((p.code, arg(&p, "op"), arg(&p, "setting")), (Code::OnnxSetting, "AveragePool", "count_include_pad"));
}

#[test]
fn the_page_opens_it_and_keeps_everything_where_it_cannot() {
    let s = State::new(preset::first(), Lang::En, Theme::Auto);
    let (read, effects) =
        update(&s, Msg::Page(PageMsg::Files(FileMsg::Onnx(file("mlp").into(), Brought(onnx::read::read)))));
    assert!(matches!(&read.page.notice, Some(Notice::Onnx { layers: 5, .. })), "{:?}", read.page.notice);
    assert!(effects.iter().any(|e| matches!(e, Effect::Files(FileJob::Open(_)))), "{effects:?}");
    assert_eq!((read.edit.undo.len(), read.edit.experiment.data.clone()), (1, preset::first().data));
    let broken: Rc<[u8]> = file("mlp")[..300].into();
    let (kept, effects) = update(&s, Msg::Page(PageMsg::Files(FileMsg::Onnx(broken, Brought(onnx::read::read)))));
    assert!(matches!(&kept.page.notice, Some(Notice::Refused(p)) if p[0].code == Code::OnnxBroken));
    assert_eq!((effects.len(), kept.edit.undo.len(), (*kept.edit.experiment).clone()), (0, 0, preset::first()));
}

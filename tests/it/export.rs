//! Exported scripts against what they were and gave when Python ran them: one network of each family, 20 steps from the
//! exported weights.
//!
//! `cargo xtask fixtures` has tests/fixtures/export.py run them anew.

use crate::fixture::{floats, load};
use gradarium::backend;
use gradarium::engine::data::{Dataset, build};
use gradarium::engine::session::Session;
use gradarium::export::{Names, onnx, pytorch};
use gradarium::spec::preset::ready;
use gradarium::spec::{Code, Experiment, Weights, text};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Twenty steps feed single precision back into themselves, and PyTorch adds in another order.
pub const TOL: f64 = 2e-4;
pub const STEPS: usize = 20;
/// One pass in single precision, summed in another order.
const TOL_ONNX: f64 = 5e-5;
/// Test rows that ONNX answers, and numbers of that which are kept.
const ROWS: usize = 4;
const KEPT: usize = 400;

/// One network of each family; small sets, in the order of the file, so that both meet the same batches.
pub fn families() -> Vec<(&'static str, Experiment)> {
    let mut all = vec![
        (
            "mlp",
            plain(json!({"set": "spiral"}), "dense 8 tanh init=he_normal | dense 8 tanh | dense", "classification"),
        ),
        ("bce", plain(json!({"set": "breast_cancer"}), "dense 16 gelu | dense 1", "classification")),
        ("cnn", of_ready("primer_cnn", 320)),
        ("resnet", of_ready("resnet_clothes", 320)),
        ("densenet", of_ready("densenet_clothes", 320)),
        ("lstm", of_ready("primer_lstm", 500)),
        ("gru", of_ready("names_gender", 640)),
        ("transformer", of_ready("char_transformer", 0)),
        ("encoder_decoder", of_ready("dates_attention", 1280)),
        ("additive", of_ready("g2p_attention", 640)),
        ("forecast", of_ready("weather_transformer", 0)),
        ("pictures", plain(json!({"set": "mnist", "samples": 320}), PICTURES, "classification")),
        ("strided", plain(json!({"set": "emoji32", "samples": 160}), STRIDED, "classification")),
        ("series", plain(json!({"set": "electricity"}), SERIES, "regression")),
        ("rotary", plain(json!({"set": "reverse", "samples": 640}), ROTARY, "language_model")),
    ];
    all[0].1.training.l2 = 0.001;
    all[0].1.training.l1 = 0.0005;
    all[1].1.task.loss = gradarium::spec::Loss::from_name("bce");
    let optimizers = [
        (
            "gru",
            json!({"type": "rmsprop", "lr": 0.002, "momentum": 0.5, "schedule": {"type": "step", "every": 5, "factor": 0.5}}),
        ),
        ("pictures", json!({"type": "lion", "lr": 0.00003, "weight_decay": 0.1})),
        (
            "series",
            json!({"type": "nesterov", "lr": 0.01, "clip_value": 0.1, "schedule": {"type": "one_cycle", "steps": 15}}),
        ),
        ("rotary", json!({"type": "adamw", "lr": 0.003, "schedule": {"type": "exponential", "gamma": 0.9}})),
        // Small steps of a plain optimizer: batch norms of flat pictures multiply rounding, and Adam makes full steps of
        // gradients that are nothing but rounding (those of biases before a batch norm).
        ("resnet", json!({"type": "sgd", "lr": 0.004, "schedule": {"type": "cosine", "steps": 18, "lr_min": 0.001}})),
        ("densenet", json!({"type": "momentum", "lr": 0.001, "schedule": {"type": "warmup", "steps": 9}})),
        ("strided", json!({"type": "adagrad", "lr": 0.01, "weight_decay": 0.01})),
    ];
    for (name, optimizer) in optimizers {
        let e = all.iter_mut().find(|(n, _)| *n == name).unwrap();
        e.1.optimizer = serde_json::from_value(optimizer).unwrap();
    }
    let frozen = &mut all.iter_mut().find(|(n, _)| *n == "strided").unwrap().1.model.layers[0];
    frozen.frozen = true;
    for (name, e) in &mut all {
        e.training.shuffle = false;
        e.data.augment.clear();
        assert_eq!(e.problems(), [], "{name}");
    }
    all
}

const PICTURES: &str = "conv 8 4 same silu | avg_pool 3 stride=2 same | group_norm 4 | residual(squeeze_excite 2 | \
     instance_norm affine) | conv_transpose 6 3 same stride=2 | layer_norm | dense 6 mish | upsample 2 | max_pool 3 \
     stride=2 same | conv 4 3 stride=2 padding=1 leaky_relu | flatten | reshape 14x14x4 | batch_norm | dropout 0 | dense 4 | \
     flatten | dense 12 elu | reshape 2x6 | rms_norm | flatten | dense";
const STRIDED: &str = "conv 8 3 stride=2 same selu bias=false | max_pool 2 | conv 8 3 groups=2 dilation=2 padding=2 \
     hard_swish name=a | conv_transpose 8 2 stride=2 softplus | max_pool 2 | add from=layers.4,a | dropout2d 0 | \
     global_avg_pool | dense";
const SERIES: &str = "conv1d 8 5 same gelu_tanh | max_pool1d 2 | conv1d 8 3 stride=2 same relu6 | batch_norm | rnn 12 relu \
     return_sequences tbptt=4 | lstm 8 forget_bias=1 bidirectional return_sequences | positional sinusoidal | attention 2 | \
     global_avg_pool1d | dense 4 sin | dense";
const ROTARY: &str = "embedding 16 | positional rotary | transformer_block 2 post relu mlp_ratio=2 mask_padding | \
     attention 2 | dense 16 hard_sigmoid | dense";

fn of_ready(name: &str, samples: usize) -> Experiment {
    let mut e = ready::find(name).unwrap().experiment().unwrap();
    e.data.samples = Some(samples).filter(|n| *n > 0);
    // Small batches: the tests build without much optimisation.
    e.training.batch = e.training.batch.min(16);
    e
}

pub fn plain(data: serde_json::Value, model: &str, task: &str) -> Experiment {
    let e = json!({"data": data, "model": {"layers": []}, "task": {"type": task}, "training": {"batch": 16}, "seed": 3,
        "optimizer": {"type": "adam", "lr": 0.01}});
    let mut e = Experiment::from_value(e).unwrap();
    e.model = text::parse(model).unwrap_or_else(|p| panic!("{model}: {p:?}"));
    e
}

fn data(exp: &Experiment) -> Dataset {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/www/");
    let files = exp.data.set_info().unwrap().files.iter();
    let files: Vec<_> =
        files.map(|f| (f.path.to_string(), std::fs::read(format!("{root}{}", f.path)).unwrap())).collect();
    build(&exp.data, u64::from(exp.seed), &files).unwrap()
}

pub fn session(exp: &Experiment) -> Session {
    Session::new(exp.clone(), data(exp), backend::choose(exp.backend).unwrap())
}

pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/export").join(name)
}

/// Writes scripts, rows and weights where export.py runs them.
#[test]
#[ignore = "writes target/export for tests/fixtures/export.py"]
fn for_python() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/export");
    for (name, exp) in families() {
        let (folder, session) = (root.join(name), session(&exp));
        std::fs::create_dir_all(&folder).unwrap();
        let names = Names::of(&exp);
        let weights = pytorch::weights(&exp, &session.weights()).unwrap();
        let rows = Weights { tensors: session.data().named(), ..Weights::default() };
        std::fs::write(folder.join(names.weights()), weights.write()).unwrap();
        std::fs::write(folder.join(names.rows()), rows.write()).unwrap();
        let script = pytorch::script(&exp).unwrap().text();
        std::fs::write(folder.join("pytorch.py"), &script).unwrap();
        std::fs::write(fixture(&format!("{name}.torch.py")), script).unwrap();
        let file = onnx::file(&exp, &ramp(&session)).unwrap();
        std::fs::write(folder.join("network.onnx.hash"), hash(&file)).unwrap();
        std::fs::write(folder.join("network.onnx"), file).unwrap();
    }
}

#[test]
fn scripts_are_what_python_ran() {
    for (name, exp) in families() {
        let path = fixture(&format!("{name}.torch.py"));
        let kept = std::fs::read_to_string(&path).unwrap();
        assert_eq!(pytorch::script(&exp).unwrap().text(), kept, "{name}: run cargo xtask fixtures");
    }
}

#[test]
fn scripts_learn_as_we_do_step_by_step() {
    let (kept, mut off) = (load("export/losses.json"), Vec::new());
    for (name, exp) in families() {
        let mut session = session(&exp);
        let ours: Vec<f64> = (0..STEPS).map(|_| f64::from(session.step().unwrap())).collect();
        let theirs = floats(&kept["pytorch"][name]);
        assert_eq!(theirs.len(), STEPS, "{name}");
        let most = ours.iter().zip(&theirs).map(|(a, b)| (a - b).abs() / b.abs().max(1.0)).fold(0.0, f64::max);
        off.extend((most > TOL || most.is_nan()).then(|| format!("{name}: off by {most:e}: {ours:?} for {theirs:?}")));
    }
    assert_eq!(off, [] as [String; 0]);
}

/// Numbers that are the same on every machine, in place of the weights; variances stay positive.
pub fn ramp(session: &Session) -> Weights {
    let mut weights = session.weights();
    for t in &mut weights.tensors {
        let shift = if t.name.ends_with("running_var") || t.name.ends_with("norm.weight") { 0.5 } else { -0.4 };
        for (i, x) in t.data.iter_mut().enumerate() {
            *x = ((i * 37 + 11) % 101) as f32 / 101.0 + shift;
        }
        if t.shape.len() > 1 {
            let fan = (t.shape[1..].iter().product::<usize>() as f32).sqrt();
            t.data.iter_mut().for_each(|x| *x *= 2.0 / fan);
        }
    }
    weights
}

/// FNV-1a.
fn hash(bytes: &[u8]) -> String {
    let all = bytes.iter().fold(0xcbf2_9ce4_8422_2325u64, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3));
    format!("{all:016x}")
}

#[test]
fn onnx_answers_as_we_do() {
    let (kept, mut off) = (load("export/losses.json"), Vec::new());
    for (name, exp) in families() {
        let mut session = session(&exp);
        let weights = ramp(&session);
        assert_eq!(
            kept["onnx"][name]["hash"],
            hash(&onnx::file(&exp, &weights).unwrap()),
            "{name}: run cargo xtask fixtures"
        );
        session.open_weights(&weights).unwrap();
        let width = session.data().x_width();
        let x = session.data().test().take(ROWS).flat_map(|i| session.data().x_row(i).to_vec()).collect::<Vec<_>>();
        assert_eq!(x.len(), ROWS * width);
        let ours = session.predict(&x);
        let theirs = floats(&kept["onnx"][name]["outputs"]);
        assert_eq!(ours.len().min(KEPT), theirs.len(), "{name}");
        let far = |(a, b): (&f32, &f64)| (f64::from(*a) - b).abs() / b.abs().max(1.0);
        let most = ours.iter().zip(&theirs).map(far).fold(0.0, f64::max);
        off.extend((most > TOL_ONNX || most.is_nan()).then(|| format!("{name}: off by {most:e}")));
        assert!(theirs.iter().any(|x| x.abs() > 1e-3), "{name} answers nothing");
    }
    assert_eq!(off, [] as [String; 0]);
}

#[test]
fn onnx_names_the_array_that_is_not_there() {
    let exp = plain(json!({"set": "spiral"}), "dense 4 | dense", "classification");
    let mut weights = session(&exp).weights();
    weights.tensors.remove(0);
    let found = onnx::file(&exp, &weights).unwrap_err();
    assert_eq!((found[0].code, found[0].args[0].1.as_str()), (Code::WeightsMissing, "layers.0.weight"));
}

#[test]
fn every_array_has_a_name_of_its_own_and_comes_back() {
    for (name, exp) in families() {
        let weights = session(&exp).weights();
        let theirs = pytorch::weights(&exp, &weights).unwrap();
        let names = pytorch::names(&exp).unwrap();
        assert_eq!(names.len(), weights.tensors.len(), "{name}");
        assert!(weights.tensors.iter().all(|t| names.iter().any(|n| n.ours == t.name)), "{name}");
        let mut unique: Vec<_> = theirs.tensors.iter().map(|t| &t.name).collect();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), weights.tensors.len(), "{name}");
        assert_eq!(pytorch::from_weights(&exp, theirs).unwrap(), weights, "{name}");
    }
}

#[test]
fn every_ready_experiment_has_a_script() {
    // What other tasks are made of is refused, in words.
    let known = |e: &Experiment| !e.task.kind.makes_its_target();
    for r in ready::all() {
        let exp = r.experiment().unwrap();
        if !known(&exp) {
            assert_eq!(pytorch::script(&exp).unwrap_err()[0].code, Code::NotExported, "{}", r.name);
            continue;
        }
        let script = pytorch::script(&exp).unwrap_or_else(|p| panic!("{}: {p:?}", r.name));
        assert!(script.lines.iter().any(|l| l.layer == Some(exp.model.layers.len() - 1)), "{}", r.name);
    }
}

#[test]
fn what_pytorch_cannot_say_is_refused_at_its_place() {
    let mut e = plain(json!({"set": "airline"}), "lstm 8 bidirectional tbptt=4 | dense", "regression");
    let found = pytorch::script(&e).unwrap_err();
    assert_eq!((found[0].code, found[0].path.as_str()), (Code::NotExported, "model.layers[0].tbptt"));
    e.model = text::parse("dense 4 | lstm 3 | dense").unwrap();
    e.optimizer.schedule =
        serde_json::from_value(json!({"type": "warmup", "steps": 5, "then": {"type": "plateau"}})).unwrap();
    assert_eq!(pytorch::script(&e).unwrap_err()[0].path, "optimizer.schedule");
    e.model.layers.clear();
    assert_eq!(pytorch::script(&e).unwrap_err(), e.problems());
}

#[test]
fn a_name_of_a_layer_never_becomes_code() {
    let mut e = plain(json!({"set": "spiral"}), "dense 4 | dense 4 | add from=a,b | dense", "classification");
    for (i, name) in ["import os", "x\"\n    os.remove(\"a\")"].iter().enumerate() {
        e.model.layers[i].name = Some(name.to_string());
        let from = e.model.layers[2].from.as_mut().unwrap();
        from[i] = name.to_string();
    }
    let script = pytorch::script(&e).unwrap().text();
    assert!(!script.contains("os") || !script.contains("remove"), "{script}");
    assert!(script.contains("h0 + h1"), "{script}");
}

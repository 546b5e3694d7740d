//! Exported Keras scripts against what they were and gave when Python ran them: every family that PyTorch's scripts are held
//! by (`export`), and small networks for the other optimizers, losses and activations.
//!
//! `tests/fixtures/export_keras.py` runs them anew.

use crate::export::{STEPS, TOL, families, fixture, plain, session};
use crate::fixture::{floats, load};
use gradarium::export::{self, Names, keras};
use gradarium::spec::preset::ready;
use gradarium::spec::{Code, Experiment, Weights, text};
use serde_json::{Value, json};
use std::path::Path;

/// Small networks: name, data, model, task, optimizer, training.
fn small() -> Vec<(&'static str, Experiment)> {
    let all = [
        (
            "adadelta",
            ("spiral", "dense 8 sigmoid init=xavier_normal | dense 8 hard_tanh | dense", "classification"),
            json!({"type": "adadelta", "lr": 1.0, "weight_decay": 0.01}),
            json!({"type": "hinge"}),
            json!({}),
        ),
        (
            "nadam",
            ("spiral", "dense 8 tanh init=orthogonal | dense 8 gelu | dense", "classification"),
            json!({"type": "nadam", "lr": 0.01, "momentum_decay": 0.02, "weight_decay": 0.01}),
            json!({"type": "cross_entropy", "label_smoothing": 0.1}),
            json!({"class_weights": [1.0, 2.5]}),
        ),
        (
            "centered",
            ("breast_cancer", "dense 8 relu | dense", "classification"),
            json!({"type": "rmsprop", "lr": 0.002, "centered": true}),
            json!({"type": "cross_entropy"}),
            json!({"class_weights": "balanced"}),
        ),
        (
            "rmsprop",
            ("airline", "lstm 6 forget_bias=1 init=he_uniform return_sequences | lstm 6 | dense", "regression"),
            json!({"type": "rmsprop", "lr": 0.002, "momentum": 0.5}),
            json!({"type": "huber", "delta": 0.3}),
            json!({}),
        ),
        (
            "momentum",
            ("airline", "gru 6 bidirectional return_sequences | rnn 6 bidirectional | dense", "regression"),
            json!({"type": "momentum", "lr": 0.02, "weight_decay": 0.01, "clip_norm": 0.2}),
            json!({"type": "mae"}),
            json!({}),
        ),
        (
            "plateau",
            ("spiral", "dense 8 relu | dropout 0 | dense 8 relu | dense", "classification"),
            json!({"type": "adam", "lr": 0.03, "eps": 0.001, "weight_decay": 0.01,
                "schedule": {"type": "plateau", "patience": 0, "threshold": 0.5, "factor": 0.5}}),
            json!({"type": "cross_entropy"}),
            json!({"batch": 64}),
        ),
        (
            "adagrad",
            ("airline", "flatten | dense 8 relu | dense", "regression"),
            json!({"type": "adagrad", "lr": 0.02, "lr_decay": 0.1, "initial_accumulator_value": 0.1,
                "schedule": {"type": "warmup", "steps": 5, "then": {"type": "step", "every": 4, "factor": 0.5}}}),
            json!({"type": "half_mse"}),
            json!({}),
        ),
    ];
    let one = |(name, (set, model, task), optimizer, loss, training): (
        &'static str,
        (&str, &str, &str),
        Value,
        Value,
        Value,
    )| {
        let mut batch = json!({"batch": 16, "shuffle": false});
        batch.as_object_mut().unwrap().extend(training.as_object().unwrap().clone());
        let e = json!({"data": {"set": set}, "model": {"layers": []}, "task": {"type": task, "loss": loss},
            "training": batch, "seed": 3, "optimizer": optimizer});
        let mut e = Experiment::from_value(e).unwrap_or_else(|p| panic!("{name}: {p:?}"));
        e.model = text::parse(model).unwrap_or_else(|p| panic!("{model}: {p:?}"));
        assert_eq!(e.problems(), [], "{name}");
        (name, e)
    };
    all.into_iter().map(one).collect()
}

fn networks() -> Vec<(&'static str, Experiment)> {
    let mut all = families();
    let series = all.iter_mut().find(|(n, _)| *n == "series").unwrap();
    let model = text::write(&series.1.model).replace(" tbptt=4", "");
    series.1.model = text::parse(&model).unwrap();
    all.extend(small());
    all
}

/// Writes scripts, rows and weights where export_keras.py runs them.
#[test]
#[ignore = "writes target/keras for tests/fixtures/export_keras.py"]
fn for_python() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/keras");
    for (name, exp) in networks() {
        let (folder, session) = (root.join(name), session(&exp));
        std::fs::create_dir_all(&folder).unwrap();
        let names = Names::of(&exp);
        let weights = keras::weights(&exp, &session.weights()).unwrap();
        let rows = Weights { tensors: session.data().named(), ..Weights::default() };
        std::fs::write(folder.join(names.keras_weights()), weights.write()).unwrap();
        std::fs::write(folder.join(names.rows()), rows.write()).unwrap();
        let script = keras::script(&exp).unwrap().text();
        std::fs::write(folder.join("keras_script.py"), &script).unwrap();
        std::fs::write(fixture(&format!("{name}.keras.py")), script).unwrap();
    }
}

#[test]
fn scripts_are_what_python_ran() {
    for (name, exp) in networks() {
        let kept = std::fs::read_to_string(fixture(&format!("{name}.keras.py"))).unwrap();
        assert_eq!(keras::script(&exp).unwrap().text(), kept, "{name}: run tests/fixtures/export_keras.py");
    }
}

#[test]
fn scripts_learn_as_we_do_step_by_step() {
    let (kept, mut off) = (load("export/losses_keras.json"), Vec::new());
    for (name, exp) in networks() {
        let mut session = session(&exp);
        let ours: Vec<f64> = (0..STEPS).map(|_| f64::from(session.step().unwrap())).collect();
        let theirs = floats(&kept["losses"][name]);
        assert_eq!(theirs.len(), STEPS, "{name}");
        let most = ours.iter().zip(&theirs).map(|(a, b)| (a - b).abs() / b.abs().max(1.0)).fold(0.0, f64::max);
        off.extend((most > TOL || most.is_nan()).then(|| format!("{name}: off by {most:e}: {ours:?} for {theirs:?}")));
    }
    assert_eq!(off, [] as [String; 0]);
}

#[test]
fn every_array_has_a_path_of_its_own_and_comes_back() {
    let kept = load("export/losses_keras.json");
    for (name, exp) in networks() {
        let weights = session(&exp).weights();
        let theirs = keras::weights(&exp, &weights).unwrap();
        assert!(theirs.tensors.iter().all(|t| t.name.contains('/')), "{name}");
        // Shapes and paths are those of the variables that Keras made.
        let shapes: serde_json::Map<_, _> = theirs.tensors.iter().map(|t| (t.name.clone(), json!(t.shape))).collect();
        assert_eq!(Value::Object(shapes), kept["shapes"][name], "{name}");
        assert_eq!(export::from_weights(&exp, theirs).unwrap(), weights, "{name}");
    }
}

#[test]
fn ready_experiments_have_a_script_or_say_what_they_lack() {
    let mut refused = Vec::new();
    for r in ready::all() {
        let exp = r.experiment().unwrap();
        match keras::script(&exp) {
            Ok(script) => {
                let last = Some(exp.model.layers.len() - 1);
                assert!(script.lines.iter().any(|l| l.layer == last), "{}", r.name);
            }
            Err(problems) => {
                assert_eq!(problems[0].code, Code::NotExported, "{}", r.name);
                let other = exp.task.kind.makes_its_target() || problems[0].path == "task.type";
                refused.extend((!other).then(|| format!("{} {}", r.name, problems[0].path)));
            }
        }
    }
    assert_eq!(refused, [] as [String; 0]);
}

#[test]
fn what_keras_cannot_say_is_refused_at_its_place() {
    let refused = |set: &str, model: &str, optimizer: Value| {
        let task = if set == "airline" { "regression" } else { "classification" };
        let mut e = plain(json!({"set": set}), model, task);
        e.optimizer = serde_json::from_value(optimizer).unwrap();
        assert_eq!(e.problems(), [], "{model}");
        let found = keras::script(&e).unwrap_err();
        assert_eq!((found.len(), found[0].code), (1, Code::NotExported));
        found[0].path.clone()
    };
    let adam = || json!({"type": "adam"});
    assert_eq!(refused("airline", "lstm 8 tbptt=4 | dense", adam()), "model.layers[0].tbptt");
    let inside =
        "residual(conv 1 3 same dilation=2 stride=1 | conv 1 3 same) | conv 2 3 stride=2 dilation=2 | flatten | dense";
    assert_eq!(refused("mnist", inside, adam()), "model.layers[1].dilation");
    let groups = "conv 4 3 | conv_transpose 4 3 groups=2 | flatten | dense";
    assert_eq!(refused("mnist", groups, adam()), "model.layers[1].groups");
    let plateau = json!({"type": "warmup", "steps": 5, "then": {"type": "plateau"}});
    let with = |more: Value| {
        let mut o = json!({"type": "adagrad", "lr": 0.01});
        o.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        refused("spiral", "dense 4 | dense", o)
    };
    assert_eq!(with(json!({"schedule": plateau})), "optimizer.schedule");
    assert_eq!(with(json!({"clip_value": 1.0, "clip_norm": 1.0})), "optimizer.clip_norm");
    assert_eq!(with(json!({"lr_decay": 0.1, "schedule": {"type": "plateau"}})), "optimizer.lr_decay");
}

#[test]
fn a_name_of_a_layer_never_becomes_code() {
    let mut e = plain(json!({"set": "spiral"}), "dense 4 | dense 4 | add from=a,b | dense", "classification");
    for (i, name) in ["rows", "x\"\n    os.remove(\"a\")"].iter().enumerate() {
        e.model.layers[i].name = Some(name.to_string());
        let from = e.model.layers[2].from.as_mut().unwrap();
        from[i] = name.to_string();
    }
    let script = keras::script(&e).unwrap().text();
    assert!(!script.contains("remove"), "{script}");
    assert!(script.contains("rows_2 + h1"), "{script}");
}

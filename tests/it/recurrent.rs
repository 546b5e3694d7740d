//! Recurrent layers as a learner meets them: the gradient in time, what can be looked at, what does not fit.
//!
//! Not responsible for single numbers (`golden_ops`, `golden_nets`, `gradcheck`).

use gradarium::backend;
use gradarium::engine::data;
use gradarium::engine::session::Session;
use gradarium::spec::{Backend, Code, Experiment, Fix, Problem, TargetSpec};
use serde_json::{Value, json};

use crate::fixture::assert_close;

const STEPS: usize = 6;
const BATCH: usize = 4;
const UNITS: usize = 3;

fn experiment(input: Value, layers: Value) -> Experiment {
    let exp = json!({
        "data": {"set": "random", "input": input, "target": {"shape": [2]}, "samples": 40},
        "task": {"type": "regression"},
        "model": {"layers": layers},
        "training": {"batch": BATCH},
    });
    Experiment::from_value(exp).unwrap()
}

fn session(backend: Backend, layers: Value) -> Session {
    let exp = experiment(json!([STEPS, 2]), layers);
    assert_eq!(exp.problems(), []);
    let data = data::build(&exp.data, u64::from(exp.seed), &[]).unwrap();
    Session::new(exp, data, backend::choose(backend).unwrap())
}

const BACKENDS: [Backend; 2] = [Backend::Reference, Backend::Simd];

fn wide(x: &[f32]) -> Vec<f64> {
    x.iter().map(|v| f64::from(*v)).collect()
}

/// States that stay zero make tanh linear: then the gradient at step t is that of the last step times the transposed
/// matrix to the power of the steps between.
#[test]
fn the_gradient_in_time_is_a_power_of_the_matrix() {
    for backend in BACKENDS {
        let mut s = session(backend, json!([{"type": "rnn", "units": UNITS}, {"type": "dense", "units": 2}]));
        let w = [0.5f32, -0.3, 0.1, 0.2, 0.4, -0.6, 0.7, 0.1, 0.3];
        s.write("layers.0.weight_hh", &w).unwrap();
        for (name, n) in [("weight_ih", UNITS * 2), ("bias_ih", UNITS), ("bias_hh", UNITS)] {
            s.write(&format!("layers.0.{name}"), &vec![0.0; n]).unwrap();
        }
        s.step().unwrap();
        let (shape, d) = s.read("layers.0.states", true).unwrap();
        assert_eq!(shape, [BATCH, STEPS, UNITS]);
        let d = wide(d);
        let (_, last) = s.read("layers.0", true).unwrap();
        for b in 0..BATCH {
            let mut want = wide(&last[b * UNITS..(b + 1) * UNITS]);
            assert!(want.iter().any(|d| d.abs() > 1e-3), "nothing to look at");
            for t in (0..STEPS).rev() {
                assert_close(
                    &format!("{backend:?} row {b} step {t}"),
                    &d[(b * STEPS + t) * UNITS..][..UNITS],
                    &want,
                    1e-6,
                );
                want = (0..UNITS).map(|k| (0..UNITS).map(|j| f64::from(w[j * UNITS + k]) * want[j]).sum()).collect();
            }
        }
    }
}

#[test]
fn backends_agree_on_the_gradient_in_time() {
    for kind in ["rnn", "lstm", "gru"] {
        for (sequences, both) in [(false, false), (true, false), (false, true)] {
            let layer = json!({"type": kind, "units": UNITS, "return_sequences": sequences, "bidirectional": both});
            let layers = json!([layer, {"type": "flatten"}, {"type": "dense", "units": 2}]);
            let [reference, simd] = BACKENDS.map(|b| {
                let mut s = session(b, layers.clone());
                s.step().unwrap();
                let names = ["layers.0.states", "layers.0.states_reverse"].into_iter().take(1 + usize::from(both));
                names.flat_map(|n| wide(s.read(n, true).unwrap().1)).collect::<Vec<f64>>()
            });
            assert!(reference.iter().all(|d| *d != 0.0), "{kind}: every step has a share in the loss");
            assert_close(kind, &simd, &reference, 1e-6);
        }
    }
}

#[test]
fn a_cut_stops_the_gradient_and_nothing_else() {
    for backend in BACKENDS {
        let make = |tbptt: Option<usize>| {
            let layer = json!({"type": "lstm", "units": UNITS, "tbptt": tbptt});
            let mut s = session(backend, json!([layer, {"type": "dense", "units": 2}]));
            s.step().unwrap();
            let grad = wide(s.read("layers.0.states", true).unwrap().1);
            (wide(s.read("layers.0.states", false).unwrap().1), grad)
        };
        let ((states, whole), (same, cut)) = (make(None), make(Some(4)));
        assert_eq!(states, same);
        for t in 0..STEPS {
            let at = t * UNITS..(t + 1) * UNITS;
            if t < 4 {
                assert!(cut[at.clone()].iter().all(|d| *d == 0.0) && whole[at].iter().all(|d| *d != 0.0), "step {t}");
            } else {
                assert_eq!(cut[at.clone()], whole[at], "step {t}");
            }
        }
    }
}

#[test]
fn what_a_cell_keeps_can_be_looked_at() {
    let layers = json!([
        {"type": "lstm", "units": 4, "bidirectional": true, "return_sequences": true},
        {"type": "gru", "units": 5},
        {"type": "dense", "units": 2},
    ]);
    let mut s = session(Backend::Simd, layers);
    s.step().unwrap();
    let shape = |name: &str| s.read(name, false).unwrap_or_else(|| panic!("no {name}")).0;
    for way in ["", "_reverse"] {
        assert_eq!(shape(&format!("layers.0.states{way}")), [BATCH, STEPS, 4]);
        assert_eq!(shape(&format!("layers.0.gates{way}")), [BATCH, STEPS, 16]);
        assert_eq!(shape(&format!("layers.0.cell{way}")), [BATCH, STEPS, 4]);
        assert_eq!(shape(&format!("layers.0.weight_hh{way}")), [16, 4]);
    }
    assert_eq!(shape("layers.0"), [BATCH, STEPS, 8]);
    assert_eq!(shape("layers.1.gates"), [BATCH, STEPS, 15]);
    assert_eq!(shape("layers.1"), [BATCH, 5]);
    let gates = s.read("layers.0.gates", false).unwrap().1;
    assert!(gates.chunks_exact(16).all(|g| g[..8].iter().all(|x| (0.0..=1.0).contains(x))), "i and f are shares");
}

/// Noise by heart: numbers at every step, or one class.
#[test]
fn noise_is_learned_by_heart() {
    let every = json!([{"type": "lstm", "units": 24, "return_sequences": true}, {"type": "dense"}]);
    let last = json!([{"type": "gru", "units": 16, "bidirectional": true}, {"type": "dense"}]);
    for (target, task, layers) in
        [(json!({"shape": [4, 2]}), "regression", every), (json!({"classes": 3}), "classification", last)]
    {
        let exp = json!({
            "data": {"set": "random", "input": [4, 3], "target": target, "samples": 20, "test_fraction": 0},
            "task": {"type": task},
            "model": {"layers": layers},
            "optimizer": {"type": "adam", "lr": 0.02},
            "training": {"batch": 20},
        });
        let exp = Experiment::from_value(exp).unwrap();
        let data = data::build(&exp.data, 1, &[]).unwrap();
        let mut s = Session::new(exp, data, backend::choose(Backend::Simd).unwrap());
        let first = s.step().unwrap();
        let last = (0..200).fold(first, |_, _| s.step().unwrap());
        assert!(last < 0.2 * first, "{task}: {last} after {first}");
    }
}

/// What each remedy leads to has no problem left.
#[test]
fn remedies_make_sequences() {
    let fix = |input: Value, tokens: Value, layers: Value| {
        let mut exp = serde_json::to_value(experiment(input, layers)).unwrap();
        exp["data"]["tokens"] = tokens;
        let problems = Experiment::from_value(exp).unwrap().problems();
        problems.first().and_then(|p| p.fix.clone())
    };
    let one = || json!([{"type": "gru", "units": 3}, {"type": "dense"}]);
    let two = json!([{"type": "gru", "units": 3}, {"type": "lstm", "units": 3}, {"type": "dense"}]);
    assert_eq!(fix(json!([7]), Value::Null, one()), Some(Fix::InsertReshape { at: 0, shape: vec![7, 1] }));
    assert_eq!(fix(json!([4, 5, 3]), Value::Null, one()), Some(Fix::InsertReshape { at: 0, shape: vec![4, 15] }));
    assert_eq!(fix(json!([7]), json!(9), one()), Some(Fix::InsertEmbedding { at: 0 }));
    assert_eq!(fix(json!([7, 2]), Value::Null, two), Some(Fix::ReturnSequences { at: 0 }));
    assert_eq!(fix(json!([7, 2]), Value::Null, one()), None);
    let mut every = experiment(json!([7, 2]), one());
    every.data.target = Some(TargetSpec::Shape(vec![7, 2]));
    assert_eq!(every.problems()[0].fix, Some(Fix::ReturnSequences { at: 0 }));
}

/// Everything starts within ±1/√units, as PyTorch has it.
#[test]
fn first_weights_are_pytorchs() {
    let s = session(Backend::Simd, json!([{"type": "gru", "units": 16}, {"type": "dense", "units": 2}]));
    for name in ["weight_ih", "weight_hh", "bias_ih", "bias_hh"] {
        let w = s.read(&format!("layers.0.{name}"), false).unwrap().1;
        let greatest = w.iter().fold(0.0f32, |a, x| a.max(x.abs()));
        assert!((0.2..=0.25).contains(&greatest), "{name}: {greatest}");
    }
}

#[test]
fn a_forget_bias_raises_one_gate() {
    let bias = |forget: f32| {
        let s = session(
            Backend::Simd,
            json!([{"type": "lstm", "units": UNITS, "forget_bias": forget}, {"type": "dense", "units": 2}]),
        );
        wide(s.read("layers.0.bias_ih", false).unwrap().1)
    };
    let more: Vec<f64> = bias(1.5).iter().zip(bias(0.0)).map(|(a, b)| a - b).collect();
    let want: Vec<f64> = (0..4 * UNITS).map(|k| if k / UNITS == 1 { 1.5 } else { 0.0 }).collect();
    assert_close("bias", &more, &want, 1e-6);
}

#[test]
fn what_does_not_fit_is_said() {
    let problems = |input: Value, layer: Value| -> Vec<(String, Code)> {
        let exp = experiment(input, json!([layer, {"type": "flatten"}, {"type": "dense", "units": 2}]));
        exp.problems().into_iter().map(|p: Problem| (p.path, p.code)).collect()
    };
    let at = |path: &str, code| vec![(format!("model.layers[0]{path}"), code)];
    let seq = || json!([5, 2]);
    assert_eq!(problems(json!([7]), json!({"type": "lstm", "units": 3})), at("", Code::LayerInput));
    assert_eq!(problems(json!([4, 4, 1]), json!({"type": "rnn", "units": 3})), at("", Code::LayerInput));
    let gru = json!({"type": "gru", "units": 3, "activation": "relu"});
    assert_eq!(problems(seq(), gru), at(".activation", Code::FieldNotUsed));
    let rnn = json!({"type": "rnn", "units": 3, "forget_bias": 1});
    assert_eq!(problems(seq(), rnn), at(".forget_bias", Code::FieldNotUsed));
    let lstm = json!({"type": "lstm", "units": 3, "forget_bias": 11});
    assert_eq!(problems(seq(), lstm), at(".forget_bias", Code::OutOfRange));
    assert_eq!(problems(seq(), json!({"type": "gru", "units": 0})), at(".units", Code::OutOfRange));
    assert_eq!(problems(seq(), json!({"type": "rnn", "units": 3, "tbptt": 0})), at(".tbptt", Code::OutOfRange));
    assert_eq!(problems(seq(), json!({"type": "rnn", "units": 3, "activation": "relu"})), []);
}

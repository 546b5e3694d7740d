//! Mean-field theory (`ui::rooms::lab::mean_field`) held to the engine, in the limit in which it is exact: plain networks a
//! thousand units wide at their first step. Activation functions as the theory computes them are the engine's.
//!
//! Not responsible for how the laboratory draws it.

use gradarium::backend;
use gradarium::engine::data;
use gradarium::engine::ops::activation::{derivative, forward};
use gradarium::engine::session::Session;
use gradarium::spec::activation::phi;
use gradarium::spec::{Activation, Backend, Experiment};
use gradarium::ui::rooms::lab::mean_field::{Maps, Way};
use gradarium::ui::rooms::lab::setup::dense_names;
use serde_json::json;

const WIDTH: usize = 1000;
const DEPTH: usize = 8;
/// How far one layer's measured factor may lie from theory: a mean square over 1000 units of numbers whose fourth moment
/// is at most ~6 times their squared second (ReLU of a Gaussian) has a relative deviation of √(5/1000) = 7 %, its root
/// half of that, and a factor is a ratio of two: 5 %. Three deviations.
const LAYER_BAND: f64 = 0.15;
/// The same for the mean factor over all eight layers, whose deviations average out: 5 %/√8, three times.
const MEAN_BAND: f64 = 0.055;

/// Root mean squares of every hidden layer's output and of its gradient, at the first weights.
fn measured(activation: Activation, init: &str, gain: f64, way: Way, seed: u32) -> (Vec<f64>, Vec<f64>, Vec<f64>) {
    let hidden = json!({"type": "dense", "units": WIDTH, "activation": activation.name(),
        "init": {"type": init, "gain": gain}});
    let mut block = vec![hidden.clone()];
    if way.layer_norm {
        block.insert(0, json!({"type": "layer_norm"}));
    }
    if way.skip {
        block = vec![json!({"type": "residual", "layers": block})];
    }
    let mut layers = vec![hidden];
    (1..DEPTH).for_each(|_| layers.extend(block.iter().cloned()));
    layers.push(json!({"type": "dense"}));
    let exp = Experiment::from_value(json!({
        "seed": seed,
        "data": {"set": "random", "input": [WIDTH], "target": {"classes": 10}, "samples": 40},
        "model": {"layers": layers}, "task": {"type": "classification"},
        "optimizer": {"type": "sgd", "lr": 1e-6}, "training": {"batch": 16},
    }))
    .unwrap();
    assert_eq!(exp.problems(), vec![]);
    let data = data::build(&exp.data, u64::from(seed), &[]).unwrap();
    let mut session = Session::new(exp, data, backend::choose(Backend::Simd).unwrap());
    session.step().unwrap();
    let (_, input) = session.read("input", false).unwrap();
    let squares =
        input.chunks(WIDTH).map(|row| row.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>() / WIDTH as f64).collect();
    let norms = session.norms();
    let names = dense_names(&session.experiment().model.layers);
    let of = |f: &dyn Fn(&gradarium::engine::session::LayerNorms) -> f32| {
        names[..DEPTH].iter().map(|name| f64::from(f(norms.iter().find(|l| l.name == *name).unwrap()))).collect()
    };
    (squares, of(&|l| l.activation), of(&|l| l.d_activation))
}

fn holds(activation: Activation, init: &str, gain: f64, way: Way, seed: u32) {
    let (squares, forward, backward): (_, Vec<f64>, Vec<f64>) = measured(activation, init, gain, way, seed);
    let read = format!("{{\"type\":\"{init}\",\"gain\":{gain}}}");
    let init = serde_json::from_str(&read).unwrap();
    let theory = Maps::new(activation).layers(init, WIDTH, &squares, &[WIDTH; DEPTH], way).unwrap();
    assert_eq!(theory.len(), DEPTH);
    let what = format!("{} gain {gain} {way:?} seed {seed}", activation.name());
    let mut sum = 0.0;
    for l in 0..DEPTH {
        let ratio = forward[l] / theory[l].activation;
        assert!((ratio.ln()).abs() < LAYER_BAND, "{what}: activation of layer {l} is {ratio} of theory");
        if l + 1 < DEPTH {
            let ratio = (backward[l] / backward[l + 1]) / theory[l + 1].decay;
            assert!(ratio.ln().abs() < LAYER_BAND, "{what}: gradient into layer {l} is {ratio} of theory");
            sum += ratio.ln();
        }
    }
    let mean = sum / (DEPTH - 1) as f64;
    assert!(mean.abs() < MEAN_BAND, "{what}: mean factor is {} of theory", mean.exp());
}

/// Activation, initialiser, gains.
const CASES: [(Activation, &str, &[f64]); 2] =
    [(Activation::Tanh, "lecun_normal", &[0.8, 1.0, 2.0]), (Activation::Relu, "he_normal", &[0.7, 1.0, 1.5])];

#[test]
fn wide_networks_behave_as_mean_field_theory_says() {
    for (activation, init, gains) in CASES {
        for gain in gains {
            [1, 2].into_iter().for_each(|seed| holds(activation, init, *gain, Way::default(), seed));
        }
    }
}

#[test]
fn so_do_those_with_skip_connections_and_layer_normalisation() {
    for (activation, init, gains) in CASES {
        for (layer_norm, skip) in [(true, false), (false, true), (true, true)] {
            gains[1..].iter().for_each(|gain| holds(activation, init, *gain, Way { layer_norm, skip }, 1));
        }
    }
}

#[test]
fn activations_are_the_engine_s() {
    for act in Activation::ALL {
        // No point lies on a kink (0, ±1, ±3, 6), where there is no slope to compare.
        for i in -40..=40 {
            let x = f64::from(i) * 0.23 + 0.017;
            let y = forward::<f64>(act, x);
            assert!((phi::value(act, x) - y).abs() < 1e-9 * y.abs().max(1.0), "{act:?}({x})");
            let d = derivative::<f64>(act, x, y);
            assert!((phi::slope(act, x) - d).abs() < 1e-6, "{act:?}′({x}): {} for {d}", phi::slope(act, x));
            assert!((phi::derivative(act, x) - d).abs() < 1e-9, "{act:?}′({x}): {} for {d}", phi::derivative(act, x));
        }
        for x in [0.0, -1.0, 1.0, -3.0, 3.0, 6.0] {
            let d = derivative::<f64>(act, x, forward::<f64>(act, x));
            assert!((phi::derivative(act, x) - d).abs() < 1e-9, "{act:?}′({x}): {} for {d}", phi::derivative(act, x));
        }
    }
}

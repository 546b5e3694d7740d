//! One example on its way through the network: gradients down to the input, the climb, histograms, sizes of updates.
//!
//! Not responsible for ops' gradients (`gradcheck`): here it is about which number is differentiated, and that nothing of
//! it touches training.

use gradarium::backend;
use gradarium::engine::data;
use gradarium::engine::session::{Of, Session};
use gradarium::protocol::{Command, Example, FrameRequest, LookRequest, Objective, Reply, Want};
use gradarium::spec::activation::phi;
use gradarium::spec::{Activation, Backend, Experiment};
use gradarium::worker::{Buffer, Reactor};
use serde_json::{Value, json};

/// Central differences of `f32` losses around 1 with a step of 1e-2: rounding gives about 1e-5, the third derivative as much
/// again for these small smooth networks.
const DIFFERENCE: f32 = 1e-3;

fn session(exp: Value) -> Session {
    let exp = Experiment::from_value(exp).unwrap();
    assert_eq!(exp.problems(), []);
    let data = data::build(&exp.data, u64::from(exp.seed), &[]).unwrap();
    Session::new(exp, data, backend::choose(Backend::Auto).unwrap())
}

fn pictures(layers: Value) -> Session {
    session(json!({
        "data": {"set": "random", "input": [6, 6, 2], "target": {"classes": 3}, "samples": 12},
        "model": {"layers": layers}, "task": {"type": "classification"}, "optimizer": {"type": "sgd"}, "training": {"batch": 4},
    }))
}

fn conv_net() -> Session {
    pictures(json!([
        {"type": "conv2d", "filters": 4, "kernel": 3, "activation": "tanh"}, {"type": "batch_norm"}, {"type": "dropout", "rate": 0.5},
        {"type": "avg_pool2d"}, {"type": "flatten"}, {"type": "dense", "units": 8, "activation": "tanh"}, {"type": "dense"},
    ]))
}

fn names(all: &[&str]) -> Vec<String> {
    all.iter().map(ToString::to_string).collect()
}

/// `f` of the example, for differences.
fn value_of(s: &mut Session, x: &[f32], y: &[f32], of: &Of) -> f32 {
    let (name, channel) = match of {
        Of::Loss => ("loss", 0),
        Of::Channel(name, channel) => (name.as_str(), *channel),
    };
    let seen = s.look(x, y, &names(&[name]), of).remove(0).unwrap();
    let channels = seen.0.last().copied().unwrap_or(1);
    let picked: Vec<f32> = seen.1.iter().skip(channel).step_by(channels).copied().collect();
    picked.iter().sum::<f32>() / picked.len() as f32
}

fn agrees_with_differences(s: &mut Session, of: &Of) {
    let (x, y) = (s.data().x_row(3).to_vec(), s.data().y_row(3).to_vec());
    let d_x = s.look(&x, &y, &names(&["input.grad"]), of).remove(0).unwrap().1;
    let mut largest = 0.0f32;
    for (i, d) in d_x.iter().enumerate() {
        let h = 1e-2;
        let mut at = |by: f32| {
            let mut x = x.clone();
            x[i] += by;
            value_of(s, &x, &y, of)
        };
        let difference = (at(h) - at(-h)) / (2.0 * h);
        assert!((difference - d).abs() < DIFFERENCE, "{of:?} input {i}: {difference} by differences, {d} computed");
        largest = largest.max(d.abs());
    }
    assert!(largest > 10.0 * DIFFERENCE, "{of:?}: the gradient is too small to prove anything: {largest}");
}

#[test]
fn gradients_reach_the_input_from_the_loss_a_class_and_a_filter() {
    let mut s = conv_net();
    (0..5).for_each(|_| assert!(s.step().is_ok()));
    agrees_with_differences(&mut s, &Of::Loss);
    agrees_with_differences(&mut s, &Of::Channel("output".into(), 2));
    agrees_with_differences(&mut s, &Of::Channel("layers.0".into(), 1));
    agrees_with_differences(&mut s, &Of::Channel("layers.5".into(), 7));
}

#[test]
fn a_residual_passes_gradients_of_both_ways() {
    let inner = json!([{"type": "dense", "units": 4, "activation": "tanh"}]);
    let mut s = session(json!({
        "data": {"set": "random", "input": [4], "target": {"classes": 3}, "samples": 12},
        "model": {"layers": [{"type": "residual", "layers": inner}, {"type": "residual", "layers": inner}, {"type": "dense"}]},
        "task": {"type": "classification"}, "optimizer": {"type": "sgd"},
    }));
    agrees_with_differences(&mut s, &Of::Loss);
    agrees_with_differences(&mut s, &Of::Channel("layers.0".into(), 1));
    agrees_with_differences(&mut s, &Of::Channel("layers.1.layers.0".into(), 3));
}

#[test]
fn what_does_not_exist_is_not_invented() {
    let mut s = conv_net();
    let (x, y) = (s.data().x_row(0).to_vec(), s.data().y_row(0).to_vec());
    let seen = s.look(&x, &y, &names(&["layers.99", "layers.0", "target.grad"]), &Of::Loss);
    assert!(seen[0].is_none() && seen[1].is_some() && seen[2].is_none());
    let of = Of::Channel("layers.0".into(), 4);
    assert!(s.look(&x, &y, &names(&["input.grad"]), &of)[0].is_none());
    assert!(s.climb(&mut x.clone(), &of, 3, 0.1, 0.0).is_none());
}

#[test]
fn looking_leaves_training_as_it_is_to_the_bit() {
    let (mut watched, mut alone) = (conv_net(), conv_net());
    for _ in 0..6 {
        assert_eq!(watched.step().unwrap().to_bits(), alone.step().unwrap().to_bits());
        let (x, y) = (watched.data().x_row(1).to_vec(), watched.data().y_row(1).to_vec());
        let seen = watched.look(&x, &y, &names(&["input.grad", "layers.0.weight.grad"]), &Of::Loss);
        assert!(seen.iter().all(Option::is_some));
        assert_eq!(watched.read("layers.0.weight", true), alone.read("layers.0.weight", true));
        watched.climb(&mut x.clone(), &Of::Channel("output".into(), 0), 2, 0.1, 0.0).unwrap();
        watched.watch_change();
        let _ = watched.spread(8);
    }
    assert_eq!(watched.checkpoint(), alone.checkpoint());
}

#[test]
fn the_climb_climbs() {
    let mut s = conv_net();
    for of in [Of::Channel("layers.0".into(), 1), Of::Channel("output".into(), 2)] {
        let mut x = vec![0.01; s.data().x_width()];
        let start = value_of(&mut s, &x, &[], &of);
        let end = s.climb(&mut x, &of, 20, 0.1, 0.01).unwrap();
        assert!(end > start + 0.1, "{of:?}: {start} to {end}");
        assert_eq!(end.to_bits(), value_of(&mut s, &x, &[], &of).to_bits());
    }
}

#[test]
fn the_size_of_an_update_is_how_far_the_parameters_went() {
    let mut s = conv_net();
    s.step().unwrap();
    assert!(s.norms().iter().all(|l| l.update.is_none()), "nobody asked");
    s.watch_change();
    let before = s.read("layers.0.weight", false).unwrap().1.to_vec();
    let bias = s.read("layers.0.bias", false).unwrap().1.to_vec();
    s.step().unwrap();
    let now = s.read("layers.0.weight", false).unwrap().1.iter().chain(s.read("layers.0.bias", false).unwrap().1);
    let squares: f64 = now.zip(before.iter().chain(&bias)).map(|(a, b)| f64::from(a - b).powi(2)).sum();
    let row = s.norms().into_iter().find(|l| l.name == "layers.0").unwrap();
    assert_eq!(row.update, Some(squares.sqrt() as f32));
}

fn mean_and_std(x: &[f32]) -> (f64, f64) {
    let mean = x.iter().map(|v| f64::from(*v)).sum::<f64>() / x.len() as f64;
    (mean, (x.iter().map(|v| (f64::from(*v) - mean).powi(2)).sum::<f64>() / x.len() as f64).sqrt())
}

#[test]
fn histograms_count_every_number_and_name_dead_and_saturated_units() {
    let mut s = pictures(json!([
        {"type": "flatten"}, {"type": "dense", "units": 8, "activation": "relu"}, {"type": "dense", "units": 8, "activation": "tanh"}, {"type": "dense"},
    ]));
    assert_eq!(s.spread(16), [], "nothing before the first step");
    // Units 0–1 can answer nothing but 0; tanh units 0–3 always answer 1.
    let low: Vec<f32> = (0..8).map(|u| if u < 2 { -1e4 } else { 0.0 }).collect();
    s.write("layers.1.bias", &low).unwrap();
    s.write("layers.2.bias", &(0..8).map(|u| if u < 4 { 1e4 } else { 0.0 }).collect::<Vec<f32>>()).unwrap();
    s.step().unwrap();
    let all = s.spread(16);
    assert_eq!(all.iter().map(|l| l.name.as_str()).collect::<Vec<_>>(), ["layers.1", "layers.2", "layers.3"]);
    let (relu, tanh) = (&all[0], &all[1]);
    assert!(relu.dead >= 0.25 && relu.saturated.is_none() && tanh.dead == 0.0);
    assert!(tanh.saturated.unwrap() >= 0.5);
    for layer in &all {
        let numbers = s.read(&layer.name, false).unwrap().1;
        assert_eq!(layer.activation.counts.iter().sum::<u32>() as usize, numbers.len());
        assert_eq!(layer.activation.low, numbers.iter().copied().fold(f32::MAX, f32::min));
        assert_eq!(layer.activation.high, numbers.iter().copied().fold(f32::MIN, f32::max));
        assert_eq!(layer.d_activation.as_ref().unwrap().counts.iter().sum::<u32>() as usize, numbers.len());
        let (mean, std) = mean_and_std(numbers);
        assert!((f64::from(layer.activation.mean) - mean).abs() < 1e-6, "{} ≠ {mean}", layer.activation.mean);
        assert!((f64::from(layer.activation.std) - std).abs() < 1e-6, "{} ≠ {std}", layer.activation.std);
    }
}

/// Loads, trains two steps, sends one command.
fn asked(exp: &Value, command: &Command, buffers: Vec<Vec<u8>>) -> (Reply, Vec<Buffer>) {
    let (mut reactor, mut out) = (Reactor::new(), Vec::new());
    let clock = std::cell::Cell::new(0.0);
    let now = || {
        clock.set(clock.get() + 0.05);
        clock.get()
    };
    let commands = [Command::Load { experiment: exp.clone() }, Command::Train { steps: 2 }];
    for (i, c) in commands.iter().chain([command]).enumerate() {
        let last = if i == 2 { buffers.clone() } else { Vec::new() };
        reactor.message(i as u32 + 1, &serde_json::to_string(c).unwrap(), last, &now, &mut out);
        while !matches!(reactor.tick(&now, &mut out), gradarium::worker::Next::Idle) {}
    }
    let last = out.pop().unwrap();
    assert_eq!(last.id, 3);
    (last.reply, last.buffers)
}

fn language_model() -> Value {
    json!({
        "data": {"set": "random", "input": [5], "tokens": 4, "target": {"steps": {"classes": 4, "len": 5}}, "samples": 16},
        "model": {"layers": [{"type": "embedding", "units": 8}, {"type": "rnn", "units": 6, "return_sequences": true}, {"type": "dense"}]},
        "task": {"type": "language_model"}, "optimizer": {"type": "sgd"},
    })
}

fn look(exp: &Value, want: LookRequest) -> (gradarium::protocol::Look, Vec<Vec<f32>>) {
    let (reply, buffers) = asked(exp, &Command::Look { want }, vec![]);
    let Reply::Look(look) = reply else { panic!("{reply:?}") };
    let floats = buffers.into_iter().map(|b| match b {
        Buffer::F32(x) => x,
        Buffer::Bytes(_) => panic!("bytes"),
    });
    (*look, floats.collect())
}

#[test]
fn the_loss_of_one_place_has_no_gradient_at_later_states() {
    let want =
        LookRequest { values: names(&["layers.1.states.grad"]), of: Objective::LossAt(2), ..LookRequest::default() };
    let (look, arrays) = look(&language_model(), want);
    assert_eq!((look.values[0].shape.as_slice(), look.step), ([5, 6].as_slice(), 2));
    let strength: Vec<f32> = arrays[0].chunks(6).map(|h| h.iter().map(|d| d.abs()).sum()).collect();
    assert!(strength[..3].iter().all(|s| *s > 0.0), "{strength:?}");
    assert_eq!(strength[3..], [0.0, 0.0]);
}

#[test]
fn examples_of_the_learners_own_and_rows_that_do_not_exist() {
    let exp = language_model();
    let ask =
        |example| look(&exp, LookRequest { example, values: names(&["input", "nothing"]), ..LookRequest::default() });
    let (beyond, rows) = ask(Example::Test(9999));
    assert!(beyond.row.is_some() && rows[0].len() == 5);
    assert_eq!(beyond.missing, ["nothing"]);
    let (other, _) = ask(Example::Own(vec![1.0; 3]));
    assert_eq!(other.row, Some(0), "of another length: the first row stands in");
    let (own, rows) = ask(Example::Own(vec![1.0, 2.0, 3.0, 0.0, 1.0]));
    assert_eq!((own.row, rows[0].as_slice()), (None, [1.0, 2.0, 3.0, 0.0, 1.0].as_slice()));
}

#[test]
fn however_many_look_each_gets_its_own() {
    let exp = language_model();
    let look = |k: usize| LookRequest {
        key: format!("panel {k}"),
        // Two examples and two objectives among them: four passes.
        example: Example::Train(k % 2),
        of: if k < 7 { Objective::Loss } else { Objective::LossAt(1) },
        values: names(&["layers.0", "layers.0.grad", "nothing"]),
    };
    let wants = (0..14).map(|k| Want::Look(look(k)));
    let (reply, buffers) = asked(&exp, &Command::Frame { want: FrameRequest::of(wants) }, vec![]);
    let Reply::Frame(frame) = reply else { panic!("{reply:?}") };
    assert_eq!(frame.looks().count(), 14, "none is dropped");
    for (k, seen) in frame.looks().enumerate() {
        assert_eq!((&seen.key, &seen.missing), (&look(k).key, &names(&["nothing"])));
        // The same as alone.
        let (alone, arrays) = asked(&exp, &Command::Look { want: look(k) }, vec![]);
        let Reply::Look(alone) = alone else { panic!("{alone:?}") };
        for (a, b) in seen.values.iter().zip(&alone.values) {
            assert_eq!((&a.name, &buffers[a.buffer]), (&b.name, &arrays[b.buffer]));
        }
    }
}

#[test]
fn several_panels_look_in_one_frame() {
    let exp = language_model();
    let one =
        |key: &str, values: &[&str]| LookRequest { key: key.into(), values: names(values), ..LookRequest::default() };
    let (a, b) = (one("a", &["layers.1.states"]), one("b", &["layers.0", "layers.0.weight"]));
    let want =
        FrameRequest::of([Want::Look(a), Want::Look(b), Want::Spread { bins: 8 }, Want::Updates, Want::GradientFlow]);
    let (reply, buffers) = asked(&exp, &Command::Frame { want }, vec![]);
    let Reply::Frame(frame) = reply else { panic!("{reply:?}") };
    assert_eq!(frame.looks().map(|l| (l.key.as_str(), l.values.len())).collect::<Vec<_>>(), [("a", 1), ("b", 2)]);
    let sizes = frame.looks().flat_map(|l| &l.values).map(|v| match &buffers[v.buffer] {
        Buffer::F32(x) => x.len(),
        Buffer::Bytes(_) => 0,
    });
    assert_eq!(sizes.collect::<Vec<_>>(), [30, 40, 32]);
    assert!(!frame.spread().is_empty() && frame.spread().iter().all(|l| l.activation.counts.len() == 8));
}

#[test]
fn looks_at_one_example_share_a_pass_and_none_is_lost() {
    let exp = language_model();
    let look = |key: &str, row: usize, values: &[&str]| LookRequest {
        key: key.into(),
        example: Example::Test(row),
        values: names(values),
        ..LookRequest::default()
    };
    let frame = |looks: Vec<LookRequest>| {
        let want = FrameRequest::of(looks.into_iter().map(Want::Look));
        let (reply, buffers) = asked(&exp, &Command::Frame { want }, vec![]);
        let Reply::Frame(frame) = reply else { panic!("{reply:?}") };
        (frame.looks().cloned().collect::<Vec<_>>(), buffers)
    };
    let shared = ["layers.0", "nothing", "layers.1.states"];
    let (looks, buffers) = frame(vec![look("a", 1, &shared), look("b", 2, &["layers.0"]), look("c", 1, &shared[..1])]);
    assert_eq!(looks.iter().map(|l| l.key.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!((looks[0].missing.as_slice(), looks[2].missing.len()), (["nothing".to_string()].as_slice(), 0));
    let numbers = |look: &gradarium::protocol::Look| buffers[look.values[0].buffer].clone();
    assert_eq!(numbers(&looks[0]), numbers(&looks[2]), "one pass");
    let (alone, own) = frame(vec![look("b", 2, &["layers.0"])]);
    assert_eq!(numbers(&looks[1]), own[alone[0].values[0].buffer]);
    let (many, _) = frame((0..12).map(|i| look(&i.to_string(), i, &["layers.0"])).collect());
    assert!(many.len() == 12 && many.iter().all(|l| l.values.len() == 1), "however many ask");
}

#[test]
fn a_climb_is_refused_with_a_reason() {
    let exp = language_model();
    let climb = |n: usize| {
        let command = Command::Climb { name: "layers.1".into(), channel: 0, steps: 2, rate: 0.1, decay: 0.0 };
        asked(&exp, &command, vec![vec![0; n * 4]]).0
    };
    // Tokens have no gradient, so there is no way up; and three numbers are no input.
    assert!(matches!(climb(5), Reply::Failed(_)) && matches!(climb(3), Reply::Failed(_)));
}

#[test]
fn what_comes_into_every_activation_function_has_a_name() {
    let mut s = pictures(json!([
        {"type": "conv2d", "filters": 4, "kernel": 3, "activation": "relu"}, {"type": "instance_norm", "affine": true},
        {"type": "activation", "kind": "mish"}, {"type": "flatten"}, {"type": "rms_norm"},
        {"type": "dense", "units": 8, "activation": "gelu"}, {"type": "dense"},
    ]));
    let acts = [(0, Activation::Relu), (2, Activation::Mish), (5, Activation::Gelu), (6, Activation::Linear)];
    let (x, y) = (vec![0.3; 72], vec![1.0]);
    let x: Vec<f32> = x.iter().enumerate().map(|(i, v): (usize, &f32)| v * (i as f32).sin()).collect();
    for (layer, act) in acts {
        let (sum, out) = (format!("layers.{layer}.sum"), format!("layers.{layer}"));
        assert!(s.look_len(&sum).is_some(), "{sum}");
        let seen = s.look(&x, &y, &[sum, out.clone()], &Of::Loss);
        let [Some((_, z)), Some((_, f))] = seen.as_slice() else { panic!("{out}: {seen:?}") };
        assert!(!z.is_empty() && z.len() == f.len());
        for (z, f) in z.iter().zip(f) {
            let want = phi::value(act, f64::from(*z));
            assert!((f64::from(*f) - want).abs() < 1e-5, "{out}: {f} for {want} at {z}");
        }
    }
    assert!(s.look_len("layers.1.sum").is_none() || s.look(&x, &y, &["layers.1.sum".into()], &Of::Loss)[0].is_none());
}

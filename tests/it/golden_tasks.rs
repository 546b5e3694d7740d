//! Twenty steps of each task against PyTorch: the same first weights, the same rows, the same noise handed in.
//!
//! `DUMP=file cargo nextest run --test it hands_out` writes what `tests/fixtures/tasks.py` reads; that writes the fixture.

use crate::fixture::load;
use gradarium::engine::data::{self, STREAM_AUGMENT};
use gradarium::engine::rng::Rng;
use gradarium::engine::session::Session;
use gradarium::engine::tasks;
use gradarium::spec::{Experiment, TaskKind, text};
use serde_json::{Map, Value, json};

/// Steps of each case.
const STEPS: usize = 20;
/// Twenty steps of Adam in `f32` in two programs: sums in another order, no more.
const TOL: f64 = 2e-4;

fn cases() -> Vec<(&'static str, Experiment)> {
    let pair = "encoder: dense 8 tanh | dense 2; decoder: dense 8 tanh | dense";
    let code = "encoder: dense 8 tanh | dense; decoder: dense 8 tanh | dense";
    let players = "generator: dense 8 tanh | dense; discriminator: dense 8 tanh | dense";
    let deep = "generator: dense 8 tanh | dense; discriminator: dense 8 tanh | dense 6 tanh | dense";
    let case = |task: Value, model: &str| {
        let model = serde_json::to_value(text::parse(model).unwrap()).unwrap();
        Experiment::from_value(json!({
            "seed": 5, "data": {"set": "ring", "samples": 60}, "model": model, "task": task,
            "optimizer": {"type": "adam", "lr": 0.01}, "training": {"batch": 16},
        }))
        .unwrap()
    };
    let on = |data: Value, task: Value, model: &str| {
        let model = serde_json::to_value(text::parse(model).unwrap()).unwrap();
        Experiment::from_value(json!({
            "seed": 5, "model": model, "task": task, "data": data,
            "optimizer": {"type": "adam", "lr": 0.01}, "training": {"batch": 6},
        }))
        .unwrap()
    };
    let noise = json!({"set": "random", "input": [4, 4, 1], "target": {"classes": 3}, "samples": 60});
    // Moved by whole pixels, so that the fixture stays short.
    let moved = json!({"set": "digits8", "augment": [{"type": "shift", "strength": 0.25}]});
    let pictures = |task: Value, model: &str| on(noise.clone(), task, model);
    let trunk = "trunk: flatten | dense 8 tanh | dense 6; head: dense 5 tanh | dense";
    let projected = "trunk: flatten | dense 8 tanh | dense 6; head: dense 5 tanh | dense 3";
    let coder = "encoder: flatten | dense 8 tanh | dense 6; decoder: dense 8 tanh | dense";
    vec![
        ("rotation", pictures(json!({"type": "rotation"}), trunk)),
        ("contrastive", on(moved, json!({"type": "contrastive", "temperature": 0.3}), projected)),
        ("masked", pictures(json!({"type": "autoencoder", "mask": 0.5, "patch": 2, "hidden_only": true}), coder)),
        ("autoencoder", case(json!({"type": "autoencoder", "noise": 0.3}), pair)),
        ("vae", case(json!({"type": "vae", "latent": 2, "loss": "mse", "beta": 0.5}), code)),
        ("vae_free", case(json!({"type": "vae", "latent": 2, "loss": "mse", "beta": 2.0, "free_bits": 0.05}), code)),
        ("gan_bce", case(json!({"type": "gan", "latent": 3}), players)),
        ("gan_squares", case(json!({"type": "gan", "latent": 3, "loss": "least_squares", "critic_steps": 2}), players)),
        (
            "gan_wasserstein",
            case(json!({"type": "gan", "latent": 3, "loss": "wasserstein", "critic_steps": 3, "clip": 0.1}), players),
        ),
        (
            "gan_penalty",
            case(
                json!({"type": "gan", "latent": 3, "loss": "wasserstein_gp", "critic_steps": 2, "penalty": 5.0}),
                deep,
            ),
        ),
        ("velocity", case(json!({"type": "diffusion", "predict": "velocity"}), "dense 8 tanh | dense")),
        ("noise", case(json!({"type": "diffusion", "predict": "noise"}), "dense 8 tanh | dense")),
    ]
}

fn weights(s: &Session) -> Map<String, Value> {
    let graph = &s.plan().graph;
    let names: Vec<String> = graph.params().map(|(_, v)| v.name.clone()).collect();
    names.into_iter().map(|n| (n.clone(), json!(s.read(&n, false).unwrap().1))).collect()
}

/// First weights, what each step was given and its losses, and the last weights.
fn run(e: &Experiment) -> Value {
    assert_eq!(e.problems(), []);
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/www/");
    let files = e.data.set_info().unwrap().files.iter();
    let files: Vec<_> =
        files.map(|f| (f.path.to_string(), std::fs::read(format!("{root}{}", f.path)).unwrap())).collect();
    let rows = data::build(&e.data, u64::from(e.seed), &files).unwrap();
    let mut s = Session::new(e.clone(), tasks::data(e, rows), crate::backends::backends().remove(0));
    let first = weights(&s);
    let gan = if let TaskKind::Gan(task) = e.task.kind { Some(task) } else { None };
    let mut rng = Rng::new(u64::from(e.seed), STREAM_AUGMENT);
    let mut given = Vec::new();
    let mut losses = Vec::new();
    for step in 1..=STEPS {
        let loss = s.step().unwrap();
        let of = |name: &str| s.read(name, false).map_or(json!([]), |v| json!(v.1));
        let mut noise = Vec::new();
        if let Some(task) = gan {
            let mut draw = || -> Vec<f32> { (0..s.rows() * task.latent).map(|_| rng.normal()).collect() };
            assert_eq!(json!(draw()), of("target"), "the noise is the stream's own");
            if step % task.critic_steps == 0 {
                noise = draw();
            }
        }
        let mut terms = Vec::new();
        s.terms(&mut terms);
        given.push(json!({"x": of("input"), "y": of("target"), "code": of("code"), "share": of("loss.penalty.at.share"), "z": noise}));
        losses.push(
            json!({"loss": loss, "terms": terms.iter().map(|t| t.is_finite().then_some(*t)).collect::<Vec<_>>()}),
        );
    }
    json!({"task": e.task, "first": first, "given": given, "losses": losses, "last": weights(&s)})
}

#[test]
fn hands_out_what_was_given() {
    let Ok(path) = std::env::var("DUMP") else { return };
    let all: Map<String, Value> = cases().into_iter().map(|(name, e)| (name.to_string(), run(&e))).collect();
    std::fs::write(path, serde_json::to_string(&all).unwrap()).unwrap();
}

fn close(what: &str, ours: &Value, theirs: &Value) {
    let numbers = |v: &Value| match v {
        Value::Array(a) => a.iter().map(|v| v.as_f64()).collect::<Vec<_>>(),
        one => vec![one.as_f64()],
    };
    let (a, b) = (numbers(ours), numbers(theirs));
    assert_eq!(a.len(), b.len(), "{what}");
    for (i, (a, b)) in a.iter().zip(&b).enumerate() {
        // What had no turn yet is null on both sides.
        let (Some(a), Some(b)) = (a, b) else {
            assert_eq!(a, b, "{what}[{i}]");
            continue;
        };
        assert!((a - b).abs() <= TOL * (1.0 + b.abs()), "{what}[{i}]: {a} here, {b} in PyTorch");
    }
}

#[test]
fn twenty_steps_are_those_of_pytorch() {
    let golden = load("tasks.json");
    for (name, e) in cases() {
        let (ours, theirs) = (run(&e), &golden[name]);
        for (step, (a, b)) in
            ours["given"].as_array().unwrap().iter().zip(theirs["given"].as_array().unwrap()).enumerate()
        {
            for what in ["x", "y", "z"] {
                close(&format!("{name}, step {step}: {what}"), &a[what], &b[what]);
            }
        }
        for (step, (a, b)) in
            ours["losses"].as_array().unwrap().iter().zip(theirs["losses"].as_array().unwrap()).enumerate()
        {
            close(&format!("{name}, step {step}: loss"), &a["loss"], &b["loss"]);
            close(&format!("{name}, step {step}: terms"), &a["terms"], &b["terms"]);
        }
        for (param, last) in ours["last"].as_object().unwrap() {
            close(&format!("{name}: {param}"), last, &theirs["last"][param]);
        }
    }
}

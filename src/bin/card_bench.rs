//! What a graphics card does outside the browser (Vulkan): GFLOP/s of matrix products, steps a second of four workloads beside
//! SIMD. `cargo run --release --features gpu-native --bin card_bench`.
//!
//! Not responsible for the browser's figures (`cargo xtask bench --backend webgpu`).

use gradarium::backend::Backends;
use gradarium::backend::webgpu::WebGpu;
use gradarium::engine::data;
use gradarium::engine::draws::Draws;
use gradarium::engine::exec::{At, Executor, PlanId, Reduction};
use gradarium::engine::session::Session;
use gradarium::spec::{Backend, Experiment, text};
use serde_json::{Value, json};
use std::process::ExitCode;
use std::rc::Rc;
use std::time::Instant;

/// Each figure is of at least this long.
const TIMED_S: f64 = 2.0;

fn main() -> ExitCode {
    let backends = pollster::block_on(Backends::request());
    match backends.adapter() {
        Some(card) => println!("{}{}", card.name, if card.software { " (a program)" } else { "" }),
        None => {
            println!("no Vulkan device");
            return ExitCode::FAILURE;
        }
    }
    for n in [512, 1024, 2048, 4096] {
        product(n);
    }
    for (name, data, model, optimizer, batch) in workloads() {
        let e = experiment(&data, model, &optimizer, batch);
        let [simd, card] = [Backend::Simd, Backend::Webgpu].map(|backend| steps_per_s(&e, backend, &backends));
        match card {
            Some(card) => {
                let simd = simd.unwrap_or(f64::NAN);
                println!("{name}: {card:.1} steps/s, SIMD {simd:.1}: {:.2} times", card / simd);
            }
            None => println!("{name}: the card does not take it"),
        }
    }
    ExitCode::SUCCESS
}

/// An n³ product: the forward half of one dense layer.
fn product(n: usize) {
    let data = json!({"set": "random", "input": [n], "target": {"classes": 2}, "samples": n});
    let e = experiment(&data, &format!("dense {n} | dense"), &json!({"type": "sgd", "lr": 0.01}), n);
    let Ok(mut card) = WebGpu::new() else { return println!("{n}: no card") };
    let Some(s) = session(&e, Backend::Simd, &Backends::default()) else { return println!("{n}: no data") };
    card.prepare(Rc::new(s.layout().clone()), vec![Rc::new(s.plan().clone())]);
    let wait = |card: &mut WebGpu| {
        let at = At { plan: PlanId(0), loc: s.plan().locs[1], rows: 1 };
        let ticket = card.reduce(&[(at, Reduction::Finite)]);
        card.take(ticket).is_some()
    };
    card.forward(PlanId(0), n, Draws::default());
    wait(&mut card);
    let (began, mut times) = (Instant::now(), 0);
    while began.elapsed().as_secs_f64() < TIMED_S {
        for _ in 0..4 {
            card.forward(PlanId(0), n, Draws::default());
            times += 1;
        }
        wait(&mut card);
    }
    let flops = 2.0 * (n as f64).powi(3) * f64::from(times) / began.elapsed().as_secs_f64();
    println!("{n}³: {:.1} GFLOP/s", flops / 1e9);
}

/// Name, data, network, optimizer, batch; as in `tests/bench/workloads.mjs`.
fn workloads() -> Vec<(&'static str, Value, &'static str, Value, usize)> {
    let pictures = |side: usize, channels: usize, samples: usize| json!({"set": "random", "input": [side, side, channels], "target": {"classes": 10}, "samples": samples});
    let adam = json!({"type": "adam", "lr": 0.001});
    let tokens = json!({"set": "random", "input": [64], "tokens": 65, "target": {"steps": {"classes": 65, "len": 64}}, "samples": 16});
    vec![
        ("W2b", pictures(28, 1, 128), "flatten | dense 64 relu | dense", adam.clone(), 128),
        (
            "W3",
            pictures(32, 3, 32),
            "conv 32 3 relu | pool 2 | conv 64 3 relu | pool 2 | flatten | dense 64 relu | dense",
            adam.clone(),
            32,
        ),
        (
            "W7",
            tokens,
            "embedding 64 | positional | transformer_block 4 | transformer_block 4 | layer_norm | dense",
            json!({"type": "adamw", "lr": 0.001}),
            16,
        ),
        (
            "W9",
            pictures(28, 1, 128),
            "conv 16 5 same relu | pool 2 | conv 32 5 same relu | pool 2 | flatten | dense 128 relu | dense",
            adam,
            128,
        ),
    ]
}

fn experiment(data: &Value, model: &str, optimizer: &Value, batch: usize) -> Experiment {
    let task = if data.get("tokens").is_some() { "language_model" } else { "classification" };
    let value = json!({
        "data": data, "model": {"layers": []}, "task": {"type": task}, "optimizer": optimizer, "training": {"batch": batch},
    });
    // Written here, and a test's own workloads say the same.
    let mut e = Experiment::from_value(value).unwrap_or_else(|p| panic!("{p:?}"));
    e.model = text::parse(model).unwrap_or_else(|p| panic!("{p:?}"));
    e
}

fn session(e: &Experiment, backend: Backend, backends: &Backends) -> Option<Session> {
    let e = Experiment { backend, ..e.clone() };
    let rows = data::build(&e.data, 1, &[]).ok()?;
    Some(Session::new(e, rows, backends.choose(backend).ok()?))
}

fn steps_per_s(e: &Experiment, backend: Backend, backends: &Backends) -> Option<f64> {
    let mut s = session(e, backend, backends)?;
    if backend == Backend::Webgpu && !s.is_on_card() {
        return None;
    }
    let mut steps = |n: u64| {
        if s.is_on_card() {
            s.launch(n, false);
            s.land().is_some_and(|l| l.end.is_ok() && l.lost.is_none())
        } else {
            (0..n).all(|_| s.step().is_ok())
        }
    };
    let mut burst = 2;
    let (mut began, mut taken) = (Instant::now(), 0);
    let mut warm = false;
    while began.elapsed().as_secs_f64() < TIMED_S {
        if !steps(burst) {
            return None;
        }
        taken += burst;
        if !warm {
            (warm, began, taken, burst) = (true, Instant::now(), 0, 8);
        }
    }
    Some(taken as f64 / began.elapsed().as_secs_f64())
}

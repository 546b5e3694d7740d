//! Gates remember what a plain recurrent layer forgets: the long-lag tasks, seeded, on the fast backend.
//!
//! Long ones are nightly: `cargo xtask test --all`. Not responsible for other sets (`curves`).

use gradarium::backend;
use gradarium::engine::data;
use gradarium::engine::session::{Metrics, Part, Session};
use gradarium::spec::{Backend, Experiment};
use serde_json::{Value, json};

/// Trains a network on a set with so many steps of lag; the test part's metrics afterwards.
fn trained(set: &str, lag: usize, layers: Value, lr: f64, steps: usize) -> Metrics {
    let task = if set == "adding" { "regression" } else { "classification" };
    let exp = json!({
        "data": {"set": set, "context": lag},
        "model": {"layers": layers},
        "task": {"type": task},
        "optimizer": {"type": "adam", "lr": lr, "clip_norm": 1},
        "training": {"batch": 32},
    });
    let exp = Experiment::from_value(exp).unwrap();
    assert_eq!(exp.problems(), []);
    let data = data::build(&exp.data, u64::from(exp.seed), &[]).unwrap();
    let mut s = Session::new(exp, data, backend::choose(Backend::Simd).unwrap());
    for _ in 0..steps {
        s.step().unwrap();
    }
    s.evaluate(Part::Test, usize::MAX).unwrap()
}

/// Mean squared error on the sum of the two marked numbers among `lag`. To answer 1 always costs 1/6.
fn adding(lag: usize, cell: Value, lr: f64, steps: usize) -> f32 {
    trained("adding", lag, json!([cell, {"type": "dense"}]), lr, steps).loss
}

/// Share of symbols that come back right after `lag` silent steps; 1/8 by chance.
fn copied(lag: usize, mut cell: Value, lr: f64, steps: usize) -> f32 {
    cell["return_sequences"] = json!(true);
    let layers = json!([{"type": "embedding", "units": 10}, cell, {"type": "dense"}]);
    trained("copy_memory", lag, layers, lr, steps).metric().unwrap()
}

/// A memory that lasts from the start, or the silence is too long to learn from.
fn lstm(units: usize, forget_bias: u8) -> Value {
    json!({"type": "lstm", "units": units, "forget_bias": forget_bias})
}

fn gru(units: usize) -> Value {
    json!({"type": "gru", "units": units})
}

fn rnn(units: usize) -> Value {
    json!({"type": "rnn", "units": units})
}

#[test]
fn gates_add_two_numbers_forty_steps_apart() {
    let (gru, rnn) = (adding(40, gru(16), 0.01, 400), adding(40, rnn(16), 0.01, 400));
    assert!(gru < 0.02 && rnn > 0.1, "gru {gru}, rnn {rnn}");
}

/// Nightly: three times as many steps, still nothing for the plain layer.
#[test]
#[ignore = "nightly: cargo xtask test --all"]
fn an_lstm_adds_too() {
    let (lstm, rnn) = (adding(40, lstm(16, 1), 0.01, 1200), adding(40, rnn(16), 0.01, 1200));
    assert!(lstm < 0.02 && rnn > 0.1, "lstm {lstm}, rnn {rnn}");
}

#[test]
#[ignore = "nightly: cargo xtask test --all"]
fn a_gru_adds_over_a_hundred_steps() {
    let (gru, rnn) = (adding(100, gru(32), 0.005, 800), adding(100, rnn(32), 0.005, 800));
    assert!(gru < 0.02 && rnn > 0.1, "gru {gru}, rnn {rnn}");
}

#[test]
#[ignore = "nightly: cargo xtask test --all"]
fn a_gru_adds_over_two_hundred_steps() {
    let (gru, rnn) = (adding(200, gru(32), 0.005, 900), adding(200, rnn(32), 0.005, 900));
    assert!(gru < 0.02 && rnn > 0.1, "gru {gru}, rnn {rnn}");
}

#[test]
#[ignore = "nightly: cargo xtask test --all"]
fn a_gru_copies_after_silence() {
    let (gru, rnn) = (copied(20, gru(64), 0.005, 1500), copied(20, rnn(64), 0.005, 1500));
    assert!(gru > 0.9 && rnn < 0.4, "gru {gru}, rnn {rnn}");
}

#[test]
#[ignore = "nightly: cargo xtask test --all"]
fn an_lstm_copies_after_silence() {
    let lstm = copied(20, lstm(64, 2), 0.005, 3000);
    assert!(lstm > 0.9, "lstm {lstm}");
}

//! Set-ups that train as they should: the doctor says nothing.
//!
//! The limits were chosen on these; others are in `held_out`.

use super::case::no_alarm;
use super::page::{deep, experiment};
use gradarium::spec::{Experiment, preset, preset::ready};

#[test]
fn twenty_healthy_set_ups_raise_no_alarm() {
    let small = |e| (e, 2400, 12);
    let tanh = "dense 8 tanh | dense 8 tanh | dense";
    let adam = r#"{"type":"adam","lr":0.03}"#;
    let residual = format!("dense 16 relu | {}dense", "residual(layer_norm | dense 16 relu | dense 16) | ".repeat(12));
    let normalised = deep(4, "dense 16 | batch_norm | activation kind=relu");
    let verse = r#"{"set":"text","context":16,"text":"so much depends upon a red wheel barrow glazed with rain water beside the white chickens. so much depends upon a red wheel barrow glazed with rain water beside the white chickens. so much depends upon"}"#;
    let conv = "conv 8 3 relu | pool 2 | flatten | dense 32 relu | dense";
    let block = "embedding 16 | positional | transformer_block 2 | layer_norm | dense";
    let e = experiment;
    let healthy: Vec<(Experiment, u32, u32)> = vec![
        (preset::first(), 1800, 30),
        small(e("spiral", "dense 16 relu | dense 16 relu | dense", adam, 32)),
        small(e("circle", "dense 8 relu | dense", adam, 32)),
        small(e("xor", "dense 8 sigmoid | dense 8 sigmoid | dense", adam, 32)),
        small(e("moons", "dense 16 gelu | dense", r#"{"type":"momentum","lr":0.05}"#, 32)),
        small(e("gauss", tanh, r#"{"type":"sgd","lr":0.1}"#, 32)),
        small(e("rings", "dense 16 silu | dense 16 silu | dense", r#"{"type":"rmsprop","lr":0.003}"#, 32)),
        small(e("checkerboard", "dense 16 tanh | dense 16 tanh | dense", r#"{"type":"lion","lr":0.002}"#, 32)),
        small(e("spiral", tanh, r#"{"type":"adam","lr":0.02,"schedule":{"type":"cosine","steps":1500}}"#, 32)),
        small(e("plane", tanh, adam, 32)),
        small(e("waves", "dense 16 tanh | dense 16 tanh | dense", adam, 32)),
        small(e("multi_gauss", "dense 16 relu | dense 16 relu | dense", adam, 32)),
        (e("iris", "dense 16 relu | dense", r#"{"type":"adam","lr":0.001}"#, 32), 1500, 10),
        (e("wine", "dense 16 elu | dense", r#"{"type":"adagrad","lr":0.05}"#, 32), 1500, 10),
        (e("penguins", "dense 16 leaky_relu | dense", r#"{"type":"nadam","lr":0.005}"#, 32), 1500, 10),
        (e("spiral", &deep(10, "dense 16 tanh"), r#"{"type":"adam","lr":0.003}"#, 32), 1200, 20),
        (e("spiral", &residual, r#"{"type":"adam","lr":0.003}"#, 32), 500, 10),
        (e("spiral", &normalised, r#"{"type":"adam","lr":0.01}"#, 64), 1000, 10),
        (e(r#"{"set":"digits8","samples":400}"#, conv, r#"{"type":"adam","lr":0.003}"#, 32), 500, 10),
        (e("airline", "lstm 16 | dense", r#"{"type":"adam","lr":0.003}"#, 32), 400, 10),
        (e(verse, block, r#"{"type":"adamw","lr":0.003}"#, 16), 300, 10),
        (
            e(
                r#"{"set":"names","samples":1000}"#,
                "embedding 8 | lstm 16 | dense",
                r#"{"type":"adam","lr":0.003}"#,
                32,
            ),
            300,
            10,
        ),
        (e("spiral", "dense 16 relu | dense 16 relu | dense", r#"{"type":"adam","lr":0.003}"#, 1), 2400, 12),
        (e("breast_cancer", "dense 32 relu | dense", r#"{"type":"adam","lr":0.001}"#, 32), 1500, 20),
    ];
    assert!(healthy.len() >= 20);
    no_alarm(healthy);
}

/// Ready experiments that train as their pictures say, for longer than a test may otherwise take.
#[test]
#[ignore = "trains large networks"]
fn long_ready_experiments_raise_no_alarm() {
    let ready = |(name, steps): (&str, u32)| (ready::find(name).unwrap().experiment().unwrap(), steps, 10);
    let list = [
        ("tumours", 1500),
        ("digits_mlp", 600),
        ("lenet_digits", 300),
        ("lenet_clothes", 300),
        ("resnet_clothes", 300),
        ("deep_residual", 500),
        ("deep_normalised", 400),
        ("names_gender", 600),
        ("char_rnn", 400),
        ("char_transformer", 400),
        ("tang_transformer", 300),
        ("dates", 400),
        ("reverse", 400),
        ("sort", 400),
        ("add", 600),
        ("g2p_attention", 400),
        ("dates_attention", 400),
        ("electricity_lstm", 400),
        ("adding_lstm", 1500),
        ("adding_gru", 1000),
        ("copy_gru", 800),
        ("airline_cnn", 1000),
        ("sunspots_lstm", 500),
        ("electricity_cnn", 500),
        ("weather_transformer", 500),
    ];
    no_alarm(list.into_iter().map(ready).collect());
}

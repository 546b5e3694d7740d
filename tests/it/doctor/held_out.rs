//! Other set-ups than those that the limits were chosen on: other data, seeds, optimizers, depths, activations, batch sizes
//! and kinds of network. They were written down first and run then.
//!
//! What that changed: a loss of accuracy must exceed two standard errors of the test part (batch norm on breast cancer raised
//! an alarm over three rows of 142); exploding is no finding where a network learns in spite of it; data that is not
//! standardised is standardised before anything else; ReLUs that died of long steps get shorter ones. Set-ups that turned
//! out not to be ill, because they learn, were replaced: a failure that does no harm is not to be found.

use super::case::{Case, no_alarm};
use super::page::{deep, experiment};
use gradarium::spec::preset::ready;
use gradarium::spec::{Experiment, OptimizerSpec};
use gradarium::ui::doctor::Kind;

const TEXT: &str = "the rain in spain stays mainly in the plain and the cat sat on the mat by the wide window. ";

/// The learner's own text, with windows of so many characters.
fn own_text(context: usize) -> String {
    format!(r#"{{"set":"text","context":{context},"text":"{}"}}"#, TEXT.repeat(3))
}

fn seeded(set: &str, model: &str, optimizer: &str, batch: usize, seed: u32) -> Experiment {
    Experiment { seed, ..experiment(set, model, optimizer, batch) }
}

#[test]
fn healthy_points_and_numbers_raise_no_alarm() {
    let s = seeded;
    let selu = "dense 16 selu | residual(dense 16 selu | dense 16) | residual(dense 16 selu | dense 16) | dense";
    no_alarm(vec![
        (
            s(
                "spiral",
                "dense 32 gelu | dense 32 gelu | dense",
                r#"{"type":"adamw","lr":0.005,"weight_decay":0.01}"#,
                64,
                11,
            ),
            1500,
            10,
        ),
        (s("moons", "dense 4 tanh | dense", r#"{"type":"adagrad","lr":0.1}"#, 8, 3), 2000, 10),
        (s("rings", &deep(3, "dense 12 elu"), r#"{"type":"nadam","lr":0.005}"#, 16, 5), 1500, 10),
        (s("xor", "dense 6 relu | dense 6 relu | dense", r#"{"type":"momentum","lr":0.02}"#, 16, 21), 2000, 10),
        (s("checkerboard", &deep(3, "dense 24 relu"), r#"{"type":"adam","lr":0.005}"#, 64, 2), 1500, 15),
        (s("multi_gauss", "dense 10 sigmoid | dense", r#"{"type":"rmsprop","lr":0.01}"#, 128, 9), 1200, 10),
        (s("gauss", "dense", r#"{"type":"sgd","lr":0.05}"#, 16, 13), 1500, 10),
        (s("circle", "dense 64 tanh | dense", r#"{"type":"adadelta"}"#, 32, 4), 1500, 10),
        (s("waves", "dense 32 relu | dense 32 relu | dense", r#"{"type":"adamw","lr":0.003}"#, 64, 6), 1500, 10),
        (s("plane", "dense", r#"{"type":"sgd","lr":0.05}"#, 16, 8), 1000, 10),
        (s("heart", "dense 8 relu6 | dense 8 relu6 | dense", r#"{"type":"adam","lr":0.01}"#, 32, 31), 2000, 10),
        (s("wine", "dense 8 tanh | dense 8 tanh | dense", r#"{"type":"sgd","lr":0.05}"#, 16, 1), 1500, 10),
        (s("iris", "dense 10 silu | dense", r#"{"type":"lion","lr":0.001}"#, 8, 3), 1500, 10),
        (s("penguins", "dense 24 relu | dropout 0.3 | dense", r#"{"type":"adam","lr":0.003}"#, 32, 5), 1500, 10),
        (
            s(
                "breast_cancer",
                "dense 16 | batch_norm | activation kind=relu | dense",
                r#"{"type":"momentum","lr":0.01}"#,
                64,
                17,
            ),
            800,
            10,
        ),
        (
            s(
                "digits8",
                "flatten | dense 32 tanh | dropout 0.2 | dense 16 tanh | dense",
                r#"{"type":"nesterov","lr":0.02}"#,
                32,
                14,
            ),
            1000,
            10,
        ),
        (s("spiral", selu, r#"{"type":"sgd","lr":0.03,"clip_norm":1}"#, 32, 19), 2000, 10),
        (ready::find("tumours").unwrap().experiment().unwrap(), 1000, 10),
    ]);
}

#[test]
fn healthy_pictures_and_sequences_raise_no_alarm() {
    let s = seeded;
    let block = "embedding 16 | positional | transformer_block 2 | layer_norm | dense";
    let conv = "conv 8 3 same | batch_norm | activation kind=relu | pool 2 | flatten | dense";
    let sort = "embedding 16 | gru 24 return_sequences | dense";
    no_alarm(vec![
        (s("airline", "gru 16 | dense", r#"{"type":"adam","lr":0.005}"#, 16, 2), 500, 10),
        (s("sunspots_yearly", "rnn 16 | dense", r#"{"type":"adam","lr":0.003}"#, 32, 4), 500, 10),
        (s("co2", "flatten | dense 16 relu | dense", r#"{"type":"adam","lr":0.001}"#, 32, 6), 1000, 10),
        (ready::find("airline_cnn").unwrap().experiment().unwrap(), 600, 10),
        (s(r#"{"set":"reverse","context":4,"samples":1000}"#, block, r#"{"type":"adam","lr":0.003}"#, 32, 3), 500, 10),
        (
            s(
                r#"{"set":"names","samples":1500}"#,
                "embedding 8 | gru 16 | dense",
                r#"{"type":"adam","lr":0.005}"#,
                32,
                8,
            ),
            400,
            10,
        ),
        (s(r#"{"set":"digits8","samples":600}"#, conv, r#"{"type":"adam","lr":0.002}"#, 32, 12), 400, 10),
        (
            s(&own_text(12), "embedding 12 | rnn 24 return_sequences | dense", r#"{"type":"adam","lr":0.005}"#, 16, 5),
            400,
            10,
        ),
        (
            s(
                r#"{"set":"adding","context":10}"#,
                "lstm 16 | dense",
                r#"{"type":"adam","lr":0.01,"clip_norm":1}"#,
                32,
                9,
            ),
            1000,
            10,
        ),
        (
            s(
                r#"{"set":"copy_memory","context":3}"#,
                "embedding 10 | gru 24 return_sequences | dense",
                r#"{"type":"adam","lr":0.01}"#,
                32,
                2,
            ),
            700,
            10,
        ),
        (s(r#"{"set":"sort","context":4,"samples":1000}"#, sort, r#"{"type":"adam","lr":0.005}"#, 32, 4), 500, 10),
    ]);
}

#[test]
#[ignore = "trains a language model"]
fn long_healthy_language_model_raises_no_alarm() {
    let set = r#"{"set":"shakespeare","context":32}"#;
    let model = "embedding 16 | lstm 32 return_sequences | dense";
    no_alarm(vec![(seeded(set, model, r#"{"type":"adam","lr":0.003}"#, 16, 1), 400, 20)]);
}

/// Found within so many steps, treated with so many remedies at most, and after so many steps at this loss or less.
fn found(kind: Kind, sick: Experiment, (within, remedies): (u64, usize), (then, loss): (u32, f64)) {
    Case { kind, sick, within, remedies, then, loss }.run();
}

#[test]
fn other_divergences() {
    let sick = seeded("waves", "dense 32 relu | dense 32 relu | dense", r#"{"type":"nesterov","lr":3}"#, 16, 9);
    found(Kind::Diverged, sick, (20, 1), (500, 0.05));
    // Clipped first, and then the rate is lowered too.
    let series = r#"{"set":"sunspots","context":48}"#;
    let sick = seeded(series, "rnn 32 activation=relu | dense", r#"{"type":"sgd","lr":1}"#, 32, 3);
    found(Kind::Diverged, sick, (20, 2), (500, 0.25));
}

#[test]
fn other_explosions() {
    let wild = deep(12, r#"dense 24 relu init={"type":"he_normal","gain":3}"#);
    found(Kind::Exploding, seeded("moons", &wild, r#"{"type":"adam","lr":0.002}"#, 32, 4), (100, 1), (500, 0.05));
    let raw = r#"{"set":"co2","standardize":false}"#;
    let sick = seeded(raw, "flatten | dense 8 tanh | dense", r#"{"type":"adam","lr":0.001}"#, 32, 2);
    found(Kind::Exploding, sick, (100, 1), (1000, 0.05));
    let raw = r#"{"set":"airline","standardize":false}"#;
    let sick = seeded(raw, "flatten | dense 16 relu | dense", r#"{"type":"sgd","lr":0.1}"#, 32, 3);
    found(Kind::Exploding, sick, (100, 1), (600, 0.05));
}

/// What clipping is for: single long gradients throw a recurrent network out of what it has learned.
#[test]
fn a_recurrent_network_that_is_thrown_about_is_clipped() {
    let series = r#"{"set":"sunspots","context":48}"#;
    let sick = seeded(series, "rnn 32 activation=relu | dense", r#"{"type":"sgd","lr":0.4}"#, 32, 3);
    let case = Case { kind: Kind::RateTooHigh, sick, within: 400, remedies: 1, then: 600, loss: 0.3 };
    let treated = case.run();
    let OptimizerSpec { lr, clip_norm, .. } = treated.state.edit.experiment.optimizer;
    assert_eq!((lr, clip_norm), (Some(0.4), Some(1.0)), "clipping alone did it");
}

#[test]
fn other_rates_too_high() {
    let sick = seeded("wine", "dense 16 tanh | dense 16 tanh | dense", r#"{"type":"adam","lr":3}"#, 32, 2);
    found(Kind::RateTooHigh, sick, (100, 1), (500, 0.05));
    let set = r#"{"set":"names","samples":1500}"#;
    let sick = seeded(set, "embedding 8 | lstm 16 | dense", r#"{"type":"rmsprop","lr":0.5}"#, 32, 3);
    found(Kind::RateTooHigh, sick, (100, 1), (300, 0.5));
    // So high that the ReLUs die of it: shorter steps, not another activation.
    let set = r#"{"set":"digits8","samples":600}"#;
    let sick = seeded(set, "conv 8 3 relu | pool 2 | flatten | dense", r#"{"type":"momentum","lr":3}"#, 32, 6);
    found(Kind::DeadRelu, sick, (100, 1), (500, 0.1));
}

#[test]
fn other_dead_relus() {
    let dead = r#"conv 8 3 relu init={"type":"constant","value":-0.5} | pool 2 | flatten | dense"#;
    let set = r#"{"set":"digits8","samples":600}"#;
    found(Kind::DeadRelu, seeded(set, dead, r#"{"type":"adam","lr":0.003}"#, 32, 5), (100, 1), (400, 0.3));
    let dead = r#"dense 16 sigmoid | dense 12 relu6 init={"type":"constant","value":-2} | dense"#;
    found(Kind::DeadRelu, seeded("multi_gauss", dead, r#"{"type":"sgd","lr":0.1}"#, 32, 8), (100, 1), (2000, 0.05));
    found(
        Kind::DeadRelu,
        seeded("waves", "dense 8 relu init=zeros | dense init=zeros", r#"{"type":"adam","lr":0.01}"#, 32, 2),
        (100, 1),
        (600, 0.08),
    );
}

#[test]
fn other_saturated_layers() {
    let wild = r#"dense 16 sigmoid init={"type":"normal","std":30}"#;
    found(
        Kind::Saturated,
        seeded("moons", &deep(3, wild), r#"{"type":"adam","lr":0.003}"#, 32, 3),
        (100, 1),
        (1500, 0.27),
    );
    let wild = deep(2, r#"dense 32 tanh init={"type":"uniform","limit":10}"#);
    let set = r#"{"set":"digits8","samples":600}"#;
    found(
        Kind::Saturated,
        seeded(set, &format!("flatten | {wild}"), r#"{"type":"sgd","lr":0.01}"#, 32, 2),
        (100, 1),
        (3000, 0.4),
    );
    let raw = r#"{"set":"penguins","standardize":false}"#;
    found(
        Kind::Saturated,
        seeded(raw, "dense 16 tanh | dense", r#"{"type":"adam","lr":0.003}"#, 32, 4),
        (100, 1),
        (500, 0.1),
    );
}

#[test]
fn other_vanishing_gradients() {
    let small = deep(25, r#"dense 16 tanh init={"type":"normal","std":0.1}"#);
    found(Kind::Vanishing, seeded("moons", &small, r#"{"type":"adam","lr":0.001}"#, 32, 5), (100, 1), (400, 0.1));
    let set = r#"{"set":"digits8","samples":600}"#;
    let sick =
        seeded(set, &format!("flatten | {}", deep(20, "dense 16 sigmoid")), r#"{"type":"momentum","lr":0.05}"#, 32, 3);
    // What opens the layers makes steps too long for so many of them: that is found next.
    found(Kind::Vanishing, sick, (240, 2), (4000, 0.8));
}

#[test]
fn gradients_that_vanish_through_time() {
    let set = r#"{"set":"adding","context":40}"#;
    let sick = seeded(set, "rnn 24 | dense", r#"{"type":"adam","lr":0.005,"clip_norm":1}"#, 32, 3);
    found(Kind::VanishingTime, sick, (240, 1), (500, 0.03));
    let set = r#"{"set":"copy_memory","context":15}"#;
    let sick = seeded(set, "embedding 10 | rnn 32 return_sequences | dense", r#"{"type":"rmsprop","lr":0.001}"#, 32, 6);
    found(Kind::VanishingTime, sick, (240, 1), (600, 1.7));
}

#[test]
fn gradients_that_explode_through_time() {
    let set = r#"{"set":"adding","context":40}"#;
    let wild = r#"rnn 24 init={"type":"normal","std":1.5} | dense"#;
    found(Kind::ExplodingTime, seeded(set, wild, r#"{"type":"adam","lr":0.005}"#, 32, 3), (120, 1), (500, 0.05));
    let set = r#"{"set":"copy_memory","context":20}"#;
    let wild = r#"embedding 10 | rnn 32 return_sequences init={"type":"normal","std":2} | dense"#;
    found(Kind::ExplodingTime, seeded(set, wild, r#"{"type":"adam","lr":0.01}"#, 32, 3), (120, 1), (400, 1.5));
}

#[test]
fn other_rates_too_low() {
    let sick = seeded("wine", "dense 16 relu | dense", r#"{"type":"adam","lr":0.000001}"#, 32, 4);
    found(Kind::RateTooLow, sick, (240, 1), (800, 0.1));
    let set = r#"{"set":"reverse","context":4,"samples":1000}"#;
    let block = "embedding 16 | positional | transformer_block 2 | layer_norm | dense";
    found(Kind::RateTooLow, seeded(set, block, r#"{"type":"adam","lr":0.0000003}"#, 32, 3), (240, 1), (400, 0.1));
    // A thousand times the rate is still slow for plain SGD: raised once more.
    let set = r#"{"set":"names","samples":1500}"#;
    let sick = seeded(set, "embedding 8 | gru 16 | dense", r#"{"type":"sgd","lr":0.00001}"#, 32, 3);
    found(Kind::RateTooLow, sick, (240, 2), (1000, 0.45));
}

#[test]
fn other_constant_answers() {
    let adam = r#"{"type":"adam","lr":0.005}"#;
    let zeros = "embedding 12 | lstm 24 return_sequences init=zeros | dense init=zeros";
    found(Kind::ConstantOutput, seeded(&own_text(12), zeros, adam, 16, 5), (240, 1), (400, 0.2));
    let set = r#"{"set":"sort","context":4,"samples":1000}"#;
    let pulled = r#"{"type":"adam","lr":0.005,"weight_decay":1}"#;
    let model = "embedding 16 | gru 24 return_sequences | dense";
    found(Kind::ConstantOutput, seeded(set, model, pulled, 32, 4), (240, 1), (500, 0.2));
    let zeros = "lstm 16 init=zeros | dense init=zeros";
    found(
        Kind::ConstantOutput,
        seeded("airline", zeros, r#"{"type":"adam","lr":0.003}"#, 32, 3),
        (240, 1),
        (400, 0.05),
    );
    let set = r#"{"set":"airline","context":24,"horizon":6}"#;
    let zeros = "flatten | dense 16 tanh init=zeros | dense init=zeros";
    found(Kind::ConstantOutput, seeded(set, zeros, adam, 32, 3), (240, 1), (400, 0.05));
}

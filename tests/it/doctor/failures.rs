//! Each failure, provoked on purpose: found within so many steps, cured by what is offered, and brought back by undo.
//!
//! The limits were chosen on these; others are in `held_out`.

use super::case::{Case, EVERY};
use super::page::{Page, deep, experiment};
use gradarium::spec::Experiment;
use gradarium::ui::doctor::Kind;
use gradarium::ui::state::{DoctorMsg, Msg};

const TANH: &str = "dense 8 tanh | dense 8 tanh | dense";
const ADAM: &str = r#"{"type":"adam","lr":0.03}"#;
const ADAM_SLOW: &str = r#"{"type":"adam","lr":0.003}"#;

#[test]
fn dead_relus_are_found_and_revived() {
    let dead = r#"dense 16 relu | dense 16 relu init={"type":"constant","value":-1} | dense"#;
    let sick = experiment("spiral", dead, ADAM, 32);
    Case { kind: Kind::DeadRelu, sick, within: 100, remedies: 1, then: 400, loss: 0.1 }.run();
}

#[test]
fn saturation_is_found_and_ended_by_other_first_weights_or_by_standardising() {
    let wide = r#"dense 16 tanh init={"type":"normal","std":20}"#;
    for set in ["circle", "xor"] {
        let sick = experiment(set, &format!("{wide} | {wide} | dense"), r#"{"type":"sgd","lr":0.1}"#, 32);
        Case { kind: Kind::Saturated, sick, within: 100, remedies: 1, then: 3000, loss: 0.05 }.run();
    }
    let sick = experiment("circle", &format!("{wide} | {wide} | {wide} | dense"), r#"{"type":"adam","lr":0.003}"#, 32);
    Case { kind: Kind::Saturated, sick, within: 100, remedies: 1, then: 1000, loss: 0.1 }.run();
    let raw = r#"{"set":"wine","standardize":false}"#;
    let sick = experiment(raw, "dense 16 tanh | dense", r#"{"type":"adam","lr":0.003}"#, 32);
    Case { kind: Kind::Saturated, sick, within: 120, remedies: 1, then: 400, loss: 0.1 }.run();
}

#[test]
fn vanishing_gradients_are_found_and_opened() {
    for (depth, layer) in [(30, "dense 16 sigmoid"), (50, "dense 16 sigmoid"), (30, "dense 16 relu")] {
        let sick = experiment("circle", &deep(depth, layer), ADAM_SLOW, 32);
        Case { kind: Kind::Vanishing, sick, within: 100, remedies: 1, then: 600, loss: 0.05 }.run();
    }
}

#[test]
fn exploding_gradients_are_found_and_tamed() {
    let sick = experiment("spiral", &deep(20, r#"dense 32 relu init={"type":"he_normal","gain":2}"#), ADAM_SLOW, 32);
    Case { kind: Kind::Exploding, sick, within: 100, remedies: 1, then: 400, loss: 0.05 }.run();
}

#[test]
fn a_learning_rate_too_high_is_found_and_lowered() {
    for (set, model, optimizer, loss) in [
        ("circle", TANH, r#"{"type":"adam","lr":1}"#, 0.05),
        ("spiral", TANH, r#"{"type":"adam","lr":0.5}"#, 0.1),
        ("circle", "dense 16 relu | dense 16 relu | dense", r#"{"type":"sgd","lr":5}"#, 0.1),
        ("circle", TANH, r#"{"type":"sgd","lr":10}"#, 0.1),
    ] {
        let sick = experiment(set, model, optimizer, 32);
        Case { kind: Kind::RateTooHigh, sick, within: 120, remedies: 1, then: 3000, loss }.run();
    }
}

/// The last layer's weights halve meanwhile, since nothing that it is given depends on the input.
#[test]
fn a_vanishing_gradient_stays_the_cause_however_long_nobody_helps() {
    let mut page =
        Page::open(Experiment { seed: 0, ..experiment("circle", &deep(30, "dense 16 sigmoid"), ADAM_SLOW, 32) });
    while page.step() < 40_000 {
        page.train(500);
        let kinds = page.kinds();
        assert!(
            kinds.is_empty() && page.step() < 7000 || kinds == [Kind::Vanishing],
            "{kinds:?} at step {}",
            page.step()
        );
    }
}

#[test]
fn a_learning_rate_too_low_is_found_and_raised() {
    for optimizer in [r#"{"type":"adam","lr":0.000001}"#, r#"{"type":"sgd","lr":0.0001}"#] {
        let sick = experiment("circle", TANH, optimizer, 32);
        Case { kind: Kind::RateTooLow, sick, within: 240, remedies: 1, then: 2000, loss: 0.2 }.run();
    }
}

#[test]
fn divergence_is_found_at_once_and_cured_by_a_lower_rate() {
    let sick = experiment("waves", "dense 16 tanh | dense 16 tanh | dense", r#"{"type":"momentum","lr":1}"#, 32);
    Case { kind: Kind::Diverged, sick, within: 40, remedies: 1, then: 1000, loss: 0.16 }.run();
}

#[test]
fn over_fitting_is_found_and_kept_down() {
    let sick = experiment(
        r#"{"set":"spiral","samples":60,"noise":0.4}"#,
        "dense 64 relu | dense 64 relu | dense",
        ADAM_SLOW,
        16,
    );
    let test_loss = |p: &Page| p.state.run.curves.iter().rev().find_map(|c| c.test_loss).unwrap();
    let mut untreated = Page::open(sick.clone());
    (0..2000 / EVERY).for_each(|_| untreated.train(EVERY));
    let treated = Case { kind: Kind::Overfitting, sick, within: 600, remedies: 1, then: 2000, loss: 0.6 }.run();
    let (with, without) = (test_loss(&treated), test_loss(&untreated));
    assert!(with < 0.6 * without, "test loss {with} with the remedy, {without} without");
}

/// Two hundred of 9,730 names: no penalty and no dropout helps as much as the others do.
#[test]
fn few_of_many_rows_learned_by_heart_are_joined_by_the_rest() {
    let set = r#"{"set":"names","samples":200}"#;
    let sick = experiment(set, "embedding 8 | gru 32 | dense", ADAM_SLOW, 32);
    let page = Case { kind: Kind::Overfitting, sick, within: 400, remedies: 1, then: 1500, loss: 0.5 }.run();
    assert_eq!(page.state.edit.experiment.data.samples, None);
    let right = page.state.run.curves.iter().rev().find_map(|c| c.test_metric).unwrap();
    assert!(right > 0.8, "{right} of the names that it was not shown");
}

#[test]
fn recurrent_weights_that_start_too_large_are_found_though_the_gradient_grows_slowly() {
    let wild = r#"embedding 10 | rnn 32 return_sequences init={"type":"orthogonal","gain":3} | dense"#;
    for seed in [3, 5] {
        let sick = Experiment { seed, ..experiment(r#"{"set":"copy_memory","context":20}"#, wild, ADAM_SLOW, 32) };
        // The ratio differs by decades from look to look, so its median passes the limit sooner or later.
        Case { kind: Kind::ExplodingTime, sick, within: 600, remedies: 1, then: 1000, loss: 1.5 }.run();
    }
}

/// A page that trains flat out looks a thousand steps apart: curves are thinned by then, and losses of a gain too large long gone.
#[test]
fn failures_are_found_and_cured_between_rare_looks_too() {
    // With a gain of 2 most seeds learn in spite of it, a few thousand steps later.
    let wild = r#"dense 32 relu init={"type":"he_normal","gain":4}"#;
    let constant = r#"dense 16 relu | dense 16 relu init={"type":"constant","value":-1} | dense"#;
    let flat = r#"dense 16 tanh init={"type":"normal","std":20}"#;
    let cases = [
        ("circle", TANH.to_string(), r#"{"type":"adam","lr":1}"#, 1000, vec![Kind::RateTooHigh]),
        ("spiral", TANH.to_string(), r#"{"type":"adam","lr":0.5}"#, 1000, vec![Kind::RateTooHigh, Kind::Saturated]),
        ("spiral", constant.to_string(), ADAM, 1000, vec![Kind::DeadRelu]),
        ("spiral", deep(20, wild), ADAM_SLOW, 1000, vec![Kind::Exploding, Kind::DeadRelu]),
        // Its last layer drifts into the flat ends meanwhile.
        ("circle", deep(30, "dense 16 sigmoid"), ADAM_SLOW, 7000, vec![Kind::Vanishing]),
        ("circle", format!("{flat} | {flat} | dense"), r#"{"type":"sgd","lr":0.1}"#, 120, vec![Kind::Saturated]),
    ];
    for (set, model, optimizer, every, kinds) in cases {
        let mut page = Page::open(experiment(set, &model, optimizer, 32));
        while page.kinds().is_empty() && page.step() < 100 * u64::from(every) {
            page.train(every);
        }
        let name = format!("{set} {model} {optimizer} at step {}", page.step());
        let finding = page.state.doctor.findings.first().cloned().unwrap_or_else(|| panic!("{name}"));
        assert!(kinds.contains(&finding.kind), "{name}: {:?}", finding.kind);
        page.say(Msg::Doctor(DoctorMsg::Remedy(finding.kind, finding.remedies[0].clone())));
        page.train(2000);
        (0..8).for_each(|_| page.train(every));
        assert!(page.trend().now < 0.1, "{name}: {:?} after {:?}", page.trend(), finding.remedies[0]);
    }
}

#[test]
fn the_same_answer_to_everything_is_found_and_its_cause_removed() {
    let zeros = "dense 8 tanh init=zeros | dense 8 tanh init=zeros | dense init=zeros";
    let sick = experiment("circle", zeros, ADAM, 32);
    Case { kind: Kind::ConstantOutput, sick, within: 240, remedies: 1, then: 600, loss: 0.1 }.run();
    let sick = experiment("spiral", TANH, r#"{"type":"adam","lr":0.03,"weight_decay":1}"#, 32);
    Case { kind: Kind::ConstantOutput, sick, within: 240, remedies: 1, then: 600, loss: 0.5 }.run();
}

/// A shipped table as the learner's own, with a copy of its target among the inputs.
fn leaking(table: &str, copy: impl Fn(&str) -> String) -> Experiment {
    let mut rows = table.lines();
    let head = format!("leak,{}", rows.next().unwrap());
    let rows = rows.map(|r| format!("{},{r}", copy(r.rsplit(',').next().unwrap())));
    let text = std::iter::once(head).chain(rows).collect::<Vec<_>>().join("\n");
    let data = serde_json::json!({"set": "csv", "csv": {"text": text}}).to_string();
    experiment(&data, "dense 16 relu | dense", r#"{"type":"adam","lr":0.01}"#, 32)
}

#[test]
fn a_column_that_gives_the_answer_away_is_found_and_left_out() {
    let iris = include_str!("../../../www/data/tabular/iris.csv");
    let wine = include_str!("../../../www/data/tabular/wine.csv");
    let number = |class: &str| class.len().to_string();
    let cases = [
        (leaking(iris, |class| format!("is {class}")), 0.2),
        (leaking(iris, number), 0.2),
        (leaking(wine, |class| class.replace("class_", "")), 0.1),
    ];
    for (sick, loss) in cases {
        let page = Case { kind: Kind::LabelLeak, sick, within: 120, remedies: 1, then: 600, loss }.run();
        let csv = page.state.edit.experiment.data.csv.as_ref().unwrap();
        assert!(!csv.inputs.is_empty() && !csv.inputs.contains(&"leak".to_string()));
    }
}

#[test]
fn no_shipped_table_gives_its_answer_away() {
    use gradarium::ui::doctor::{leak, limits::TOLD};
    for (name, target) in [
        ("iris", "target"),
        ("wine", "target"),
        ("breast_cancer", "target"),
        ("diabetes", "target"),
        ("penguins", "species"),
        ("titanic", "survived"),
        ("cars_mpg", "miles_per_gallon"),
        ("sacramento_houses", "price"),
    ] {
        let path = format!("{}/www/data/tabular/{name}.csv", env!("CARGO_MANIFEST_DIR"));
        let csv =
            serde_json::json!({"text": std::fs::read_to_string(path).unwrap(), "target": target, "skip_missing": true});
        let data = serde_json::from_value(serde_json::json!({"set": "csv", "csv": csv})).unwrap();
        let columns = leak::columns(&data).unwrap_or_else(|| panic!("{name} cannot be read"));
        eprintln!("{name}: {:?}", columns.names.iter().zip(&columns.told).take(2).collect::<Vec<_>>());
        assert!(columns.told[0] < TOLD - 0.2, "{name}: {columns:?}");
    }
}

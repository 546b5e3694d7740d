//! Targets of a sequence that stand in its input are named; those that have to be predicted are not.

use super::offers::{judged, offered, until_found};
use super::page::{Page, experiment};
use gradarium::spec::{Experiment, text};
use gradarium::ui::doctor::{Course, Kind, Remedy};

const ADAM: &str = r#"{"type":"adam","lr":0.003}"#;

fn sequence(shifted: &str, model: &str) -> Experiment {
    let data = format!(r#"{{"set":"random","input":[12,4],"shifted":"{shifted}","samples":200}}"#);
    experiment(&data, model, ADAM, 32)
}

#[test]
fn a_target_in_the_input_of_its_own_step_is_found_and_the_next_step_asked_for_instead() {
    let sick = sequence("feature", "lstm 16 return_sequences | dense");
    let mut page = until_found(&sick, Kind::TargetInInput, 200, 10);
    let finding = page.state.doctor.findings.iter().find(|f| f.kind == Kind::TargetInInput).unwrap();
    let told: Vec<f64> = finding.evidence[0].lines[0].1.iter().map(|p| p.1).collect();
    assert!(told[..3].iter().all(|t| *t > 0.999) && told[3] < 0.1, "three of four columns are copies: {told:?}");
    let remedies = offered(&page, Kind::TargetInInput);
    assert_eq!(remedies, [Remedy::NextStep]);
    assert!(matches!(judged(&mut page, Kind::TargetInInput, &remedies[0], 10), Course::Done));
    for _ in 0..20 {
        page.train(10);
    }
    assert!(!page.kinds().contains(&Kind::TargetInInput), "{:?}", page.kinds());
    // White noise cannot be predicted: the error stays at its variance.
    assert!(page.trend().now > 0.9, "{:?}", page.trend());
}

#[test]
fn a_network_that_reads_backwards_sees_the_next_step() {
    let sick = sequence("step", "lstm 16 bidirectional return_sequences | dense");
    let page = until_found(&sick, Kind::TargetInInput, 200, 10);
    let remedies = offered(&page, Kind::TargetInInput);
    assert_eq!(remedies, [Remedy::OneWay]);
    assert_eq!(text::write(&remedies[0].apply(&sick).model), "lstm 16 return_sequences | dense");
    let looks = sequence("step", "dense 16 | transformer_block 1 | dense");
    assert_eq!(offered(&until_found(&looks, Kind::TargetInInput, 200, 10), Kind::TargetInInput), [Remedy::OneWay]);
}

#[test]
fn what_has_to_be_predicted_is_not_blamed() {
    for e in [
        sequence("step", "lstm 16 return_sequences | dense"),
        sequence("step", "dense 16 | transformer_block 1 causal=true | dense"),
        experiment(r#"{"set":"sunspots","context":12,"every_step":true}"#, "lstm 8 return_sequences | dense", ADAM, 32),
        experiment("reverse", "embedding 16 | transformer_block 2 | dense", ADAM, 32),
    ] {
        let mut page = Page::open(e);
        while page.step() < 150 {
            page.train(10);
            assert!(!page.kinds().contains(&Kind::TargetInInput), "{:?}", page.kinds());
        }
    }
}

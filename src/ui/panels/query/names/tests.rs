//! Names against a small network: how people write them, what is nearest, what is refused.

#![allow(clippy::unwrap_used)]

use super::*;
use proptest::prelude::*;

fn value(name: &str, shape: &[usize], role: &str) -> ValueInfo {
    let batched = !matches!(role, "parameter" | "buffer" | "loss");
    let shape = if batched { [&[32], shape].concat() } else { shape.to_vec() };
    let state = if role == "parameter" { vec!["exp_avg".to_string(), "exp_avg_sq".to_string()] } else { Vec::new() };
    ValueInfo { name: name.into(), shape, role: role.into(), batched, state }
}

pub(super) fn network() -> Vec<Known> {
    let values = [
        value("input", &[8], "input"),
        value("target", &[], "target"),
        value("layers.0.weight", &[8, 6], "parameter"),
        value("layers.0.states", &[8, 6], "activation"),
        value("layers.0", &[8, 6], "activation"),
        value("layers.1.running_mean", &[6], "buffer"),
        value("layers.1", &[6], "activation"),
        value("layers.2.attn.weights", &[2, 8, 8], "saved"),
        value("loss", &[], "loss"),
    ];
    known(&values, "layers.1")
}

fn read(text: &str) -> (String, Reading, Vec<usize>) {
    let a = ask(text, &network()).unwrap();
    (a.of.name, a.reading, a.cuts.iter().filter(|c| !c.single).map(|c| c.count).collect())
}

fn fault(text: &str) -> Fault {
    ask(text, &network()).unwrap_err().0
}

#[test]
fn names_are_found_as_people_write_them() {
    let value = Reading::Value;
    assert_eq!(read("layers.0 state[:, :2]"), ("layers.0.states".into(), value.clone(), vec![8, 2]));
    assert_eq!(read("Layers.0.Weights"), ("layers.0.weight".into(), value.clone(), vec![8, 6]));
    assert_eq!(read("layers[0].weight grad"), ("layers.0.weight".into(), Reading::Grad, vec![8, 6]));
    assert_eq!(read("layers.2.attn.weights gradient[1]"), ("layers.2.attn.weights".into(), Reading::Grad, vec![8, 8]));
    assert_eq!(read("output"), ("output".into(), value.clone(), vec![6]));
    assert_eq!(read("loss"), ("loss".into(), value.clone(), vec![]));
    // The batch is no axis of a query.
    assert_eq!(read("layers.1[0]"), ("layers.1".into(), value, vec![]));
}

#[test]
fn what_the_optimizer_keeps_has_names_too() {
    let kept = |name: &str| Reading::State(name.into());
    for (text, name) in
        [("exp_avg", "exp_avg"), ("exp_avg_sq", "exp_avg_sq"), ("state", "exp_avg"), ("momentum", "exp_avg")]
    {
        assert_eq!(read(&format!("layers.0.weight {text}")).1, kept(name), "{text}");
    }
    assert_eq!(fault("layers.0.weight exp_avg grad"), Fault::Twice("layers.0.weight exp_avg".into()));
    assert!(matches!(fault("layers.1.running_mean exp_avg"), Fault::Unknown { .. }));
}

#[test]
fn unknown_names_are_answered_with_the_nearest() {
    let nearest = |text: &str| match fault(text) {
        Fault::Unknown { nearest, .. } => nearest,
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(nearest("layers.0.wieght")[0], "layers.0.weight");
    assert_eq!(nearest("layers.0.wegiht grad")[0], "layers.0.weight grad");
    assert_eq!(nearest("outptu"), ["output"]);
    assert_eq!(nearest("layers.0.weight exp_avgs")[0], "layers.0.weight exp_avg");
    assert!(nearest("layers.7").contains(&"layers.0".to_string()));
    assert!(!nearest("嵌入").is_empty());
}

#[test]
fn a_gradient_is_asked_only_of_what_has_one() {
    for name in ["target", "layers.1.running_mean"] {
        assert_eq!(fault(&format!("{name} grad")), Fault::Gradient(name.into()));
    }
    assert!(ask("input grad", &network()).is_ok());
}

#[test]
fn faults_of_a_slice_know_the_shape() {
    let (fault, of) = ask("layers.0.weight[8]", &network()).unwrap_err();
    let said = |lang| fault.say(of.as_ref().map(|(n, s)| (n.as_str(), s.as_slice())), lang);
    assert!(said(crate::i18n::Lang::En).contains("8×6") && said(crate::i18n::Lang::Zh).contains("8×6"));
    assert!(said(crate::i18n::Lang::En).contains("layers.0.weight"));
}

#[test]
fn every_fault_is_a_sentence_in_both_languages() {
    let all = [
        "",
        "x[",
        "x]",
        "a+b",
        "loss[x]",
        "loss[..., ...]",
        "layers.0[::0]",
        "loss[0]",
        "layers.0[9]",
        "nothing",
        "target grad",
        "layers.0.weight state grad",
    ];
    let huge = known(&[value("huge", &[4096, 4096], "parameter")], "");
    let mut faults: Vec<_> = all.iter().map(|text| ask(text, &network()).unwrap_err()).collect();
    faults.push(ask("huge", &huge).unwrap_err());
    for (fault, of) in faults {
        for (lang, end) in [(crate::i18n::Lang::En, '.'), (crate::i18n::Lang::Zh, '。')] {
            let said = fault.say(of.as_ref().map(|(n, s)| (n.as_str(), s.as_slice())), lang);
            assert!(said.ends_with(end) && !said.contains('{'), "{fault:?}: {said}");
        }
    }
}

proptest! {
    #[test]
    fn distances_are_distances(a in "[a-c.]{0,6}", b in "[a-c.]{0,6}") {
        let d = distance(&a, &b);
        prop_assert_eq!(d, distance(&b, &a));
        prop_assert_eq!(d == 0, a == b);
        prop_assert!(d <= a.len().max(b.len()));
        prop_assert!(d >= a.len().abs_diff(b.len()));
    }

    #[test]
    fn nothing_that_is_typed_panics(text in "[a-z.0-9 :,\\[\\]-]{0,24}", name in 0..9_usize) {
        let names = network();
        let _ = ask(&text, &names);
        let _ = ask(&format!("{}{text}", names[name].name), &names);
        let _ = ask(&text, &[]);
    }
}

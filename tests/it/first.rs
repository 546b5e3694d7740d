//! The page's first words to the worker stand in `index.html`, before any of our code has arrived: they must stay in step
//! with the code.

use gradarium::protocol::{Command, PROTOCOL_VERSION};
use gradarium::spec::{Experiment, preset};

const PAGE: &str = include_str!("../../index.html");

/// The text between two marks.
fn between(start: &str, end: &str) -> &'static str {
    PAGE.split_once(start).and_then(|(_, rest)| rest.split_once(end)).map_or("", |(found, _)| found)
}

#[test]
fn the_first_experiment_is_the_presets() {
    let json = between("const first = ", ";\n");
    assert_eq!(Experiment::from_json(json), Ok(preset::first()), "write this: {}", preset::first().to_json());
}

#[test]
fn the_first_commands_are_the_protocols() {
    assert!(PAGE.contains(&format!("protocol: {PROTOCOL_VERSION},")));
    // As JavaScript writes them: bare keys.
    for id in 1..=3 {
        let js = between(&format!("post({id}, {{"), "});").replace("experiment: first", "experiment: {}");
        let json = format!("{{{js}}}");
        let json = ["cmd", "protocol", "lang", "experiment", "n"]
            .iter()
            .fold(json, |j, key| j.replace(&format!(" {key}:"), &format!(" \"{key}\":")));
        assert!(serde_json::from_str::<Command>(&json).is_ok(), "{json}");
    }
}

//! `www/experiment.schema.json` is what the Rust types say, and says what the readers do.
//!
//! To write it anew after a change: `UPDATE=1 cargo nextest run schema`. Not responsible for meaning beyond shape and
//! names: ranges and what fits together are checked by the program itself.

use crate::strategies::experiment;
use gradarium::spec::sets::sets;
use gradarium::spec::{DataSpec, Experiment, InitKind, preset, task::LOSSES};
use proptest::prelude::*;
use serde_json::{Value, json};

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/www/experiment.schema.json");

const WEIGHTS: &str = r#"{
    "description": "In a saved file, never in a link: every parameter and running statistic by name. It then opens trained.",
    "type": "object",
    "properties": {
        "format": { "const": "safetensors" },
        "base64": { "description": "The safetensors file; its metadata say the step.", "type": "string" }
    },
    "required": ["format", "base64"],
    "additionalProperties": false
}"#;

fn generated() -> Value {
    let mut schema = schemars::schema_for!(Experiment);
    schema.insert("title".into(), json!("Gradarium experiment"));
    // Carried by a saved file only, so the experiment itself has no such field.
    let weights = serde_json::from_str::<Value>(WEIGHTS).unwrap();
    schema.get_mut("properties").and_then(Value::as_object_mut).unwrap().insert("weights".into(), weights);
    schema.to_value()
}

#[test]
fn the_shipped_schema_is_current() {
    let text = serde_json::to_string_pretty(&generated()).unwrap() + "\n";
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(PATH, &text).unwrap();
    }
    let shipped = std::fs::read_to_string(PATH).unwrap();
    assert!(shipped == text, "stale: run `UPDATE=1 cargo nextest run schema` and commit www/experiment.schema.json");
}

/// What `v` breaks of `schema`; the keywords are those that schemars writes.
fn broken(v: &Value, schema: &Value, root: &Value) -> Option<String> {
    let Value::Object(s) = schema else { return (schema == &json!(false)).then(|| format!("{v}: nothing is allowed")) };
    for (key, rule) in s {
        let ok = match key.as_str() {
            "$ref" => {
                let at = rule.as_str().unwrap().trim_start_matches('#');
                broken(v, root.pointer(at).unwrap_or_else(|| panic!("{at} does not exist")), root).is_none()
            }
            "type" => rule.as_str().map_or_else(|| rule.as_array().unwrap().iter().any(|t| is(v, t)), |_| is(v, rule)),
            "const" => v == rule,
            "enum" => rule.as_array().unwrap().contains(v),
            "oneOf" => rule.as_array().unwrap().iter().filter(|s| broken(v, s, root).is_none()).count() == 1,
            "anyOf" => rule.as_array().unwrap().iter().any(|s| broken(v, s, root).is_none()),
            "properties" | "additionalProperties" => {
                let rules = s.get("properties").and_then(Value::as_object);
                v.as_object().is_none_or(|map| {
                    map.iter().all(|(name, v)| {
                        match rules.and_then(|r| r.get(name)).or(s.get("additionalProperties")) {
                            Some(rule) => broken(v, rule, root).is_none(),
                            None => true,
                        }
                    })
                })
            }
            "required" => v
                .as_object()
                .is_none_or(|map| rule.as_array().unwrap().iter().all(|r| map.contains_key(r.as_str().unwrap()))),
            "items" => v.as_array().is_none_or(|list| list.iter().all(|v| broken(v, rule, root).is_none())),
            "minItems" => v.as_array().is_none_or(|list| list.len() as u64 >= rule.as_u64().unwrap()),
            "maxItems" => v.as_array().is_none_or(|list| list.len() as u64 <= rule.as_u64().unwrap()),
            "minimum" => v.as_f64().is_none_or(|x| x >= rule.as_f64().unwrap()),
            "$schema" | "$defs" | "title" | "description" | "default" | "format" => true,
            other => panic!("the test does not know the keyword {other}"),
        };
        if !ok {
            return Some(format!("{v} breaks {key}: {rule}"));
        }
    }
    None
}

fn is(v: &Value, type_name: &Value) -> bool {
    match type_name.as_str().unwrap() {
        "null" => v.is_null(),
        "boolean" => v.is_boolean(),
        "integer" => v.is_u64() || v.is_i64(),
        "number" => v.is_number(),
        "string" => v.is_string(),
        "array" => v.is_array(),
        "object" => v.is_object(),
        other => panic!("no such type: {other}"),
    }
}

fn judge(v: &Value) -> Option<String> {
    thread_local!(static SCHEMA: Value = generated());
    SCHEMA.with(|schema| broken(v, schema, schema))
}

#[test]
fn presets_of_every_set_and_all_short_forms_fit() {
    let mut all: Vec<Value> =
        sets().iter().map(|s| serde_json::to_value(preset::for_data(DataSpec::of(s.name), 1)).unwrap()).collect();
    for name in LOSSES {
        all.extend(
            [json!(name), json!({ "type": name })]
                .map(|loss| with("/task", json!({ "type": "regression", "loss": loss }))),
        );
    }
    for kind in InitKind::ALL {
        let number =
            kind.param().map_or(json!({ "type": kind.name() }), |p| json!({ "type": kind.name(), p.name: 0.5 }));
        all.extend([json!(kind.name()), number].map(|init| with("/model/layers/0/init", init)));
    }
    for v in all {
        assert_eq!(judge(&v), None, "{v}");
        assert!(Experiment::from_value(v.clone()).is_ok(), "{v}");
    }
}

fn with(place: &str, what: Value) -> Value {
    let mut v = serde_json::to_value(preset::first()).unwrap();
    let (parent, key) = place.rsplit_once('/').unwrap();
    v.pointer_mut(parent).unwrap()[key] = what;
    v
}

#[test]
fn what_the_reader_refuses_the_schema_refuses() {
    let layer = |l: Value| with("/model", json!({ "layers": [l] }));
    let refused = [
        layer(json!({ "type": "dense", "unitz": 3 })),
        layer(json!({ "type": "dense", "units": "three" })),
        layer(json!({ "units": 3 })),
        layer(json!({ "type": "densest" })),
        layer(json!({ "type": "flatten", "units": 3 })),
        layer(json!({ "type": "reshape" })),
        layer(json!({ "type": "residual", "layers": [{ "type": "dens" }] })),
        layer(json!({ "type": "dense", "from": "input" })),
        with("/task", json!({ "type": "regression", "loss": { "type": "mse", "delta": 1 } })),
        with("/task", json!({ "type": "regression", "loss": "rmse" })),
        with("/model/layers/0/init", json!({ "type": "normal", "gain": 1 })),
        with("/optimizer", json!({ "lr": 0.1 })),
        with("/optimizer", json!({ "type": "adam", "schedule": { "type": "cosine", "step": 3 } })),
        with("/extra", json!(1)),
        json!([]),
    ];
    for v in refused {
        assert!(judge(&v).is_some(), "{v}");
        assert!(Experiment::from_value(v.clone()).is_err(), "{v}");
    }
}

proptest! {
    #![proptest_config(crate::strategies::config())]

    #[test]
    fn every_valid_experiment_fits(exp in experiment()) {
        prop_assert_eq!(judge(&serde_json::to_value(&exp).unwrap()), None);
    }
}

//! Names of runs made of what differs between them: `Adam 0.03` and `SGD 0.1`, `8 units` and `16 units`, `seed 7` and `seed 8`.
//!
//! A pure function of the experiments. Not responsible for names that the learner has given.

use crate::i18n::{Lang, files as words, places};
use crate::spec::{Experiment, Field, LayerKind, text};
use serde_json::Value;
use std::collections::BTreeMap;

/// Facts in a name at most; more would not be read.
const FACTS_MAX: usize = 3;
/// Longest piece of model text in a name.
const TEXT_MAX: usize = 40;

/// A name for each: what differs among them, told apart by their last steps where nothing differs.
pub fn names(runs: &[(&Experiment, u64)], lang: Lang) -> Vec<String> {
    if runs.is_empty() {
        return Vec::new();
    }
    let mut facts: Vec<Vec<String>> = vec![Vec::new(); runs.len()];
    let mut add = |said: Vec<String>| {
        if said.iter().any(|s| *s != said[0]) {
            facts.iter_mut().zip(said).for_each(|(f, s)| f.push(s));
        }
    };
    let all = |say: &dyn Fn(&Experiment) -> String| runs.iter().map(|(e, _)| say(e)).collect::<Vec<_>>();
    add(all(&|e| words::set(lang, &e.data.set)));
    add(models(runs, lang));
    add(all(&|e| format!("{} {}", words::optimizer(e.optimizer.kind.name()), short(rate(e)))));
    add(all(&|e| words::BATCH.with(lang, &[("n", &e.training.batch.to_string())])));
    add(all(&|e| words::SEED.with(lang, &[("n", &e.seed.to_string())])));
    rest(runs, lang).into_iter().for_each(&mut add);
    let name = |(i, f): (usize, Vec<String>)| {
        if f.is_empty() { shortened(&text::write(&runs[i].0.model)) } else { f[..f.len().min(FACTS_MAX)].join(" · ") }
    };
    let named: Vec<String> = facts.into_iter().enumerate().map(name).collect();
    told_apart(named, runs, lang)
}

fn told_apart(names: Vec<String>, runs: &[(&Experiment, u64)], lang: Lang) -> Vec<String> {
    let twice = |all: &[String], i: usize| all.iter().enumerate().any(|(j, n)| j != i && *n == all[i]);
    let step = |i: usize| words::TO_STEP.with(lang, &[("n", &runs[i].1.to_string())]);
    let by_step: Vec<String> = (0..names.len())
        .map(|i| if twice(&names, i) { format!("{} · {}", names[i], step(i)) } else { names[i].clone() })
        .collect();
    let nth = |i: usize| by_step[..i].iter().filter(|n| **n == by_step[i]).count() + 1;
    (0..by_step.len())
        .map(|i| if twice(&by_step, i) { format!("{} ({})", by_step[i], nth(i)) } else { by_step[i].clone() })
        .collect()
}

fn rate(e: &Experiment) -> f64 {
    e.optimizer.get(Field::Lr)
}

fn short(x: f64) -> String {
    format!("{}", x as f32)
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= TEXT_MAX {
        return text.to_string();
    }
    text.chars().take(TEXT_MAX - 1).chain(['…']).collect()
}

/// What differs of the networks: one setting of one layer, their number, or their text.
fn models(runs: &[(&Experiment, u64)], lang: Lang) -> Vec<String> {
    let whole = || runs.iter().map(|(e, _)| shortened(&text::write(&e.model))).collect();
    let count = runs[0].0.model.layers.len();
    if runs.iter().any(|(e, _)| e.model.layers.len() != count) {
        let counts: Vec<String> = runs.iter().map(|(e, _)| e.model.layers.len().to_string()).collect();
        let apart = counts.iter().enumerate().all(|(i, n)| !counts[..i].contains(n));
        return if apart { counts.iter().map(|n| words::LAYERS.with(lang, &[("n", n)])).collect() } else { whole() };
    }
    let differing: Vec<usize> =
        (0..count).filter(|i| runs.iter().any(|(e, _)| e.model.layers[*i] != runs[0].0.model.layers[*i])).collect();
    let units = |e: &Experiment, i: usize| match &e.model.layers[i].kind {
        LayerKind::Dense(d) => d.units,
        _ => None,
    };
    // The same change in every layer that differs is said once.
    let mut said = Vec::new();
    for (e, _) in runs {
        let all: Vec<Option<usize>> = differing.iter().map(|i| units(e, *i)).collect();
        match (all.first(), all.iter().all(|u| u.is_some())) {
            (Some(_), true) => {
                let mut all: Vec<String> = all.iter().flatten().map(ToString::to_string).collect();
                all.dedup();
                said.push(words::UNITS.with(lang, &[("n", &all.join("-"))]));
            }
            _ => return whole(),
        }
    }
    // Units alone must be what differs.
    let alike = |a: &Experiment, b: &Experiment| {
        differing.iter().all(|i| {
            let (mut a, mut b) = (a.model.layers[*i].clone(), b.model.layers[*i].clone());
            for l in [&mut a, &mut b] {
                if let LayerKind::Dense(d) = &mut l.kind {
                    d.units = None;
                }
            }
            a == b
        })
    };
    if runs.iter().all(|(e, _)| alike(runs[0].0, e)) {
        said
    } else {
        activations(runs, &differing).unwrap_or_else(whole)
    }
}

/// Where only the activations of dense layers differ, those.
fn activations(runs: &[(&Experiment, u64)], differing: &[usize]) -> Option<Vec<String>> {
    let (mut said, mut bare) = (Vec::new(), Vec::new());
    for (e, _) in runs {
        let (mut names, mut rest): (Vec<String>, Vec<_>) = (Vec::new(), Vec::new());
        for i in differing {
            let mut layer = e.model.layers[*i].clone();
            let LayerKind::Dense(d) = &mut layer.kind else { return None };
            let name = serde_json::to_value(std::mem::take(&mut d.activation)).ok()?;
            names.push(name.as_str().or_else(|| name.get("type")?.as_str())?.to_string());
            rest.push(layer);
        }
        names.dedup();
        said.push(names.join("-"));
        bare.push(rest);
    }
    bare.iter().all(|b| *b == bare[0]).then_some(said)
}

/// Every other number, text or choice that differs, by its place in the file.
fn rest(runs: &[(&Experiment, u64)], lang: Lang) -> Vec<Vec<String>> {
    let leaves: Vec<BTreeMap<String, String>> = runs.iter().map(|(e, _)| leaves(e)).collect();
    let mut paths: Vec<&String> = leaves.iter().flat_map(BTreeMap::keys).collect();
    crate::spec::order::sort(&mut paths);
    paths.dedup();
    let say = |path: &String| {
        let name = places::last_field(path).map_or_else(|| path.clone(), |f| places::field(lang, f));
        let value = |l: &BTreeMap<String, String>| match l.get(path) {
            Some(v) => format!("{name} {v}"),
            None => words::WITHOUT.with(lang, &[("name", &name)]),
        };
        leaves.iter().map(value).collect()
    };
    paths.into_iter().map(say).collect()
}

/// What the facts above do not say, as texts by path.
fn leaves(e: &Experiment) -> BTreeMap<String, String> {
    let mut value = serde_json::to_value(e).unwrap_or_default();
    if let Some(map) = value.as_object_mut() {
        ["gradarium", "seed", "model"].iter().for_each(|k| drop(map.remove(*k)));
        for (part, fields) in [("data", &["set"][..]), ("optimizer", &["type", "lr"]), ("training", &["batch"])] {
            if let Some(part) = map.get_mut(part).and_then(Value::as_object_mut) {
                fields.iter().for_each(|f| drop(part.remove(*f)));
            }
        }
    }
    let mut out = BTreeMap::new();
    walk(&value, String::new(), &mut out);
    out
}

fn walk(v: &Value, path: String, out: &mut BTreeMap<String, String>) {
    let short = |s: String| shortened(&s);
    match v {
        Value::Object(map) => map.iter().for_each(|(k, v)| walk(v, format!("{path}.{k}"), out)),
        // Long lists (points, tables) differ as one.
        Value::Array(list) if list.len() <= 4 => {
            list.iter().enumerate().for_each(|(i, v)| walk(v, format!("{path}[{i}]"), out));
        }
        Value::Array(list) => drop(out.insert(path, format!("[{}]", list.len()))),
        Value::String(s) => drop(out.insert(path, short(s.clone()))),
        // An `f32` is written with its own digits, not with those of the `f64` that JSON makes of it.
        Value::Number(n) if !n.is_f64() => drop(out.insert(path, n.to_string())),
        Value::Number(n) => drop(out.insert(path, (n.as_f64().unwrap_or_default() as f32).to_string())),
        Value::Null | Value::Bool(_) => drop(out.insert(path, v.to_string())),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::spec::preset;
    use serde_json::json;

    fn changed(path: &str, to: Value) -> Experiment {
        let mut v = serde_json::to_value(preset::first()).unwrap();
        *v.pointer_mut(path).unwrap() = to;
        Experiment::from_value(v).unwrap()
    }

    fn of(all: &[&Experiment]) -> Vec<String> {
        let runs: Vec<(&Experiment, u64)> = all.iter().map(|e| (*e, 100)).collect();
        names(&runs, Lang::En)
    }

    #[test]
    fn names_say_what_differs() {
        let first = preset::first();
        let sgd = changed("/optimizer", json!({"type": "sgd", "lr": 0.1}));
        assert_eq!(of(&[&first, &sgd]), ["Adam 0.03", "SGD 0.1"]);
        let wide = changed("/model/layers/0/units", json!(16));
        assert_eq!(of(&[&first, &wide]), ["8 units", "16 units"]);
        let seed = changed("/seed", json!(8));
        assert_eq!(of(&[&first, &seed]), ["seed 7", "seed 8"]);
        let relu = changed("/model/layers/1/activation", json!("relu"));
        assert_eq!(of(&[&first, &relu]), ["tanh", "relu"]);
        let deep = changed(
            "/model/layers",
            json!([{"type": "dense", "units": 4}, {"type": "dense", "units": 4}, {"type": "dense", "units": 4}, {"type": "dense"}]),
        );
        assert_eq!(of(&[&first, &deep]), ["3 layers", "4 layers"]);
        let moons = changed("/data/set", json!("moons"));
        assert_eq!(of(&[&first, &moons, &seed])[1], "Moons · seed 7");
        let l2 = changed("/training", json!({"batch": 32, "l2": 0.01}));
        let said = of(&[&first, &l2]);
        assert!(said[1].contains("0.01") && said[0] != said[1], "{said:?}");
        let both =
            changed("/optimizer", json!({"type": "adam", "lr": 0.03, "schedule": {"type": "step", "every": 30}}));
        assert!(of(&[&first, &both]).iter().all(|n| !n.is_empty()));
    }

    #[test]
    fn equal_experiments_are_told_apart_and_one_alone_has_its_network() {
        let first = preset::first();
        let runs = [(&first, 100), (&first, 250), (&first, 250)];
        let said = names(&runs, Lang::En);
        assert!(said[0].ends_with("to step 100") && said[1].ends_with("(1)") && said[2].ends_with("(2)"), "{said:?}");
        assert!(names(&runs[..1], Lang::En)[0].starts_with("dense 8"));
        assert!(names(&[], Lang::Zh).is_empty());
        let sgd = changed("/optimizer", json!({"type": "sgd", "lr": 0.1}));
        assert_eq!(names(&[(&first, 5), (&sgd, 5), (&first, 9)], Lang::Zh)[1], "SGD 0.1");
    }
}

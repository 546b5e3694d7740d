//! A kept run as a small file: its experiment and its curves, to be handed to a classmate.
//!
//! Pure. Not responsible for offering or choosing files (`ui::files`).

use super::state::KeptRun;
use super::state::kept::NAME_MAX;
use crate::protocol::CurvePoint;
use crate::spec::experiment::FILE_LIMIT_KB;
use crate::spec::{Code, Experiment, Problem, read, text};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::rc::Rc;

/// The version that this build writes.
const VERSION: u32 = 1;
/// More points than a run ever keeps.
const POINTS_MAX: usize = 20_000;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    gradarium_run: u32,
    #[serde(default)]
    name: String,
    experiment: Value,
    curves: Vec<Value>,
}

/// Whether a JSON text is meant as a kept run.
pub fn is_kept(json: &str) -> bool {
    json.contains("\"gradarium_run\"")
}

/// The file, or nothing for a run whose experiment is not known. `name` is what the page calls it.
pub fn write(run: &KeptRun, name: &str) -> Option<String> {
    let experiment = serde_json::to_value(&**run.experiment.as_ref()?).ok()?;
    let curves = run.curves.iter().filter_map(|p| serde_json::to_value(p).ok()).collect();
    let file = File { gradarium_run: VERSION, name: name.to_string(), experiment, curves };
    serde_json::to_string(&file).ok()
}

/// Reads such a file.
///
/// # Errors
/// All that is wrong with its experiment; [`Code::BrokenRun`] for curves that are none.
pub fn parse(json: &str) -> Result<KeptRun, Vec<Problem>> {
    let one = |p| vec![p];
    let kb = json.len().div_ceil(1024);
    if kb > FILE_LIMIT_KB {
        return Err(one(Problem::new("", Code::TooLong).arg("size_kb", kb).arg("limit_kb", FILE_LIMIT_KB)));
    }
    let value = read::json(json).map_err(one)?;
    let file: File = read::from_value(&value, "").map_err(|e| one(*e.0))?;
    if file.gradarium_run > VERSION {
        let newer = Problem::new("gradarium_run", Code::NewerVersion).arg("got", file.gradarium_run);
        return Err(one(newer.arg("known", VERSION)));
    }
    let experiment = Experiment::from_value(file.experiment)?;
    let point = |(i, v): (usize, &Value)| -> Result<CurvePoint, Problem> {
        read::from_value(v, "").map_err(|_| Problem::new("curves", Code::BrokenRun).arg("row", i + 1))
    };
    let curves: Vec<CurvePoint> = file.curves.iter().enumerate().map(point).collect::<Result<_, _>>().map_err(one)?;
    let unordered = curves.windows(2).position(|w| w[0].step >= w[1].step).map(|i| i + 2);
    if curves.is_empty() || curves.len() > POINTS_MAX || unordered.is_some() {
        let row = unordered.unwrap_or(curves.len().min(POINTS_MAX));
        return Err(one(Problem::new("curves", Code::BrokenRun).arg("row", row)));
    }
    Ok(KeptRun {
        label: text::write(&experiment.model),
        name: file.name.trim().chars().filter(|c| !c.is_control()).take(NAME_MAX).collect(),
        experiment: Some(Rc::new(experiment)),
        curves: Rc::new(curves),
        shown: true,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::spec::preset;
    use proptest::prelude::*;

    fn run() -> KeptRun {
        let point = |step| CurvePoint { step, train_loss: 1.0 / step as f32, ..CurvePoint::default() };
        KeptRun {
            label: text::write(&preset::first().model),
            name: "Li’s run".into(),
            experiment: Some(Rc::new(preset::first())),
            curves: Rc::new((1..40).map(point).collect()),
            shown: true,
        }
    }

    #[test]
    fn a_run_reads_back() {
        let json = write(&run(), "Li’s run").unwrap();
        assert!(is_kept(&json) && json.len() < 8_000);
        assert_eq!(parse(&json).unwrap(), run());
        assert!(write(&KeptRun { experiment: None, ..run() }, "").is_none());
        // A value that left the finite range is null in JSON.
        let mut diverged = run();
        Rc::make_mut(&mut diverged.curves)[38].train_loss = f32::INFINITY;
        assert!(parse(&write(&diverged, "x").unwrap()).unwrap().curves[38].train_loss.is_nan());
    }

    #[test]
    fn what_is_none_is_one_finding() {
        let json = write(&run(), "a").unwrap();
        let v: Value = serde_json::from_str(&json).unwrap();
        let with = |key: &str, to: Value| {
            let mut v = v.clone();
            v[key] = to;
            parse(&v.to_string()).unwrap_err()[0].code
        };
        assert_eq!(with("gradarium_run", 9.into()), Code::NewerVersion);
        assert_eq!(
            with("curves", serde_json::json!([{"step": 3, "train_loss": 1.0}, {"step": 2, "train_loss": 1.0}])),
            Code::BrokenRun
        );
        assert_eq!(with("curves", serde_json::json!([])), Code::BrokenRun);
        assert_eq!(with("curves", serde_json::json!([{"step": -1}])), Code::BrokenRun);
        assert_eq!(with("curves", 4.into()), Code::WrongType);
        assert_eq!(with("more", 4.into()), Code::UnknownField);
        assert_eq!(with("experiment", serde_json::json!({"data": {"set": "moons"}})), Code::MissingField);
        assert_eq!(parse(&json[..json.len() / 2]).unwrap_err()[0].code, Code::NotJson);
    }

    proptest! {
        #[test]
        fn no_file_panics(cut in 0usize..9000, tail in ".{0,20}") {
            let json = write(&run(), "a").unwrap();
            let end = json.floor_char_boundary(cut.min(json.len()));
            let _ = parse(&format!("{}{tail}", &json[..end]));
        }
    }
}

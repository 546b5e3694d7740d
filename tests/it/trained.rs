//! The trained transformer that is shipped: how it was made, and that it still is what it says.
//!
//! Not responsible for the file's format (`weights`).

use gradarium::backend;
use gradarium::engine::data;
use gradarium::engine::session::{Part, Session};
use gradarium::spec::preset::ready;
use gradarium::spec::{Backend, Experiment, Saved, Weights};
use std::path::PathBuf;

/// Steps that it was trained for.
const STEPS: u64 = 1500;

fn path() -> PathBuf {
    let ready = ready::find("reverse_trained").unwrap();
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("www").join(ready.trained().unwrap())
}

fn session(experiment: &Experiment) -> Session {
    let data = data::build(&experiment.data, u64::from(experiment.seed), &[]).unwrap();
    Session::new(experiment.clone(), data, backend::choose(Backend::Auto).unwrap())
}

/// Makes the file anew: `cargo nextest run --test it --run-ignored only makes_the_trained_transformer`. The seed is the
/// experiment's own, so the same machine makes the same bytes.
#[test]
#[ignore = "trains for a minute and writes www/data/trained"]
fn makes_the_trained_transformer() {
    let experiment = ready::find("reverse_trained").unwrap().experiment().unwrap();
    let mut s = session(&experiment);
    for _ in 0..STEPS {
        s.step().unwrap();
    }
    let (right, of) = s.whole_right(Part::Test, usize::MAX);
    println!("{right} of {of} answers are wholly right after {STEPS} steps");
    let saved = Saved { experiment, weights: Some(s.weights().write()) };
    std::fs::create_dir_all(path().parent().unwrap()).unwrap();
    std::fs::write(path(), saved.to_json()).unwrap();
}

#[test]
fn the_shipped_transformer_is_its_ready_experiment_and_reverses() {
    let saved = Saved::from_json(&std::fs::read_to_string(path()).unwrap()).unwrap();
    assert_eq!(saved.experiment, ready::find("reverse_trained").unwrap().experiment().unwrap());
    let bytes = saved.weights.unwrap();
    assert!(bytes.len() < 160 * 1024, "{} bytes", bytes.len());
    let mut s = session(&saved.experiment);
    let (before, of) = s.whole_right(Part::Test, usize::MAX);
    assert!(before * 100 < of, "untrained it knows nothing: {before} of {of}");
    s.open_weights(&Weights::read(&bytes).unwrap()).unwrap();
    let (right, of) = s.whole_right(Part::Test, usize::MAX);
    assert!(right * 100 >= 98 * of, "{right} of {of}");
    assert_eq!(s.steps(), STEPS);
    // 31415926 and its answer: 62951413 and the end mark.
    let tokens = |digits: &str| digits.bytes().map(|d| u32::from(d - b'0') + 3).collect::<Vec<u32>>();
    let mut wanted = tokens("62951413");
    wanted.push(2);
    assert_eq!(s.solve(&[tokens("31415926")]), [wanted]);
}

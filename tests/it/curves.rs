//! The ready experiments learn what they are there to show: figures on the test part, fixed seeds, the fast backend.
//!
//! Quick ones run always; the long ones, `#[ignore]`d, with `cargo xtask test --all`, in a fast build. Not responsible for
//! the numbers of single steps (golden tests).

use gradarium::backend;
use gradarium::engine::data::{Dataset, build};
use gradarium::engine::session::{Metrics, Part, Session};
use gradarium::i18n::presets::preset_text;
use gradarium::spec::preset::ready;
use gradarium::spec::{DataSpec, Experiment, preset, sets};

fn data(exp: &Experiment) -> Dataset {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/www/");
    let files = exp.data.set_info().unwrap().files.iter();
    let files: Vec<_> =
        files.map(|f| (f.path.to_string(), std::fs::read(format!("{root}{}", f.path)).unwrap())).collect();
    build(&exp.data, u64::from(exp.seed), &files).unwrap()
}

fn session(exp: Experiment) -> Session {
    let data = data(&exp);
    let exec = backend::choose(exp.backend).unwrap();
    Session::new(exp, data, exec)
}

/// Trains for so many steps and measures on the test part.
fn trained(exp: Experiment, steps: u64) -> (Session, Metrics) {
    let mut session = session(exp);
    for _ in 0..steps {
        session.step().unwrap();
    }
    let test = session.evaluate(Part::Test, usize::MAX).unwrap();
    eprintln!("{}: {steps} steps, {test:?}", session.experiment().data.set);
    (session, test)
}

fn preset_of(name: &str) -> Experiment {
    ready::find(name).unwrap().experiment().unwrap()
}

/// The metric of a preset after so many epochs.
fn after_epochs(name: &str, epochs: u64) -> f32 {
    let exp = preset_of(name);
    let steps = data(&exp).n_train.div_ceil(exp.training.batch) as u64 * epochs;
    trained(exp, steps).1.metric().unwrap()
}

#[test]
fn every_preset_is_a_valid_experiment_with_a_name_in_both_languages() {
    for r in ready::all() {
        let exp = r.experiment().unwrap_or_else(|| panic!("{}", r.name));
        assert_eq!(exp.problems(), [], "{}", r.name);
        assert_eq!(Experiment::from_json(&exp.to_json()).as_ref(), Ok(&exp), "{}", r.name);
        let words = preset_text(r.name).unwrap_or_else(|| panic!("{} has no name", r.name));
        assert!(!words.en.is_empty() && !words.zh.is_empty());
    }
}

#[test]
fn every_set_gets_a_network_that_fits_it() {
    for set in sets::sets() {
        let data = DataSpec {
            text: (set.name == "text").then(|| "so much depends upon ".repeat(40)),
            ..DataSpec::of(set.name)
        };
        if data.info().is_ok() {
            assert_eq!(preset::for_data(data, 7).problems(), [], "{}", set.name);
        }
    }
}

// Reached on the machine where they were written, for comparison when one of these fails:
// tumours 0.986; shakespeare after 3000 steps 1.741 (2.022 after 1000); names 0.859 after 4 epochs; digits 0.964;
// deep plain 0.500, residual 1.000, normalised 0.980.

#[test]
fn the_primers_mlp_learns_noise_by_heart_and_tumours_to_95_percent() {
    for name in ["primer_mlp", "primer_mlp_10"] {
        let mut session = session(preset_of(name));
        let before = session.evaluate(Part::Train, usize::MAX).unwrap().loss;
        for _ in 0..100 * session.steps_per_epoch() {
            session.step().unwrap();
        }
        let after = session.evaluate(Part::Train, usize::MAX).unwrap().loss;
        assert!(after < 0.95 * before, "{name}: {before} → {after}");
    }
    assert!(after_epochs("tumours", 50) >= 0.95);
}

#[test]
fn fifty_plain_layers_fail_and_shortcuts_or_norms_train_them() {
    let accuracy = |name: &str, steps: u64| trained(preset_of(name), steps).1.metric().unwrap();
    assert!(accuracy("deep_plain", 400) < 0.6);
    assert!(accuracy("deep_residual", 400) > 0.9);
}

#[test]
#[ignore = "minutes"]
fn fifty_normalised_layers_train() {
    assert!(trained(preset_of("deep_normalised"), 400).1.metric().unwrap() > 0.9);
}

#[test]
fn a_small_network_forecasts_air_passengers_better_than_last_year() {
    beats_naive("airline_cnn", 750);
}

/// The preset's mean squared error is below that of every forecast without learning.
fn beats_naive(name: &str, steps: u64) {
    let exp = preset_of(name);
    assert!(exp.task.loss.is_none(), "{name}: the loss is the mean squared error");
    let (session, test) = trained(exp, steps);
    assert!(!session.data().baselines.is_empty());
    for b in &session.data().baselines {
        assert!(test.loss < b.mse, "{name}: {} against {} of {}", test.loss, b.mse, b.name);
    }
}

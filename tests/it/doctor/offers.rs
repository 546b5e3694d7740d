//! Each remedy that is offered, tried: the figure that it promises to mend is better within the stated steps, and the main
//! figure not worse than the stated margin; what did not help is taken back, and the next one offered.
//!
//! Not responsible for what is found (`failures`, `fit`).

use super::page::{Page, deep, experiment};
use gradarium::spec::{Experiment, InitKind, preset, preset::ready, text};
use gradarium::ui::doctor::{Course, Kind, Remedy};
use gradarium::ui::state::{DoctorMsg, Msg};

/// Trains until it is found; the steps it took.
pub fn until_found(sick: &Experiment, kind: Kind, within: u64, every: u32) -> Page {
    let mut page = Page::open(sick.clone());
    while !page.kinds().contains(&kind) && page.step() < within {
        page.train(every);
    }
    let name = format!("{} {}", sick.data.set, text::write(&sick.model));
    assert!(page.kinds().contains(&kind), "{name}: {:?} at step {}, not {kind:?}", page.kinds(), page.step());
    page
}

/// What is offered against it.
pub fn offered(page: &Page, kind: Kind) -> Vec<Remedy> {
    page.state.doctor.findings.iter().find(|f| f.kind == kind).map(|f| f.remedies.clone()).unwrap_or_default()
}

/// Takes a remedy and trains until it is judged.
pub fn judged(page: &mut Page, kind: Kind, remedy: &Remedy, every: u32) -> Course {
    page.say(Msg::Doctor(DoctorMsg::Remedy(kind, remedy.clone())));
    let treated = |p: &Page| p.state.doctor.treated.as_ref().map(|t| t.course);
    // What failed is taken back at once: then only the relapse tells of it.
    let mut course = treated(page);
    while let Some(Course::Watched { .. }) = course {
        let back = matches!(remedy, Remedy::GoBack { .. });
        page.train(if back { 0 } else { every });
        course = treated(page);
    }
    course.unwrap_or_else(|| Course::Failed(page.state.doctor.relapse.as_ref().unwrap().change))
}

/// Tries every remedy offered, each on a patient of its own.
fn every_offer_helps(sick: &Experiment, kind: Kind, within: u64, every: u32) {
    let name = format!("{} {}", sick.data.set, text::write(&sick.model));
    let offers = offered(&until_found(sick, kind, within, every), kind);
    assert!(!offers.is_empty(), "{name}: nothing is offered against {kind:?}");
    for remedy in offers {
        let mut page = until_found(sick, kind, within, every);
        let at = page.step();
        let course = judged(&mut page, kind, &remedy, every);
        println!("{kind:?} at {at} of {name}: {remedy:?} -> {course:?} at {}", page.step());
        assert!(!matches!(course, Course::Failed(_)), "{name}: {remedy:?} {course:?}");
    }
}

const ADAM: &str = r#"{"type":"adam","lr":0.03}"#;
const ADAM_SLOW: &str = r#"{"type":"adam","lr":0.003}"#;

#[test]
fn what_is_offered_against_over_fitting_helps() {
    every_offer_helps(&preset::first(), Kind::Overfitting, 4000, 30);
    every_offer_helps(&ready::find("primer_mlp").unwrap().experiment().unwrap(), Kind::Overfitting, 2500, 20);
    let wide = "dense 64 relu | dense 64 relu | dense";
    for (set, rate) in [
        (r#"{"set":"spiral","samples":60,"noise":0.4}"#, 0.003),
        (r#"{"set":"moons","noise":0.8,"samples":60}"#, 0.005),
        ("diabetes", 0.003),
    ] {
        let sick = experiment(set, wide, &format!(r#"{{"type":"adam","lr":{rate}}}"#), 16);
        every_offer_helps(&sick, Kind::Overfitting, 1500, 10);
    }
}

#[test]
fn what_is_offered_against_under_fitting_helps() {
    for (set, model, within) in [
        ("spiral", "dense", 700),
        ("xor", "dense", 700),
        ("waves", "dense", 700),
        ("circle", "dense 4 | dense", 700),
        ("circle", "dense 1 tanh | dense", 3000),
        ("spiral", "dense 2 tanh | dense", 3000),
    ] {
        every_offer_helps(&experiment(set, model, ADAM, 32), Kind::Underfitting, within, 20);
    }
}

#[test]
fn what_is_offered_against_vanishing_gradients_helps_and_shortcuts_come_first() {
    for (depth, layer) in [(30, "dense 16 sigmoid"), (30, "dense 16 relu")] {
        let sick = experiment("circle", &deep(depth, layer), ADAM_SLOW, 32);
        let page = until_found(&sick, Kind::Vanishing, 200, 10);
        assert_eq!(offered(&page, Kind::Vanishing)[..2], [Remedy::Shortcuts, Remedy::Normalise]);
        every_offer_helps(&sick, Kind::Vanishing, 200, 10);
    }
}

/// What was measured at the step that one goes back to does not change: the first look judges it, however the run was shown.
#[test]
fn going_back_is_judged_at_once_and_has_helped() {
    for (seed, every) in [(1, 4), (2, 10), (3, 25), (7, 3), (7, 60)] {
        let mut sick = experiment(
            r#"{"set":"spiral","samples":60,"noise":0.4}"#,
            "dense 64 relu | dense 64 relu | dense",
            ADAM_SLOW,
            16,
        );
        sick.seed = seed;
        let mut page = until_found(&sick, Kind::Overfitting, 3000, every);
        for _ in 0..4 {
            let back = offered(&page, Kind::Overfitting).into_iter().find(|r| matches!(r, Remedy::GoBack { .. }));
            if let Some(back) = back {
                let at = page.step();
                page.say(Msg::Doctor(DoctorMsg::Remedy(Kind::Overfitting, back.clone())));
                page.train(0);
                let course = page.state.doctor.treated.as_ref().map(|t| t.course);
                assert!(
                    matches!(course, Some(Course::Helped(_))),
                    "seed {seed}, every {every}: {back:?} at {at}: {course:?}"
                );
                page.say(Msg::Doctor(DoctorMsg::Untreat));
                page.train(0);
                assert_eq!(page.step(), at);
            }
            page.train(every);
        }
    }
}

/// The curve of a long run is thinned, but the step to go back to and its loss are those that were measured.
#[test]
fn the_best_step_outlives_the_thinning_of_the_curve() {
    let data = r#"{"set":"moons","samples":60,"noise":0.5}"#;
    let mut sick = experiment(data, "dense 64 relu | dense 64 relu | dense", ADAM_SLOW, 16);
    sick.seed = 7;
    let mut page = until_found(&sick, Kind::Overfitting, 3000, 20);
    let best = page.state.run.status.best.expect("it was measured");
    for _ in 0..20 {
        page.train(1000);
    }
    assert_eq!(page.state.run.status.best, Some(best), "nothing later is better");
    assert!(page.state.run.curves.iter().all(|p| p.step != best.step), "the curve has no such point any more");
    let back = offered(&page, Kind::Overfitting).into_iter().find(|r| matches!(r, Remedy::GoBack { .. }));
    let back = back.expect("it is offered all the same");
    assert_eq!(back, Remedy::GoBack { step: best.step });
    page.say(Msg::Doctor(DoctorMsg::Remedy(Kind::Overfitting, back)));
    page.train(0);
    assert_eq!(page.step(), best.step);
    assert!((page.state.run.status.test_loss.unwrap() - best.loss).abs() < 1e-6);
    let course = page.state.doctor.treated.as_ref().map(|t| t.course);
    assert!(matches!(course, Some(Course::Helped(_))), "{course:?}");
}

/// A cure that ruins the patient: it is taken back with the figures that show it, and the next one offered.
#[test]
fn what_did_not_help_is_taken_back_and_the_next_offered() {
    let sick = experiment(
        r#"{"set":"spiral","samples":60,"noise":0.4}"#,
        "dense 64 relu | dense 64 relu | dense",
        ADAM_SLOW,
        16,
    );
    let mut page = until_found(&sick, Kind::Overfitting, 1500, 10);
    let bad = Remedy::Weights { init: InitKind::HeNormal, activation: None };
    let course = judged(&mut page, Kind::Overfitting, &bad, 10);
    assert!(matches!(course, Course::Failed(_)), "{course:?}");
    assert_eq!(*page.state.edit.experiment, sick, "it is as it was");
    let relapse = page.state.doctor.relapsed(&page.state.edit.experiment).unwrap();
    assert!(relapse.remedy == bad && !relapse.others.is_empty());
    assert!(relapse.others.iter().all(|r| r.works(&sick) && !matches!(r, Remedy::GoBack { .. })));
    assert!(relapse.change.after > 0.95 * relapse.change.before);
    // What has failed is not offered again.
    let next = relapse.others[0].clone();
    let course = judged(&mut page, Kind::Overfitting, &next, 10);
    assert!(matches!(course, Course::Helped(_)), "{next:?} {course:?}");
    assert!(page.state.doctor.relapse.is_none());
}

/// Every ready experiment in which something is found: what is offered helps there too.
#[test]
#[ignore = "trains large networks"]
fn what_is_offered_in_ready_experiments_helps() {
    for r in ready::all() {
        let sick = r.experiment().unwrap();
        let mut page = Page::open(sick.clone());
        while page.kinds().is_empty() && page.step() < 1500 {
            page.train(20);
        }
        println!("{}: {:?} at {}", r.name, page.kinds(), page.step());
        for kind in page.kinds() {
            every_offer_helps(&sick, kind, 1500, 20);
        }
    }
}

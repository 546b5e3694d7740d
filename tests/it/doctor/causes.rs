//! Causes that were named wrongly once, each with others of its kind: what is found is the cause, or nothing is.
//!
//! Not responsible for remedies (`offers`).

use super::offers::{judged, offered, until_found};
use super::page::{Page, experiment};
use gradarium::spec::{DataSpec, Experiment, preset};
use gradarium::ui::doctor::{Answers, Course, Kind, Measure, Remedy};
use serde_json::json;

const TANH: &str = "dense 8 tanh | dense 8 tanh | dense";
const NORMED: &str = "dense 16 | batch_norm | activation kind=relu | dense";
const ADAM: &str = r#"{"type":"adam","lr":0.03}"#;

/// Nothing is found in so many steps.
fn nothing(sick: Experiment, steps: u64) {
    let mut page = Page::open(sick);
    while page.step() < steps {
        page.train(20);
        assert_eq!(page.kinds(), [], "at step {}", page.step());
    }
}

/// Points that lie together in spots: where, how many, of which class.
fn spots(list: &[([f64; 2], usize, usize)]) -> String {
    let one = |k: usize, [x, y]: [f64; 2], class: usize| {
        let (a, r) = (k as f64 * 2.4, 0.08 * (k as f64 % 7.0) / 7.0);
        json!([x + r * a.cos(), y + r * a.sin(), class])
    };
    let points: Vec<_> = list.iter().flat_map(|(at, n, class)| (0..*n).map(|k| one(k, *at, *class))).collect();
    json!({"set": "points", "points": points}).to_string()
}

/// A table as the learner's own.
fn table(head: &str, rows: impl Iterator<Item = String>) -> String {
    let text = std::iter::once(head.to_string()).chain(rows).collect::<Vec<_>>().join("\n");
    json!({"set": "csv", "csv": {"text": text}}).to_string()
}

#[test]
fn well_separated_blobs_learned_to_a_loss_of_nothing_are_not_ill() {
    nothing(experiment(&spots(&[([-0.6, 0.5], 80, 0), ([0.6, -0.5], 80, 1)]), TANH, ADAM, 32), 3000);
    nothing(experiment("gauss", TANH, ADAM, 32), 1500);
}

/// Going on from weights that know the answer already.
#[test]
fn a_run_that_begins_with_a_loss_of_nothing_is_not_ill() {
    let e = experiment(&spots(&[([-0.6, 0.5], 80, 0), ([0.6, -0.5], 80, 1)]), TANH, ADAM, 32);
    let mut page = Page::open(e.clone());
    page.train(1500);
    let mut other = e;
    other.training.batch = 16;
    page.say(gradarium::ui::state::Msg::Edit(gradarium::ui::state::EditMsg::Training(other.training)));
    for _ in 0..50 {
        page.train(20);
        assert_eq!(page.kinds(), [], "at step {}", page.step());
    }
}

#[test]
fn the_only_column_of_a_table_gives_nothing_away() {
    let class = |i: usize| if i % 37 < 18 { "low" } else { "high" };
    nothing(
        experiment(
            &table("x,y", (0..120).map(|i| format!("{},{}", i % 37, class(i)))),
            "dense 8 relu | dense",
            ADAM,
            32,
        ),
        800,
    );
    nothing(
        experiment(
            &table("x,y", (0..120).map(|i| format!("{},{}", i % 37, 2 * (i % 37) + 1))),
            "dense 8 relu | dense",
            ADAM,
            32,
        ),
        800,
    );
}

#[test]
fn batch_norm_over_a_single_row_is_named_and_no_dead_relu() {
    let data = |samples: usize| json!({"set": "spiral", "samples": samples, "test_fraction": 0.5}).to_string();
    // Every batch; the last one of each epoch.
    for (data, batch) in [(data(200), 1), (data(130), 32), (data(34), 16)] {
        let sick = experiment(&data, NORMED, ADAM, batch);
        let page = until_found(&sick, Kind::SingleRow, 300, 10);
        assert_eq!(page.kinds(), [Kind::SingleRow]);
        for remedy in offered(&page, Kind::SingleRow) {
            let after = remedy.apply(&sick);
            let mut page = Page::open(after);
            while page.step() < 300 {
                page.train(10);
                let wrong = [Kind::SingleRow, Kind::DeadRelu];
                assert!(!page.kinds().iter().any(|k| wrong.contains(k)), "after {remedy:?} at step {}", page.step());
            }
        }
    }
    // In pictures each channel has many numbers in one row; without batch norm nothing depends on other rows.
    nothing(experiment(&data(200), "dense 16 relu | dense", r#"{"type":"adam","lr":0.003}"#, 1), 600);
}

#[test]
fn targets_that_are_all_the_same_get_advice_that_fits_them() {
    for data in
        [r#"{"set":"formula","formula":"5"}"#.to_string(), spots(&[([0.2, 0.3], 40, 0)]), spots(&[([0.2, 0.3], 40, 1)])]
    {
        let page = until_found(&experiment(&data, TANH, ADAM, 32), Kind::ConstantTargets, 100, 10);
        assert_eq!(page.kinds(), [Kind::ConstantTargets]);
        assert_eq!(offered(&page, Kind::ConstantTargets), [], "nobody is sent to other data");
    }
}

/// What is shown as the reason passes the limit shown with it, now and as long as it is found.
#[test]
fn evidence_passes_its_own_limit_as_long_as_it_is_shown() {
    let constant = r#"dense 16 relu | dense 16 relu init={"type":"constant","value":-1} | dense"#;
    for (set, model, optimizer) in [
        ("spiral", constant, ADAM),
        ("spiral", "dense 16 relu | dense 16 relu | dense", r#"{"type":"sgd","lr":3}"#),
        ("circle", "dense 16 relu | dense 16 relu | dense", r#"{"type":"sgd","lr":5}"#),
        ("circle", TANH, r#"{"type":"adam","lr":1}"#),
        ("spiral", "dense", ADAM),
    ] {
        let mut page = Page::open(experiment(set, model, optimizer, 32));
        while page.step() < 1200 {
            page.train(20);
            for f in page.state.doctor.findings.iter() {
                assert!(f.evidence.iter().all(|e| e.holds()), "{model} {optimizer} at {}: {f:?}", page.step());
                assert!(f.remedies.iter().all(|r| r.works(&page.state.edit.experiment)), "{f:?}");
            }
        }
    }
}

#[test]
fn a_rare_class_that_is_never_named_is_found_and_class_weights_bring_it_back() {
    // One in twelve, spread among the others; a spot in their midst that a straight line cannot cut out.
    let among: Vec<_> = (0..240)
        .map(|i| {
            ([((i * 37) % 100) as f64 / 60.0 - 0.8, ((i * 53) % 100) as f64 / 60.0 - 0.8], 1, usize::from(i % 12 == 0))
        })
        .collect();
    let beside = (0..190).map(|i| ([((i * 37) % 100) as f64 / 60.0 - 0.8, ((i * 53) % 100) as f64 / 60.0 - 0.8], 1, 0));
    let beside: Vec<_> = beside.chain([([0.5, 0.5], 12, 1)]).collect();
    for (points, model) in [(among, "dense 4 tanh | dense"), (beside, "dense")] {
        let sick = experiment(&spots(&points), model, ADAM, 32);
        let mut page = until_found(&sick, Kind::Imbalance, 1500, 20);
        let f = page.state.doctor.findings.iter().find(|f| f.kind == Kind::Imbalance).unwrap().clone();
        assert_eq!(f.evidence[0].measure, Measure::Recall);
        let passed = f.passed_over.unwrap();
        assert!((passed.class, passed.commonest) == (1, 0) && passed.share > 0.8, "{passed:?}");
        assert_eq!(f.remedies, [Remedy::ClassWeights]);
        let course = judged(&mut page, Kind::Imbalance, &Remedy::ClassWeights, 20);
        assert!(matches!(course, Course::Helped(_)), "{course:?}");
        let Some((_, Answers::Classes { right, .. })) = &page.state.doctor.vitals.answers else { panic!("no answers") };
        assert!(right[1] > 0, "{right:?}");
    }
}

#[test]
fn a_loss_that_knows_no_classes_becomes_one_that_can_weigh_them() {
    let mut e = preset::for_data(DataSpec::of("breast_cancer"), 7);
    e.task.loss = gradarium::spec::Loss::from_name("bce");
    e.model = gradarium::spec::text::parse("dense 8 relu | dense 1").unwrap();
    assert!(e.problems().is_empty() && Remedy::ClassWeights.works(&e));
    assert!(!Remedy::ClassWeights.works(&preset::for_data(DataSpec::of("plane"), 7)), "numbers have no classes");
}

/// Over-fitting in plain sight is found within these steps.
#[test]
fn over_fitting_in_plain_sight_is_found() {
    until_found(&preset::first(), Kind::Overfitting, 4000, 30);
    until_found(&preset::ready::find("primer_mlp").unwrap().experiment().unwrap(), Kind::Overfitting, 2500, 20);
    let wide = "dense 64 relu | dense 64 relu | dense";
    until_found(&experiment("breast_cancer", wide, r#"{"type":"adam","lr":0.01}"#, 32), Kind::Overfitting, 6000, 30);
}

//! Tasks that make and represent: what goes wrong with them is named, and what goes well is not.

use super::offers::{judged, offered, until_found};
use super::page::{Page, experiment};
use gradarium::spec::model::PartName;
use gradarium::spec::tasks::{Gan, GanLoss, Vae};
use gradarium::spec::{Experiment, TaskKind, preset};
use gradarium::ui::doctor::{Course, Kind, Measure, Remedy};

const ADAM: &str = r#"{"type":"adam","lr":0.002}"#;

fn made(set: &str, task: TaskKind, model: &str, optimizer: &str) -> Experiment {
    let mut e = experiment(set, "dense", optimizer, 64);
    e.model = gradarium::spec::text::parse(model).unwrap();
    e.task = preset::for_data(e.data.clone(), 7).task;
    e.task.kind = task;
    e.task.loss = None;
    e
}

fn coder(beta: f32) -> Experiment {
    let task = Vae { latent: 2, beta, ..Vae::default() };
    made(
        "digits8",
        TaskKind::Vae(task),
        "encoder: flatten | dense 32 relu | dense; decoder: dense 32 relu | dense",
        ADAM,
    )
}

/// With Adam's usual momentum the two go in circles.
fn game() -> Experiment {
    made(
        r#"{"set":"ring","samples":1000}"#,
        TaskKind::Gan(Gan { latent: 2, ..Gan::default() }),
        "generator: dense 64 relu | dense 64 relu | dense; discriminator: dense 64 relu | dense 64 relu | dense",
        r#"{"type":"adam","lr":0.001}"#,
    )
}

#[test]
fn a_code_that_says_nothing_is_found_and_a_smaller_beta_fills_it() {
    let mut page = until_found(&coder(60.0), Kind::PosteriorCollapse, 1500, 25);
    let remedies = offered(&page, Kind::PosteriorCollapse);
    let beta = |r: &Remedy| if let Remedy::Task(TaskKind::Vae(t)) = r { t.beta } else { f32::NAN };
    assert_eq!(remedies.iter().map(beta).collect::<Vec<_>>(), [1.0, 60.0], "less, or something for nothing");
    let course = judged(&mut page, Kind::PosteriorCollapse, &remedies[0], 25);
    assert!(matches!(course, Course::Helped(_)), "{course:?}");
}

#[test]
fn a_generator_that_leaves_most_out_is_found_and_less_momentum_mends_it() {
    let mut page = until_found(&game(), Kind::ModeCollapse, 2000, 50);
    let remedies = offered(&page, Kind::ModeCollapse);
    let loss = |r: &Remedy| if let Remedy::Task(TaskKind::Gan(t)) = r { Some(t.loss) } else { None };
    let losses: Vec<_> = remedies.iter().map(loss).collect();
    assert_eq!(losses, [None, Some(GanLoss::LeastSquares), Some(GanLoss::Wasserstein)]);
    assert_eq!(remedies[0], Remedy::Beta1(0.5));
    let course = judged(&mut page, Kind::ModeCollapse, &remedies[0], 50);
    assert!(matches!(course, Course::Helped(_)), "{course:?}");
}

/// Its discriminator learns a thousand times as fast as its generator, which stays where it began.
fn lost_game() -> Experiment {
    let mut e = healthy_game();
    let slow = r#"{"type":"sgd","lr":0.000001}"#;
    e.optimizers.set(PartName::Generator, Some(serde_json::from_str(slow).unwrap()));
    e
}

#[test]
fn a_discriminator_that_wins_is_found_with_both_losses_as_evidence() {
    let page = until_found(&lost_game(), Kind::DiscriminatorTooStrong, 3000, 50);
    let finding = page.state.doctor.findings.iter().find(|f| f.kind == Kind::DiscriminatorTooStrong).unwrap();
    let judged: Vec<_> = finding.evidence.iter().map(|e| (e.measure, e.value)).collect();
    assert!(
        matches!(judged[..], [(Measure::DiscriminatorLoss, d), (Measure::GeneratorLoss, g)] if d <= 0.1 && g >= 4.0),
        "{judged:?}"
    );
    let loss = |r: &Remedy| if let Remedy::Task(TaskKind::Gan(t)) = r { Some(t.loss) } else { None };
    let losses: Vec<_> = offered(&page, Kind::DiscriminatorTooStrong).iter().map(loss).collect();
    assert_eq!(losses, [Some(GanLoss::LeastSquares), Some(GanLoss::Wasserstein)]);
}

#[test]
fn what_makes_and_represents_well_raises_no_alarm() {
    for e in [coder(1.0), healthy_game()] {
        let mut page = Page::open(e.clone());
        while page.step() < 3000 {
            page.train(50);
            assert_eq!(page.kinds(), [], "{} at step {}", e.to_json(), page.step());
        }
    }
}

fn healthy_game() -> Experiment {
    preset::ready::find("gan_ring").unwrap().experiment().unwrap()
}

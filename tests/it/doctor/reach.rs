//! Targets that a loss or an output cannot serve: what two published programs did wrong is named.

use super::offers::{judged, offered, until_found};
use super::page::Page;
use gradarium::spec::{Activation, Experiment, LayerKind, Loss};
use gradarium::ui::doctor::{Course, Kind, Remedy};
use serde_json::json;

fn plane(activation: &str, loss: &str) -> Experiment {
    Experiment::from_value(json!({
        "seed": 7, "data": {"set": "plane", "samples": 300}, "task": {"type": "regression", "loss": loss},
        "model": {"layers": [{"type": "dense", "units": 8, "activation": "tanh"}, {"type": "dense", "activation": activation}]},
        "optimizer": {"type": "adam", "lr": 0.01}, "training": {"batch": 32},
    }))
    .unwrap()
}

#[test]
fn a_sigmoid_that_does_not_reach_its_targets_is_found_and_taken_away() {
    let mut page = until_found(&plane("sigmoid", "mse"), Kind::OutOfReach, 400, 20);
    let remedies = offered(&page, Kind::OutOfReach);
    assert_eq!(remedies, [Remedy::LinearOutput]);
    let course = judged(&mut page, Kind::OutOfReach, &remedies[0], 20);
    assert!(matches!(course, Course::Helped(_)), "{course:?}");
    let last = page.state.experiment.model.layers.last().unwrap();
    assert!(matches!(&last.kind, LayerKind::Dense(d) if d.activation == Activation::Linear));
}

#[test]
fn binary_cross_entropy_of_targets_beyond_it_is_found() {
    let page = until_found(&plane("linear", "bce"), Kind::TargetBeyondLoss, 400, 20);
    let remedies = offered(&page, Kind::TargetBeyondLoss);
    assert_eq!(remedies, [Remedy::SquaredError]);
    assert_eq!(remedies[0].apply(&page.state.experiment).task.loss(), Loss::Mse);
}

#[test]
fn what_can_be_reached_is_not_blamed() {
    let mut page = Page::open(plane("linear", "mse"));
    while page.step() < 300 {
        page.train(20);
        assert!(
            !page.kinds().iter().any(|k| matches!(k, Kind::OutOfReach | Kind::TargetBeyondLoss)),
            "{:?}",
            page.kinds()
        );
    }
}

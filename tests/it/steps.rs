//! A class at each position: what is measured counts the positions that ask for one, over all batches alike.
//!
//! Not responsible for the loss's formula and gradient: the op table is.

use gradarium::engine::data::Dataset;
use gradarium::engine::session::{Part, Session};
use gradarium::spec::data::IGNORED;
use gradarium::spec::{Backend, Experiment, Target};
use serde_json::json;

fn experiment() -> Experiment {
    Experiment::from_value(json!({
        "data": {"set": "random", "input": [3, 4], "target": {"steps": {"classes": 5, "len": 3}}, "samples": 600},
        "model": {"layers": [{"type": "dense", "units": 8, "activation": "tanh"}, {"type": "dense"}]},
        "task": {"type": "classification"},
        "optimizer": {"type": "adam", "lr": 0.01},
        "training": {"batch": 10},
    }))
    .unwrap()
}

/// Targets with more and more ignored positions, so that evaluation chunks count differently.
fn data(exp: &Experiment) -> Dataset {
    let mut data = gradarium::engine::data::build(&exp.data, 3, &[]).unwrap();
    let n = data.y.len();
    for (i, y) in data.y.iter_mut().enumerate() {
        if i % 7 < 7 * i / n {
            *y = IGNORED;
        }
    }
    Dataset { n_train: 600, ..data }
}

#[test]
fn loss_and_accuracy_are_means_over_the_positions_that_count() {
    let exp = experiment();
    assert_eq!(exp.problems(), []);
    let data = data(&exp);
    let exec = gradarium::backend::choose(Backend::Auto).unwrap();
    let mut session = Session::new(exp, data.clone(), exec);
    for _ in 0..40 {
        session.step().unwrap();
    }
    let mut outputs = Vec::new();
    let measured =
        session.evaluate_with(Part::Train, usize::MAX, &mut |_, out, _| outputs.extend_from_slice(out)).unwrap();
    let (mut loss, mut right, mut n) = (0.0, 0, 0);
    for (z, y) in outputs.chunks_exact(5).zip(&data.y).filter(|(_, y)| **y != IGNORED) {
        let total: f64 = z.iter().map(|z| f64::from(*z).exp()).sum();
        loss += total.ln() - f64::from(z[*y as usize]);
        right += usize::from(z.iter().all(|other| *other <= z[*y as usize]));
        n += 1;
    }
    assert!(
        (f64::from(measured.loss) - loss / f64::from(n)).abs() < 1e-5,
        "{} for {}",
        measured.loss,
        loss / f64::from(n)
    );
    assert_eq!(measured.accuracy, Some(right as f32 / n as f32));
    assert_eq!((measured.samples, measured.r2), (600, None));
}

#[test]
fn the_task_follows_from_the_target_and_other_losses_are_refused() {
    let mut exp = experiment();
    let info = exp.data.info().unwrap();
    assert_eq!(info.target, Target::Steps { count: 5, len: 3 });
    assert_eq!(gradarium::spec::TaskSpec::for_data(&info).kind, gradarium::spec::TaskKind::Classification);
    exp.task.loss = gradarium::spec::Loss::from_name("hinge");
    let problems = exp.problems();
    assert_eq!((problems.len(), problems[0].path.as_str()), (1, "task.loss"));
}

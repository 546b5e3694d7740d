//! The laboratory's stories keep their promises: what the page shows is trained here with the same experiments.
//!
//! Not responsible for the page (`tests/e2e/laboratory.spec.mjs`).

use gradarium::backend;
use gradarium::engine::data;
use gradarium::engine::session::{Part, Session};
use gradarium::spec::Backend;
use gradarium::ui::rooms::lab::setup::{Setup, Shared, dense_names};
use gradarium::ui::rooms::lab::story::Story;

/// Loss of answering "one half" to two classes.
const GUESSING: f32 = std::f32::consts::LN_2;

/// Gradient of the first hidden layer's output over the last's at the first weights; test loss after `steps`.
fn outcome(setup: &Setup, steps: u32) -> (f64, f32) {
    let exp = setup.experiment(Shared::default());
    assert_eq!(exp.problems(), vec![]);
    let names = dense_names(&exp.model.layers);
    let data = data::build(&exp.data, u64::from(exp.seed), &[]).unwrap();
    let mut session = Session::new(exp, data, backend::choose(Backend::Simd).unwrap());
    session.step().unwrap();
    let norms = session.norms();
    let of = |name: &str| f64::from(norms.iter().find(|l| l.name == name).unwrap().d_activation);
    let ratio = of(&names[0]) / of(&names[setup.depth - 1]);
    (1..steps).for_each(|_| {
        session.step().unwrap();
    });
    (ratio, session.evaluate(Part::Test, usize::MAX).unwrap().loss)
}

fn sides(story: Story) -> [Setup; 2] {
    story.settings(Shared::default()).sides
}

#[test]
fn fifty_sigmoid_layers_vanish_and_three_learn() {
    let [deep, shallow] = sides(Story::Vanish);
    let (ratio, loss) = outcome(&deep, 300);
    assert!(ratio < 1e-25, "the gradient shrinks by {ratio}");
    assert!(loss > 0.98 * GUESSING, "fifty layers reach {loss}");
    let (ratio, loss) = outcome(&shallow, 400);
    assert!(ratio > 1e-3 && loss < 0.1 * GUESSING, "three layers: {ratio}, {loss}");
}

#[test]
fn tanh_of_gain_two_explodes_and_of_gain_one_learns() {
    let [wild, level] = sides(Story::Explode);
    let (ratio, loss) = outcome(&wild, 100);
    assert!(ratio > 1e3, "the gradient grows by {ratio}");
    assert!(loss > 0.8 * GUESSING, "gain 2 reaches {loss}");
    let (ratio, loss) = outcome(&level, 100);
    assert!((0.1..10.0).contains(&ratio), "the gradient changes by {ratio}");
    assert!(loss < 0.1 * GUESSING, "gain 1 reaches {loss}");
}

#[test]
fn skip_connections_and_normalisation_rescue_fifty_layers() {
    let [plain, rescued] = sides(Story::Rescue);
    let (ratio, loss) = outcome(&plain, 150);
    assert!(ratio < 1e-6 && loss > 0.98 * GUESSING, "plain: {ratio}, {loss}");
    let (_, loss) = outcome(&rescued, 150);
    assert!(loss < 0.1 * GUESSING, "with both: {loss}");
}

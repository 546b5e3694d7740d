//! The gradient through time as the panel of hidden states shows it, where it is known: in a recurrence that is linear the
//! gradient of an earlier state is the later one's by a power of the matrix.
//!
//! Not responsible for the cells' own gradients (`gradcheck`, `golden_nets`).

use gradarium::backend;
use gradarium::engine::data;
use gradarium::engine::session::{Of, Session};
use gradarium::spec::{Backend, Experiment};
use gradarium::ui::inside::states::{Cell, factor_per_step, norms, recurrences, with_cell};
use serde_json::{Value, json};

const STEPS: usize = 12;
const UNITS: usize = 3;
/// A matrix without a negative number: from states without one a ReLU passes everything, so that the recurrence is linear.
const W_HH: [f32; UNITS * UNITS] = [0.5, 0.2, 0.1, 0.0, 0.6, 0.3, 0.2, 0.1, 0.4];
/// Products of `f32` over twelve steps, relative.
const ROUNDING: f64 = 1e-5;

fn experiment(cell: &str) -> Value {
    json!({
        "data": {"set": "random", "input": [STEPS, 2], "target": {"shape": [1]}, "samples": 16},
        "model": {"layers": [{"type": cell, "units": UNITS}, {"type": "dense"}]},
        "task": {"type": "regression"}, "optimizer": {"type": "sgd"},
    })
}

fn session(exp: Experiment, backend: Backend) -> Session {
    assert_eq!(exp.problems(), []);
    let data = data::build(&exp.data, u64::from(exp.seed), &[]).unwrap();
    Session::new(exp, data, backend::choose(backend).unwrap())
}

/// `Wᵀ d`, the gradient one step earlier.
fn back(d: &[f64]) -> Vec<f64> {
    (0..UNITS).map(|j| (0..UNITS).map(|i| f64::from(W_HH[i * UNITS + j]) * d[i]).sum()).collect()
}

#[test]
fn in_a_linear_recurrence_it_is_the_power_of_the_matrix() {
    let mut exp = experiment("rnn");
    exp["model"]["layers"][0]["activation"] = json!("relu");
    let mut s = session(Experiment::from_value(exp).unwrap(), Backend::Simd);
    s.write("layers.0.weight_hh", &W_HH).unwrap();
    s.write("layers.0.weight_ih", &[0.3; 2 * UNITS]).unwrap();
    s.write("layers.0.bias_ih", &[0.1; UNITS]).unwrap();
    s.write("layers.0.bias_hh", &[0.0; UNITS]).unwrap();
    let x: Vec<f32> = (0..2 * STEPS).map(|i| (i % 5) as f32 * 0.2).collect();
    let wanted = ["layers.0.states", "layers.0.states.grad"].map(String::from);
    let mut seen = s.look(&x, &[0.0], &wanted, &Of::Loss);
    let (shape, d_states) = seen.remove(1).unwrap();
    let states = seen.remove(0).unwrap().1;
    assert!(states.iter().all(|h| *h > 0.0), "nothing is cut off: the recurrence is linear");
    let shown = norms(&shape, &d_states, 0);
    assert_eq!(shown.len(), STEPS);
    let mut d: Vec<f64> = d_states[(STEPS - 1) * UNITS..].iter().map(|v| f64::from(*v)).collect();
    for t in (0..STEPS).rev() {
        let norm = d.iter().map(|v| v * v).sum::<f64>().sqrt();
        assert!(norm > 0.0 && (shown[t] - norm).abs() <= ROUNDING * norm, "step {t}: {} and {norm}", shown[t]);
        d = back(&d);
    }
    // Far back only the largest eigenvalue counts, found by powers of the matrix themselves.
    let (mut v, mut eigenvalue) = (vec![1.0; UNITS], 0.0);
    for _ in 0..200 {
        let next = back(&v);
        eigenvalue = next.iter().map(|a| a * a).sum::<f64>().sqrt();
        v = next.iter().map(|a| a / eigenvalue).collect();
    }
    let factor = factor_per_step(&shown[..4]).unwrap();
    assert!((factor - eigenvalue).abs() < 1e-3, "{factor} and {eigenvalue}");
}

#[test]
fn every_cell_that_is_compared_runs_and_has_a_gradient_at_each_step() {
    let own = Experiment::from_value(experiment("gru")).unwrap();
    for cell in Cell::ALL {
        let mut s = session(with_cell(&own, cell), Backend::Simd);
        let at = recurrences(&with_cell(&own, cell)).remove(0);
        let (x, y) = (s.data().x_row(0).to_vec(), s.data().y_row(0).to_vec());
        let (shape, d) = s.look(&x, &y, &[at.gradient(false)], &Of::Loss).remove(0).unwrap();
        let shown = norms(&shape, &d, 0);
        assert!(shown.len() == STEPS && shown.iter().all(|v| *v > 0.0), "{}: {shown:?}", cell.name());
        for name in at.values(false) {
            assert!(s.look(&x, &y, std::slice::from_ref(&name), &Of::Loss)[0].is_some(), "{name}");
        }
    }
}

//! Every op's gradient against central differences in `f64`, on the reference kernels.
//!
//! Not responsible for agreement with PyTorch (`golden_ops`) or between backends (`parity`).

use gradarium::engine::reference::Reference;
use gradarium::engine::rng::Rng;

use crate::one_op::run;
use crate::op_table::{Case, table};

/// Half the distance of the two points. The error of the difference is h²·f‴/6 ≈ 2e-11·f‴ from the formula and
/// ε·|y|/h ≈ 2e-11·|y| from rounding.
const H: f64 = 1e-5;
/// Values and third derivatives reach some tens. A wrong gradient is wrong by far more (checked below).
const TOL: f64 = 2e-9;
/// Cases with more numbers than this are left to the comparison of backends: each difference is a whole run.
const LARGE: usize = 3000;
/// Inputs looked at per case: all of a small one, evenly spread ones of a large one.
const MOST: usize = 60;

/// The change of `Σ d_y·y` over `2·H`. Differences are taken before the sum: they are small, the sum is not.
fn slope(case: &Case, k: usize, j: usize, d_y: &[f64]) -> f64 {
    let at = |x: f64| {
        let mut moved = case.clone();
        moved.ins[k].data[j] += x;
        run::<f64>(&mut Reference::<f64>::default(), &moved, d_y, false).outs.swap_remove(0)
    };
    let (right, left) = (at(H), at(-H));
    right.iter().zip(&left).zip(d_y).map(|((r, l), d)| (r - l) * d).sum::<f64>() / (2.0 * H)
}

fn check(case: &Case) -> usize {
    let mut rng = Rng::new(5, 2);
    let d_y: Vec<f64> = (0..case.outputs()).map(|_| f64::from(rng.normal())).collect();
    let exact = run::<f64>(&mut Reference::<f64>::default(), case, &d_y, false);
    let mut checked = 0;
    for (k, d_in) in exact.d_ins.iter().enumerate() {
        let Some(d_in) = d_in else { continue };
        for j in (0..d_in.len()).step_by(d_in.len().div_ceil(MOST)) {
            let difference = slope(case, k, j, &d_y);
            let error = (difference - d_in[j]).abs() / d_in[j].abs().max(1.0);
            let name = case.ins[k].name;
            assert!(error <= TOL, "{}: d_{name}[{j}] = {} but the difference is {difference}", case.name, d_in[j]);
            checked += 1;
        }
    }
    checked
}

#[test]
fn gradients_are_what_differences_say() {
    for row in table() {
        let small = row.cases().into_iter().filter(|c| c.numbers() <= LARGE);
        let checked: usize = small.map(|c| check(&c)).sum();
        assert!(checked > 0, "{}: no case small enough", row.op);
    }
}

#[test]
fn a_wrong_gradient_is_noticed() {
    // The op at one place and the gradient of another: what a slip in a backward kernel would look like.
    let row = table().into_iter().find(|r| r.op == "layer_norm").unwrap();
    let case = row.cases().remove(0);
    let mut wrong = case.clone();
    wrong.ins[0].data[0] += 1e-3;
    let d_y: Vec<f64> = (0..case.outputs()).map(|k| k as f64).collect();
    let (right, wrong) = (
        run::<f64>(&mut Reference::<f64>::default(), &case, &d_y, false),
        run::<f64>(&mut Reference::<f64>::default(), &wrong, &d_y, false),
    );
    let (a, b) = (right.d_ins[0].as_deref().unwrap(), wrong.d_ins[0].as_deref().unwrap());
    assert!(a.iter().zip(b).any(|(a, b)| (a - b).abs() > 100.0 * TOL));
}

//! Every backend in `f32` against the reference in `f64`: each op at many sizes, each optimizer, penalties and clipping,
//! gradients that add to others, and NaN, which no kernel may hide.
//!
//! Not responsible for the reference being right: `gradcheck` and the goldens are.

use gradarium::engine::exec::{At, Executor, Penalty, PlanId, Reduction};
use gradarium::engine::graph::layout::{FROZEN, MODEL};
use gradarium::engine::graph::{Graph, Layout, Loc, ParamInit, Space};
use gradarium::engine::ops::Op;
use gradarium::engine::optim::{Optimizer, fresh};
use gradarium::engine::real::Real;
use gradarium::engine::reference::Reference;
use gradarium::engine::rng::Rng;
use gradarium::spec::{Field, OptimizerKind, OptimizerSpec};

use std::rc::Rc;

use crate::backends::backends;
use crate::fixture::assert_close;
use crate::one_op::{BASE, run};
use crate::op_table::{Case, Part, table};

/// Sums of up to 784 products with partial sums of a few units: ≈ √784 roundings of 1e-7 each; batch norm divides by
/// deviations down to some tenths.
const TOL_OPS: f64 = 1e-5;
/// Twenty updates of at most 0.1, each rounded (1.2e-7); denominators near ε enlarge a gradient's own rounding.
const TOL_OPTIMIZERS: f64 = 1e-5;

pub fn gradient_for(case: &Case) -> Vec<f64> {
    let mut rng = Rng::new(5, 2);
    (0..case.outputs()).map(|_| f64::from(rng.normal())).collect()
}

/// Compares one op of a backend with the reference in `f64`.
pub fn same(backend: &mut dyn Executor<f32>, case: &Case, tolerance: f64) {
    // What f32 holds of the inputs is what both get.
    let mut case = case.clone();
    case.ins.iter_mut().flat_map(|i| &mut i.data).for_each(|x| *x = f64::from(*x as f32));
    let d_y: Vec<f64> = gradient_for(&case).iter().map(|x| f64::from(*x as f32)).collect();
    let want = run::<f64>(&mut Reference::<f64>::default(), &case, &d_y, false);
    for add in [false, true] {
        let got = run::<f32>(backend, &case, &d_y, add);
        let what = |part: &str| format!("{} {} {part}{}", backend.name(), case.name, if add { " added" } else { "" });
        for (k, (got, want)) in got.outs.iter().zip(&want.outs).enumerate() {
            assert_close(&what(&format!("output {k}")), got, want, tolerance);
        }
        for (k, i) in case.ins.iter().enumerate() {
            if let (Some(got), Some(want)) = (&got.d_ins[k], &want.d_ins[k]) {
                let base = if add { BASE } else { 0.0 };
                let want: Vec<f64> = want.iter().map(|d| d + base).collect();
                assert_close(&what(&format!("d_{}", i.name)), got, &want, tolerance);
            }
            if let (Some(got), Some(want)) = (&got.buffers[k], &want.buffers[k]) {
                assert_close(&what(i.name), got, want, tolerance);
            }
        }
    }
}

#[test]
fn every_op_matches_the_reference_on_every_backend() {
    for mut backend in backends() {
        for row in table() {
            let cases = row.cases();
            assert!(!cases.is_empty(), "{}: nothing to compare", row.op);
            cases.iter().for_each(|case| same(&mut *backend, case, TOL_OPS));
        }
    }
}

#[test]
fn the_same_inputs_give_the_same_bits() {
    for mut backend in backends() {
        for case in table().iter().flat_map(|row| row.cases()) {
            let d_y = gradient_for(&case);
            let (a, b) = (run::<f32>(&mut *backend, &case, &d_y, false), run::<f32>(&mut *backend, &case, &d_y, false));
            assert!(a.outs == b.outs && a.d_ins == b.d_ins && a.buffers == b.buffers, "{}", case.name);
        }
    }
}

#[test]
fn no_op_hides_a_nan() {
    for mut backend in backends() {
        for row in table() {
            for mut case in row.cases() {
                // Where a derivative is constant, what it is taken at does not matter: the factor beside it does.
                let slope = matches!(case.op, Op::Slope(_));
                let mut ins = case.ins.iter_mut().filter(|i| matches!(i.part, Part::Data | Part::Param));
                let Some(x) = ins.nth(usize::from(slope)) else { continue };
                // Of a query's input, cross-attention does not read the keys and values at its end; a slice reads some
                // places only.
                let unread = match &case.op {
                    Op::Attention(op) => 2 * op.units * usize::from(op.cross),
                    Op::Slice(op) => (op.steps - op.start - op.length) * op.width,
                    _ => 0,
                };
                // The last number: the one that a loop over whole vectors leaves to its remainder.
                let at = x.data.len() - 1 - unread;
                x.data[at] = f64::NAN;
                let d_y = gradient_for(&case);
                let got = run::<f32>(&mut *backend, &case, &d_y, false);
                let hidden = !got.outs[0].iter().any(|y| y.is_nan());
                assert!(!hidden, "{}: {} gives no NaN for a NaN", backend.name(), case.name);
            }
        }
    }
}

/// Parameters after twenty updates from seeded gradients.
pub fn updated<T: Real>(executor: &mut dyn Executor<T>, spec: &OptimizerSpec, penalty: &Penalty, n: usize) -> Vec<f64> {
    let mut rng = Rng::new(n as u64, 9);
    let mut optimizer = Optimizer::new(spec);
    let mut graph = Graph::default();
    graph.param("w".into(), &[n], ParamInit::Fill(0.0), true);
    let layout = Layout::of([&graph], optimizer.kind().state_slots());
    let at = |loc: Loc| At { plan: PlanId(0), loc, rows: 0 };
    let (w, state) = (layout.place("w").unwrap(), layout.whole(Space::State));
    executor.prepare(Rc::new(layout), Vec::new());
    let mut draw = |scale: f64| (0..n).map(|_| T::from_f64(scale * f64::from(rng.normal()))).collect::<Vec<T>>();
    executor.write(at(w), &draw(1.0));
    executor.fill(at(state), T::from_f64(fresh(optimizer.constants())));
    for _ in 0..20 {
        executor.write(at(Loc { space: Space::Grads, ..w }), &draw(1.0));
        executor.update(MODEL, penalty, &optimizer.advance());
    }
    executor.host().get(at(w)).iter().map(|p| p.to_f64()).collect()
}

/// A kind at its defaults, and with every number of its own moved.
pub fn variants(kind: OptimizerKind) -> Vec<OptimizerSpec> {
    let plain = OptimizerSpec::new(kind);
    let mut moved = OptimizerSpec { lr: Some(0.05), clip_norm: Some(1.5), ..plain.clone() };
    for info in kind.fields() {
        match info.field {
            Field::Lr => {}
            Field::Nesterov | Field::Centered => moved.set(info.field, 1.0),
            Field::Momentum | Field::Beta1 | Field::Beta2 | Field::Alpha | Field::Rho => moved.set(info.field, 0.8),
            Field::Eps => moved.set(info.field, 1e-3),
            Field::WeightDecay | Field::LrDecay | Field::InitialAccumulator | Field::MomentumDecay => {
                moved.set(info.field, 0.1);
            }
        }
    }
    vec![OptimizerSpec { clip_value: Some(0.7), ..plain.clone() }, plain, moved]
}

#[test]
fn every_optimizer_matches_the_reference_on_every_backend() {
    for mut backend in backends() {
        for spec in OptimizerKind::ALL.into_iter().flat_map(variants) {
            for n in [1, 3, 4, 7, 64, 67] {
                let penalties = [
                    Penalty::default(),
                    Penalty {
                        l1: 0.01,
                        l2: 0.02,
                        weights: vec![0..n / 2, n / 2 + 1..n].into_iter().filter(|r| r.start < r.end).collect(),
                    },
                ];
                for penalty in penalties {
                    let want = updated::<f64>(&mut Reference::<f64>::default(), &spec, &penalty, n);
                    let got = updated::<f32>(&mut *backend, &spec, &penalty, n);
                    let what = format!("{} {:?} of {n}, penalty {}", backend.name(), spec.kind, penalty.l1);
                    assert_close(&what, &got, &want, TOL_OPTIMIZERS);
                }
            }
        }
    }
}

#[test]
fn a_penalty_and_a_clip_change_something() {
    // Were they ignored by all alike, the comparison above would not notice.
    let spec = OptimizerSpec::new(OptimizerKind::Sgd);
    let clipped = OptimizerSpec { clip_norm: Some(0.1), ..spec.clone() };
    let penalty = Penalty { l1: 0.01, l2: 0.02, weights: vec![0..2, 2..4] };
    let plain = updated::<f64>(&mut Reference::<f64>::default(), &spec, &Penalty::default(), 8);
    let penalised = updated::<f64>(&mut Reference::<f64>::default(), &spec, &penalty, 8);
    assert!((0..8).all(|i| (plain[i] != penalised[i]) == (i < 4)));
    assert!(
        updated::<f64>(&mut Reference::<f64>::default(), &clipped, &Penalty::default(), 8)
            .iter()
            .zip(&plain)
            .all(|(a, b)| a != b)
    );
}

#[test]
fn groups_are_blended_and_numbers_reduced_alike() {
    let mut graph = Graph::default();
    graph.param("student".into(), &[5], ParamInit::Fill(0.0), true);
    let first = graph.values.len();
    graph.param("teacher".into(), &[5], ParamInit::Fill(0.0), true);
    graph.freeze(first);
    let layout = Layout::of([&graph], 0);
    let [student, teacher] =
        ["student", "teacher"].map(|name| At { plan: PlanId(0), loc: layout.place(name).unwrap(), rows: 0 });
    for mut backend in backends() {
        backend.prepare(Rc::new(layout.clone()), Vec::new());
        backend.write(student, &[1.0, 2.0, 3.0, 4.0, 5.0]);
        backend.fill(teacher, 1.0);
        backend.blend(MODEL, FROZEN, 0.75);
        assert_eq!(backend.host().get(teacher), [1.0, 1.25, 1.5, 1.75, 2.0], "{}", backend.name());
        let ask = [(student, Reduction::SumSquares), (teacher, Reduction::Finite)];
        let ticket = backend.reduce(&ask);
        assert_eq!((backend.take(ticket), backend.take(ticket)), (Some(vec![55.0, 1.0]), None));
        backend.fill(teacher, f32::NAN);
        let ticket = backend.reduce(&ask);
        assert_eq!(backend.take(ticket), Some(vec![55.0, 0.0]));
        let ticket = backend.read(&[student, student]);
        assert_eq!(backend.take(ticket).unwrap().len(), 10);
    }
}

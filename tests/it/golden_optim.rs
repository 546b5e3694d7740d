//! Optimizers, clipping, schedules and initialisers against PyTorch: ten steps of each, the learning-rate curves, and how
//! far first weights spread.
//!
//! Not responsible for SIMD versions: they are held to the reference kernels elsewhere.

use gradarium::engine::init::{Fans, fill};
use gradarium::engine::optim::{Optimizer, Plateau, clip, reset, step};
use gradarium::engine::real::Real;
use gradarium::engine::rng::Rng;
use gradarium::spec::{Init, InitKind, OptimizerKind, OptimizerSpec, Schedule, lr_at};
use serde_json::Value;

use crate::fixture::{assert_close, floats, load, rows};

/// Fixtures carry 12 digits; the formulas are the same and in `f64`.
const TOL_F64: f64 = 1e-11;
/// Ten `f32` steps of size ≤ 0.2 on parameters of size ≤ 2: some ulps (1.2e-7) each, more where a denominator is small.
const TOL_F32: f64 = 3e-6;
/// Curves are recorded with 12 digits; PyTorch multiplies step by step where we take a power.
const TOL_LR: f64 = 1e-12;

/// 60 000 draws against two million: the standard deviation of a deviation is 1/√(2n) ≈ 0.3 %, taken four times.
const TOL_SPREAD: f64 = 0.012;

/// Parameters after each step of one case, as the engine computes them.
fn run<T: Real>(spec: &OptimizerSpec, p0: &[f64], grads: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mut optimizer = Optimizer::new(spec);
    let mut p: Vec<T> = p0.iter().map(|&x| T::from_f64(x)).collect();
    // Filled with rubbish, because reset must not rely on zeros.
    let mut state = vec![T::from_f64(7.0); p.len() * optimizer.kind().state_slots()];
    reset(&mut state, optimizer.constants());
    let mut after = Vec::new();
    for g in grads {
        let mut g: Vec<T> = g.iter().map(|&x| T::from_f64(x)).collect();
        let h = optimizer.advance();
        clip::apply(&mut g, &h);
        step(&mut p, &g, &mut state, &h);
        after.push(p.iter().map(|x| x.to_f64()).collect());
    }
    after
}

fn check<T: Real>(tol: f64) {
    let fixture = load("optimizers.json");
    let p0 = floats(&fixture["p0"]);
    let grads: Vec<Vec<f64>> = rows(&fixture["grads"]).iter().map(floats).collect();
    let mut seen = std::collections::HashSet::new();
    for case in rows(&fixture["cases"]) {
        let spec: OptimizerSpec = serde_json::from_value(case["spec"].clone()).unwrap_or_else(|e| panic!("{e}"));
        seen.insert(spec.kind);
        let after = run::<T>(&spec, &p0, &grads);
        assert_eq!(after.len(), 10);
        for (i, (got, want)) in after.iter().zip(rows(&case["after"])).enumerate() {
            assert_close(&format!("{} step {}", case["name"], i + 1), got, &floats(want), tol);
        }
    }
    assert_eq!(seen.len(), OptimizerKind::ALL.len(), "every optimizer has a case");
}

#[test]
fn optimizers_match_pytorch_in_f64() {
    check::<f64>(TOL_F64);
}

#[test]
fn optimizers_match_pytorch_in_f32() {
    check::<f32>(TOL_F32);
}

fn plateau_curve(case: &Value, schedule: &Schedule, lr: f64) -> Vec<f64> {
    let mut plateau = Plateau::default();
    let look = |loss: f64| {
        plateau.observe(schedule, lr, loss);
        lr * plateau.scale
    };
    floats(&case["losses"]).into_iter().map(look).collect()
}

#[test]
fn schedules_match_pytorch() {
    let fixture = load("optimizers.json");
    let mut seen = std::collections::HashSet::new();
    for case in rows(&fixture["schedules"]) {
        let schedule: Schedule = serde_json::from_value(case["schedule"].clone()).unwrap();
        let (lr, want) = (case["lr"].as_f64().unwrap(), floats(&case["lrs"]));
        let got = match schedule {
            Schedule::Plateau { .. } => plateau_curve(case, &schedule, lr),
            _ => (0..want.len() as u64).map(|t| lr_at(&schedule, lr, t)).collect(),
        };
        assert_close(&case["name"].to_string(), &got, &want, TOL_LR);
        assert!(want.iter().any(|x| *x != want[0]), "{}: a flat curve proves nothing", case["name"]);
        seen.insert(schedule.name());
    }
    assert_eq!(seen.len() + 1, Schedule::NAMES.len(), "every schedule but the constant one has a case");
}

#[test]
fn a_step_uses_the_scheduled_rate() {
    let mut spec = OptimizerSpec::new(OptimizerKind::Sgd);
    spec.lr = Some(0.5);
    spec.schedule = Some(Schedule::Step { every: 2, factor: 0.5 });
    let mut p = vec![0.0];
    let steps: Vec<f64> = run::<f64>(&spec, &p, &vec![vec![-1.0]; 5])
        .iter()
        .map(|after| {
            let moved = after[0] - p[0];
            p[0] = after[0];
            moved
        })
        .collect();
    assert_eq!(steps, [0.5, 0.5, 0.25, 0.25, 0.125]);
}

#[test]
fn first_weights_spread_as_pytorchs() {
    let fixture = load("optimizers.json");
    let mut seen = std::collections::HashSet::from([InitKind::Zeros]);
    for case in rows(&fixture["inits"]) {
        let init: Init = serde_json::from_value(case["init"].clone()).unwrap();
        let mut w = vec![0.0f32; 300 * 200];
        fill(&init, Fans::dense(200, 300), &mut Rng::new(1, 1), &mut w);
        let w: Vec<f64> = w.into_iter().map(f64::from).collect();
        let mean = w.iter().sum::<f64>() / w.len() as f64;
        let std = (w.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / w.len() as f64).sqrt();
        let (want, what) = (case["std"].as_f64().unwrap(), case["init"].to_string());
        assert!((std - want).abs() <= TOL_SPREAD * want + 1e-6, "{what}: spread {std} for {want}");
        // A uniform has an edge; both reach it with so many draws.
        let (max, edge) = (w.iter().fold(0.0f64, |a, x| a.max(x.abs())), case["max"].as_f64().unwrap());
        let normal = matches!(
            init.kind(),
            InitKind::Normal
                | InitKind::XavierNormal
                | InitKind::HeNormal
                | InitKind::LecunNormal
                | InitKind::Orthogonal
        );
        assert!(normal || (max - edge).abs() <= 1e-3 * edge, "{what}: edge {max} for {edge}");
        seen.insert(init.kind());
    }
    assert_eq!(seen.len(), InitKind::ALL.len(), "every initialiser has a case");
}

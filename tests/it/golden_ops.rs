//! Every op against PyTorch: outputs, the gradient of every input, and running statistics.
//!
//! Not responsible for making the fixtures (tests/fixtures/make.py) or for whole networks (`golden_nets`).

use gradarium::engine::draws::Draws;
use gradarium::engine::exec::Executor;
use gradarium::engine::real::Real;
use gradarium::engine::reference::Reference;
use serde_json::Value;

use crate::backends::backends;
use crate::fixture::{assert_close, floats, load, rows};
use crate::one_op::{Outcome, run};
use crate::op_table::{Case, In, Row, table};

/// Fixtures carry 10 digits (5e-10), and our rates are `f32` (exact where it matters).
const TOL_F64: f64 = 1e-9;
/// `f32` has 24 bits; the SIMD polynomials err by a few units in the last place, and the derivative of GELU's tanh form
/// multiplies the cancellation 1 − t² by up to 30 before a sum of products. Seen at most: 4.1e-6.
const TOL_F32: f64 = 8e-6;

fn shape(v: &Value) -> Vec<usize> {
    floats(&v["shape"]).iter().map(|x| *x as usize).collect()
}

/// A case of ops.json with its row's op.
fn case_of(row: &Row, v: &Value) -> Case {
    let present = row.ins.iter().filter_map(|(name, part)| {
        let given = v["inputs"].get(*name).or_else(|| v["params"].get(*name))?;
        Some(In { name, part: *part, shape: shape(given), data: floats(&given["data"]) })
    });
    let ins: Vec<In> = present.collect();
    let shapes: Vec<Vec<usize>> = ins.iter().map(|i| i.shape.clone()).collect();
    let word = |key: &str| v["attrs"][key].as_u64().unwrap_or(0);
    let draws = Draws { seed: word("seed") as u32, step: word("step") };
    let name = v["name"].as_str().unwrap_or("").to_string();
    Case { name, op: (row.build)(&v["attrs"], &shapes), rows: shapes[0][0], ins, draws }
}

/// Compares everything that the fixture has; says how many arrays that were.
fn compare(case: &Case, v: &Value, got: &Outcome, tol: f64) -> usize {
    assert_close(&format!("{} output", case.name), &got.outs[0], &floats(&v["output"]["data"]), tol);
    let mut compared = 1;
    for (k, i) in case.ins.iter().enumerate() {
        if let Some(want) = v["grads"].get(i.name) {
            let d = got.d_ins[k].as_deref().unwrap_or(&[]);
            assert_close(&format!("{} d_{}", case.name, i.name), d, &floats(&want["data"]), tol);
            compared += 1;
        }
        if let Some(want) = v["after"].get(i.name) {
            let after = got.buffers[k].as_deref().unwrap_or(&[]);
            assert_close(&format!("{} {} after", case.name, i.name), after, &floats(&want["data"]), tol);
            compared += 1;
        }
    }
    compared
}

/// The fixture files.
const FILES: &[&str] =
    &["ops.json", "ops_attention.json", "ops_recurrent.json", "ops_image.json", "ops_tasks.json", "ops_weighted.json"];

/// Every case of every file through `executor`.
pub fn check<T: Real>(executor: &mut dyn Executor<T>, tol: f64) {
    let (fixtures, table) = (FILES.iter().map(|f| load(f)).collect::<Vec<_>>(), table());
    let mut seen = std::collections::HashSet::new();
    for v in fixtures.iter().flat_map(|f| rows(&f["cases"])) {
        let op = v["op"].as_str().unwrap_or("");
        let row = table.iter().find(|r| r.op == op).unwrap_or_else(|| panic!("{op}: no row in the table"));
        let case = case_of(row, v);
        let got = run(executor, &case, &floats(&v["d_output"]["data"]), false);
        let grads = v["grads"].as_object().map_or(0, |g| g.len());
        let after = v["after"].as_object().map_or(0, |g| g.len());
        assert_eq!(compare(&case, v, &got, tol), 1 + grads + after, "{}: something was not compared", case.name);
        seen.insert(row.op);
    }
    assert_eq!(seen.len(), table.len(), "every op has a fixture");
}

#[test]
fn ops_match_pytorch_in_f64() {
    check::<f64>(&mut Reference::<f64>::default(), TOL_F64);
}

#[test]
fn ops_match_pytorch_in_f32_on_every_backend() {
    for mut backend in backends() {
        check::<f32>(&mut *backend, TOL_F32);
    }
}

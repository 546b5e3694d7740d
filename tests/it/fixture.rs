//! Reads the PyTorch fixtures and compares numbers with them.
//!
//! Not responsible for making them: tests/fixtures/make.py does.

use serde_json::Value;

/// A fixture file as JSON.
pub fn load(name: &str) -> Value {
    let path = format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// The rows of a JSON list.
pub fn rows(v: &Value) -> &[Value] {
    v.as_array().unwrap_or_else(|| panic!("not a list: {v}"))
}

/// A JSON list of numbers.
pub fn floats(v: &Value) -> Vec<f64> {
    rows(v).iter().map(|x| x.as_f64().unwrap_or_else(|| panic!("not a number: {x}"))).collect()
}

/// Fails unless every pair agrees to `tol`, relative above 1 and absolute below. Says which entry is worst.
pub fn assert_close(what: &str, got: &[f64], want: &[f64], tol: f64) {
    assert_eq!(got.len(), want.len(), "{what}: length");
    let off = |i: usize| {
        let d = (got[i] - want[i]).abs() / want[i].abs().max(1.0);
        if d.is_nan() { f64::INFINITY } else { d }
    };
    if let Some(worst) = (0..got.len()).max_by(|&a, &b| off(a).total_cmp(&off(b))) {
        let error = off(worst);
        assert!(
            error <= tol,
            "{what}[{worst}]: {} for {} (off by {error:e}, allowed {tol:e})",
            got[worst],
            want[worst]
        );
    }
}

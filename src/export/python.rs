//! How Python writes what an experiment holds: numbers, shapes, names.

use std::collections::BTreeSet;

/// `True` or `False`.
pub(super) fn truth(on: bool) -> &'static str {
    if on { "True" } else { "False" }
}

/// A number; Rust's shortest form reads the same in Python.
pub(super) fn number(x: f64) -> String {
    format!("{x:?}")
}

/// A number of 32 bits, by the digits that a learner wrote.
pub(super) fn short(x: f32) -> String {
    format!("{x:?}")
}

/// `(3, 4)`, and `(3,)` where there is one.
pub(super) fn tuple(shape: &[usize]) -> String {
    let inside = shape.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    if shape.len() == 1 { format!("({inside},)") } else { format!("({inside})") }
}

/// `3` where both are the same, else `(3, 5)`.
pub(super) fn pair(of: [usize; 2]) -> String {
    if of[0] == of[1] { of[0].to_string() } else { tuple(&of) }
}

/// Names that a script uses itself or that the language keeps for itself.
const TAKEN: [&str; 52] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield", "self", "torch", "nn", "math", "keras",
    "ops", "layers", "np", "x", "h", "inputs", "print", "range", "len", "model", "match", "case",
];

/// A variable's name after a learner's own, told apart from all before.
pub(super) fn variable(wanted: &str, else_: &str, used: &mut BTreeSet<String>) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let begins = wanted.starts_with(|c: char| c.is_ascii_lowercase());
    let usable = begins && wanted.chars().all(fits) && !TAKEN.contains(&wanted);
    let base = if usable { wanted } else { else_ };
    let mut name = base.to_string();
    let mut n = 2;
    while !used.insert(name.clone()) {
        name = format!("{base}_{n}");
        n += 1;
    }
    name
}

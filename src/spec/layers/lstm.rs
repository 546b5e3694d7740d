//! `lstm`: long short-term memory.

use super::recurrent::{Cell, Of, Recurrent};

/// The cell.
pub(crate) struct Lstm;

/// The rule.
pub(crate) type Rule = Of<Lstm>;

impl Cell for Lstm {
    const NAME: &'static str = "lstm";
    const GATES: usize = 4;
    const OWN: Option<&'static str> = Some("forget_bias");

    fn formula(_: &Recurrent) -> Vec<String> {
        vec!["i, f, o = σ(p + q), g = tanh(p + q)".into(), "c ← f·c + i·g, h ← o·tanh(c)".into()]
    }
}

//! `gru`: gated recurrent units.

use super::recurrent::{Cell, Of, Recurrent};

/// The cell.
pub(crate) struct Gru;

/// The rule.
pub(crate) type Rule = Of<Gru>;

impl Cell for Gru {
    const NAME: &'static str = "gru";
    const GATES: usize = 3;

    fn formula(_: &Recurrent) -> Vec<String> {
        vec!["r, z = σ(p + q), n = tanh(p + r·q)".into(), "h ← (1 − z)·n + z·h".into()]
    }
}

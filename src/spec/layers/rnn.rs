//! `rnn`: a plain recurrent layer.

use super::recurrent::{Cell, Of, Recurrent};

/// The cell.
pub(crate) struct Rnn;

/// The rule.
pub(crate) type Rule = Of<Rnn>;

impl Cell for Rnn {
    const NAME: &'static str = "rnn";
    const GATES: usize = 1;
    const OWN: Option<&'static str> = Some("activation");

    fn formula(s: &Recurrent) -> Vec<String> {
        vec![format!("h ← {}(p + q)", s.activation.unwrap_or_default().name())]
    }

    fn note(s: &Recurrent) -> String {
        s.activation.unwrap_or_default().name().into()
    }
}

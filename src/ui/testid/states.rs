//! Test ids of the panel of hidden states.
//!
//! Not responsible for what the elements do.

/// The panel.
pub const PANEL_HIDDEN_STATE: &str = "panel-hidden-state";
/// Its parts: `layer`, `strip` (the picture), `readout`, `more`, `unit`, `text`, `series`, `table`, `rows`, `step`;
/// gradient: `gradient`, `gradient-readout`, `gradient-table`, `gradient-rows`, `factor`, `loss-step`; comparison:
/// `compare`, `compare-steps`, `compare-cancel`, `compare-clear`, `compare-rnn` … (how far each is).
pub fn hidden_state(part: &str) -> String {
    format!("hidden-state-{part}")
}
/// The small picture of a part of the cell, by its letter, which chooses it.
pub fn cell_part(letter: &str) -> String {
    format!("cell-part-{letter}")
}
/// Reads from the start.
pub const STATES_FORWARD: &str = "hidden-state-forward";
/// Reads from the end.
pub const STATES_REVERSE: &str = "hidden-state-reverse";
/// Loss of the whole sequence.
pub const LOSS_WHOLE: &str = "hidden-state-loss-whole";
/// Loss of one step.
pub const LOSS_ONE: &str = "hidden-state-loss-one";

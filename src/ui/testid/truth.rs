//! Test ids of what a run is: where its weights came from, and what it says to one's own row.
//!
//! A part of the one list (`ui::testid`). Not responsible for what the elements do.

/// Beside the step count: weights that did not come from the seed.
pub const CARRIED: &str = "carried";
/// Whether other data keep the weights.
pub const CARRY_WEIGHTS: &str = "carry-weights";
/// One's own row, asked about.
pub const OWN_ROW: &str = "own-row";
/// Its parts: `open`, `answer`, `odds`, `value`.
pub fn own_row(part: &str) -> String {
    format!("own-row-{part}")
}
/// The field of the column whose first input is that.
pub fn own_field(at: usize) -> String {
    format!("own-row-field-{at}")
}

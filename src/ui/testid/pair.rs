//! Test ids of the programs side by side; those of one half end in `a` (as written) or `b` (as meant).
//!
//! A part of the one list (`ui::testid`). Not responsible for what the elements do.

mod transfer;
pub use transfer::*;

/// The page.
pub const PAIR: &str = "primer";
/// A program, by its letter: in the page, and in the gallery.
pub fn pair_program(name: &str) -> String {
    format!("primer-{name}")
}
/// Its tile in the gallery.
pub fn pair_tile(name: &str) -> String {
    format!("ready-primer-{name}")
}
/// The address named a program that there is not.
pub const PAIR_REFUSED: &str = "primer-refused";
/// What goes wrong.
pub const PAIR_WRONG: &str = "primer-wrong";
/// Trains both.
pub const PAIR_PLAY: &str = "primer-play";
/// Pauses both.
pub const PAIR_PAUSE: &str = "primer-pause";
/// One step of both.
pub const PAIR_STEP: &str = "primer-step";
/// Both back to their first weights.
pub const PAIR_RESET: &str = "primer-reset";
/// A half's panel.
pub const PAIR_HALVES: [&str; 2] = ["primer-half-a", "primer-half-b"];
/// A figure or control of a half: `step`, `train-loss`, `test-loss`, `accuracy`, `r2`, `figure`, `trouble`, `doctor`, `open`.
pub fn pair_half(half: &str, part: &str) -> String {
    format!("primer-{half}-{part}")
}
/// What the doctor finds in a half.
pub fn pair_finding(half: &str, kind: &str) -> String {
    format!("primer-{half}-finding-{kind}")
}
/// Loss of both.
pub const PAIR_LOSS: &str = "primer-loss";
/// Its lines.
pub const PAIR_LOSS_PLOT: &str = "primer-loss-plot";
/// What tells them apart.
pub const PAIR_BETWEEN: &str = "primer-between";
/// Formulas, corrected.
pub const PAIR_FORMULAS: &str = "primer-formulas";
/// What both are set against.
pub const PAIR_REFERENCE: &str = "primer-reference";
/// What the doctor finds as written only.
pub const PAIR_FINDING: &str = "primer-finding";

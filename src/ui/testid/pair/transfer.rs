//! Test ids of the transfer; those of one run end in its name (`frozen`, `fine-tuned`, `scratch`).
//!
//! A part of the one list (`ui::testid`). Not responsible for what the elements do.

/// The page.
pub const TRANSFER: &str = "transfer";
/// Its tile in the gallery.
pub const TRANSFER_TILE: &str = "ready-transfer";
/// The address asked for something that there is not.
pub const TRANSFER_REFUSED: &str = "transfer-refused";
/// Trains.
pub const TRANSFER_PLAY: &str = "transfer-play";
/// Pauses.
pub const TRANSFER_PAUSE: &str = "transfer-pause";
/// One step.
pub const TRANSFER_STEP: &str = "transfer-step";
/// The three back to where they begin.
pub const TRANSFER_RESET: &str = "transfer-reset";
/// What is learned.
pub const TRANSFER_TARGET: &str = "transfer-target";
/// Examples a class.
pub const TRANSFER_EACH: &str = "transfer-each";
/// The seed.
pub const TRANSFER_SEED: &str = "transfer-seed";
/// The source's panel.
pub const TRANSFER_SOURCE: &str = "transfer-source";
/// Part of the source: `step`, `accuracy`, `loss`, `trouble`, `bar`.
pub fn transfer_source(part: &str) -> String {
    format!("transfer-source-{part}")
}
/// The curves' panel.
pub const TRANSFER_CURVES: &str = "transfer-curves";
/// Accuracy of the three.
pub const TRANSFER_ACCURACY_PLOT: &str = "transfer-accuracy-plot";
/// Loss of the three.
pub const TRANSFER_LOSS_PLOT: &str = "transfer-loss-plot";
/// The table's panel.
pub const TRANSFER_TABLE: &str = "transfer-table";
/// What the table comes to.
pub const TRANSFER_FINDING: &str = "transfer-finding";
/// Which layers moved.
pub const TRANSFER_MOVES: &str = "transfer-moves";
/// A figure of a run: `step`, `accuracy`, `loss`, `train-loss`, `trouble`, `answer`, `open`, or a layer's way.
pub fn transfer_run(part: &str, run: &str) -> String {
    format!("transfer-{part}-{run}")
}
/// Own classes.
pub const TRANSFER_TEACH: &str = "transfer-teach";
/// Has them learned.
pub const TRANSFER_LEARN: &str = "transfer-learn";
/// One more class.
pub const TRANSFER_ADD_CLASS: &str = "transfer-add-class";
/// What is wrong with them, or missing.
pub const TRANSFER_OWN_TROUBLE: &str = "transfer-own-trouble";
/// A control of a class: `name`, `take`, `photos`, `remove`, `count`.
pub fn transfer_class(part: &str, class: usize) -> String {
    format!("transfer-class-{class}-{part}")
}
/// A picture of a class; a click takes it away.
pub fn transfer_picture(class: usize, picture: usize) -> String {
    format!("transfer-class-{class}-picture-{picture}")
}

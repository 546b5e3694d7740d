//! Test ids of the gradient laboratory; those of one side end in `a` or `b`.
//!
//! A part of the one list (`ui::testid`). Not responsible for what the elements do.

/// From the playground to the laboratory.
pub const NAV_LAB: &str = "nav-lab";
/// And back.
pub const NAV_PLAY: &str = "nav-play";
/// Trains both.
pub const LAB_PLAY: &str = "lab-play";
/// Pauses both.
pub const LAB_PAUSE: &str = "lab-pause";
/// One step of both.
pub const LAB_STEP: &str = "lab-step";
/// Both back to their first weights.
pub const LAB_RESET: &str = "lab-reset";
/// Steps a second.
pub const LAB_SPEED: &str = "lab-speed";
/// The data set.
pub const LAB_SET: &str = "lab-set";
/// The seed.
pub const LAB_SEED: &str = "lab-seed";
/// Parts of the address that made no sense.
pub const LAB_REFUSED: &str = "lab-refused";
/// A ready comparison: `vanish`, `explode`, `rescue`.
pub fn lab_story(name: &str) -> String {
    format!("lab-story-{name}")
}
/// A side's panel.
pub const LAB_SIDES: [&str; 2] = ["lab-side-a", "lab-side-b"];
/// A control or figure of a side: `depth`, `width`, `activation`, `init`, `gain`, `norm`, `skip`, `clip`, `optimizer`,
/// `lr`, `step`, `loss`, `accuracy`, `step-ms`, `params`, `trouble`, `copy`.
pub fn lab_side(side: &str, part: &str) -> String {
    format!("lab-{side}-{part}")
}
/// Gradients, activations and updates over the layers.
pub const LAB_PROFILE: &str = "lab-profile";
/// The same over time.
pub const LAB_HEAT: &str = "lab-heat";
/// What the heat-maps show.
pub const LAB_QUANTITY: &str = "lab-quantity";
/// Loss of both.
pub const LAB_LOSS: &str = "lab-loss";
/// Its lines.
pub const LAB_LOSS_PLOT: &str = "lab-loss-plot";
/// Its values under the pointer.
pub const LAB_LOSS_READOUT: &str = "lab-loss-readout";
/// Shares of dead and saturated units.
pub const LAB_UNITS: &str = "lab-units";
/// Histograms of some layers.
pub const LAB_RIDGES: &str = "lab-ridges";
/// Histograms of activations.
pub const LAB_RIDGES_A: &str = "lab-ridges-activations";
/// Histograms of gradients.
pub const LAB_RIDGES_G: &str = "lab-ridges-gradients";
/// Depth against gain.
pub const LAB_SWEEP: &str = "lab-sweep";
/// Begins the sweep.
pub const LAB_SWEEP_START: &str = "lab-sweep-start";
/// Ends it.
pub const LAB_SWEEP_CANCEL: &str = "lab-sweep-cancel";
/// Steps for a cell.
pub const LAB_SWEEP_STEPS: &str = "lab-sweep-steps";
/// How far it is.
pub const LAB_SWEEP_PROGRESS: &str = "lab-sweep-progress";
/// The cell under the pointer.
pub const LAB_SWEEP_READOUT: &str = "lab-sweep-readout";
/// One cell, in the order of the map's rows from the shallowest.
pub fn lab_sweep_cell(cell: usize) -> String {
    format!("lab-sweep-cell-{cell}")
}
/// A plot, its read-out or its table on one side: `lab-profile-plot-a`.
pub fn lab_part(panel: &str, part: &str, side: &str) -> String {
    format!("{panel}-{part}-{side}")
}

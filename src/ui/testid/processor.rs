//! Test ids of what runs an experiment: processor or graphics card.
//!
//! A part of the one list (`ui::testid`).

/// The panel.
pub const PANEL_PROCESSOR: &str = "panel-processor";
/// The choice.
pub const RUNS_ON: &str = "runs-on";
/// What is known of the two: which is faster, or why there is one only.
pub const RUNS_ON_SAYS: &str = "runs-on-says";
/// Times both.
pub const RACE: &str = "race";
/// Measures both by size.
pub const BY_SIZE: &str = "by-size";
/// The picture of it.
pub const BY_SIZE_PLOT: &str = "by-size-plot";

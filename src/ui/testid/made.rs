//! Test ids of what networks make.
//!
//! A part of the one list (`ui::testid`).

/// The view.
pub const MADE: &str = "made";
/// The plane.
pub const MADE_PLANE: &str = "made-plane";
/// What it shows, in words.
pub const MADE_SAID: &str = "made-said";
/// From noise to data.
pub const MADE_TIME: &str = "made-time";
/// Other noise.
pub const MADE_NOISE: &str = "made-noise";
/// The discriminator's field.
pub const MADE_FIELD: &str = "made-field";
/// The pushes.
pub const MADE_PUSH: &str = "made-push";

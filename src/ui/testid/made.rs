//! Test ids of what networks make.
//!
//! A part of the one list (`ui::testid`).

/// A part's own optimizer: `own` switches it, then `type` and its numbers.
pub fn part_optimizer(part: &str, what: &str) -> String {
    let what = match what {
        "own" | "type" => what.to_string(),
        field => super::optimizer_field(field),
    };
    format!("part-optimizer-{part}-{what}")
}
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
/// Real points.
pub const MADE_REAL: &str = "made-real";
/// Made points.
pub const MADE_MADE: &str = "made-made";
/// The generator as a mesh.
pub const MADE_MESH: &str = "made-mesh";
/// Histograms of scores.
pub const MADE_SCORES: &str = "made-scores";
/// What they say.
pub const MADE_SCORES_SAID: &str = "made-scores-said";
/// The pushes.
pub const MADE_PUSH: &str = "made-push";

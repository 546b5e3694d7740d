//! Test ids of what a trunk's features are worth.
//!
//! A part of the one list (`ui::testid`).

/// The view.
pub const PROBE: &str = "probe";
/// Where it is folded away below what an autoencoder makes.
pub const PROBE_CODE: &str = "probe-code";
/// Its parts: `table`, `linear`, `scratch`, `course`, `plane`, `alike`.
pub fn probe(part: &str) -> String {
    format!("probe-{part}")
}

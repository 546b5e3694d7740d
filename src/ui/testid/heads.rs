//! Test ids of heads on one trunk.
//!
//! A part of the one list (`ui::testid`).

/// The view.
pub const HEADS: &str = "heads";
/// Where the weights come from.
pub const WEIGHTING: &str = "weighting";
/// Its parts: `table`, `angles`, `answers`, `odd`, `thick`, `previous`, `next`.
pub fn heads(part: &str) -> String {
    format!("heads-{part}")
}
/// A figure of a head: `train`, `loss`, `metric`, `weight`, `pull`.
pub fn head_figure(head: &str, figure: &str) -> String {
    format!("heads-{head}-{figure}")
}
/// The cosine of a pair of heads.
pub fn heads_cosine(a: &str, b: &str) -> String {
    format!("heads-cosine-{a}-{b}")
}

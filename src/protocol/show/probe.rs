//! What a trunk's features are worth, beside training from scratch with the same few labels.
//!
//! Not responsible for how it is drawn.

use serde::{Deserialize, Serialize};

/// Both figures, and the course of the first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Probe {
    /// After this many steps of the pretext.
    pub step: u64,
    /// Training rows whose label is used.
    pub labelled: usize,
    /// Training rows in all.
    pub train: usize,
    /// Test rows that both are measured on.
    pub tested: usize,
    /// Share of them that a linear classifier on the features gets right.
    pub accuracy: f32,
    /// The best share of a network trained from scratch on the labelled rows; nothing before it was measured.
    pub scratch: Option<f32>,
    /// Steps that it has had, of how many.
    pub scratch_steps: (u64, u64),
    /// Steps and shares of earlier probes, this one last.
    pub course: Vec<(u64, f32)>,
}

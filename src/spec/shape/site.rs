//! What the shape rule of one layer sees: where it stands in the network, and what it reads.
//!
//! Not responsible for the rules (`spec::layers`).

use super::{LayerInfo, Walk};
use crate::spec::problem::check_range;

/// One layer's place in the walk.
pub(crate) struct Site<'s> {
    /// The walk so far.
    pub walk: &'s mut Walk,
    /// Shapes of all that it reads.
    pub inputs: &'s [Vec<usize>],
    /// Name of the first of them.
    pub source: &'s str,
    /// Name of the last of them.
    pub keys: &'s str,
    /// Whether the first holds tokens (true), or has known tokens behind its places.
    pub tokens: Option<bool>,
    /// What the task wants, of the last layer.
    pub wanted: Option<&'s [usize]>,
    /// Whether it is the last layer.
    pub last: bool,
}

impl Site<'_> {
    /// Units that the task wants, of the last layer.
    pub fn wanted_units(&self) -> Option<usize> {
        self.wanted.and_then(|w| w.last().copied())
    }

    /// A problem if the field is out of range.
    pub fn range(&mut self, info: &LayerInfo, field: &str, got: f64, min: f64, max: f64) {
        self.range_at(&info.path, field, got, min, max);
    }

    /// The same for a layer known by its path.
    pub fn range_at(&mut self, path: &str, field: &str, got: f64, min: f64, max: f64) {
        check_range(&mut self.walk.problems, &format!("{path}.{field}"), got, min, max);
    }

    /// The layer holds so many more values per sample than its output.
    pub fn holds(&mut self, n: u64) {
        self.walk.values = self.walk.values.saturating_add(n);
    }
}

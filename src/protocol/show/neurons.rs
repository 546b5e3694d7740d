//! Responses of single units over the plane.
//!
//! Not responsible for how they are drawn.

use serde::{Deserialize, Serialize};

/// Which units to show over the plane.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NeuronRequest {
    /// Pixels a side.
    pub px: usize,
    /// Top-level layers.
    pub layers: Vec<usize>,
    /// At most this many units of each.
    pub units_max: usize,
}

/// Responses of one layer's units over the plane.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LayerMaps {
    /// Top-level index.
    pub layer: usize,
    /// Units of the layer.
    pub units: usize,
    /// Units in the buffer, the first ones.
    pub shown: usize,
    /// Pixels a side; the buffer is `(shown, px, px)`, rows from the top.
    pub px: usize,
    /// Which buffer.
    pub buffer: usize,
}

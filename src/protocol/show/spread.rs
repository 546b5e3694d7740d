//! How numbers of a layer are spread.
//!
//! Not responsible for drawing histograms.

use crate::protocol::number::or_nan;
use serde::{Deserialize, Serialize};

/// How numbers of a layer are spread, of the latest training batch.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Spread {
    /// Such as `layers.2`.
    pub name: String,
    /// Of its output.
    pub activation: Histogram,
    /// Of the gradient of its output.
    pub d_activation: Option<Histogram>,
    /// Rows of the batch that it is of: of one row nothing can be said about units.
    #[serde(default)]
    pub rows: usize,
    /// Share of units (channels) that were 0 on every row, 0–1: dead, after a ReLU.
    pub dead: f32,
    /// Share of numbers in the flat ends of the layer's activation function (tanh beyond ±0.97, sigmoid beyond
    /// 0.03–0.97); `None` where it has none.
    pub saturated: Option<f32>,
}

/// Equal bins from `low` to `high`, the smallest and the largest number.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Histogram {
    /// Left end of the first bin.
    #[serde(deserialize_with = "or_nan")]
    pub low: f32,
    /// Right end of the last.
    #[serde(deserialize_with = "or_nan")]
    pub high: f32,
    /// Numbers in each; all in the first where `low == high`.
    pub counts: Vec<u32>,
    /// Mean.
    #[serde(deserialize_with = "or_nan")]
    pub mean: f32,
    /// Standard deviation (of the population).
    #[serde(deserialize_with = "or_nan")]
    pub std: f32,
}

//! Norms of gradients and activations, a layer each.
//!
//! Not responsible for what is too large or too small (`ui::doctor`).

use crate::protocol::number::or_nan;
use serde::{Deserialize, Serialize};

/// Norms of all layers at one step.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GradientRow {
    /// When.
    pub step: u64,
    /// Layers with parameters, in data order.
    pub layers: Vec<GradientLayer>,
}

/// Norms of one layer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GradientLayer {
    /// Such as `layers.2`.
    pub name: String,
    /// L2 norm of the gradient of its parameters.
    #[serde(deserialize_with = "or_nan")]
    pub d_params: f32,
    /// L2 norm of its parameters.
    #[serde(deserialize_with = "or_nan")]
    pub params: f32,
    /// Root mean square of its output.
    #[serde(deserialize_with = "or_nan")]
    pub activation: f32,
    /// Root mean square of the gradient of its output.
    #[serde(deserialize_with = "or_nan")]
    pub d_activation: f32,
    /// L2 norm of the latest change of its parameters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub update: Option<f32>,
}

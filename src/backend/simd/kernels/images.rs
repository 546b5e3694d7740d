//! What convolution and its transpose share for one image after another: memory, and the gradient of a fused activation.
//!
//! Not responsible for the products (`conv`).

use super::activation;
use super::conv::Scratch;
use crate::spec::Activation;

/// Memory that convolutions share; grows in the first step and is then reused.
#[derive(Clone, Debug, Default)]
pub struct Images {
    /// The kernels' own.
    pub scratch: Scratch,
    /// Gradient of a fused activation's input, one image of it.
    pub d_z: Vec<f32>,
    /// One image of a gradient that is added to another.
    pub spare: Vec<f32>,
}

/// The gradient before the activation: `d_y · act′`.
pub fn before<'a>(act: Activation, saved: &[f32], d_y: &'a [f32], d_z: &'a mut Vec<f32>) -> &'a [f32] {
    if act == Activation::Linear {
        return d_y;
    }
    d_z.resize(d_y.len(), 0.0);
    activation::backward(act, saved, d_y, d_z, false);
    d_z
}

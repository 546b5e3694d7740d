//! Layer norm on the card: `kernels::norm`.

use super::super::kernel::Kernel;
use super::super::kernels::norm::Norm;
use super::{Call, Lower};
use crate::engine::ops::layer_norm::LayerNorm;

fn norm(c: &Call, op: &LayerNorm) -> Norm {
    Norm {
        name: "layer_norm",
        x: c.input(0),
        len: c.len(0),
        sample: op.features,
        channels: op.features,
        groups: 1,
        eps: LayerNorm::EPS as f32,
        w: Some(c.input(1)),
        b: Some(c.input(2)),
        mean: Some(c.output(1)),
        rstd: c.output(2),
        running: None,
    }
}

impl Lower for LayerNorm {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        vec![norm(c, self).forward(c.output(0))]
    }

    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        norm(c, self).backwards(c.d_out(), [c.gradient(0), c.gradient(1), c.gradient(2)])
    }
}

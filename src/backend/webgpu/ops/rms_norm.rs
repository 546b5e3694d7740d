//! RMS norm on the card: `kernels::norm`.

use super::super::kernel::Kernel;
use super::super::kernels::norm::Norm;
use super::{Call, Lower};
use crate::engine::ops::rms_norm::RmsNorm;

fn norm(c: &Call, op: &RmsNorm) -> Norm {
    Norm {
        name: "rms_norm",
        x: c.input(0),
        len: c.len(0),
        sample: op.features,
        channels: op.features,
        groups: 1,
        eps: RmsNorm::EPS as f32,
        w: Some(c.input(1)),
        b: None,
        mean: None,
        rstd: c.output(1),
        running: None,
    }
}

impl Lower for RmsNorm {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        vec![norm(c, self).forward(c.output(0))]
    }

    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        norm(c, self).backwards(c.d_out(), [c.gradient(0), c.gradient(1), None])
    }
}

//! Instance norm on the card: `kernels::norm`.

use super::super::kernel::Kernel;
use super::super::kernels::norm::Norm;
use super::{Call, Lower};
use crate::engine::ops::instance_norm::InstanceNorm;

fn norm(c: &Call, op: &InstanceNorm) -> Norm {
    Norm {
        name: "instance_norm",
        x: c.input(0),
        len: c.len(0),
        sample: c.input(0).size,
        channels: op.channels,
        groups: op.channels,
        eps: InstanceNorm::EPS as f32,
        w: op.affine.then(|| c.input(1)),
        b: op.affine.then(|| c.input(2)),
        mean: Some(c.output(1)),
        rstd: c.output(2),
        running: None,
    }
}

impl Lower for InstanceNorm {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        vec![norm(c, self).forward(c.output(0))]
    }

    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        norm(c, self).backwards(c.d_out(), [c.gradient(0), c.gradient(1), c.gradient(2)])
    }
}

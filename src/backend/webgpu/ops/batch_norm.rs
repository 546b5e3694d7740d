//! Batch norm on the card: `kernels::norm` with a group for each channel over the whole batch.
//!
//! Running statistics move after the forward half, when it is known whether the loss is finite, by the variance that 1/√(σ² + ε)
//! holds: half an ulp of σ² + ε is what that may cost.

use super::super::kernel::{Arena, Kernel};
use super::super::kernels::norm::Norm;
use super::{Call, Lower};
use crate::engine::ops::batch_norm::BatchNorm;

fn norm(c: &Call, op: &BatchNorm) -> Norm {
    Norm {
        name: "batch_norm",
        x: c.input(0),
        len: c.len(0),
        sample: c.len(0),
        channels: op.features,
        groups: op.features,
        eps: BatchNorm::EPS as f32,
        w: Some(c.input(1)),
        b: Some(c.input(2)),
        mean: Some(c.output(1)),
        rstd: c.output(2),
        running: (!op.train).then(|| [c.input(3), c.input(4)]),
    }
}

impl Lower for BatchNorm {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        vec![norm(c, self).forward(c.output(0))]
    }

    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        vec![norm(c, self).backward(c.d_out(), true, [c.gradient(0), c.gradient(1), c.gradient(2)])]
    }

    fn late(&self, c: &mut Call) -> Vec<Kernel> {
        if !self.train {
            return Vec::new();
        }
        let n = c.len(0) / self.features;
        let body = "fn each(i: u32) {\n  if (GATED && ctl[0] == 0.0) { return; }\n  \
                    put_mean(i, get_mean(i) + slot.momentum * (get_new_mean(i) - get_mean(i)));\n  \
                    if (MANY) {\n    let r = get_rstd(i);\n    let new_var = max(1.0 / (r * r) - slot.eps, 0.0) * slot.unbias;\n    \
                    put_var(i, get_var(i) + slot.momentum * (new_var - get_var(i)));\n  }\n}\n";
        let k = Kernel::each("running_statistics", body, self.features).uses(Arena::Ctl);
        let k = k.flag("GATED", c.gated).flag("MANY", n > 1).float("momentum", Self::MOMENTUM as f32);
        let k = k.float("eps", Self::EPS as f32).float("unbias", n as f32 / (n.max(2) - 1) as f32);
        let k = k.read("new_mean", c.output(1)).read("rstd", c.output(2));
        vec![k.write("mean", c.input(3), false).write("var", c.input(4), false)]
    }
}

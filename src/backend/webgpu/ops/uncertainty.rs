//! Weighting by uncertainty on the card: one thread.

use super::super::kernel::Kernel;
use super::{Call, Lower};
use crate::engine::ops::uncertainty::Uncertainty;

fn inputs(k: Kernel, c: &Call, op: &Uncertainty) -> Kernel {
    (0..op.losses).fold(k.read("s", c.input(0)), |k, at| k.read(&format!("x{at}"), c.input(at + 1)))
}

impl Lower for Uncertainty {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        let one = |k| format!("exp_of(-get_s({k}u)) * get_x{k}(0u) + get_s({k}u)");
        let sum: Vec<String> = (0..self.losses).map(one).collect();
        let body = format!("fn each(i: u32) {{ put_y(0u, {}); }}\n", sum.join(" + "));
        vec![inputs(Kernel::each("uncertainty", &body, 1), c, self).write("y", c.output(0), false)]
    }

    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        let one = |k| {
            format!(
                "  {{\n    let w = exp_of(-get_s({k}u));\n    put_d_s({k}u, d * (1.0 - w * get_x{k}(0u)));\n    \
                 put_d_x{k}(0u, d * w);\n  }}\n"
            )
        };
        let all: String = (0..self.losses).map(one).collect();
        let body = format!("fn each(i: u32) {{\n  let d = get_d_y(0u);\n{all}}}\n");
        let k = inputs(Kernel::each("uncertainty_backward", &body, 1), c, self).read("d_y", c.d_out());
        let k = k.gradient("d_s", c.gradient(0));
        vec![(0..self.losses).fold(k, |k, at| k.gradient(&format!("d_x{at}"), c.gradient(at + 1)))]
    }
}

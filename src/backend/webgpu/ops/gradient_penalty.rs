//! Gradient penalty on the card: a group for each row's norm, then one for their distances from 1.

use super::super::kernel::{Arena, Kernel};
use super::{Call, Lower};
use crate::engine::ops::gradient_penalty::GradientPenalty;

impl Lower for GradientPenalty {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        let body = "fn row(item: u32, l: u32) {\n  var sum = 0.0;\n  \
                    for (var i = l; i < slot.width; i = i + THREADS) {\n    let g = get_g(item * slot.width + i);\n    \
                    sum = sum + g * g;\n  }\n  let all = group_sum(l, sum);\n  \
                    if (l == 0u) { put_norm(item, sqrt(all)); }\n}\n";
        let k = Kernel::rows("gradient_norm", body, c.rows).int("width", c.input(0).size);
        let norms = k.read("g", c.input(0)).write("norm", c.output(1), false);
        let body = "fn row(item: u32, l: u32) {\n  var sum = 0.0;\n  \
                    for (var r = l; r < slot.rows; r = r + THREADS) {\n    let far = get_norm(r) - 1.0;\n    \
                    sum = sum + far * far;\n  }\n  let loss = group_sum(l, sum) / f32(slot.rows);\n  if (l == 0u) {\n    \
                    put_loss(0u, loss);\n    if (!is_finite(loss)) { ctl[0] = 0.0; }\n  }\n}\n";
        let k = Kernel::rows("gradient_penalty", body, 1).int("rows", c.rows).uses(Arena::Ctl);
        vec![norms, k.read("norm", c.output(1)).write("loss", c.output(0), false)]
    }

    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        let body = "fn each(i: u32) {\n  let norm = get_norm(i / slot.width);\n  var d = 0.0;\n  \
                    if (norm != 0.0) { d = get_d(0u) * 2.0 / f32(slot.rows) * (norm - 1.0) / norm * get_g(i); }\n  \
                    put_d_g(i, d);\n}\n";
        let k = Kernel::each("gradient_penalty_backward", body, c.len(0));
        let k = k.ints(&[("width", c.input(0).size), ("rows", c.rows)]);
        let k = k.read("g", c.input(0)).read("norm", c.output(1)).read("d", c.d_out());
        vec![k.gradient("d_g", c.gradient(0))]
    }
}

//! NT-Xent on the card: a group for each view, which meets all others.

use super::super::kernel::{Arena, Kernel};
use super::{Call, Lower};
use crate::engine::ops::nt_xent::{EPSILON_SQUARED, NtXent};

/// What every kernel reads; `get_view(v, j)` is number `j` of view `v`.
fn common(k: Kernel, c: &Call, op: &NtXent) -> Kernel {
    let k = k.ints(&[("width", op.width), ("views", 2 * c.rows)]);
    let k = k.float("scale", 1.0 / op.temperature).float("epsilon", EPSILON_SQUARED as f32);
    k.read("a", c.input(0)).read("b", c.input(1)).text(include_str!("nt_xent.wgsl"))
}

impl Lower for NtXent {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        let views = 2 * c.rows;
        let body = "fn row(v: u32, l: u32) {\n  let r = length_of(v, l);\n  \
                    for (var j = l; j < slot.width; j = j + THREADS) { put_u(v * slot.width + j, get_view(v, j) / r); }\n}\n";
        let directions = common(Kernel::rows("nt_xent", body, views), c, self).write("u", c.output(1), false);
        let body = "fn row(v: u32, l: u32) {\n  var most = -3.4e38;\n  \
                    for (var o = l; o < slot.views; o = o + THREADS) { if (o != v) { most = max(most, cosine(v, o)); } }\n  \
                    let top = group_max(l, most) * slot.scale;\n  var sum = 0.0;\n  \
                    for (var o = l; o < slot.views; o = o + THREADS) {\n    \
                    if (o != v) { sum = sum + exp_of(cosine(v, o) * slot.scale - top); }\n  }\n  \
                    let all = group_sum(l, sum);\n  if (l == 0u) { put_sum(v, top + ln_of(all)); }\n}\n";
        let sums = common(Kernel::rows("nt_xent_sums", body, views), c, self).read("u", c.output(1));
        let body = "fn row(item: u32, l: u32) {\n  var sum = 0.0;\n  \
                    for (var v = l; v < slot.views; v = v + THREADS) { sum = sum + get_sum(v) - cosine(v, v ^ 1u) * slot.scale; }\n  \
                    let loss = group_sum(l, sum) / f32(slot.views);\n  if (l == 0u) {\n    put_loss(0u, loss);\n    \
                    if (!is_finite(loss)) { ctl[0] = 0.0; }\n  }\n}\n";
        let loss = common(Kernel::rows("nt_xent_loss", body, 1), c, self).read("u", c.output(1)).uses(Arena::Ctl);
        vec![
            directions,
            sums.write("sum", c.output(2), false),
            loss.read("sum", c.output(2)).write("loss", c.output(0), false),
        ]
    }

    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        let body = "fn row(item: u32, l: u32) {\n  let v = 2u * item + SIDE;\n  let r = length_of(v, l);\n  \
                    let d = get_d(0u) * slot.scale / f32(slot.views) / r;\n  \
                    for (var j = l; j < slot.width; j = j + THREADS) {\n    var sum = 0.0;\n    \
                    for (var o = 0u; o < slot.views; o = o + 1u) {\n      if (o == v) { continue; }\n      \
                    let s = cosine(v, o);\n      \
                    let both = exp_of(s * slot.scale - get_sum(v)) + exp_of(s * slot.scale - get_sum(o));\n      \
                    let w = d * (both - select(0.0, 2.0, o == (v ^ 1u)));\n      \
                    sum = sum + w * (get_u(o * slot.width + j) - s * get_u(v * slot.width + j));\n    }\n    \
                    put_d_z(item * slot.width + j, sum);\n  }\n}\n";
        let sides = (0..2).filter(|side| c.gradient(*side).is_some()).collect::<Vec<_>>();
        let one = |side: usize| {
            let k = common(Kernel::rows("nt_xent_backward", body, c.rows), c, self).constant("SIDE", side);
            let k = k.read("u", c.output(1)).read("sum", c.output(2)).read("d", c.d_out());
            k.gradient("d_z", c.gradient(side))
        };
        sides.into_iter().map(one).collect()
    }
}

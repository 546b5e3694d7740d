//! Kullback–Leibler divergence on the card: a group for each dimension, then one for their sum.

use super::super::kernel::Kernel;
use super::{Call, Lower};
use crate::engine::ops::kl::Kl;

impl Lower for Kl {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        let body = "fn row(item: u32, l: u32) {\n  var sum = 0.0;\n  \
                    for (var r = l; r < slot.rows; r = r + THREADS) {\n    let at = r * 2u * slot.latent + item;\n    \
                    let mean = get_stats(at);\n    let log_var = get_stats(at + slot.latent);\n    \
                    sum = sum + (mean * mean + exp_of(log_var) - 1.0 - log_var);\n  }\n  \
                    let all = group_sum(l, sum);\n  if (l == 0u) { put_dims(item, all * 0.5 / f32(slot.rows)); }\n}\n";
        let k = Kernel::rows("kl", body, self.latent).ints(&[("latent", self.latent), ("rows", c.rows)]);
        let dims = k.read("stats", c.input(0)).write("dims", c.output(1), false);
        let body = "fn row(item: u32, l: u32) {\n  var sum = 0.0;\n  \
                    for (var i = l; i < slot.latent; i = i + THREADS) {\n    let kl = get_dims(i);\n    \
                    if (kl < slot.free) { sum = sum + slot.free; } else { sum = sum + kl; }\n  }\n  \
                    let all = group_sum(l, sum);\n  if (l == 0u) { put_y(0u, all); }\n}\n";
        let k = Kernel::rows("kl_sum", body, 1).int("latent", self.latent).float("free", self.free);
        vec![dims, k.read("dims", c.output(1)).write("y", c.output(0), false)]
    }

    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        let body = "fn each(i: u32) {\n  let dim = i % slot.latent;\n  \
                    let at = i / slot.latent * 2u * slot.latent + dim;\n  let scale = get_d(0u) / f32(slot.rows);\n  \
                    var both = vec2<f32>();\n  if (!(get_dims(dim) < slot.free)) {\n    \
                    both = scale * vec2<f32>(get_stats(at), 0.5 * (exp_of(get_stats(at + slot.latent)) - 1.0));\n  }\n  \
                    put_d_stats(at, both.x);\n  put_d_stats(at + slot.latent, both.y);\n}\n";
        let k = Kernel::each("kl_backward", body, c.rows * self.latent);
        let k = k.ints(&[("latent", self.latent), ("rows", c.rows)]).float("free", self.free);
        let k = k.read("stats", c.input(0)).read("dims", c.output(1)).read("d", c.d_out());
        vec![k.gradient("d_stats", c.gradient(0))]
    }
}

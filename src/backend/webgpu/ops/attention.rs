//! Attention on the card: scores, softmax and mean in one dispatch; the gradient of queries, then that of keys and values.

use super::super::kernel::{Kernel, scratch};
use super::{Call, Lower};
use crate::engine::graph::Loc;
use crate::engine::ops::attention::Attention;

/// Threads for one query: keys and units are some tens.
const TEAM: usize = 64;

fn kernel(c: &Call, op: &Attention, name: &'static str, run: &str, items: usize) -> Kernel {
    let body = format!("fn row(item: u32, l: u32) {{ {run}(item, l); }}\n");
    let k = Kernel::rows(name, &body, items).threads(TEAM).text(include_str!("attention.wgsl"));
    let k =
        k.ints(&[("len", op.len), ("keys", op.keys), ("heads", op.heads), ("units", op.units), ("width", op.width())]);
    let k = k.int("batch", c.rows).float("scale", (op.width() as f64).sqrt().recip() as f32).flag("CAUSAL", op.causal);
    let k = k.flag("PADDING", op.padding).flag("ADDITIVE", op.additive).flag("CROSS", op.cross);
    let k = k.read("x", c.input(0)).read("m", c.input(op.memory()));
    let k = k.read_or_zero("v", op.additive.then(|| c.input(op.v_input())));
    k.read_or_zero("token", op.padding.then(|| c.input(op.tokens_input())))
}

impl Lower for Attention {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        let k = kernel(c, self, "attention", "forward", c.rows * self.heads * self.len);
        let k = k.write("y", c.output(0), false).write("p", c.output(1), false).with_scratch(0);
        let k = ["d_x", "d_m", "d_v"].into_iter().fold(k, |k, name| k.gradient(name, None));
        vec![k.read_or_zero("d_y", None::<Loc>)]
    }

    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        let scores = c.rows * self.heads * self.len * self.keys;
        let part = |name, run, items, slot: &str| {
            let k = kernel(c, self, name, run, items).read("d_y", c.d_out()).read("p", c.output(1));
            let k = k.read("d_score", scratch(0)).with_scratch(scores);
            let k = ["y", "p"].into_iter().fold(k, |k, name| k.gradient(name, None));
            let of = [("d_x", 0), ("d_m", self.memory()), ("d_v", self.v_input())];
            of.into_iter().fold(k, |k, (name, at)| k.gradient(name, c.gradient(at).filter(|_| name == slot)))
        };
        let mut kernels = vec![part("attention_queries", "backward_query", c.rows * self.heads * self.len, "d_x")];
        if c.gradient(self.memory()).is_some() {
            kernels.push(part("attention_keys", "backward_key", c.rows * self.heads * self.keys, "d_m"));
        }
        if self.additive && c.gradient(self.v_input()).is_some() {
            kernels.push(part("attention_v", "backward_v", self.units, "d_v"));
        }
        kernels
    }
}

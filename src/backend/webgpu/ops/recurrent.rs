//! Recurrence on the card: the sums with x as one product, then one dispatch that goes through time; in the gradient the
//! same backwards, then products for x and the weights.

use super::super::kernel::{Kernel, Place, THREADS, scratch};
use super::super::kernels::gemm::Product;
use super::activation::text;
use super::{Call, Lower};
use crate::engine::graph::Loc;
use crate::engine::ops::recurrent::{Cell, Recurrent};
use crate::spec::Activation;

/// Most units: two numbers of each are in the group's own 16 KiB.
pub const UNITS_MAX: usize = 2048;

impl Recurrent {
    fn act(&self) -> Activation {
        match self.cell {
            Cell::Rnn(act) => act.into(),
            Cell::Lstm | Cell::Gru => Activation::Linear,
        }
    }

    /// Where gates (of a simple cell: the states themselves) and the third output are.
    fn saved(&self, c: &Call) -> [Option<Loc>; 2] {
        match self.cell {
            Cell::Rnn(_) => [Some(c.output(0)), None],
            Cell::Lstm | Cell::Gru => [Some(c.output(1)), Some(c.output(2))],
        }
    }

    fn through_time(&self, c: &Call, name: &'static str, run: &str, steps: usize) -> Kernel {
        let body = format!("fn row(item: u32, l: u32) {{ {run}(item, l); }}\n");
        let k = Kernel::rows(name, &body, c.rows).threads(if self.units <= 64 { 64 } else { THREADS });
        let k = k.text(include_str!("recurrent.wgsl")).text(&text(self.act())).int("steps", steps);
        let k = k.int("tbptt", self.tbptt.unwrap_or(steps + 1)).flag("REVERSE", self.reverse);
        k.constant("UNITS", self.units).constant("GATES", self.cell.gates()).read("w_hh", c.input(2))
    }

    /// `d_w (G·H, k's columns) = d_sumsᵀ · columns`, and the bias's gradient beside it.
    fn d_weight(&self, c: &Call, name: &'static str, sums: usize, at: [usize; 2], taken: usize) -> Vec<Kernel> {
        let (slot_w, slot_b) = (c.gradient(at[0]), c.gradient(at[1]));
        if slot_w.is_none() && slot_b.is_none() {
            return Vec::new();
        }
        let (by_x, steps, width) = (at[0] == 1, c.len(0) / c.rows / self.inputs, self.cell.gates() * self.units);
        let n = if by_x { self.inputs } else { self.units };
        let columns = n + usize::from(slot_b.is_some());
        let (m, k) = (width, c.rows * steps);
        let product = Product { name, batch: 1, m, n: columns, k, a_along_k: false, b_along_k: false, taken };
        product.kernels(c.sums, |kernel| {
            let kernel =
                kernel.read("d_sum", scratch(sums)).with_scratch(taken).gradient("d_w", slot_w).gradient("d_b", slot_b);
            let kernel =
                kernel.ints(&[("columns", n), ("steps", steps)]).flag("REVERSE", self.reverse).flag("BY_X", by_x);
            kernel.read("from", if by_x { c.input(0) } else { c.output(0) }).text(
                "fn load_a(z: u32, m: u32, k: u32) -> f32 { return get_d_sum(k * slot.m + m); }\n\
                 fn load_b(z: u32, k: u32, n: u32) -> f32 {\n  if (n == slot.columns) { return 1.0; }\n  \
                 if (BY_X) { return get_from(k * slot.columns + n); }\n  \
                 let t = k % slot.steps;\n  if (t == select(0u, slot.steps - 1u, REVERSE)) { return 0.0; }\n  \
                 return get_from(select(k - 1u, k + 1u, REVERSE) * slot.columns + n);\n}\n\
                 fn store(z: u32, m: u32, n: u32, v: f32) {\n  \
                 if (n == slot.columns) { put_d_b(m, v); } else { put_d_w(m * slot.columns + n, v); }\n}",
            )
        })
    }
}

impl Lower for Recurrent {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        let (width, places) = (self.cell.gates() * self.units, c.len(0) / self.inputs);
        let [gates, cell] = self.saved(c);
        let gates: Place = gates.unwrap_or(c.output(0)).into();
        let (name, m, n, k) = ("recurrent_x", places, width, self.inputs);
        let product = Product { name, batch: 1, m, n, k, a_along_k: true, b_along_k: true, taken: 0 };
        let mut kernels = product.kernels(c.sums, |kernel| {
            let kernel =
                kernel.read("x", c.input(0)).read("w", c.input(1)).read("b", c.input(3)).write("p", gates, false);
            kernel.text(
                "fn load_a(z: u32, m: u32, k: u32) -> f32 { return get_x(m * slot.k + k); }\n\
                 fn load_b(z: u32, k: u32, n: u32) -> f32 { return get_w(n * slot.k + k); }\n\
                 fn store(z: u32, m: u32, n: u32, v: f32) { put_p(m * slot.n + n, v + get_b(n)); }",
            )
        });
        let k = self.through_time(c, "recurrent", "forward", places / c.rows).read("b_hh", c.input(4));
        let k = k.write("gates", gates, false).write("h", c.output(0), false);
        let k = match cell {
            Some(cell) => k.write("cell", cell, false),
            None => k.gradient("cell", None).read_or_zero("cell", None::<Loc>),
        };
        let k = ["d_y", "d_q"].into_iter().fold(k, |k, name| k.gradient(name, None).read_or_zero(name, None::<Loc>));
        kernels.push(k.gradient("d_p", None));
        kernels
    }

    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        let (width, places) = (self.cell.gates() * self.units, c.len(0) / self.inputs);
        let [gates, cell] = self.saved(c);
        let sums = places * width;
        // Only in a GRU the sums with the state have gradients of their own.
        let (q_at, taken) = if self.cell == Cell::Gru { (sums, 2 * sums) } else { (0, sums) };
        let k = self.through_time(c, "recurrent_backward", "backward", places / c.rows).with_scratch(taken);
        let k = k
            .read_or_zero("gates", gates)
            .read_or_zero("cell", cell)
            .read("h", c.output(0))
            .read_or_zero("b_hh", None::<Loc>);
        let k = ["gates", "cell", "h"].into_iter().fold(k, |k, name| k.gradient(name, None));
        let k = k.write("d_y", c.d_out(), false).write("d_p", scratch(0), false);
        let mut kernels = vec![k.write("d_q", scratch(q_at), false)];
        if c.gradient(0).is_some() {
            let (name, m, n, k) = ("recurrent_d_x", places, self.inputs, width);
            let product = Product { name, batch: 1, m, n, k, a_along_k: true, b_along_k: false, taken };
            kernels.extend(product.kernels(c.sums, |kernel| {
                let kernel = kernel.read("d_p", scratch(0)).with_scratch(taken).read("w", c.input(1));
                kernel.gradient("d_x", c.gradient(0)).text(
                    "fn load_a(z: u32, m: u32, k: u32) -> f32 { return get_d_p(m * slot.k + k); }\n\
                     fn load_b(z: u32, k: u32, n: u32) -> f32 { return get_w(k * slot.n + n); }\n\
                     fn store(z: u32, m: u32, n: u32, v: f32) { put_d_x(m * slot.n + n, v); }",
                )
            }));
        }
        kernels.extend(self.d_weight(c, "recurrent_d_w_ih", 0, [1, 3], taken));
        kernels.extend(self.d_weight(c, "recurrent_d_w_hh", q_at, [2, 4], taken));
        kernels
    }
}

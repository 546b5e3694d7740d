//! Weighted sum on the card: one thread.

use super::super::kernel::Kernel;
use super::{Call, Lower};
use crate::engine::ops::weighted_sum::WeightedSum;

fn weighted(k: Kernel, op: &WeightedSum) -> Kernel {
    op.weights.iter().enumerate().fold(k, |k, (i, w)| k.float(&format!("w{i}"), *w))
}

impl Lower for WeightedSum {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        let n = self.weights.len();
        let sum: Vec<String> = (0..n).map(|k| format!("slot.w{k} * get_x{k}(0u)")).collect();
        let body = format!("fn each(i: u32) {{ put_y(0u, {}); }}\n", sum.join(" + "));
        let k = weighted(Kernel::each("weighted_sum", &body, 1), self).write("y", c.output(0), false);
        vec![(0..n).fold(k, |k, at| k.read(&format!("x{at}"), c.input(at)))]
    }

    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        let n = self.weights.len();
        let puts: String = (0..n).map(|k| format!("put_d_x{k}(0u, d * slot.w{k}); ")).collect();
        let body = format!("fn each(i: u32) {{ let d = get_d_y(0u); {puts}}}\n");
        let k = weighted(Kernel::each("weighted_sum_backward", &body, 1), self).read("d_y", c.d_out());
        vec![(0..n).fold(k, |k, at| k.gradient(&format!("d_x{at}"), c.gradient(at)))]
    }
}

//! Embedding on the card: rows are copied; the gradient of a row sums its places in their order.

use super::super::kernel::{Kernel, THREADS};
use super::{Call, Lower};
use crate::engine::ops::embedding::Embedding;

const ROW_OF: &str = include_str!("embedding.wgsl");

impl Lower for Embedding {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        let body = "fn each(i: u32) {\n  let row = row_of(get_x(i / slot.units));\n  \
                    if (row < slot.vocab) { put_y(i, get_w(row * slot.units + i % slot.units)); }\n  \
                    else { put_y(i, bitcast<f32>(slot.nan)); }\n}\n";
        let k = Kernel::each("embedding", body, c.len(0) * self.units).text(ROW_OF);
        let k = k.ints(&[("units", self.units), ("vocab", self.vocab), ("nan", f32::NAN.to_bits() as usize)]);
        vec![k.read("x", c.input(0)).read("w", c.input(1)).write("y", c.output(0), false)]
    }

    /// A group for a row of the table and 256 of its columns.
    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        let body = "fn row(item: u32, l: u32) {\n  let mine = item / slot.blocks;\n  \
                    let column = item % slot.blocks * THREADS + l;\n  if (column >= slot.units) { return; }\n  \
                    var sum = 0.0;\n  for (var m = 0u; m < slot.places; m = m + 1u) {\n    \
                    if (row_of(get_x(m)) == mine) { sum = sum + get_d_y(m * slot.units + column); }\n  }\n  \
                    put_d_w(mine * slot.units + column, sum);\n}\n";
        let blocks = self.units.div_ceil(THREADS);
        let k = Kernel::rows("embedding_backward", body, self.vocab * blocks).text(ROW_OF);
        let k = k.ints(&[("units", self.units), ("vocab", self.vocab), ("blocks", blocks), ("places", c.len(0))]);
        vec![k.read("x", c.input(0)).read("d_y", c.d_out()).gradient("d_w", c.gradient(1))]
    }
}

//! Position on the card.

use super::super::kernel::Kernel;
use super::{Call, Lower};
use crate::engine::ops::position::Position;

impl Lower for Position {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        let body = "fn each(i: u32) { put_y(i, get_x(i) + get_p(i % slot.sample)); }\n";
        let k = Kernel::each("position", body, c.len(0)).int("sample", c.input(0).size).read("x", c.input(0));
        let k = if c.i.ins.len() > 1 { k.read("p", c.input(1)) } else { k.read("p", c.tables.place(&self.table)) };
        vec![k.write("y", c.output(0), false)]
    }

    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        let mut kernels = Vec::new();
        if let Some(slot) = c.gradient(0) {
            let k = Kernel::each("position_backward", "fn each(i: u32) { put_d_x(i, get_d_y(i)); }\n", c.len(0));
            kernels.push(k.read("d_y", c.d_out()).gradient("d_x", Some(slot)));
        }
        if let Some(slot) = c.gradient(1) {
            let body = "fn each(i: u32) {\n  var sum = 0.0;\n  for (var b = 0u; b < slot.batch; b = b + 1u) {\n    \
                        sum = sum + get_d_y(b * slot.count + i);\n  }\n  put_d_p(i, sum);\n}\n";
            let k = Kernel::each("position_table", body, c.input(1).size).int("batch", c.rows);
            kernels.push(k.read("d_y", c.d_out()).gradient("d_p", Some(slot)));
        }
        kernels
    }
}

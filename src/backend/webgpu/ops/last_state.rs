//! The last state on the card.

use super::super::kernel::Kernel;
use super::{Call, Lower};
use crate::engine::ops::last_state::LastState;

fn sizes(k: Kernel, op: &LastState) -> Kernel {
    k.int("steps", op.steps).int("units", op.units)
}

impl Lower for LastState {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        let one = |k: usize| {
            let body = "fn each(i: u32) {\n  let row = i / slot.units;\n  let source = row * slot.steps + slot.place;\n  \
                        put_y((row * slot.inputs + slot.part) * slot.units + i % slot.units, get_x(source * slot.units + i % slot.units));\n}\n";
            let kernel = sizes(Kernel::each("last_state", body, c.rows * self.units), self);
            let place = if k == 0 { self.steps - 1 } else { 0 };
            let kernel = kernel.ints(&[("place", place), ("part", k), ("inputs", c.i.ins.len())]);
            kernel.read("x", c.input(k)).write("y", c.output(0), false)
        };
        (0..c.i.ins.len()).map(one).collect()
    }

    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        let one = |k: usize| {
            let slot = c.gradient(k)?;
            let body = "fn each(i: u32) {\n  let row = i / slot.units / slot.steps;\n  var d = 0.0;\n  \
                        if (i / slot.units % slot.steps == slot.place) {\n    \
                        d = get_d_y((row * slot.inputs + slot.part) * slot.units + i % slot.units);\n  }\n  \
                        put_d_x(i, d);\n}\n";
            let kernel = sizes(Kernel::each("last_state_backward", body, c.len(k)), self);
            let place = if k == 0 { self.steps - 1 } else { 0 };
            let kernel = kernel.ints(&[("place", place), ("part", k), ("inputs", c.i.ins.len())]);
            Some(kernel.read("d_y", c.d_out()).gradient("d_x", Some(slot)))
        };
        (0..c.i.ins.len()).filter_map(one).collect()
    }
}

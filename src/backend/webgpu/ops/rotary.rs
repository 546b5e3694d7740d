//! Rotary on the card; cosines and sines are the processor's.

use super::super::kernel::Kernel;
use super::{Call, Lower};
use crate::engine::ops::rotary::Rotary;

fn turn(c: &mut Call, op: &Rotary, backward: bool) -> Kernel {
    let table = c.tables.place(op.table.as_flattened());
    let half = op.pairs();
    let len = op.table.len() / half.max(1);
    let k = Kernel::each("rotary", include_str!("rotary.wgsl"), c.len(0)).flag("BACKWARD", backward);
    k.ints(&[("units", op.units), ("half", half), ("len", len)]).read("table", table)
}

impl Lower for Rotary {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        let k = turn(c, self, false);
        vec![k.read("x", c.input(0)).write("y", c.output(0), false)]
    }

    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        let k = turn(c, self, true).read("x", c.d_out());
        vec![k.gradient("y", c.gradient(0))]
    }
}

//! A place on the line between two rows on the card: every thread draws for its row.

use super::super::kernel::Kernel;
use super::{Call, Lower};
use crate::engine::ops::between::Between;

impl Lower for Between {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        let body = "fn each(i: u32) {\n  let row = i / slot.width;\n  var share = 0.5;\n  \
                    if (DRAWS) { share = uniform_draw(slot.value, row); }\n  \
                    if (i % slot.width == 0u) { put_share(row, share); }\n  \
                    put_y(i, share * get_a(i) + (1.0 - share) * get_b(i));\n}\n";
        let k = Kernel::each("between", body, c.len(0)).flag("DRAWS", self.draws).call();
        let k = k.int("value", c.i.value as usize).int("width", c.input(0).size);
        let k = k.read("a", c.input(0)).read("b", c.input(1));
        vec![k.write("y", c.output(0), false).write("share", c.output(1), false)]
    }

    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        let one = |(which, part): (usize, &str)| {
            let slot = c.gradient(which)?;
            let body = format!(
                "fn each(i: u32) {{\n  let share = get_share(i / slot.width);\n  put_d(i, get_d_y(i) * {part});\n}}\n"
            );
            let k = Kernel::each("between_backward", &body, c.len(which)).int("width", c.input(0).size);
            Some(k.read("share", c.output(1)).read("d_y", c.d_out()).gradient("d", Some(slot)))
        };
        ["share", "(1.0 - share)"].into_iter().enumerate().filter_map(one).collect()
    }
}

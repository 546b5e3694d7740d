//! Add on the card: one dispatch for all inputs.

use super::super::kernel::Kernel;
use super::{Call, Lower};
use crate::engine::ops::add::Add;

impl Lower for Add {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        let n = c.i.ins.len();
        let sum: Vec<String> = (0..n).map(|k| format!("get_x{k}(i)")).collect();
        let body = format!("fn each(i: u32) {{ put_y(i, {}); }}\n", sum.join(" + "));
        let k = Kernel::each("add", &body, c.len(0)).write("y", c.output(0), false);
        vec![(0..n).fold(k, |k, at| k.read(&format!("x{at}"), c.input(at)))]
    }

    /// Inputs that are one value get both shares from the same thread, one after the other.
    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        let n = c.i.ins.len();
        let puts: String = (0..n).map(|k| format!("put_d_x{k}(i, d); ")).collect();
        let body = format!("fn each(i: u32) {{ let d = get_d_y(i); {puts}}}\n");
        let k = Kernel::each("add_backward", &body, c.len(0)).read("d_y", c.d_out());
        vec![(0..n).fold(k, |k, at| k.gradient(&format!("d_x{at}"), c.gradient(at)))]
    }
}

//! Concat on the card: one dispatch, in which each number looks for the input that it comes from.

use super::super::kernel::Kernel;
use super::{Call, Lower};
use crate::engine::ops::concat::Concat;

/// `one(k)` where number `i` of the output is number `at` of input `k`.
fn body(inputs: usize, one: impl Fn(usize) -> String) -> String {
    let mut text = "fn each(i: u32) {\n  let m = i / slot.width;\n  var j = i % slot.width;\n".to_string();
    for k in 0..inputs {
        text += &format!(
            "  if (j < slot.w{k}) {{ let at = m * slot.w{k} + j; {} return; }}\n  j = j - slot.w{k};\n",
            one(k)
        );
    }
    text + "}\n"
}

fn widths(k: Kernel, op: &Concat) -> Kernel {
    let k = k.int("width", op.width());
    op.widths.iter().enumerate().fold(k, |k, (at, w)| k.int(&format!("w{at}"), *w))
}

impl Lower for Concat {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        let n = self.widths.len();
        let body = body(n, |k| format!("put_y(i, get_x{k}(at));"));
        let k = widths(Kernel::each("concat", &body, c.output(0).len(c.rows)), self).write("y", c.output(0), false);
        vec![(0..n).fold(k, |k, at| k.read(&format!("x{at}"), c.input(at)))]
    }

    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        let n = self.widths.len();
        let body = body(n, |k| format!("put_d_x{k}(at, get_d_y(i));"));
        let one = |only: Option<usize>| {
            let count = c.output(0).len(c.rows);
            let k = widths(Kernel::each("concat_backward", &body, count), self).read("d_y", c.d_out());
            let asked = |at: usize| c.gradient(at).filter(|_| only.is_none_or(|o| o == at));
            (0..n).fold(k, |k, at| k.gradient(&format!("d_x{at}"), asked(at)))
        };
        if c.shares() { (0..n).map(|k| one(Some(k))).collect() } else { vec![one(None)] }
    }
}

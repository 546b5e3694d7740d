//! The losses of games on the card: one group sums the scores.

use super::super::kernel::{Arena, Kernel};
use super::{Call, Lower};
use crate::engine::ops::adversarial_loss::AdversarialLoss;
use crate::spec::tasks::GanLoss;

impl Lower for AdversarialLoss {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        let cost = match self.loss {
            GanLoss::Bce => "softplus_of(slot.sign * s)",
            GanLoss::LeastSquares => "(s - slot.label) * (s - slot.label)",
            GanLoss::Wasserstein | GanLoss::WassersteinGp => "slot.sign * s",
        };
        let body = format!(
            "fn row(item: u32, l: u32) {{\n  var sum = 0.0;\n  \
             for (var i = l; i < slot.numbers; i = i + THREADS) {{\n    let s = get_s(i);\n    sum = sum + {cost};\n  }}\n  \
             let loss = group_sum(l, sum) / f32(slot.numbers);\n  \
             if (l == 0u) {{\n    put_loss(0u, loss);\n    if (!is_finite(loss)) {{ ctl[0] = 0.0; }}\n  }}\n}}\n"
        );
        let k = Kernel::rows("adversarial_loss", &body, 1).int("numbers", c.len(0)).uses(Arena::Ctl);
        vec![signed(k, self).read("s", c.input(0)).write("loss", c.output(0), false)]
    }

    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        let slope = match self.loss {
            GanLoss::Bce => "sigmoid_of(s) - slot.label",
            GanLoss::LeastSquares => "(s - slot.label) * 2.0",
            GanLoss::Wasserstein | GanLoss::WassersteinGp => "slot.sign",
        };
        let body = format!(
            "fn each(i: u32) {{\n  let s = get_s(i);\n  put_d_s(i, get_d(0u) / f32(slot.count) * ({slope}));\n}}\n"
        );
        let k = signed(Kernel::each("adversarial_loss_backward", &body, c.len(0)), self);
        vec![k.read("s", c.input(0)).read("d", c.d_out()).gradient("d_s", c.gradient(0))]
    }
}

fn signed(k: Kernel, op: &AdversarialLoss) -> Kernel {
    let (sign, label) = if op.real { (-1.0, 1.0) } else { (1.0, 0.0) };
    k.float("sign", sign).float("label", label)
}

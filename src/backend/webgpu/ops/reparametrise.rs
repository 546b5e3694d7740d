//! Reparametrisation on the card: every thread draws for its own number.

use super::super::kernel::Kernel;
use super::{Call, Lower};
use crate::engine::ops::reparametrise::Reparametrise;

impl Lower for Reparametrise {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        let body = "fn each(i: u32) {\n  var eps = 0.0;\n  if (DRAWS) { eps = normal_draw(slot.value, i); }\n  \
                    let at = i / slot.latent * 2u * slot.latent + i % slot.latent;\n  put_noise(i, eps);\n  \
                    put_z(i, get_stats(at) + exp_of(0.5 * get_stats(at + slot.latent)) * eps);\n}\n";
        let k = Kernel::each("reparametrise", body, c.rows * self.latent).flag("DRAWS", self.draws).call();
        let k = k.int("value", c.i.value as usize).int("latent", self.latent).read("stats", c.input(0));
        vec![k.write("z", c.output(0), false).write("noise", c.output(1), false)]
    }

    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        let body = "fn each(i: u32) {\n  let at = i / slot.latent * 2u * slot.latent + i % slot.latent;\n  \
                    let d_z = get_d(i);\n  put_d_stats(at, d_z);\n  let deviation = exp_of(0.5 * get_stats(at + slot.latent));\n  \
                    put_d_stats(at + slot.latent, d_z * deviation * get_noise(i) * 0.5);\n}\n";
        let k = Kernel::each("reparametrise_backward", body, c.rows * self.latent).int("latent", self.latent);
        let k = k.read("stats", c.input(0)).read("noise", c.output(1)).read("d", c.d_out());
        vec![k.gradient("d_stats", c.gradient(0))]
    }
}

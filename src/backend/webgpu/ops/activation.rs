//! Activation on the card; in the products its functions are called where a sum is complete.

use super::super::kernel::Kernel;
use super::{Call, Lower};
use crate::engine::ops::activation::Act;
use crate::spec::Activation;

/// `act(x)` and `slope(x, y)` of an activation: the functions of `activation.wgsl` under the names that kernels call.
pub fn text(act: Activation) -> String {
    match act {
        Activation::Linear => {
            "fn act(x: f32) -> f32 { return x; }\nfn slope(x: f32, y: f32) -> f32 { return 1.0; }\n".to_string()
        }
        _ => {
            let name = act.name();
            format!(
                "fn act(x: f32) -> f32 {{ return act_{name}(x); }}\n\
                 fn slope(x: f32, y: f32) -> f32 {{ return slope_{name}(x, y); }}\n"
            )
        }
    }
}

/// Adds to a kernel the gradient `d_z(i)` of the sum before the activation, from that of the output.
pub(super) fn d_z(k: Kernel, c: &Call, act: Activation) -> Kernel {
    let k = k.read("d_y", c.d_out());
    if act == Activation::Linear {
        return k.text("fn d_z(i: u32) -> f32 { return get_d_y(i); }");
    }
    let z = c.output(usize::from(act.saves_input()));
    k.read("y", c.output(0))
        .read("z", z)
        .text(&text(act))
        .text("fn d_z(i: u32) -> f32 { return get_d_y(i) * slope(get_z(i), get_y(i)); }")
}

/// Adds to a kernel `finish(i, channel, v)`: bias and activation onto a sum, and both written.
pub(super) fn finish(k: Kernel, c: &Call, act: Activation, bias: bool) -> Kernel {
    let k = k.read_or_zero("b", bias.then(|| c.input(2))).write("y", c.output(0), false).text(&text(act));
    if act.saves_input() {
        k.write("z", c.output(1), false).text(
            "fn finish(i: u32, channel: u32, v: f32) { let z = v + get_b(channel); put_z(i, z); put_y(i, act(z)); }",
        )
    } else {
        k.text("fn finish(i: u32, channel: u32, v: f32) { put_y(i, act(v + get_b(channel))); }")
    }
}

impl Lower for Act {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        let body = "fn each(i: u32) { put_y(i, act(get_x(i))); }\n";
        let k = Kernel::each("activation", body, c.len(0)).read("x", c.input(0)).write("y", c.output(0), false);
        vec![k.text(&text(self.act))]
    }

    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        let body = "fn each(i: u32) { put_d_x(i, get_d_y(i) * slope(get_x(i), get_y(i))); }\n";
        let k = Kernel::each("activation_backward", body, c.len(0)).read("x", c.input(0)).read("y", c.output(0));
        vec![k.read("d_y", c.d_out()).gradient("d_x", c.gradient(0)).text(&text(self.act))]
    }
}

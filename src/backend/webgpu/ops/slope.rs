//! An activation's derivative as a value of its own, on the card.

use super::super::kernel::Kernel;
use super::activation::text;
use super::{Call, Lower};
use crate::engine::ops::slope::Slope;
use crate::spec::Activation;

/// `bend(s)`: the second derivative, a function of `slope.wgsl`; 0 where the function is made of straight pieces.
fn bend(act: Activation) -> String {
    let name = match act {
        Activation::Linear
        | Activation::Relu
        | Activation::LeakyRelu
        | Activation::HardSigmoid
        | Activation::HardTanh
        | Activation::Relu6 => return "fn bend(s: f32) -> f32 { return 0.0; }\n".to_string(),
        // Both are e^x times a factor below 0, so their slope is the output and a constant.
        Activation::Elu | Activation::Selu => "elu",
        Activation::Gelu
        | Activation::GeluTanh
        | Activation::Silu
        | Activation::Mish
        | Activation::Sigmoid
        | Activation::Tanh
        | Activation::Softplus
        | Activation::HardSwish
        | Activation::Sin => act.name(),
    };
    format!("fn bend(s: f32) -> f32 {{ return bend_{name}(s); }}\n")
}

impl Lower for Slope {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        let v = c.i.ins.get(1).copied();
        let body = if v.is_some() { "get_v(i) * slope(get_s(i), get_s(i))" } else { "slope(get_s(i), get_s(i))" };
        let k = Kernel::each("slope", &format!("fn each(i: u32) {{ put_y(i, {body}); }}\n"), c.len(0));
        let k = k.read("s", c.input(0)).read_or_zero("v", v);
        vec![k.write("y", c.output(0), false).text(&text(self.act))]
    }

    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        let v = c.i.ins.get(1).copied();
        let mut kernels = Vec::new();
        if let Some(slot) = c.gradient(0) {
            let times = if v.is_some() { " * get_v(i)" } else { "" };
            let body = format!("fn each(i: u32) {{ put_d_s(i, get_d_y(i) * bend(get_s(i)){times}); }}\n");
            let k = Kernel::each("slope_backward", &body, c.len(0)).read("s", c.input(0)).read_or_zero("v", v);
            kernels.push(k.read("d_y", c.d_out()).gradient("d_s", Some(slot)).text(&bend(self.act)));
        }
        if let Some(slot) = c.gradient(1) {
            let body = "fn each(i: u32) { put_d_v(i, get_d_y(i) * slope(get_s(i), get_s(i))); }\n";
            let k = Kernel::each("slope_factor", body, c.len(1)).read("s", c.input(0)).read("d_y", c.d_out());
            kernels.push(k.gradient("d_v", Some(slot)).text(&text(self.act)));
        }
        kernels
    }
}

//! Linear on the card: three products, with bias and activation in the epilogue and the activation's gradient in the
//! loader; the bias's gradient is a column of ones beside x.

use super::super::kernel::Kernel;
use super::super::kernels::gemm::Product;
use super::activation::{d_z, finish};
use super::{Call, Lower};
use crate::engine::ops::linear::Linear;

impl Lower for Linear {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        let (m, n, k) = (c.len(0) / self.inputs, self.outputs, self.inputs);
        let product = Product { name: "linear", batch: 1, m, n, k, a_along_k: true, b_along_k: true, taken: 0 };
        product.kernels(c.sums, |kernel| {
            let kernel = kernel.read("x", c.input(0)).read("w", c.input(1)).text(
                "fn load_a(z: u32, m: u32, k: u32) -> f32 { return get_x(m * slot.k + k); }\n\
                 fn load_b(z: u32, k: u32, n: u32) -> f32 { return get_w(n * slot.k + k); }\n\
                 fn store(z: u32, m: u32, n: u32, v: f32) { finish(m * slot.n + n, n, v); }",
            );
            finish(kernel, c, self.act, self.bias)
        })
    }

    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        let (rows, i, o) = (c.len(0) / self.inputs, self.inputs, self.outputs);
        let mut kernels = Vec::new();
        if c.gradient(0).is_some() {
            let name = "linear_d_x";
            let product = Product { name, batch: 1, m: rows, n: i, k: o, a_along_k: true, b_along_k: false, taken: 0 };
            kernels.extend(product.kernels(c.sums, |kernel| {
                let kernel = kernel.read("w", c.input(1)).gradient("d_x", c.gradient(0)).text(
                    "fn load_a(z: u32, m: u32, k: u32) -> f32 { return d_z(m * slot.k + k); }\n\
                     fn load_b(z: u32, k: u32, n: u32) -> f32 { return get_w(k * slot.n + n); }\n\
                     fn store(z: u32, m: u32, n: u32, v: f32) { put_d_x(m * slot.n + n, v); }",
                );
                d_z(kernel, c, self.act)
            }));
        }
        if c.gradient(1).is_some() || c.gradient(2).is_some() {
            // Where only the bias learns, the product is the column of ones alone.
            let n = if c.gradient(1).is_some() { i } else { 0 };
            let columns = n + usize::from(c.gradient(2).is_some());
            let name = "linear_d_w";
            let product =
                Product { name, batch: 1, m: o, n: columns, k: rows, a_along_k: false, b_along_k: false, taken: 0 };
            kernels.extend(product.kernels(c.sums, |kernel| {
                let kernel = kernel.read("x", c.input(0)).gradient("d_w", c.gradient(1)).gradient("d_b", c.gradient(2));
                let kernel = kernel.ints(&[("inputs", i), ("outputs", o), ("ones", n)]).text(
                    "fn load_a(z: u32, m: u32, k: u32) -> f32 { return d_z(k * slot.outputs + m); }\n\
                     fn load_b(z: u32, k: u32, n: u32) -> f32 {\n  if (n == slot.ones) { return 1.0; }\n  \
                     return get_x(k * slot.inputs + n);\n}\n\
                     fn store(z: u32, m: u32, n: u32, v: f32) {\n  \
                     if (n == slot.ones) { put_d_b(m, v); } else { put_d_w(m * slot.inputs + n, v); }\n}",
                );
                d_z(kernel, c, self.act)
            }));
        }
        kernels
    }
}

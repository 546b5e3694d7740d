//! The matrix product with bias and activation; ReLU rides on the product.
//!
//! Formulas are those of [`crate::engine::ops::linear`].

use super::{Call, Kernel, reserved};
use crate::backend::simd::kernels::gemm::{Epilogue, Mat, gemm};
use crate::backend::simd::kernels::{activation, reduce};
use crate::engine::ops::linear::Linear;
use crate::spec::Activation;

impl Kernel for Linear {
    fn forward(&self, c: &mut Call) {
        let (n_in, n_out) = (self.inputs, self.outputs);
        let (x, w, y) = (c.input(0), c.input(1), c.output(0));
        let m = x.len() / n_in;
        let bias = self.bias.then(|| c.input(2));
        let epilogue = match (self.act, bias) {
            (Activation::Relu, b) => Epilogue::Relu(b),
            (_, Some(b)) => Epilogue::Bias(b),
            (_, None) => Epilogue::None,
        };
        let (a, b) = (Mat::rows(x, n_in), Mat::transposed(w, n_in));
        if self.act.saves_input() {
            let z = c.output(1);
            gemm(m, n_out, n_in, a, b, z, n_out, false, epilogue, &mut c.room.gemm);
            activation::forward(self.act, z, y);
        } else {
            gemm(m, n_out, n_in, a, b, y, n_out, false, epilogue, &mut c.room.gemm);
            if self.act != Activation::Relu {
                activation::forward_in_place(self.act, y);
            }
        }
    }

    fn backward(&self, c: &mut Call) {
        let (n_in, n_out) = (self.inputs, self.outputs);
        let (x, w, d_y) = (c.input(0), c.input(1), c.d_out());
        let (d_x, d_w, d_b) = (c.gradient(0), c.gradient(1), c.gradient(2));
        let saved = c.saved(usize::from(self.act.saves_input()));
        let m = x.len() / n_in;
        let room = &mut *c.room;
        let d_z = if self.act == Activation::Linear {
            d_y
        } else {
            let d_z = reserved(&mut room.d_z, d_y.len());
            activation::backward(self.act, saved, d_y, d_z, false);
            d_z
        };
        if let Some((d_w, add)) = d_w {
            let (a, b) = (Mat::transposed(d_z, n_out), Mat::rows(x, n_in));
            gemm(n_out, n_in, m, a, b, d_w, n_in, add, Epilogue::None, &mut room.gemm);
        }
        if let Some((d_b, add)) = d_b {
            reduce::column_sums(d_z, d_b, add);
        }
        if let Some((d_x, add)) = d_x {
            let (a, b) = (Mat::rows(d_z, n_out), Mat::rows(w, n_in));
            gemm(m, n_in, n_out, a, b, d_x, n_in, add, Epilogue::None, &mut room.gemm);
        }
    }
}

//! An activation's derivative as a value of its own.
//!
//! Formulas are those of [`crate::engine::ops::slope`]. Not responsible for the functions (`kernels::activation`).

use super::{Call, Kernel};
use crate::backend::simd::kernels::activation;
use crate::engine::ops::slope::{Slope, curvature};

impl Kernel for Slope {
    fn forward(&self, c: &mut Call) {
        let y = c.output(0);
        match c.i.ins.len() {
            1 => {
                y.fill(1.0);
                activation::backward_in_place(self.act, c.input(0), y);
            }
            _ => activation::backward(self.act, c.input(0), c.input(1), y, false),
        }
    }

    fn backward(&self, c: &mut Call) {
        let (s, d_y) = (c.input(0), c.d_out());
        let v = (c.i.ins.len() > 1).then(|| c.input(1));
        if let Some((d_s, add)) = c.gradient(0) {
            for (k, d) in d_s.iter_mut().enumerate() {
                let old = if add { *d } else { 0.0 };
                *d = d_y[k] * curvature(self.act, s[k]) * v.map_or(1.0, |v| v[k]) + old;
            }
        }
        if let Some((d_v, add)) = c.gradient(1) {
            activation::backward(self.act, s, d_y, d_v, add);
        }
    }
}

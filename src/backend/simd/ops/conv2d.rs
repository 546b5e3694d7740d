//! Convolution: which kernels run for which image of the batch, and where they read and write.
//!
//! One image after another, so that what one kernel leaves is still in the cache for the next. Formulas are those of
//! [`crate::engine::ops::conv2d`].

use super::{Call, Kernel};
use crate::backend::simd::kernels::conv::Shape;
use crate::backend::simd::kernels::images::before;
use crate::backend::simd::kernels::{activation, reduce};
use crate::engine::ops::conv2d::Conv2d;
use crate::spec::Activation;

impl Kernel for Conv2d {
    fn forward(&self, c: &mut Call) {
        let s = shape(self);
        let (x, w, y) = (c.input(0), c.input(1), c.output(0));
        let bias = self.bias.then(|| c.input(2));
        let mut sums = self.act.saves_input().then(|| c.output(1).chunks_exact_mut(s.output()));
        let r = &mut c.room.images;
        r.scratch.for_gather(&s, w);
        for (x, y) in x.chunks_exact(s.image()).zip(y.chunks_exact_mut(s.output())) {
            match sums.as_mut().and_then(Iterator::next) {
                Some(z) => {
                    r.scratch.gather(&s, x, bias, false, z);
                    activation::forward(self.act, z, y);
                }
                None => {
                    let relu = self.act == Activation::Relu;
                    r.scratch.gather(&s, x, bias, relu, y);
                    if !relu {
                        activation::forward_in_place(self.act, y);
                    }
                }
            }
        }
    }

    fn backward(&self, c: &mut Call) {
        let s = shape(self);
        let (x, w) = (c.input(0), c.input(1));
        let saved = c.saved(usize::from(self.act.saves_input()));
        let (d_x, d_w, mut d_b, d_y) = (c.gradient(0), c.gradient(1), c.gradient(2), c.d_out());
        let r = &mut c.room.images;
        if d_w.is_some() {
            r.scratch.for_correlate(&s);
        }
        let mut d_x = d_x.map(|(d_x, add)| {
            r.scratch.for_scatter(&s, w);
            (d_x.chunks_exact_mut(s.image()), add)
        });
        for (b, x) in x.chunks_exact(s.image()).enumerate() {
            let image = b * s.output()..(b + 1) * s.output();
            let d_z = before(self.act, &saved[image.clone()], &d_y[image], &mut r.d_z);
            if let Some((d_b, add)) = &mut d_b {
                reduce::column_sums(d_z, d_b, *add || b > 0);
            }
            if d_w.is_some() {
                r.scratch.correlate(&s, x, d_z);
            }
            if let Some((images, add)) = &mut d_x
                && let Some(d_x) = images.next()
            {
                r.scratch.scatter(&s, d_z, d_x, *add);
            }
        }
        if let Some((d_w, add)) = d_w {
            r.scratch.correlated(&s, d_w, add);
        }
    }
}

fn shape(op: &Conv2d) -> Shape {
    Shape { window: op.window, inputs: op.inputs, outputs: op.outputs, groups: op.groups }
}

//! Transposed convolution: what a convolution does to its input's gradient, and back.
//!
//! One image after another. Formulas are those of [`crate::engine::ops::conv_transpose2d`].

use super::{Call, Kernel};
use crate::backend::simd::kernels::conv::Shape;
use crate::backend::simd::kernels::images::before;
use crate::backend::simd::kernels::{activation, elementwise, reduce};
use crate::engine::ops::conv_transpose2d::ConvTranspose2d;

impl Kernel for ConvTranspose2d {
    fn forward(&self, c: &mut Call) {
        let s = turned(self);
        let (x, w, y) = (c.input(0), c.input(1), c.output(0));
        let bias = self.bias.then(|| c.input(2));
        let mut sums = self.act.saves_input().then(|| c.output(1).chunks_exact_mut(s.image()));
        let r = &mut c.room.images;
        r.scratch.for_scatter(&s, w);
        for (x, y) in x.chunks_exact(s.output()).zip(y.chunks_exact_mut(s.image())) {
            r.scratch.scatter(&s, x, y, false);
            if let Some(bias) = bias {
                elementwise::add_row(y, bias);
            }
            if let Some(z) = sums.as_mut().and_then(Iterator::next) {
                z.copy_from_slice(y);
            }
            activation::forward_in_place(self.act, y);
        }
    }

    fn backward(&self, c: &mut Call) {
        let s = turned(self);
        let (x, w) = (c.input(0), c.input(1));
        let saved = c.saved(usize::from(self.act.saves_input()));
        let (d_w, mut d_b, d_y) = (c.gradient(1), c.gradient(2), c.d_out());
        let mut d_x = c.gradient(0).map(|(d_x, add)| (d_x.chunks_exact_mut(s.output()), add));
        let r = &mut c.room.images;
        if d_w.is_some() {
            r.scratch.for_correlate(&s);
        }
        if d_x.is_some() {
            r.scratch.for_gather(&s, w);
        }
        for (b, x) in x.chunks_exact(s.output()).enumerate() {
            let image = b * s.image()..(b + 1) * s.image();
            let d_z = before(self.act, &saved[image.clone()], &d_y[image], &mut r.d_z);
            if let Some((d_b, add)) = &mut d_b {
                reduce::column_sums(d_z, d_b, *add || b > 0);
            }
            if d_w.is_some() {
                r.scratch.correlate(&s, d_z, x);
            }
            if let Some((images, add)) = &mut d_x
                && let Some(d_x) = images.next()
            {
                if *add {
                    r.spare.resize(d_x.len(), 0.0);
                    r.scratch.gather(&s, d_z, None, false, &mut r.spare);
                    elementwise::add_assign(d_x, &r.spare);
                } else {
                    r.scratch.gather(&s, d_z, None, false, d_x);
                }
            }
        }
        if let Some((d_w, add)) = d_w {
            r.scratch.correlated(&s, d_w, add);
        }
    }
}

/// The convolution that a transposed one turns round: from its output to its input.
fn turned(op: &ConvTranspose2d) -> Shape {
    Shape { window: op.window, inputs: op.outputs, outputs: op.inputs, groups: op.groups }
}

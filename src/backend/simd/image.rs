//! The ops over images: which kernels run for which image of the batch, and where they read and write.
//!
//! One image after another, so that what one kernel leaves is still in the cache for the next. Not responsible for the
//! kernels (`conv`, `pool`).

use super::conv::{Scratch, Shape};
use super::view::View;
use super::{activation, elementwise, pool, reduce};
use crate::engine::graph::Instr;
use crate::engine::ops::{conv_transpose2d::ConvTranspose2d, conv2d::Conv2d, pool2d::Pool2d};
use crate::spec::Activation;

/// Runs them; its scratch memory grows in the first step.
#[derive(Clone, Debug, Default)]
pub(super) struct Images {
    scratch: Scratch,
    /// Gradient of a fused activation's input, one image of it.
    d_z: Vec<f32>,
    /// One image of a gradient that is added to another.
    spare: Vec<f32>,
}

impl Images {
    /// Forward half of a convolution.
    pub fn conv2d(&mut self, op: &Conv2d, i: &Instr, v: &View, rows: usize) {
        let s = shape(op);
        let (x, w, y) = (v.read(i.ins[0], rows), v.read(i.ins[1], rows), v.write(i.outs[0], rows));
        let bias = op.bias.then(|| v.read(i.ins[2], rows));
        let mut sums = op.act.saves_input().then(|| v.write(i.outs[1], rows).chunks_exact_mut(s.output()));
        self.scratch.for_gather(&s, w);
        for (x, y) in x.chunks_exact(s.image()).zip(y.chunks_exact_mut(s.output())) {
            match sums.as_mut().and_then(Iterator::next) {
                Some(z) => {
                    self.scratch.gather(&s, x, bias, false, z);
                    activation::forward(op.act, z, y);
                }
                None => {
                    let relu = op.act == Activation::Relu;
                    self.scratch.gather(&s, x, bias, relu, y);
                    if !relu {
                        activation::forward_in_place(op.act, y);
                    }
                }
            }
        }
    }

    /// Backward half of a convolution.
    pub fn conv2d_backward(&mut self, op: &Conv2d, i: &Instr, v: &View, rows: usize, d_y: &[f32]) {
        let s = shape(op);
        let (x, w) = (v.read(i.ins[0], rows), v.read(i.ins[1], rows));
        let saved = v.read(if op.act.saves_input() { i.outs[1] } else { i.outs[0] }, rows);
        let d_w = i.d_ins[1];
        let d_b = i.d_ins.get(2).copied().flatten();
        let d_x = i.d_ins[0].map(|slot| (v.write(slot.loc, rows), slot.add));
        if d_w.is_some() {
            self.scratch.for_correlate(&s);
        }
        let mut d_x = d_x.map(|(d_x, add)| {
            self.scratch.for_scatter(&s, w);
            (d_x.chunks_exact_mut(s.image()), add)
        });
        for (b, x) in x.chunks_exact(s.image()).enumerate() {
            let image = b * s.output()..(b + 1) * s.output();
            let d_z = before(op.act, &saved[image.clone()], &d_y[image], &mut self.d_z);
            if let Some(slot) = d_b {
                reduce::column_sums(d_z, v.write(slot.loc, rows), slot.add || b > 0);
            }
            if d_w.is_some() {
                self.scratch.correlate(&s, x, d_z);
            }
            if let Some((images, add)) = &mut d_x
                && let Some(d_x) = images.next()
            {
                self.scratch.scatter(&s, d_z, d_x, *add);
            }
        }
        if let Some(slot) = d_w {
            self.scratch.correlated(&s, v.write(slot.loc, rows), slot.add);
        }
    }
}

impl Images {
    /// Forward half of a transposed convolution: what a convolution does to its input's gradient.
    pub fn conv_transpose2d(&mut self, op: &ConvTranspose2d, i: &Instr, v: &View, rows: usize) {
        let s = turned(op);
        let (x, w, y) = (v.read(i.ins[0], rows), v.read(i.ins[1], rows), v.write(i.outs[0], rows));
        let mut sums = op.act.saves_input().then(|| v.write(i.outs[1], rows).chunks_exact_mut(s.image()));
        self.scratch.for_scatter(&s, w);
        for (x, y) in x.chunks_exact(s.output()).zip(y.chunks_exact_mut(s.image())) {
            self.scratch.scatter(&s, x, y, false);
            if op.bias {
                elementwise::add_row(y, v.read(i.ins[2], rows));
            }
            if let Some(z) = sums.as_mut().and_then(Iterator::next) {
                z.copy_from_slice(y);
            }
            activation::forward_in_place(op.act, y);
        }
    }

    /// Backward half of a transposed convolution.
    pub fn conv_transpose2d_backward(&mut self, op: &ConvTranspose2d, i: &Instr, v: &View, rows: usize, d_y: &[f32]) {
        let s = turned(op);
        let (x, w) = (v.read(i.ins[0], rows), v.read(i.ins[1], rows));
        let saved = v.read(if op.act.saves_input() { i.outs[1] } else { i.outs[0] }, rows);
        let d_w = i.d_ins[1];
        let d_b = i.d_ins.get(2).copied().flatten();
        let mut d_x = i.d_ins[0].map(|slot| (v.write(slot.loc, rows).chunks_exact_mut(s.output()), slot.add));
        if d_w.is_some() {
            self.scratch.for_correlate(&s);
        }
        if d_x.is_some() {
            self.scratch.for_gather(&s, w);
        }
        for (b, x) in x.chunks_exact(s.output()).enumerate() {
            let image = b * s.image()..(b + 1) * s.image();
            let d_z = before(op.act, &saved[image.clone()], &d_y[image], &mut self.d_z);
            if let Some(slot) = d_b {
                reduce::column_sums(d_z, v.write(slot.loc, rows), slot.add || b > 0);
            }
            if d_w.is_some() {
                self.scratch.correlate(&s, d_z, x);
            }
            if let Some((images, add)) = &mut d_x
                && let Some(d_x) = images.next()
            {
                if *add {
                    self.spare.resize(d_x.len(), 0.0);
                    self.scratch.gather(&s, d_z, None, false, &mut self.spare);
                    elementwise::add_assign(d_x, &self.spare);
                } else {
                    self.scratch.gather(&s, d_z, None, false, d_x);
                }
            }
        }
        if let Some(slot) = d_w {
            self.scratch.correlated(&s, v.write(slot.loc, rows), slot.add);
        }
    }
}

/// The convolution that a transposed one turns round: from its output to its input.
fn turned(op: &ConvTranspose2d) -> Shape {
    Shape { window: op.window, inputs: op.outputs, outputs: op.inputs, groups: op.groups }
}

fn shape(op: &Conv2d) -> Shape {
    Shape { window: op.window, inputs: op.inputs, outputs: op.outputs, groups: op.groups }
}

/// The gradient before the activation: `d_y · act′`.
fn before<'a>(act: Activation, saved: &[f32], d_y: &'a [f32], d_z: &'a mut Vec<f32>) -> &'a [f32] {
    if act == Activation::Linear {
        return d_y;
    }
    d_z.resize(d_y.len(), 0.0);
    activation::backward(act, saved, d_y, d_z, false);
    d_z
}

/// Forward half of pooling.
pub(super) fn pool2d(op: &Pool2d, i: &Instr, v: &View, rows: usize) {
    let (x, y) = (v.read(i.ins[0], rows), v.write(i.outs[0], rows));
    let (n_x, n_y) = (x.len() / rows, y.len() / rows);
    for (x, y) in x.chunks_exact(n_x).zip(y.chunks_exact_mut(n_y)) {
        pool::forward(&op.window, op.channels, op.reduce, x, y);
    }
}

/// Backward half of pooling.
pub(super) fn pool2d_backward(op: &Pool2d, i: &Instr, v: &View, rows: usize, d_y: &[f32]) {
    let Some(slot) = i.d_ins[0] else { return };
    let (x, y, d_x) = (v.read(i.ins[0], rows), v.read(i.outs[0], rows), v.write(slot.loc, rows));
    let (n_x, n_y) = (x.len() / rows, y.len() / rows);
    for (b, d_x) in d_x.chunks_exact_mut(n_x).enumerate() {
        let (x, out) = (&x[b * n_x..(b + 1) * n_x], b * n_y..(b + 1) * n_y);
        pool::backward(&op.window, op.channels, op.reduce, x, &y[out.clone()], &d_y[out], d_x, slot.add);
    }
}

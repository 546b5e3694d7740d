//! The SIMD executor: runs a plan with four-lane kernels on one core, without allocating after the first step.
//!
//! Each op's half is a few lines here that hand the right slices to its kernels. Not responsible for the kernels (their
//! own files) nor for the layout (`engine::graph::plan`).

use super::gemm::{Epilogue, Mat, Scratch, gemm};
use super::image::{self, Images};
use super::norm::{self, Affine};
use super::recurrent::Recurrence;
use super::view::View;
use super::{activation, attention, channels, elementwise, loss, optimizer, reduce, sequence, softmax};
use crate::engine::exec::{Executor, Memory, Penalty, Store};
use crate::engine::graph::{Instr, Plan, Slot};
use crate::engine::ops::{
    Op, attention::Attention, batch_norm::BatchNorm, concat::Concat, dropout::Dropout, last_state::LastState,
    layer_norm::LayerNorm, linear::Linear, loss::LossOp,
};
use crate::engine::optim::Hyper;
use crate::engine::reference;
use crate::engine::rng::Rng;
use crate::spec::{Activation, Loss};

/// See the module.
#[derive(Clone, Debug, Default)]
pub struct Simd {
    scratch: Scratch,
    /// Gradient of a fused activation's input.
    d_z: Vec<f32>,
    images: Images,
    /// Gradient of one head's attention scores.
    d_scores: Vec<f32>,
    /// For kernels that can only overwrite.
    kept: Kept,
    recurrence: Recurrence,
}

impl Simd {
    /// An executor; its scratch memory grows in the first step.
    pub fn new() -> Self {
        Simd::default()
    }
}

/// Lets kernels that can only overwrite serve slots that must be added to: what a slot held is kept aside before, and
/// added back after.
#[derive(Clone, Debug, Default)]
struct Kept([Vec<f32>; 3]);

impl Kept {
    /// The place of input `k`'s gradient, to be overwritten by a kernel; call [`Kept::after`] then.
    fn before<'v>(&mut self, i: &Instr, k: usize, v: &View<'v>, rows: usize) -> Option<&'v mut [f32]> {
        let slot = i.d_ins.get(k).copied().flatten()?;
        let place = v.write(slot.loc, rows);
        if slot.add {
            let old = &mut self.0[k];
            old.resize(place.len().max(old.len()), 0.0);
            old[..place.len()].copy_from_slice(place);
        }
        Some(place)
    }

    /// Adds back what was kept of every slot of `i`.
    fn after(&self, i: &Instr, v: &View, rows: usize) {
        for (slot, old) in i.d_ins.iter().zip(&self.0) {
            if let Some(Slot { loc, add: true }) = slot {
                let place = v.write(*loc, rows);
                elementwise::add_assign(place, &old[..place.len()]);
            }
        }
    }
}

impl Executor<f32> for Simd {
    fn name(&self) -> &'static str {
        "simd"
    }

    fn forward(&mut self, plan: &Plan, memory: &mut Memory<'_, f32>, rows: usize, rng: &mut Rng) {
        let v = View::new(memory);
        for i in &plan.forward {
            let x = v.read(i.ins[0], rows);
            let y = v.write(i.outs[0], rows);
            match &i.op {
                Op::Linear(op) => self.linear(op, i, &v, rows),
                Op::Activation(op) => activation::forward(op.act, x, y),
                Op::Conv2d(op) => self.images.conv2d(op, i, &v, rows),
                Op::Pool2d(op) => image::pool2d(op, i, &v, rows),
                Op::ConvTranspose2d(op) => self.images.conv_transpose2d(op, i, &v, rows),
                Op::GlobalAvgPool(op) => channels::global_avg_pool(op, i, &v, rows),
                Op::Upsample2d(op) => channels::upsample2d(op, x, y),
                Op::Scale(op) => channels::scale(x, v.read(i.ins[1], rows), op.channels, y),
                Op::Dropout2d(op) => channels::dropout2d(op, x, v.write(i.outs[1], rows), y, rng),
                Op::GroupNorm(op) => channels::group_norm(op, i, &v, rows, &mut self.d_z),
                Op::Dropout(op) => dropout(op, x, v.write(i.outs[1], rows), y, rng),
                Op::BatchNorm(op) => batch_norm(op, i, &v, rows),
                Op::LayerNorm(_) => {
                    let to = Affine { weight: v.read(i.ins[1], rows), bias: v.read(i.ins[2], rows) };
                    let (mean, rstd) = (v.write(i.outs[1], rows), v.write(i.outs[2], rows));
                    norm::layer_norm(x, to, LayerNorm::EPS as f32, y, mean, rstd);
                }
                Op::Add(_) => {
                    elementwise::add(x, v.read(i.ins[1], rows), y);
                    i.ins[2..].iter().for_each(|l| elementwise::add_assign(y, v.read(*l, rows)));
                }
                Op::Concat(op) => concat(op, i, &v, rows),
                Op::Recurrent(op) => self.recurrence.forward(op, i, &v, rows, &mut self.scratch),
                Op::LastState(op) => last_state(op, i, &v, rows),
                Op::Slice(op) => sequence::slice(op, x, y),
                Op::Embedding(op) => sequence::embedding(op, x, v.read(i.ins[1], rows), y),
                Op::Position(op) => {
                    let p = i.ins.get(1).map_or(op.table.as_slice(), |l| v.read(*l, rows));
                    sequence::position(x, p, y);
                }
                Op::Rotary(op) => sequence::rotary(op, x, false, y),
                Op::Attention(op) => {
                    let weights = v.write(i.outs[1], rows);
                    attention::forward(op, attention_inputs(op, i, &v, rows), y, weights, &mut self.scratch);
                }
                Op::Loss(op) => loss_forward(op, i, &v, rows),
            }
        }
    }

    fn backward(&mut self, plan: &Plan, memory: &mut Memory<'_, f32>, rows: usize) {
        let v = View::new(memory);
        for i in &plan.backward {
            let d_y = i.d_out.map_or(&[][..], |l| v.read(l, rows));
            match &i.op {
                Op::Linear(op) => self.linear_backward(op, i, &v, rows, d_y),
                Op::Activation(op) => {
                    let saved = v.read(if op.act.saves_input() { i.ins[0] } else { i.outs[0] }, rows);
                    if let Some(s) = i.d_ins[0] {
                        activation::backward(op.act, saved, d_y, v.write(s.loc, rows), s.add);
                    }
                }
                Op::Conv2d(op) => self.images.conv2d_backward(op, i, &v, rows, d_y),
                Op::Pool2d(op) => image::pool2d_backward(op, i, &v, rows, d_y),
                Op::ConvTranspose2d(op) => self.images.conv_transpose2d_backward(op, i, &v, rows, d_y),
                Op::GlobalAvgPool(op) => channels::global_avg_pool_backward(op, i, &v, rows, d_y),
                Op::Upsample2d(op) => {
                    let d_x = i.d_ins[0].map(|s| (v.write(s.loc, rows), s.add));
                    d_x.into_iter().for_each(|(d_x, add)| channels::upsample2d_backward(op, d_y, d_x, add));
                }
                Op::Scale(op) => channels::scale_gradients(op, i, &v, rows, d_y),
                Op::Dropout2d(op) => {
                    let mask = v.read(i.outs[1], rows);
                    let d_x = i.d_ins[0].map(|s| (v.write(s.loc, rows), s.add));
                    d_x.into_iter().for_each(|(d, add)| channels::scale_backward(d_y, mask, op.channels, d, add));
                }
                Op::GroupNorm(op) => channels::group_norm_backward(op, i, &v, rows, d_y, &mut self.d_z),
                Op::Dropout(_) => {
                    let mask = v.read(i.outs[1], rows);
                    if let Some(d_x) = self.kept.before(i, 0, &v, rows) {
                        elementwise::mul(d_y, mask, d_x);
                        self.kept.after(i, &v, rows);
                    }
                }
                Op::BatchNorm(_) | Op::LayerNorm(_) => self.norm_backward(i, &v, rows, d_y),
                Op::Add(_) => {
                    for s in i.d_ins.iter().flatten() {
                        let d_x = v.write(s.loc, rows);
                        if s.add { elementwise::add_assign(d_x, d_y) } else { elementwise::copy(d_y, d_x) }
                    }
                }
                Op::Concat(op) => concat_backward(op, i, &v, rows, d_y),
                Op::Recurrent(op) => self.recurrence.backward(op, i, &v, rows, &mut self.scratch),
                Op::LastState(op) => last_state_backward(op, i, &v, rows, d_y),
                Op::Slice(op) => {
                    let d_x = i.d_ins[0].map(|s| (v.write(s.loc, rows), s.add));
                    d_x.into_iter().for_each(|(d_x, add)| sequence::slice_backward(op, d_y, d_x, add));
                }
                Op::Embedding(op) => {
                    if let Some(s) = i.d_ins[1] {
                        let (x, d_w) = (v.read(i.ins[0], rows), v.write(s.loc, rows));
                        sequence::embedding_backward(op, x, d_y, d_w, s.add);
                    }
                }
                Op::Position(_) => {
                    if let Some(s) = i.d_ins[0] {
                        let d_x = v.write(s.loc, rows);
                        if s.add { elementwise::add_assign(d_x, d_y) } else { elementwise::copy(d_y, d_x) }
                    }
                    if let Some(Some(s)) = i.d_ins.get(1) {
                        sequence::position_backward(d_y, v.write(s.loc, rows), s.add);
                    }
                }
                Op::Rotary(op) => {
                    if let Some(d_x) = self.kept.before(i, 0, &v, rows) {
                        sequence::rotary(op, d_y, true, d_x);
                        self.kept.after(i, &v, rows);
                    }
                }
                Op::Attention(op) => self.attention_backward(op, i, &v, rows, d_y),
                Op::Loss(op) => self.loss_backward(op, i, &v, rows),
            }
        }
    }

    fn update(&mut self, store: &mut Store<f32>, penalty: &Penalty, hyper: &Hyper) {
        if penalty.l1 != 0.0 || penalty.l2 != 0.0 {
            reference::add_penalty(store, penalty);
        }
        optimizer::clip(&mut store.grads, hyper);
        optimizer::step(&mut store.params, &store.grads, &mut store.state, hyper);
    }
}

impl Simd {
    fn linear(&mut self, op: &Linear, i: &Instr, v: &View, rows: usize) {
        let (n_in, n_out) = (op.inputs, op.outputs);
        let (x, w) = (v.read(i.ins[0], rows), v.read(i.ins[1], rows));
        let y = v.write(i.outs[0], rows);
        let m = x.len() / n_in;
        let bias = op.bias.then(|| v.read(i.ins[2], rows));
        let epilogue = match (op.act, bias) {
            (Activation::Relu, b) => Epilogue::Relu(b),
            (_, Some(b)) => Epilogue::Bias(b),
            (_, None) => Epilogue::None,
        };
        let (a, b) = (Mat::rows(x, n_in), Mat::transposed(w, n_in));
        if op.act.saves_input() {
            let z = v.write(i.outs[1], rows);
            gemm(m, n_out, n_in, a, b, z, n_out, false, epilogue, &mut self.scratch);
            activation::forward(op.act, z, y);
        } else {
            gemm(m, n_out, n_in, a, b, y, n_out, false, epilogue, &mut self.scratch);
            if op.act != Activation::Relu {
                activation::forward_in_place(op.act, y);
            }
        }
    }

    fn linear_backward(&mut self, op: &Linear, i: &Instr, v: &View, rows: usize, d_y: &[f32]) {
        let (n_in, n_out) = (op.inputs, op.outputs);
        let (x, w) = (v.read(i.ins[0], rows), v.read(i.ins[1], rows));
        let m = x.len() / n_in;
        let d_z = if op.act == Activation::Linear {
            d_y
        } else {
            self.d_z.resize(d_y.len().max(self.d_z.len()), 0.0);
            let saved = v.read(if op.act.saves_input() { i.outs[1] } else { i.outs[0] }, rows);
            activation::backward(op.act, saved, d_y, &mut self.d_z[..d_y.len()], false);
            &self.d_z[..d_y.len()]
        };
        if let Some(s) = i.d_ins[1] {
            let (a, b) = (Mat::transposed(d_z, n_out), Mat::rows(x, n_in));
            gemm(n_out, n_in, m, a, b, v.write(s.loc, rows), n_in, s.add, Epilogue::None, &mut self.scratch);
        }
        if let Some(Some(s)) = i.d_ins.get(2) {
            reduce::column_sums(d_z, v.write(s.loc, rows), s.add);
        }
        if let Some(s) = i.d_ins[0] {
            let (a, b) = (Mat::rows(d_z, n_out), Mat::rows(w, n_in));
            gemm(m, n_in, n_out, a, b, v.write(s.loc, rows), n_in, s.add, Epilogue::None, &mut self.scratch);
        }
    }

    fn attention_backward(&mut self, op: &Attention, i: &Instr, v: &View, rows: usize, d_y: &[f32]) {
        let Some(d_x) = self.kept.before(i, 0, v, rows) else { return };
        let d_m = if op.cross { self.kept.before(i, 1, v, rows) } else { None };
        let d_v = if op.additive { self.kept.before(i, op.v_input(), v, rows) } else { None };
        let mut grads = attention::Gradients { d_x, d_m, d_v: d_v.unwrap_or_default() };
        let outs = attention::Outputs { y: v.read(i.outs[0], rows), weights: v.read(i.outs[1], rows), d_y };
        let room = op.len * op.keys;
        self.d_scores.resize(room.max(self.d_scores.len()), 0.0);
        let (ins, d_scores) = (attention_inputs(op, i, v, rows), &mut self.d_scores[..room]);
        attention::backward(op, ins, outs, &mut grads, d_scores, &mut self.scratch);
        self.kept.after(i, v, rows);
    }

    /// Layer norm's or batch norm's.
    fn norm_backward(&mut self, i: &Instr, v: &View, rows: usize, d_y: &[f32]) {
        let (x, w) = (v.read(i.ins[0], rows), v.read(i.ins[1], rows));
        let (mean, rstd) = (v.read(i.outs[1], rows), v.read(i.outs[2], rows));
        let d_x = self.kept.before(i, 0, v, rows);
        let (d_w, d_b) = (self.kept.before(i, 1, v, rows), self.kept.before(i, 2, v, rows));
        match (&i.op, d_w, d_b) {
            (Op::BatchNorm(op), Some(d_w), Some(d_b)) => {
                norm::batch_norm_backward(x, w, mean, rstd, op.train, d_y, d_x, d_w, d_b);
            }
            // Gain and shift are always learned, so both gradients are there.
            (_, d_w, d_b) => norm::layer_norm_backward(x, w, mean, rstd, d_y, d_x, d_w, d_b),
        }
        self.kept.after(i, v, rows);
    }

    fn loss_backward(&mut self, op: &LossOp, i: &Instr, v: &View, rows: usize) {
        let Some(d) = self.kept.before(i, 0, v, rows) else { return };
        let (p, t) = (v.read(i.ins[0], rows), v.read(i.ins[1], rows));
        match op.loss {
            Loss::CrossEntropy { label_smoothing } => {
                softmax::cross_entropy_backward(v.read(i.outs[1], rows), t, op.width, label_smoothing, d);
            }
            Loss::Bce => loss::bce_backward(p, t, d),
            Loss::Mse => loss::mse_backward(p, t, 2.0, d),
            Loss::HalfMse => loss::mse_backward(p, t, 1.0, d),
            Loss::Mae => loss::mae_backward(p, t, d),
            Loss::Huber { delta } => loss::huber_backward(p, t, delta, d),
            Loss::Hinge { margin } => crate::engine::loss::hinge::backward(p, t, op.width, f64::from(margin), d),
        }
        self.kept.after(i, v, rows);
    }
}

fn attention_inputs<'v>(op: &Attention, i: &Instr, v: &View<'v>, rows: usize) -> attention::Inputs<'v> {
    let at = |k: usize, given: bool| if given { v.read(i.ins[k], rows) } else { &[] };
    let (v, tokens) = (at(op.v_input(), op.additive), at(op.tokens_input(), op.padding));
    attention::Inputs { x: at(0, true), m: at(op.memory(), true), v, tokens }
}

fn loss_forward(op: &LossOp, i: &Instr, v: &View, rows: usize) {
    let (p, t) = (v.read(i.ins[0], rows), v.read(i.ins[1], rows));
    v.write(i.outs[0], rows)[0] = match op.loss {
        Loss::CrossEntropy { label_smoothing } => {
            softmax::cross_entropy(p, t, op.width, label_smoothing, v.write(i.outs[1], rows))
        }
        Loss::Bce => loss::bce(p, t),
        Loss::Mse => loss::mse(p, t),
        Loss::HalfMse => 0.5 * loss::mse(p, t),
        Loss::Mae => loss::mae(p, t),
        Loss::Huber { delta } => loss::huber(p, t, delta),
        // A few comparisons per row: the reference kernel is fast enough.
        Loss::Hinge { margin } => crate::engine::loss::hinge::forward(p, t, op.width, f64::from(margin)),
    };
}

fn dropout(op: &Dropout, x: &[f32], mask: &mut [f32], y: &mut [f32], rng: &mut Rng) {
    mask.iter_mut().for_each(|m| *m = op.draw(rng));
    elementwise::mul(x, mask, y);
}

fn batch_norm(op: &BatchNorm, i: &Instr, v: &View, rows: usize) {
    let x = v.read(i.ins[0], rows);
    let to = Affine { weight: v.read(i.ins[1], rows), bias: v.read(i.ins[2], rows) };
    let (y, mean, rstd) = (v.write(i.outs[0], rows), v.write(i.outs[1], rows), v.write(i.outs[2], rows));
    let eps = BatchNorm::EPS as f32;
    if op.train {
        let running = (v.write(i.ins[3], rows), v.write(i.ins[4], rows));
        norm::batch_norm(x, to, eps, BatchNorm::MOMENTUM as f32, running, y, mean, rstd);
    } else {
        norm::batch_norm_eval(x, to, eps, (v.read(i.ins[3], rows), v.read(i.ins[4], rows)), y, mean, rstd);
    }
}

fn concat(op: &Concat, i: &Instr, v: &View, rows: usize) {
    let y = v.write(i.outs[0], rows);
    let mut at = 0;
    for (x, w) in i.ins.iter().zip(&op.widths) {
        for (y, x) in y.chunks_exact_mut(op.width()).zip(v.read(*x, rows).chunks_exact(*w)) {
            y[at..at + w].copy_from_slice(x);
        }
        at += w;
    }
}

fn concat_backward(op: &Concat, i: &Instr, v: &View, rows: usize, d_y: &[f32]) {
    let mut at = 0;
    for (slot, w) in i.d_ins.iter().zip(&op.widths) {
        if let Some(s) = slot {
            for (d_x, d_y) in v.write(s.loc, rows).chunks_exact_mut(*w).zip(d_y.chunks_exact(op.width())) {
                let part = &d_y[at..at + w];
                if s.add { elementwise::add_assign(d_x, part) } else { d_x.copy_from_slice(part) }
            }
        }
        at += w;
    }
}

fn last_state(op: &LastState, i: &Instr, v: &View, rows: usize) {
    let y = v.write(i.outs[0], rows);
    for (k, x) in i.ins.iter().enumerate() {
        let x = v.read(*x, rows);
        for row in 0..rows {
            let (to, from) = op.ranges(k, i.ins.len(), row);
            y[to].copy_from_slice(&x[from]);
        }
    }
}

fn last_state_backward(op: &LastState, i: &Instr, v: &View, rows: usize, d_y: &[f32]) {
    for (k, slot) in i.d_ins.iter().enumerate() {
        let Some(s) = slot else { continue };
        let d_x = v.write(s.loc, rows);
        if !s.add {
            d_x.fill(0.0);
        }
        for row in 0..rows {
            let (from, to) = op.ranges(k, i.ins.len(), row);
            elementwise::add_assign(&mut d_x[to], &d_y[from]);
        }
    }
}

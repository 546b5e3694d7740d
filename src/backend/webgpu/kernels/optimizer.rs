//! One optimizer step over a group of parameters: one dispatch for each run of it, and one more before where the gradient
//! is clipped by its norm.

use super::super::kernel::{Arena, Kernel, THREADS};
use crate::engine::optim::{Hyper, Kind};
use std::ops::Range;

/// Most groups that share the sum of squares.
const PARTS_MAX: usize = 64;

/// The penalties of a call: factors, and where in the inbox the ranges of weights stand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Weights {
    /// Factor of Σ|w|.
    pub l1: f32,
    /// Factor of Σw².
    pub l2: f32,
    /// Words before the first range.
    pub at: usize,
    /// Ranges.
    pub ranges: usize,
}

fn kernel(k: Kernel, run: &Range<usize>, weights: Weights, h: &Hyper) -> Kernel {
    let on = weights.l1 != 0.0 || weights.l2 != 0.0;
    let k = k.text(include_str!("optimizer.wgsl")).flag("PENALTY", on && weights.ranges > 0);
    let k = k.flag("CLIP_VALUE", h.clip_value.is_some()).flag("CLIP_NORM", h.clip_norm.is_some());
    let k =
        k.ints(&[("first", run.start), ("numbers", run.len()), ("ranges_at", weights.at), ("ranges", weights.ranges)]);
    let k = k.float("l1", weights.l1).float("l2_twice", 2.0 * weights.l2);
    let k =
        k.float("clip_value", h.clip_value.unwrap_or(0.0) as f32).float("clip_norm", h.clip_norm.unwrap_or(0.0) as f32);
    let k = [Arena::Params, Arena::Grads, Arena::State, Arena::Ctl, Arena::Inbox].into_iter().fold(k, Kernel::uses);
    numbers(k, h).with_scratch(0)
}

/// The step's numbers, worked out as the processor does.
fn numbers(k: Kernel, h: &Hyper) -> Kernel {
    let bias = h.sqrt_bias2;
    let adam = |decay: f64, keep: f64| (h.step_size * bias, 0.0, h.eps * bias, decay, keep, h.beta2);
    let (lr, rate_g, eps, decay, keep, beta2) = match h.kind {
        Kind::Sgd => (h.step_size, 0.0, h.eps, h.weight_decay, 1.0, 0.0),
        Kind::Adagrad => (h.step_size, 0.0, h.eps, h.weight_decay, 1.0, 0.0),
        Kind::Rmsprop => (h.step_size, 0.0, h.eps, h.weight_decay, 1.0, h.alpha),
        Kind::Adadelta => (h.step_size, 0.0, h.eps, h.weight_decay, 1.0, h.rho),
        Kind::Adam => adam(h.weight_decay, 1.0),
        Kind::Adamw => adam(0.0, 1.0 - h.lr * h.weight_decay),
        Kind::Nadam => (h.rate_momentum * bias, h.rate_gradient * bias, h.eps * bias, h.weight_decay, 1.0, h.beta2),
        Kind::Lion => (h.lr, 0.0, 0.0, 0.0, 1.0 - h.lr * h.weight_decay, h.beta2),
    };
    let floats = [
        ("lr", lr),
        ("rate_g", rate_g),
        ("eps", eps),
        ("decay", decay),
        ("keep", keep),
        ("momentum", h.momentum),
        ("beta1", h.beta1),
        ("fresh1", 1.0 - h.beta1),
        ("beta2", beta2),
        ("fresh2", 1.0 - beta2),
    ];
    let kind = match h.kind {
        Kind::Sgd => 0,
        Kind::Adagrad => 1,
        Kind::Rmsprop => 2,
        Kind::Adadelta => 3,
        Kind::Adam | Kind::Adamw | Kind::Nadam => 4,
        Kind::Lion => 7,
    };
    let momentum = if h.kind == Kind::Sgd { h.momentum != 0.0 } else { h.momentum > 0.0 };
    let k =
        k.constant("KIND", kind).flag("MOMENTUM", momentum).flag("NESTEROV", h.nesterov).flag("CENTRED", h.centered);
    floats.into_iter().fold(k, |k, (name, number)| k.float(name, number as f32))
}

/// The kernels of one update; `stride` numbers are between two pieces of state.
pub fn kernels(runs: &[Range<usize>], stride: usize, weights: Weights, h: &Hyper) -> Vec<Kernel> {
    let runs = || runs.iter().filter(|run| !run.is_empty());
    let parts = |run: &Range<usize>| run.len().div_ceil(THREADS).min(PARTS_MAX);
    let all: usize = runs().map(parts).sum();
    let (mut kernels, mut part) = (Vec::new(), 0);
    for run in runs().filter(|_| h.clip_norm.is_some()) {
        let body = "fn row(item: u32, l: u32) { norm_part(item, l); }\n";
        let k = kernel(Kernel::rows("gradient_norm", body, parts(run)), run, weights, h);
        kernels.push(k.ints(&[("part", part), ("parts", all), ("stride", stride)]).with_scratch(all));
        part += parts(run);
    }
    for run in runs() {
        let body = "fn row(item: u32, l: u32) { update(l, item * THREADS + l); }\n";
        let k = kernel(Kernel::rows("update", body, run.len().div_ceil(THREADS)), run, weights, h);
        kernels.push(k.ints(&[("part", 0), ("parts", all), ("stride", stride)]).with_scratch(all));
    }
    kernels
}

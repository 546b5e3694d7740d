//! How the numbers inside are spread over the latest training batch, and how far the latest step moved the parameters.
//!
//! Not responsible for norms (`look`) nor for drawing.

use super::super::graph::{Graph, Node, Plan, Role, ValueId};
use super::super::ops::Op;
use super::Session;
use crate::spec::Activation;
use std::array;
use wide::f32x4;

/// Equal bins between the smallest and the largest number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bins {
    /// Smallest number.
    pub low: f32,
    /// Largest.
    pub high: f32,
    /// How many in each bin.
    pub counts: Vec<u32>,
    /// Mean.
    pub mean: f32,
    /// Standard deviation of the population.
    pub std: f32,
}

/// One layer's output and its gradient.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LayerSpread {
    /// Such as `layers.2`.
    pub name: String,
    /// The output.
    pub activation: Bins,
    /// Its gradient.
    pub d_activation: Option<Bins>,
    /// Share of units (last axis) that are 0 on every row and place.
    pub dead: f32,
    /// Share of numbers in the flat ends of the activation function, if it has such.
    pub saturated: Option<f32>,
}

/// Beyond these, tanh and sigmoid have a slope below a sixteenth and an eighth of their steepest.
fn flat_ends(act: Activation) -> Option<(f32, f32)> {
    match act {
        Activation::Tanh | Activation::HardTanh => Some((-0.97, 0.97)),
        Activation::Sigmoid | Activation::HardSigmoid => Some((0.03, 0.97)),
        _ => None,
    }
}

fn activation(op: &Op) -> Option<Activation> {
    match op {
        Op::Linear(l) => Some(l.act),
        Op::Conv2d(c) => Some(c.act),
        Op::Activation(a) => Some(a.act),
        _ => None,
    }
}

/// So many fours are summed in single precision before their sum goes to the whole.
const BLOCK: usize = 128;

/// Four numbers at a time, for millions are counted several times a second. NaN is in the first bin and moves neither end.
fn bins(x: &[f32], n: usize) -> Bins {
    // Sums are of distances from one of the numbers: nothing is lost where all lie close together, far from 0.
    let origin = x.first().copied().unwrap_or(0.0);
    let (fours, rest) = x.as_chunks::<4>();
    let end = [array::from_fn(|i| rest.get(i).copied().unwrap_or(origin))];
    let (mut low, mut high) = (f32x4::splat(f32::MAX), f32x4::splat(f32::MIN));
    let (mut sum, mut squares) = (0.0, 0.0);
    for block in fours.chunks(BLOCK).chain((!x.is_empty()).then_some(end.as_slice())) {
        let (mut s, mut q) = (f32x4::ZERO, f32x4::ZERO);
        for v in block {
            let v = f32x4::new(*v);
            low = v.simd_lt(low).bitselect(v, low);
            high = v.simd_gt(high).bitselect(v, high);
            let d = v - f32x4::splat(origin);
            s += d;
            q += d * d;
        }
        sum += f64::from(s.reduce_add());
        squares += f64::from(q.reduce_add());
    }
    let low = low.to_array().into_iter().fold(f32::MAX, f32::min);
    let high = high.to_array().into_iter().fold(f32::MIN, f32::max);
    let count = x.len().max(1) as f64;
    let mean = sum / count;
    let per_bin = if high > low { n as f32 / (high - low) } else { 0.0 };
    let last = n as u32 - 1;
    // A cast saturates: NaN and everything below go to the first bin.
    let bin = |v: f32| (((v - low) * per_bin) as u32).min(last) as usize;
    // Neighbours are often in the same bin: each of four has counts of its own, and none waits for the other.
    let mut counts = vec![[0; 4]; n];
    for [a, b, c, d] in fours {
        counts[bin(*a)][0] += 1;
        counts[bin(*b)][1] += 1;
        counts[bin(*c)][2] += 1;
        counts[bin(*d)][3] += 1;
    }
    rest.iter().for_each(|v| counts[bin(*v)][0] += 1);
    Bins {
        low,
        high,
        counts: counts.iter().map(|c| c.iter().sum()).collect(),
        mean: (f64::from(origin) + mean) as f32,
        std: (squares / count - mean * mean).max(0.0).sqrt() as f32,
    }
}

/// Outputs worth a histogram: of every op that carries a layer's name and is no mere projection inside one.
fn shown(graph: &Graph) -> impl Iterator<Item = (&Node, ValueId)> {
    let with_params = |node: &Node| node.ins.iter().any(|v| graph[*v].role.is_param());
    graph.nodes.iter().filter(move |n| matches!(n.op, Op::Activation(_)) || with_params(n)).filter_map(|n| {
        let v = n.outs[0];
        (graph[v].role == Role::Activation).then_some((n, v))
    })
}

impl Session {
    /// Histograms with `n` bins of every layer's output and its gradient; empty before the first step.
    pub fn spread(&self, n: usize) -> Vec<LayerSpread> {
        if self.rows == 0 || n == 0 {
            return Vec::new();
        }
        shown(&self.train.graph).map(|(node, v)| self.layer_spread(node, v, n)).collect()
    }

    fn layer_spread(&self, node: &Node, v: ValueId, n: usize) -> LayerSpread {
        let value = &self.train.graph[v];
        let numbers = self.read_train(self.train.locs[v.0]);
        let units = value.dims.last().copied().unwrap_or(1).max(1);
        // Down each unit's column: one that lives is found out in its first few numbers.
        let silent = |u: &usize| numbers.iter().skip(*u).step_by(units).all(|x| *x == 0.0);
        let saturated = activation(&node.op).and_then(flat_ends).map(|(low, high)| {
            numbers.iter().filter(|x| **x < low || **x > high).count() as f32 / numbers.len().max(1) as f32
        });
        LayerSpread {
            name: value.name.clone(),
            activation: bins(numbers, n),
            d_activation: self.train.grad(v).map(|g| bins(self.read_train(g), n)),
            dead: (0..units).filter(silent).count() as f32 / units as f32,
            saturated,
        }
    }
}

/// Size of the latest step, parameter by parameter; measured only after somebody has asked.
#[derive(Clone, Debug, Default)]
pub(super) struct Change {
    /// The next step is to be measured.
    asked: bool,
    before: Vec<f32>,
    /// Sum of squares of each parameter's change, in graph order, and the step it came from.
    squares: Vec<f64>,
    step: u64,
}

impl Change {
    /// Has the next step measured.
    pub(super) fn ask(&mut self) {
        self.asked = true;
    }

    /// Whether it is to be.
    pub(super) fn is_asked(&self) -> bool {
        self.asked
    }

    /// Before a step.
    pub(super) fn before(&mut self, params: &[f32]) {
        if self.asked {
            self.before.clear();
            self.before.extend_from_slice(params);
        }
    }

    /// After step number `step`.
    pub(super) fn after(&mut self, plan: &Plan, params: &[f32], step: u64) {
        if !std::mem::take(&mut self.asked) || self.before.len() != params.len() {
            return;
        }
        self.squares.clear();
        for (id, _) in plan.graph.params() {
            let (from, to) = (plan.locs[id.0].off, plan.locs[id.0].off + plan.locs[id.0].size);
            let change = params[from..to].iter().zip(&self.before[from..to]).map(|(a, b)| f64::from(a - b));
            self.squares.push(change.map(|d| d * d).sum());
        }
        self.step = step;
    }

    /// Squares of the change of parameter number `k`, if a step up to `step` has been measured.
    pub(super) fn squares(&self, k: usize, step: u64) -> Option<f64> {
        self.squares.get(k).copied().filter(|_| self.step <= step)
    }
}

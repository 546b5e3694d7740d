//! The plan: every value and gradient laid out in flat arenas, and the list of kernels to run.
//!
//! Parameters, gradients, optimizer state and buffers are one arena each, shared by all plans and laid out by [`Layout`];
//! each plan has one arena of its own for computed values and their gradients. Values keep their place for
//! the whole step, so that any of them can be looked at. Not responsible for running anything.

use super::autodiff::{self, Contribution};
use super::layout::{ALIGN, Layout};
use super::{Graph, ValueId};
use crate::engine::graph::Role;
use crate::engine::ops::{Op, OpRule};

/// Which arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// Learned parameters.
    Params,
    /// Gradients of the parameters, same layout.
    Grads,
    /// Optimizer state: slots of the length of the parameters, one after another.
    State,
    /// Buffers such as running means.
    Buffers,
    /// Computed values and their gradients, one arena per plan.
    Values,
}

/// Where a block of numbers lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loc {
    /// Which arena.
    pub space: Space,
    /// Offset of the first number.
    pub off: usize,
    /// Numbers in all, or per row of the batch.
    pub size: usize,
    /// Whether `size` counts per row.
    pub batched: bool,
}

impl Loc {
    /// Numbers in it when the batch has `rows` rows.
    #[inline]
    pub fn len(&self, rows: usize) -> usize {
        if self.batched { self.size * rows } else { self.size }
    }

    /// Whether it never holds anything.
    pub fn is_empty(&self) -> bool {
        self.size == 0
    }
}

/// Which half of an op.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Outputs from inputs.
    Forward,
    /// Gradients of inputs from the gradient of the output.
    Backward,
}

/// A place that a kernel writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Where.
    pub loc: Loc,
    /// Adds to what is there; else overwrites.
    pub add: bool,
}

/// One kernel call.
#[derive(Clone, Debug, PartialEq)]
pub struct Instr {
    /// The op.
    pub op: Op,
    /// Which half of it.
    pub direction: Direction,
    /// Number of the first output in its graph: what it draws is drawn for this value.
    pub value: u32,
    /// Forward inputs.
    pub ins: Vec<Loc>,
    /// Forward outputs: written by forward, read by backward.
    pub outs: Vec<Loc>,
    /// Backward: gradient of the first output.
    pub d_out: Option<Loc>,
    /// Backward: where the gradients of the inputs go.
    pub d_ins: Vec<Option<Slot>>,
}

/// Which gradients a plan computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gradients {
    /// None: evaluation.
    None,
    /// Those that learning needs.
    Params,
    /// Those of the input too, all of them in the plan's own arena: training's stay as they are.
    Input,
}

/// A graph laid out, ready to run.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What was compiled.
    pub graph: Graph,
    /// Where each value lives.
    pub locs: Vec<Loc>,
    /// Where its gradient lives, if it has one.
    pub grads: Vec<Option<Loc>>,
    /// Forward kernels, in order.
    pub forward: Vec<Instr>,
    /// Backward kernels, in order; empty for evaluation.
    pub backward: Vec<Instr>,
    /// Where backward starts: the gradient of the loss itself, which every backward pass sets to 1.
    pub seed: Option<Loc>,
    /// Most rows that fit.
    pub capacity: usize,
    /// Length of this plan's own arena.
    pub values_len: usize,
    /// Single numbers that the loss is made of.
    pub terms: Vec<ValueId>,
}

fn place(cursor: &mut usize, size: usize, batched: bool, capacity: usize) -> Loc {
    let off = *cursor;
    let len = if batched { size * capacity } else { size };
    *cursor = (off + len).next_multiple_of(ALIGN);
    Loc { space: Space::Values, off, size, batched }
}

impl Plan {
    /// Sets how much each class counts in the loss; empty: all alike.
    pub fn weigh_classes(&mut self, weights: &[f32]) {
        let graph = self.graph.nodes.iter_mut().map(|n| &mut n.op);
        let kernels = self.forward.iter_mut().chain(&mut self.backward).map(|i| &mut i.op);
        for op in graph.chain(kernels) {
            if let Op::Loss(loss) = op {
                loss.weights = weights.to_vec();
            }
        }
    }

    /// Lays out `graph` for batches of up to `capacity` rows, with the gradients asked for and their kernels. Its parameters
    /// and buffers are those of `layout`, which must name them.
    pub fn new(graph: Graph, layout: &Layout, capacity: usize, gradients: Gradients) -> Plan {
        let mut values = 0;
        let mut locs: Vec<Loc> = Vec::with_capacity(graph.values.len());
        for v in &graph.values {
            let shared = layout.place(&v.name).filter(|_| v.role.is_param() || matches!(v.role, Role::Buffer { .. }));
            locs.push(match (v.alias, shared) {
                (Some(of), _) => locs[of.0],
                (None, Some(loc)) => loc,
                (None, None) => place(&mut values, v.size(), v.batched, capacity),
            });
        }
        let mut plan = Plan {
            grads: vec![None; locs.len()],
            forward: Vec::new(),
            backward: Vec::new(),
            seed: None,
            capacity,
            values_len: 0,
            terms: graph.terms().collect(),
            locs,
            graph,
        };
        plan.forward = (0..plan.graph.nodes.len()).map(|i| plan.instr(i, Direction::Forward, Vec::new())).collect();
        if gradients != Gradients::None {
            plan.add_backward(gradients == Gradients::Input, &mut values);
        }
        plan.values_len = values;
        plan
    }

    fn add_backward(&mut self, to_input: bool, values: &mut usize) {
        if let Some(loss) = self.graph.loss.map(|v| self.graph.root(v)) {
            self.seed = Some(self.grad_loc(Contribution { of: loss, add: false }, to_input, values));
        }
        for b in autodiff::backward(&self.graph, to_input) {
            let mut slot = |c: Contribution| Slot { loc: self.grad_loc(c, to_input, values), add: c.add };
            let d_ins = b.d_ins.iter().map(|c| c.map(&mut slot)).collect();
            let instr = self.instr(b.node, Direction::Backward, d_ins);
            self.backward.push(instr);
        }
    }

    /// Where a gradient goes; those of parameters to the plan's `own` arena, or to the one that is shared.
    fn grad_loc(&mut self, c: Contribution, own: bool, values: &mut usize) -> Loc {
        let of = self.locs[c.of.0];
        *self.grads[c.of.0].get_or_insert_with(|| match of.space {
            Space::Params if !own => Loc { space: Space::Grads, ..of },
            Space::Params | Space::Grads | Space::State | Space::Buffers | Space::Values => {
                place(values, of.size, of.batched, self.capacity)
            }
        })
    }

    fn instr(&self, node: usize, direction: Direction, d_ins: Vec<Option<Slot>>) -> Instr {
        let n = &self.graph.nodes[node];
        let loc = |v: &ValueId| self.locs[v.0];
        let d_out = match direction {
            Direction::Forward => None,
            Direction::Backward => self.grads[self.graph.root(n.outs[0]).0],
        };
        Instr {
            op: n.op.clone(),
            direction,
            value: n.outs[0].0 as u32,
            ins: n.ins.iter().map(loc).collect(),
            outs: n.outs.iter().map(loc).collect(),
            d_out,
            d_ins,
        }
    }

    /// Where the gradient of `v` lives (through its alias root), if it has one.
    pub fn grad(&self, v: ValueId) -> Option<Loc> {
        self.grads[self.graph.root(v).0]
    }

    /// Multiply-adds of one step on `rows` rows, times two; matrix products only, as benchmarks count.
    pub fn flops(&self, rows: usize) -> f64 {
        self.forward.iter().chain(&self.backward).map(|i| i.op.flops(i, rows)).sum()
    }

    /// Numbers this plan needs for itself, in bytes of `f32`.
    pub fn bytes(&self) -> usize {
        self.values_len * 4
    }
}

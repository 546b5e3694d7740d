//! The plan: every value and gradient laid out in flat arenas, and the list of kernels to run.
//!
//! Parameters, gradients, optimizer state and buffers are one arena each and shared by all plans of a network (training,
//! evaluation); each plan has one arena of its own for computed values and their gradients. Values keep their place for
//! the whole step, so that any of them can be looked at. Not responsible for running anything.

use super::autodiff::{self, Contribution};
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
    /// Forward inputs.
    pub ins: Vec<Loc>,
    /// Forward outputs: written by forward, read by backward.
    pub outs: Vec<Loc>,
    /// Backward: gradient of the first output (`None` at the loss, where it is 1).
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
    /// Those of the input too.
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
    /// Most rows that fit.
    pub capacity: usize,
    /// Length of the parameter arena (and of the gradient arena).
    pub params_len: usize,
    /// Length of the buffer arena.
    pub buffers_len: usize,
    /// Length of this plan's own arena.
    pub values_len: usize,
}

/// Arena offsets are rounded up to this many numbers, so that every block starts on a 16-byte boundary.
const ALIGN: usize = 4;

fn place(cursor: &mut usize, space: Space, size: usize, batched: bool, capacity: usize) -> Loc {
    let off = *cursor;
    let len = if batched { size * capacity } else { size };
    *cursor = (off + len).next_multiple_of(ALIGN);
    Loc { space, off, size, batched }
}

impl Plan {
    /// Lays out `graph` for batches of up to `capacity` rows, with the gradients asked for and their kernels.
    pub fn new(graph: Graph, capacity: usize, gradients: Gradients) -> Plan {
        let (mut params, mut buffers, mut values) = (0, 0, 0);
        let mut locs: Vec<Loc> = Vec::with_capacity(graph.values.len());
        for v in &graph.values {
            let loc = match (v.alias, v.role) {
                (Some(of), _) => locs[of.0],
                // Parameters are packed without gaps: one optimizer pass, and the arena is the checkpoint.
                (None, Role::Param { .. }) => {
                    let off = params;
                    params += v.size();
                    Loc { space: Space::Params, off, size: v.size(), batched: false }
                }
                (None, Role::Buffer { .. }) => place(&mut buffers, Space::Buffers, v.size(), false, capacity),
                (None, Role::Input | Role::Target | Role::Activation | Role::Saved | Role::Loss) => {
                    place(&mut values, Space::Values, v.size(), v.batched, capacity)
                }
            };
            locs.push(loc);
        }
        let mut plan = Plan {
            grads: vec![None; locs.len()],
            forward: Vec::new(),
            backward: Vec::new(),
            capacity,
            params_len: params,
            buffers_len: buffers,
            values_len: 0,
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
        for b in autodiff::backward(&self.graph, to_input) {
            let d_ins = b.d_ins.iter().map(|c| c.map(|c| Slot { loc: self.grad_loc(c, values), add: c.add })).collect();
            let instr = self.instr(b.node, Direction::Backward, d_ins);
            self.backward.push(instr);
        }
    }

    fn grad_loc(&mut self, c: Contribution, values: &mut usize) -> Loc {
        let of = self.locs[c.of.0];
        *self.grads[c.of.0].get_or_insert_with(|| match of.space {
            Space::Params => Loc { space: Space::Grads, ..of },
            Space::Grads | Space::Buffers | Space::Values => {
                place(values, Space::Values, of.size, of.batched, self.capacity)
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

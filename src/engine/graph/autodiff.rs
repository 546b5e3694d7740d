//! Reverse-mode differentiation: which backward ops run, in which order, and which contribution to a gradient overwrites
//! and which ones add (Griewank & Walther 2008, ch. 3).
//!
//! Not responsible for the derivatives themselves: each op's backward stands under its forward in `ops`.

use super::{Graph, Role, ValueId};
use crate::engine::ops::OpRule;

/// Where one backward op puts one gradient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contribution {
    /// The value whose gradient it is (never an alias).
    pub of: ValueId,
    /// Adds to what earlier ops left there; else overwrites.
    pub add: bool,
}

/// One backward op: the node, and where the gradients of its inputs go (`None`: nobody needs it).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackwardNode {
    /// Index of the forward node.
    pub node: usize,
    /// One per input of the node.
    pub d_ins: Vec<Option<Contribution>>,
}

/// Orders the backward ops of `graph` from its loss.
///
/// A gradient is computed only where a parameter that learns is upstream: the first layer's input gets none, unless
/// `to_input`, and neither do frozen parameters, nor anything below the first layer that learns.
pub fn backward(graph: &Graph, to_input: bool) -> Vec<BackwardNode> {
    let n = graph.values.len();
    let asked = |r: Role| r.learns() || (to_input && r == Role::Input);
    let mut learns: Vec<bool> = graph.values.iter().map(|v| asked(v.role)).collect();
    for node in &graph.nodes {
        if node.ins.iter().any(|v| learns[graph.root(*v).0]) {
            learns[node.outs[0].0] = true;
        }
    }
    let mut has_gradient = vec![false; n];
    if let Some(loss) = graph.loss {
        has_gradient[loss.0] = true;
    }
    let mut list = Vec::new();
    for (i, node) in graph.nodes.iter().enumerate().rev() {
        if !has_gradient[graph.root(node.outs[0]).0] {
            continue;
        }
        let d_ins: Vec<Option<Contribution>> = node
            .ins
            .iter()
            .enumerate()
            .map(|(k, v)| {
                let of = graph.root(*v);
                (learns[of.0] && node.op.differentiable(k)).then(|| {
                    let add = has_gradient[of.0];
                    has_gradient[of.0] = true;
                    Contribution { of, add }
                })
            })
            .collect();
        if d_ins.iter().any(Option::is_some) {
            list.push(BackwardNode { node: i, d_ins });
        }
    }
    list
}

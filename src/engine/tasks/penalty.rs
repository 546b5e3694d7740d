//! The gradient of a part's answers with respect to what it reads, written down as ops of the graph itself.
//!
//! So it has a gradient like everything else: the second derivative needs no autodiff of its own, only that each op's
//! backward half is an op. A product with the transposed weight is the transposed convolution of a single pixel; the
//! derivative of an activation is `slope`. Not responsible for which layers may stand in the part (`spec::tasks::gan`).

use crate::engine::graph::{Graph, Node, ValueId};
use crate::engine::ops::{Op, conv_transpose2d::ConvTranspose2d, slope::Slope};
use crate::spec::Activation;
use crate::spec::window::Window;

/// `d Σ y / d x`, row by row, of what the nodes from number `first` on made of `x`: a chain of products, convolutions and
/// activations, each on its own. Names begin with `name`.
pub(super) fn input_gradient(graph: &mut Graph, first: usize, x: ValueId, name: &str) -> ValueId {
    let chain: Vec<Node> = graph.nodes[first..].to_vec();
    let mut v: Option<ValueId> = None;
    for (i, node) in chain.iter().enumerate().rev() {
        let name = format!("{name}.{i}");
        let (input, out) = (node.ins[0], node.outs[0]);
        match &node.op {
            // Its derivative is 1.
            Op::Activation(a) if a.act == Activation::Linear && v.is_some() => {}
            Op::Activation(a) => {
                let saved = if a.act.saves_input() { input } else { out };
                let above = v.map(|v| shaped(graph, v, out, &name));
                let ins: Vec<ValueId> = [saved].into_iter().chain(above).collect();
                v = Some(graph.op(Op::Slope(Slope { act: a.act }), &ins, &name));
            }
            Op::Linear(l) => {
                let pixels = graph[out].size() / l.outputs.max(1);
                let turned = ConvTranspose2d {
                    window: pixel(pixels),
                    inputs: l.outputs,
                    outputs: l.inputs,
                    groups: 1,
                    act: Activation::Linear,
                    bias: false,
                };
                v = Some(turn(graph, turned, node, v, &name));
            }
            Op::Conv2d(c) => {
                let turned = ConvTranspose2d {
                    window: c.window,
                    inputs: c.outputs,
                    outputs: c.inputs,
                    groups: c.groups,
                    act: Activation::Linear,
                    bias: false,
                };
                v = Some(turn(graph, turned, node, v, &name));
            }
            // `spec::tasks::gan` lets no other layer through.
            _ => {}
        }
    }
    let v = v.unwrap_or(x);
    shaped(graph, v, x, &format!("{name}.all"))
}

/// The gradient of a node's input from `v`, that of its output; of the last node it is 1.
fn turn(graph: &mut Graph, op: ConvTranspose2d, node: &Node, v: Option<ValueId>, name: &str) -> ValueId {
    let (input, out) = (node.ins[0], node.outs[0]);
    let v = v.unwrap_or_else(|| graph.op(Op::Slope(Slope { act: Activation::Linear }), &[out], &format!("{name}.one")));
    let v = shaped(graph, v, out, name);
    let turned = graph.op(Op::ConvTranspose2d(op), &[v, node.ins[1]], name);
    shaped(graph, turned, input, &format!("{name}.flat"))
}

/// `v` in the shape of `like`, which has as many numbers.
fn shaped(graph: &mut Graph, v: ValueId, like: ValueId, name: &str) -> ValueId {
    let dims = graph[like].dims.clone();
    if graph[v].dims == dims { v } else { graph.alias(format!("{name}.shaped"), v, &dims) }
}

/// So many pixels in a row, each under a kernel of its own size.
fn pixel(n: usize) -> Window {
    Window { input: [1, n], output: [1, n], kernel: [1, 1], stride: [1, 1], dilation: [1, 1], pad: [0, 0] }
}

//! Contrastive learning: the same trunk and head read two views of each row; their answers are to find each other.

use crate::engine::graph::{AGAIN, Graph};
use crate::engine::nn::{Build, LOSS};
use crate::engine::ops::{Op, concat::Concat, nt_xent::NtXent};
use crate::spec::model::PartName;
use crate::spec::tasks::Contrastive;
use crate::spec::{DataInfo, Experiment};

/// Both views, their features, their projections, the loss. The answer is both projections side by side.
pub(super) fn graph(mut b: Build, task: &Contrastive, exp: &Experiment, info: &DataInfo) -> Graph {
    let (one, other) = b.rows(info);
    let project = |b: &mut Build, x, again: &str| {
        let name = |part: PartName| format!("{again}{}", part.name());
        let features = b.part(exp, info, PartName::Trunk, x, &name(PartName::Trunk));
        let z = b.part(exp, info, PartName::Head, features, &name(PartName::Head));
        let n = b.graph[z].size();
        // Whatever shape the head answers in, similarities are of rows.
        if b.graph[z].dims.len() == 1 { z } else { b.graph.alias(format!("{again}projection"), z, &[n]) }
    };
    let both = [project(&mut b, one, ""), project(&mut b, other, AGAIN)];
    let width = b.graph[both[0]].size();
    let op = NtXent { width, temperature: task.temperature };
    b.graph.loss = Some(b.graph.op(Op::NtXent(op), &both, LOSS));
    b.graph.output = Some(b.graph.op(Op::Concat(Concat { widths: vec![width; 2] }), &both, "projections"));
    b.graph
}

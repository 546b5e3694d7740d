//! A network with its weights from an ONNX file: the writer's own, and those that PyTorch's exporter writes.
//!
//! Nothing is run: operations become our layers one by one, or as the larger forms that exporters write for what ONNX has no
//! word for. What comes of it is fitted to the data and the loss of the experiment at hand.

mod attention;
mod file;
mod finish;
mod forms;
mod half;
mod input;
mod net;
mod norms;
mod ops;
mod recurrent;
mod shape;
mod value;
mod window;
mod wire;

use crate::spec::weights::WEIGHTS_LIMIT_KB;
use crate::spec::{Code, Experiment, Problem, Weights};
use file::File;
use net::Net;
use std::collections::{BTreeMap, BTreeSet};
use value::Known;

/// Largest file that is read: the weights that may be opened, and some room for names.
pub const ONNX_LIMIT_KB: usize = WEIGHTS_LIMIT_KB + 1024;

/// What was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Onnx {
    /// The experiment with the network in it.
    pub experiment: Experiment,
    /// Its weights, under our names.
    pub weights: Weights,
    /// How many layers it has.
    pub layers: usize,
    /// In what it differs from the file.
    pub notes: Vec<Note>,
}

/// In what a network differs from its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The loss has this function already.
    InLoss {
        /// Its name in ONNX.
        op: &'static str,
    },
    /// The loss is now this one, which the output asks for.
    Loss {
        /// Its JSON name.
        loss: &'static str,
    },
    /// Norms of the file add another small number to the variance than ours.
    Epsilon {
        /// Their name in ONNX.
        op: &'static str,
        /// How many there are.
        count: usize,
        /// What the file adds.
        theirs: String,
        /// What is added here.
        ours: String,
        /// The variance that was kept makes up for it, until training goes on.
        kept: bool,
    },
    /// Numbers of sixteen bits became numbers of thirty-two.
    Widened {
        /// In how many arrays.
        arrays: usize,
    },
}

/// Reads a file for an experiment: its data say what comes in, its loss what has to come out.
///
/// # Errors
/// What cannot be built here; a file that is broken or too large; other shapes than the data's.
pub fn read(bytes: &[u8], exp: &Experiment) -> Result<Onnx, Vec<Problem>> {
    check_size(bytes.len()).map_err(|p| vec![p])?;
    let data = exp.data_info().filter(|_| exp.model.parts.is_empty() && !exp.task.kind.makes_its_target());
    let Some(data) = data else {
        return Err(vec![Problem::new("task.type", Code::OnnxTask).arg("task", exp.task.kind.name())]);
    };
    let one = |p| vec![p];
    let file = file::file(bytes).map_err(one)?;
    unknown(&file).map_err(one)?;
    let mut net = Net::new(&file, &data, exp).map_err(one)?;
    for (i, node) in file.nodes.iter().enumerate() {
        let first = ops::read(&mut net, i, node, exp.task.loss()).map_err(one)?;
        let mut outs = node.outs.iter();
        if let Some(name) = outs.next() {
            net.known.insert(name, first.unwrap_or(Known::Node(i)));
        }
        for name in outs {
            net.known.entry(name).or_insert(Known::Node(i));
        }
    }
    let out = net.val(net.output).cloned().ok_or_else(|| one(unmet(&net)))?;
    finish::finish(net, &out, exp)
}

/// Refuses more than a file may hold.
pub fn check_size(bytes: usize) -> Result<(), Problem> {
    if bytes <= ONNX_LIMIT_KB * 1024 {
        return Ok(());
    }
    Err(Problem::new("", Code::TooLong).arg("size_kb", bytes.div_ceil(1024)).arg("limit_kb", ONNX_LIMIT_KB))
}

/// Most operations that a message names.
const NAMED: usize = 8;
/// Most letters of one.
const LETTERS: usize = 40;

/// Refuses operations that no network here is made of, all of them at once.
fn unknown(file: &File<'_>) -> Result<(), Problem> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for n in &file.nodes {
        let usual = matches!(n.domain, "" | "ai.onnx");
        if !(usual && ops::KNOWN.contains(&n.op)) {
            let name = n.op.chars().take(LETTERS).collect();
            *counts.entry(name).or_insert(0) += 1;
        }
    }
    if counts.is_empty() {
        return Ok(());
    }
    let total: usize = counts.values().sum();
    let mut names: Vec<String> = counts.iter().take(NAMED).map(|(op, n)| format!("{op} ×{n}")).collect();
    names.extend((counts.len() > NAMED).then(|| "…".into()));
    Err(Problem::new("model", Code::OnnxOps).arg("names", names.join(", ")).arg("count", total))
}

/// The first operation that the output needs and no layer took up.
fn unmet(net: &Net<'_>) -> Problem {
    let (mut seen, mut open) = (BTreeSet::new(), vec![net.output]);
    while let Some(name) = open.pop() {
        if let Some(Known::Node(i)) = net.known.get(name)
            && seen.insert(*i)
        {
            open.extend(&net.nodes[*i].ins);
        }
    }
    let op = seen.first().map_or("", |i| net.nodes[*i].op);
    let count = seen.iter().filter(|i| net.nodes[**i].op == op).count();
    Problem::new("model", Code::OnnxForm).arg("op", op).arg("count", count.max(1))
}

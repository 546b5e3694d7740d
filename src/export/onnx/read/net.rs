//! The network while it is read: what is known of each name, and the layers so far.
//!
//! A layer is never changed once it is built: what a later node adds to it (a bias, an activation) makes another one in its
//! place, and layers that nothing reads in the end are left out. Not responsible for single operations (`ops`).

use super::file::{Array, File, Node};
use super::value::{At, Known, Val};
use crate::spec::model::ActivationLayer;
use crate::spec::{Activation, Code, DataInfo, Experiment, LayerKind, Problem};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Shape and numbers of a weight in the file.
type Weight<'n> = (&'n [usize], &'n Rc<Vec<f32>>);

/// Numbers of a layer: under our name.
#[derive(Clone, Debug)]
pub(super) struct Numbers {
    pub name: &'static str,
    pub shape: Vec<usize>,
    pub data: Rc<Vec<f32>>,
}

impl Numbers {
    pub fn new(name: &'static str, shape: &[usize], data: Vec<f32>) -> Numbers {
        Numbers { name, shape: shape.to_vec(), data: Rc::new(data) }
    }
}

/// A layer of ours.
#[derive(Clone, Debug)]
pub(super) struct Built {
    pub kind: LayerKind,
    pub from: Vec<At>,
    pub numbers: Vec<Numbers>,
    /// Attention that turns queries and keys.
    pub rotary: bool,
}

impl Built {
    pub fn find(&self, name: &str) -> Option<&Numbers> {
        self.numbers.iter().find(|n| n.name == name)
    }
}

/// See the module.
pub(super) struct Net<'a> {
    pub nodes: &'a [Node<'a>],
    pub known: BTreeMap<&'a str, Known>,
    uses: BTreeMap<&'a str, usize>,
    pub built: Vec<Built>,
    pub data: &'a DataInfo,
    pub output: &'a str,
    /// What the output is the same as.
    pub end: &'a str,
    /// A function at the end that the loss has: its name in ONNX.
    pub in_loss: Option<&'static str>,
    /// Norms that add another small number than ours.
    pub epsilons: Vec<Epsilon>,
    /// How many arrays had numbers of sixteen bits.
    pub halves: usize,
    /// What is read by operations that have channels first.
    channels: BTreeSet<&'a str>,
    /// Numbers that may still be made of those of the file.
    left: usize,
}

/// A norm that adds another small number to the variance than ours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Epsilon {
    pub op: &'static str,
    pub theirs: f32,
    pub ours: f32,
    /// Kept numbers make up for it.
    pub kept: bool,
}

/// Nearer to each other, two such numbers are the same one with fewer digits.
const SAME_EPSILON: f32 = 1e-3;

/// Numbers that may be made of a file beside those in it, whatever its size.
const NUMBERS_MIN: usize = 1 << 20;
/// Operations over channels that come first.
const CHANNELS: [&str; 10] = [
    "Conv",
    "ConvTranspose",
    "BatchNormalization",
    "InstanceNormalization",
    "MaxPool",
    "AveragePool",
    "GlobalAveragePool",
    "Resize",
    "Upsample",
    "Pad",
];

/// A setting of an operation that there is none of here.
pub(super) fn setting(node: &Node<'_>, name: &str) -> Problem {
    Problem::new("model", Code::OnnxSetting).arg("op", node.op).arg("setting", name)
}

impl<'a> Net<'a> {
    pub fn new(file: &'a File<'a>, data: &'a DataInfo, exp: &Experiment) -> Result<Net<'a>, Problem> {
        let mut uses = BTreeMap::new();
        for name in file.nodes.iter().flat_map(|n| &n.ins).chain(&file.outputs) {
            *uses.entry(*name).or_insert(0) += 1;
        }
        let output = file.outputs.first().copied().unwrap_or("");
        let same = file.nodes.iter().find(|n| n.op == "Identity" && n.outs == [output]);
        let mut net = Net {
            nodes: &file.nodes,
            known: BTreeMap::new(),
            uses,
            built: Vec::new(),
            data,
            output,
            end: same.and_then(|n| n.ins.first().copied()).unwrap_or(output),
            in_loss: None,
            epsilons: Vec::new(),
            halves: file.halves,
            channels: file
                .nodes
                .iter()
                .filter(|n| CHANNELS.contains(&n.op))
                .filter_map(|n| n.ins.first().copied())
                .collect(),
            left: file.numbers().saturating_mul(4).max(NUMBERS_MIN),
        };
        for (name, array) in &file.arrays {
            net.known.insert(name, Known::Constant(array.clone()));
        }
        let inputs: Vec<_> = file.inputs.iter().filter(|(name, _)| !net.known.contains_key(name)).collect();
        let [(name, sizes)] = inputs[..] else {
            return Err(Problem::new("model", Code::OnnxInputs).arg("got", inputs.len()));
        };
        let value = super::input::input(&mut net, sizes, file.producer == "gradarium", exp)?;
        net.known.insert(name, Known::Value(value));
        Ok(net)
    }

    /// Counts numbers that are about to be made.
    pub fn spend(&mut self, n: usize) -> Result<(), Problem> {
        let left = self.left.checked_sub(n);
        self.left = left.ok_or_else(|| Problem::new("model", Code::OnnxTooMuch).arg("max", self.left))?;
        Ok(())
    }

    /// Whether what reads a name has channels first.
    pub fn wants_channels(&self, name: &str) -> bool {
        self.channels.contains(name)
    }

    /// What a norm adds to the variance, where ours adds something else.
    pub fn epsilon(&mut self, op: &'static str, theirs: f32, ours: f32, kept: bool) {
        if (theirs - ours).abs() > SAME_EPSILON * ours {
            self.epsilons.push(Epsilon { op, theirs, ours, kept });
        }
    }

    /// Another layer.
    pub fn layer(&mut self, kind: LayerKind, from: &[At], numbers: Vec<Numbers>) -> At {
        self.built.push(Built { kind, from: from.to_vec(), numbers, rotary: false });
        At::Layer(self.built.len() - 1)
    }

    /// The layer that gives a value; none for the data.
    pub fn source(&self, at: At) -> Option<&Built> {
        if let At::Layer(i) = at { self.built.get(i) } else { None }
    }

    pub fn val(&self, name: &str) -> Option<&Val> {
        if let Known::Value(v) = self.known.get(name)? { Some(v) } else { None }
    }

    pub fn constant(&self, name: &str) -> Option<&Array> {
        if let Known::Constant(a) = self.known.get(name)? { Some(a) } else { None }
    }

    /// Numbers of a weight.
    ///
    /// # Errors
    /// Where they are no `f32`.
    pub fn floats(&self, name: &str) -> Result<Option<Weight<'_>>, Problem> {
        let Some(array) = self.constant(name) else { return Ok(None) };
        let Some(data) = array.floats() else {
            return Err(Problem::new("weights", Code::WeightsKind).arg("name", name).arg("got", kind(array)));
        };
        Ok(Some((&array.shape, data)))
    }

    /// The one number of a constant.
    pub fn one(&self, name: &str) -> Option<f32> {
        self.constant(name)?.one()
    }

    /// The node of this kind that gives a name and is part of something larger.
    pub fn part(&self, name: &str, op: &str) -> Option<&'a Node<'a>> {
        let Known::Node(i) = self.known.get(name)? else { return None };
        self.nodes.get(*i).filter(|n| n.op == op)
    }

    /// How often a name is read.
    pub fn uses(&self, name: &str) -> usize {
        self.uses.get(name).copied().unwrap_or(0)
    }

    /// An activation over a value that is read so many times for it: it goes to the layer before where that has none.
    pub fn act(&mut self, x: &Val, name: &str, a: Activation, reads: usize) -> Val {
        let before = self.source(x.at).filter(|_| self.uses(name) == reads).cloned();
        let merged = before.and_then(|mut b| {
            *free(&mut b.kind)? = a;
            Some(b)
        });
        let alone = LayerKind::Activation(ActivationLayer { kind: a });
        let at = match merged {
            Some(b) => self.changed(b),
            None => self.layer(alone, &[x.at], Vec::new()),
        };
        x.from(at)
    }

    /// A changed copy of a layer.
    pub fn changed(&mut self, b: Built) -> At {
        self.built.push(b);
        At::Layer(self.built.len() - 1)
    }
}

/// The activation of a layer that has none yet.
fn free(kind: &mut LayerKind) -> Option<&mut Activation> {
    let of = match kind {
        LayerKind::Dense(d) => &mut d.activation,
        kind => &mut kind.conv_mut()?.activation,
    };
    (*of == Activation::Linear).then_some(of)
}

/// What ONNX calls numbers of a kind.
fn kind(array: &Array) -> String {
    let number = match &array.data {
        super::file::Data::Other(n) => *n,
        super::file::Data::Ints(_) => 7,
        super::file::Data::Floats(_) => 1,
    };
    let known = [(1, "FLOAT"), (2, "UINT8"), (3, "INT8"), (7, "INT64"), (9, "BOOL"), (10, "FLOAT16"), (16, "BFLOAT16")];
    known.iter().find(|(n, _)| *n == number).map_or(format!("{number}"), |(_, name)| name.to_string())
}

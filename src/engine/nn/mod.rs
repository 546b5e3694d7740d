//! Layers emit ops: a spec becomes a graph. One layer per file; layers hold no numbers and run nothing.
//!
//! Value names follow PyTorch's: `layers.0.weight`, `layers.0` for the layer's output. Not responsible for validity:
//! `spec::shape::infer` has found no problem before this is called.

mod attention;
mod batch_norm;
mod conv2d;
mod dense;
mod dropout;
mod embedding;
mod group_norm;
mod instance_norm;
mod layer_norm;
mod merge;
mod pool2d;
mod positional;
mod recurrent;
mod rms_norm;
mod slice;
mod squeeze_excite;
mod transformer;

use super::graph::{Graph, Role, ValueId};
use super::ops::{Op, activation::Act, loss::LossOp, pool2d::Reduce, recurrent::Cell};
use super::tasks;
use crate::spec::model::PartName;
use crate::spec::shape::{self, size};
use crate::spec::{Activation, DataInfo, Experiment, Layer, LayerKind, TaskKind};
use std::collections::BTreeMap;

/// What the graph is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Dropout drops, batch norm uses the batch.
    Train,
    /// Dropout is gone, batch norm uses running statistics.
    Eval,
}

/// Name of the batch's inputs.
pub const INPUT: &str = "input";
/// Name of the batch's targets.
pub const TARGET: &str = "target";
/// Name of the loss.
pub const LOSS: &str = "loss";

/// What layers need while they emit ops.
pub(crate) struct Build {
    pub graph: Graph,
    pub mode: Mode,
    /// Outputs by every name that `from` may use.
    named: BTreeMap<String, ValueId>,
    /// Units of the last dense layer when the spec leaves them to the task.
    wanted: usize,
    /// Size of the vocabulary, 0 where inputs are no tokens.
    tokens: usize,
    /// What holds tokens, with itself, and sequences with the tokens behind their places.
    tokens_of: BTreeMap<ValueId, ValueId>,
    /// Whether attention is causal when it does not say.
    causal: bool,
    /// Whether what comes into every activation function is a value of its own, `….sum`.
    pub apart: bool,
    /// Whether a rotary `positional` came before: attention turns queries and keys from there on.
    rotary: bool,
}

/// Builds the graph of an experiment on data like `info`. The same parameters in the same order for both modes.
pub fn build(exp: &Experiment, info: &DataInfo, mode: Mode) -> Graph {
    emit(exp, info, mode, false)
}

/// The graph for looking inside: as for evaluation, and what comes into every activation function has a name, `….sum`.
pub fn build_apart(exp: &Experiment, info: &DataInfo) -> Graph {
    emit(exp, info, Mode::Eval, true)
}

fn emit(exp: &Experiment, info: &DataInfo, mode: Mode, apart: bool) -> Graph {
    let mut b = Build::new(exp, info, mode, apart);
    if !exp.model.parts.is_empty() {
        return tasks::graph(b, exp, info);
    }
    let loss = exp.task.loss();
    b.wanted = loss.output_shape(&info.target).and_then(|w| w.last().copied()).unwrap_or(1);
    let (input, target) = b.rows(info);
    b.tokens_of.extend(info.tokens.map(|_| (input, input)));
    let output = b.list(&exp.model.layers, "layers", input);
    let op = Op::Loss(LossOp { loss, width: b.graph[output].dims.last().copied().unwrap_or(1), weights: Vec::new() });
    let loss = b.graph.op(op, &[output, target], LOSS);
    b.graph.output = Some(output);
    b.graph.loss = Some(loss);
    b.graph
}

/// The graph of one part on its own, from what it reads to what it answers, as for evaluation.
pub fn build_part(exp: &Experiment, info: &DataInfo, part: PartName) -> Graph {
    let mut b = Build::new(exp, info, Mode::Eval, false);
    let dims = exp.model.range(part).start;
    let input = shape::infer(exp, info).layers.get(dims).map(|l| l.input.clone()).unwrap_or_default();
    let x = b.graph.input(INPUT, &input, Role::Input);
    let output = b.part(exp, info, part, x, part.name());
    b.graph.output = Some(output);
    b.graph
}

impl Build {
    pub(crate) fn new(exp: &Experiment, info: &DataInfo, mode: Mode, apart: bool) -> Build {
        Build {
            graph: Graph::default(),
            mode,
            named: BTreeMap::new(),
            wanted: 1,
            tokens: info.tokens.unwrap_or(0),
            tokens_of: BTreeMap::new(),
            causal: exp.task.kind == TaskKind::LanguageModel,
            apart,
            rotary: false,
        }
    }

    /// What is written before each step: rows of the data, and what is asked of them.
    pub(crate) fn rows(&mut self, info: &DataInfo) -> (ValueId, ValueId) {
        let input = self.graph.input(INPUT, &info.input, Role::Input);
        let target = self.graph.input(TARGET, &info.target.shape(), Role::Target);
        self.named.insert(INPUT.into(), input);
        (input, target)
    }

    /// The layers of a part, reading `x`; their values' names begin with `name`, parameters keep the part's own. What it
    /// answers has the shape that the task wants.
    pub(crate) fn part(
        &mut self,
        exp: &Experiment,
        info: &DataInfo,
        part: PartName,
        x: ValueId,
        name: &str,
    ) -> ValueId {
        let rules = exp.task.kind.parts(info);
        let rule = rules.iter().find(|r| r.name == part);
        let layers = exp.model.part(part);
        let asked = rule.and_then(|r| shape::asked_of(r, layers));
        self.wanted = asked.and_then(|w| w.last().copied()).unwrap_or(1);
        self.named = BTreeMap::from([(INPUT.to_string(), x)]);
        let y = self.list(layers, &format!("{name}.layers"), x);
        match rule.and_then(|r| r.output.as_deref()) {
            Some(dims) if *dims != *self.graph[y].dims => self.graph.alias(name.to_string(), y, dims),
            Some(_) | None => y,
        }
    }

    fn list(&mut self, layers: &[Layer], name: &str, input: ValueId) -> ValueId {
        let mut x = input;
        for (i, layer) in layers.iter().enumerate() {
            let name = format!("{name}.{i}");
            x = self.layer(layer, &name, x);
            self.named.insert(name, x);
            if let Some(given) = &layer.name {
                self.named.insert(given.clone(), x);
            }
        }
        x
    }

    fn layer(&mut self, layer: &Layer, name: &str, previous: ValueId) -> ValueId {
        let ins: Vec<ValueId> = match &layer.from {
            Some(from) => from.iter().map(|f| self.named.get(f).copied().unwrap_or(previous)).collect(),
            None => vec![previous],
        };
        let x = ins[0];
        let dims = self.graph[x].dims.clone();
        let first = self.graph.values.len();
        let out = match &layer.kind {
            LayerKind::Dense(d) => dense::emit(self, d, d.units.unwrap_or(self.wanted), name, x),
            LayerKind::Activation(a) => self.activation(a.kind, name, x),
            LayerKind::Conv2d(c) => conv2d::emit(self, c, name, x),
            LayerKind::Conv1d(c) => conv2d::emit_line(self, c, name, x),
            LayerKind::ConvTranspose2d(c) => conv2d::emit_transposed(self, c, name, x),
            LayerKind::Upsample2d(u) => pool2d::upsample(self, u.factor, name, x),
            LayerKind::SqueezeExcite(s) => squeeze_excite::emit(self, s, name, x),
            LayerKind::GroupNorm(g) => group_norm::emit(self, g.groups, name, x),
            LayerKind::Dropout2d(d) => dropout::emit_channels(self, d.rate, name, x),
            LayerKind::MaxPool1d(p) => pool2d::emit_line(self, p, name, x),
            LayerKind::MaxPool2d(p) => pool2d::emit(self, p, Reduce::Max, name, x),
            LayerKind::AvgPool2d(p) => pool2d::emit(self, p, Reduce::Mean, name, x),
            LayerKind::GlobalAvgPool2d(_) | LayerKind::GlobalAvgPool1d(_) => pool2d::global(self, name, x),
            LayerKind::Dropout(d) => dropout::emit(self, d.rate, name, x),
            LayerKind::BatchNorm(_) => batch_norm::emit(self, name, x),
            LayerKind::LayerNorm(_) => layer_norm::emit(self, name, x),
            LayerKind::RmsNorm(_) => rms_norm::emit(self, name, x),
            LayerKind::InstanceNorm(s) => instance_norm::emit(self, s.affine, name, x),
            LayerKind::Rnn(r) => recurrent::emit(self, Cell::Rnn(r.activation.unwrap_or_default()), r, name, x),
            LayerKind::Lstm(r) => recurrent::emit(self, Cell::Lstm, r, name, x),
            LayerKind::Gru(r) => recurrent::emit(self, Cell::Gru, r, name, x),
            LayerKind::Flatten(_) => self.graph.alias(name.into(), x, &[size(&dims)]),
            LayerKind::Reshape(r) => self.graph.alias(name.into(), x, &r.shape),
            LayerKind::Residual(r) => {
                let branch = self.list(&r.layers, &format!("{name}.layers"), x);
                merge::add(self, &[x, branch], name)
            }
            LayerKind::Add(_) => merge::add(self, &ins, name),
            LayerKind::Concat(_) => merge::concat(self, &ins, name),
            LayerKind::Slice(s) => slice::emit(self, s, name, x),
            LayerKind::Embedding(e) => embedding::emit(self, e.units, name, x),
            LayerKind::Positional(p) => positional::emit(self, p.kind, name, x),
            LayerKind::Attention(a) => attention::emit(self, a, name, &ins),
            LayerKind::TransformerBlock(t) => transformer::emit(self, t, name, x),
        };
        if layer.frozen {
            self.graph.freeze(first);
        }
        if layer.kind.keeps_tokens() && self.graph[out].dims.len() == 2 {
            self.same_places(x, out);
        }
        out
    }

    /// A nonlinearity on its own.
    fn activation(&mut self, act: Activation, name: &str, x: ValueId) -> ValueId {
        let dims = self.graph[x].dims.clone();
        let x = if self.apart { self.graph.alias(format!("{name}.sum"), x, &dims) } else { x };
        self.graph.op(Op::Activation(Act { act }), &[x], name)
    }

    /// An op that ends in `act`: in one, or where activations are apart as two.
    fn activated(&mut self, act: Activation, op: impl Fn(Activation) -> Op, ins: &[ValueId], name: &str) -> ValueId {
        if !self.apart {
            return self.graph.op(op(act), ins, name);
        }
        let sum = self.graph.op(op(Activation::Linear), ins, &format!("{name}.sum"));
        self.graph.op(Op::Activation(Act { act }), &[sum], name)
    }

    /// `y` has the places of `x`, and so the tokens behind them.
    fn same_places(&mut self, x: ValueId, y: ValueId) {
        self.tokens_of.extend(self.tokens_of.get(&x).map(|t| (y, *t)));
    }
}

/// Height, width and channels of a shape that `spec::shape` has found to be an image's; a series is one row.
fn image(dims: &[usize]) -> [usize; 3] {
    match *dims {
        [h, w, c] => [h, w, c],
        [t, c] => [1, t, c],
        _ => [1, 1, crate::spec::shape::size(dims)],
    }
}

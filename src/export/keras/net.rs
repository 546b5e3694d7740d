//! The network in Keras: layers called one after the other, then `keras.Model`.
//!
//! Not responsible for what a layer is (`layer`).

use super::layer;
use crate::export::named::Name;
use crate::export::python::{tuple, variable};
use crate::export::reads::{Setting, is_rotary, masks, references, result, tokens_after};
use crate::export::{Script, helpers};
use crate::spec::model::Residual;
use crate::spec::shape::LayerInfo;
use crate::spec::{DataInfo, Experiment, Layer, LayerKind, TaskKind};
use std::collections::{BTreeMap, BTreeSet};

/// A network as code.
pub(super) struct Net {
    /// Classes that Keras has not, then the network as `model`.
    pub code: Script,
    /// Names of parameters and running statistics, ours and Keras's.
    pub names: Vec<Name>,
    /// Names of layers that do not learn.
    pub frozen: Vec<String>,
}

/// What the script calls its own values; no layer's name may take their place.
const TAKEN: [&str; 24] = [
    "keras",
    "layers",
    "ops",
    "initializers",
    "np",
    "rows",
    "x_train",
    "y_train",
    "x_test",
    "y_test",
    "means",
    "forward",
    "backward",
    "asked",
    "weights",
    "arrays",
    "layer",
    "v",
    "draw",
    "path",
    "linear",
    "turned",
    "sinusoidal",
    "first",
];

/// Writes the network.
pub(super) fn write(exp: &Experiment, data: &DataInfo, layers: &[LayerInfo]) -> Net {
    let causal = exp.task.kind == TaskKind::LanguageModel;
    let mut w = Writer {
        set: Setting { tokens: data.tokens.unwrap_or(0), causal, rotary: false },
        refs: references(&exp.model.layers),
        used: TAKEN.map(String::from).into(),
        ..Writer::default()
    };
    let tokens = data.tokens.filter(|_| masks(&exp.model.layers)).map(|_| "inputs".to_string());
    let input = Value { var: "inputs".into(), tokens };
    w.named.insert("input".into(), input.clone());
    let kind = if data.tokens.is_some() { ", dtype=\"int32\"" } else { "" };
    w.body.say(format!("inputs = keras.Input({}{kind})", tuple(&data.input)));
    let last = w.list(&exp.model.layers, layers, input, None);
    w.body.say(format!("model = keras.Model(inputs, {})", last.var));
    let mut code = Script::default();
    helpers::write(&super::helpers::ALL, &w.body.text(), &mut code);
    code.lines.append(&mut w.body.lines);
    Net { code, names: w.names, frozen: w.frozen }
}

/// The output of a layer.
#[derive(Clone, Debug, Default)]
struct Value {
    var: String,
    /// The tokens behind its places, as an expression.
    tokens: Option<String>,
}

#[derive(Default)]
struct Writer {
    set: Setting,
    refs: BTreeSet<String>,
    names: Vec<Name>,
    frozen: Vec<String>,
    /// Whether a container around does not learn.
    locked: bool,
    counts: BTreeMap<&'static str, usize>,
    used: BTreeSet<String>,
    named: BTreeMap<String, Value>,
    body: Script,
}

impl Writer {
    /// Layers one after the other; the value at the end.
    fn list(&mut self, layers: &[Layer], infos: &[LayerInfo], input: Value, top: Option<usize>) -> Value {
        let mut x = input;
        for (i, (l, info)) in layers.iter().zip(infos).enumerate() {
            x = self.layer(l, info, &x, top.or(Some(i)));
            self.named.insert(info.name.clone(), x.clone());
            if let Some(name) = &l.name {
                self.named.insert(name.clone(), x.clone());
            }
        }
        x
    }

    fn layer(&mut self, l: &Layer, info: &LayerInfo, before: &Value, top: Option<usize>) -> Value {
        self.set.rotary |= is_rotary(&l.kind);
        let from = l.from.iter().flatten();
        let mut ins: Vec<Value> = from.filter_map(|n| self.named.get(n).cloned()).collect();
        if ins.is_empty() {
            ins.push(before.clone());
        }
        let y = result(l, info, &self.refs, &mut self.used);
        let all = ins.iter().map(|v| v.var.as_str()).collect::<Vec<_>>();
        let lines = match &l.kind {
            LayerKind::Residual(r) => {
                let around = self.locked;
                self.locked |= l.frozen;
                let inside = self.branch(r, info, &mut ins[0], top);
                self.locked = around;
                vec![format!("{{y}} = {} + {inside}", ins[0].var)]
            }
            LayerKind::Add(_) => vec![format!("{{y}} = {}", all.join(" + "))],
            LayerKind::Concat(_) => vec![format!("{{y}} = ops.concatenate(({}), -1)", all.join(", "))],
            LayerKind::Attention(a) => {
                let seen = ins.last().and_then(|v| v.tokens.clone()).filter(|_| a.mask_padding);
                let call = layer::attention(a, &self.set, ins.len() > 1);
                vec![format!("{{y}} = {call}({}{})", all.join(", "), masked(seen))]
            }
            LayerKind::TransformerBlock(t) if t.mask_padding => {
                let seen = masked(ins[0].tokens.clone());
                let with = |line: String| line.replace("({x})", &format!("({{x}}{seen})"));
                layer::lines(&l.kind, info, &self.set).into_iter().map(with).collect()
            }
            kind => layer::lines(kind, info, &self.set),
        };
        let n = self.name(l, info);
        let mut now = ins[0].var.clone();
        for line in lines {
            let line = line.replace("{n}", &n).replace("{x}", &now);
            if line.starts_with("{y}") {
                now.clone_from(&y);
            }
            self.body.say_of(top, line.replace("{y}", &y));
        }
        if now != y && y != "x" {
            self.body.say_of(top, format!("{y} = {now}"));
            now = y;
        }
        Value { var: now, tokens: tokens_after(&l.kind, info, ins[0].tokens.as_ref()) }
    }

    /// The lines of a residual branch; its value.
    fn branch(&mut self, r: &Residual, info: &LayerInfo, x: &mut Value, top: Option<usize>) -> String {
        if x.var == "x" {
            // The branch goes on under this name.
            let kept = variable("skip", "skip", &mut self.used);
            self.body.say_of(top, format!("{kept} = x"));
            x.var = kept;
        }
        self.list(&r.layers, &info.children, x.clone(), top).var
    }

    /// What a layer is called; takes the names of its parameters and running statistics down.
    fn name(&mut self, l: &Layer, info: &LayerInfo) -> String {
        let kept_as = layer::kept_as(&l.kind);
        if kept_as.is_empty() {
            return String::new();
        }
        let count = self.counts.entry(kept_as).or_default();
        *count += 1;
        let name = format!("{kept_as}{count}");
        let moving = if matches!(l.kind, LayerKind::BatchNorm(_)) { &["running_mean", "running_var"][..] } else { &[] };
        for (param, rank) in info.params.iter().map(|p| (p.name, p.shape.len())).chain(moving.iter().map(|p| (*p, 1))) {
            let (theirs, axes) = layer::param(&l.kind, param, rank, &name);
            let of = theirs.split('/').next().unwrap_or_default().to_string();
            if (l.frozen || self.locked) && !self.frozen.contains(&of) {
                self.frozen.push(of);
            }
            self.names.push(Name { ours: format!("{}.{param}", info.name), theirs, axes });
        }
        name
    }
}

/// The argument that keeps attention from padding.
fn masked(tokens: Option<String>) -> String {
    tokens.map_or_else(String::new, |t| format!(", seen=ops.not_equal({t}, 0)"))
}

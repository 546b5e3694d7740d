//! The network in PyTorch: `nn.Sequential` where every layer reads the one before, else a module with a `forward`.
//!
//! Not responsible for what a layer is (`layer`).

use super::Name;
use super::layer;
use super::piece::{Piece, to_first, to_last};
use crate::export::Script;
use crate::export::helpers;
use crate::export::python::variable;
use crate::export::reads::{Setting, is_rotary, masks, references, result, tokens_after};
use crate::spec::shape::LayerInfo;
use crate::spec::{DataInfo, Experiment, Layer, LayerKind, TaskKind};
use std::collections::{BTreeMap, BTreeSet};

/// A network as code.
pub(super) struct Net {
    /// Classes that PyTorch has not, then the network as `model`.
    pub code: Script,
    /// Names of parameters and running statistics, ours and PyTorch's.
    pub names: Vec<Name>,
    /// Names of modules that do not learn.
    pub frozen: Vec<String>,
    /// Whether the network reads pictures with channels first.
    pub first: bool,
}

/// Writes the network.
pub(super) fn write(exp: &Experiment, data: &DataInfo, layers: &[LayerInfo]) -> Net {
    let causal = exp.task.kind == TaskKind::LanguageModel;
    let mut w = Writer {
        set: Setting { tokens: data.tokens.unwrap_or(0), causal, rotary: false },
        refs: references(&exp.model.layers),
        ..Writer::default()
    };
    // Pictures are read with channels first, whoever reads them.
    let first = data.input.len() == 3 && data.tokens.is_none();
    let mut body = Script::default();
    let chain = w.refs.is_empty() && chains(&exp.model.layers, layers, &w.set);
    if chain {
        w.sequential(exp, layers, first, &mut body);
    } else {
        w.module(exp, data, layers, first, &mut body);
    }
    let text = body.text();
    let mut code = Script::default();
    helpers::write(&super::helpers::ALL, &text, &mut code);
    code.lines.append(&mut body.lines);
    Net { code, names: w.names, frozen: w.frozen, first }
}

/// Whether each layer is a module that reads what the one before gives.
fn chains(layers: &[Layer], infos: &[LayerInfo], set: &Setting) -> bool {
    let mut set = set.clone();
    layers.iter().zip(infos).all(|(l, info)| {
        set.rotary |= is_rotary(&l.kind);
        let masked = match &l.kind {
            LayerKind::Attention(a) => a.mask_padding,
            LayerKind::TransformerBlock(t) => t.mask_padding,
            _ => false,
        };
        let inside = chains(l.kind.children(), &info.children, &set);
        !masked && inside && layer::pieces(&l.kind, info, &set, false).0.iter().all(Piece::chains)
    })
}

/// A value of `forward`.
#[derive(Clone, Debug, Default)]
struct Value {
    var: String,
    /// Whether channels come first.
    first: bool,
    rank: usize,
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
    init: Script,
    forward: Script,
}

impl Writer {
    /// `model = nn.Sequential(…)`.
    fn sequential(&mut self, exp: &Experiment, infos: &[LayerInfo], first: bool, out: &mut Script) {
        out.say("model = nn.Sequential(");
        let first = self.chain(&exp.model.layers, infos, (first, "", 1, None), out);
        // Targets are as the page has them.
        if first {
            out.say("    ChannelsLast(),");
        }
        out.say(")");
    }

    /// The lines of a chain; whether channels come first at its end.
    fn chain(
        &mut self,
        layers: &[Layer],
        infos: &[LayerInfo],
        (mut first, prefix, depth, top): (bool, &str, usize, Option<usize>),
        out: &mut Script,
    ) -> bool {
        let space = "    ".repeat(depth);
        let mut at = 0;
        for (i, (l, info)) in layers.iter().zip(infos).enumerate() {
            let top = top.or(Some(i));
            self.set.rotary |= is_rotary(&l.kind);
            if let LayerKind::Residual(r) = &l.kind {
                let name = format!("{prefix}{at}");
                out.say_of(top, format!("{space}Residual("));
                let came = first;
                let inside = self.chain(&r.layers, &info.children, (first, &format!("{name}."), depth + 1, top), out);
                if inside != came {
                    let back = if came { to_first() } else { to_last() };
                    out.say_of(top, format!("{space}    {},", back.module));
                }
                out.say_of(top, format!("{space}),"));
                self.freeze(l, &name);
                at += 1;
                continue;
            }
            let (pieces, then) = layer::pieces(&l.kind, info, &self.set, first);
            first = then;
            for p in pieces {
                out.say_of(top, format!("{space}{},", p.module));
                let name = format!("{prefix}{at}");
                if !p.kept_as.is_empty() {
                    self.name_all(l, info, &name);
                }
                at += 1;
            }
        }
        first
    }

    fn freeze(&mut self, l: &Layer, name: &str) {
        if l.frozen || self.locked {
            self.frozen.push(name.to_string());
        }
    }

    /// Every parameter and running statistic of a layer whose module has this name.
    fn name_all(&mut self, l: &Layer, info: &LayerInfo, name: &str) {
        if info.params.is_empty() {
            return;
        }
        let buffers =
            if matches!(l.kind, LayerKind::BatchNorm(_)) { &["running_mean", "running_var"][..] } else { &[] };
        for param in info.params.iter().map(|p| p.name).chain(buffers.iter().copied()) {
            let theirs = format!("{name}.{}", layer::param(&l.kind, param));
            self.names.push(Name { ours: format!("{}.{param}", info.name), theirs, axes: Vec::new() });
        }
        self.freeze(l, name);
    }

    /// `class Net(nn.Module)` and `model = Net()`.
    fn module(&mut self, exp: &Experiment, data: &DataInfo, infos: &[LayerInfo], first: bool, out: &mut Script) {
        let keeps = self.refs.contains("input") || data.tokens.is_some() && masks(&exp.model.layers);
        let var = if keeps { "inputs" } else { "x" }.to_string();
        let tokens = data.tokens.map(|_| var.clone());
        let input = Value { var: var.clone(), first, rank: data.input.len(), tokens };
        self.named.insert("input".into(), input.clone());
        let mut last = self.list(&exp.model.layers, infos, input, None);
        self.to(&mut last, false);
        out.say("class Net(nn.Module):\n    def __init__(self):\n        super().__init__()");
        out.lines.append(&mut self.init.lines);
        out.say(format!("\n    def forward(self, {var}):"));
        out.lines.append(&mut self.forward.lines);
        out.say(format!("        return {}\n\n\nmodel = Net()", last.var));
    }

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
        let first = ins[0].first;
        let mut out = Value { rank: info.output.len(), first, tokens: None, var: y.clone() };
        match &l.kind {
            LayerKind::Residual(r) => {
                let around = self.locked;
                self.locked |= l.frozen;
                let inside = self.branch(r, info, &mut ins[0], top);
                self.locked = around;
                self.say(top, format!("{y} = {} + {inside}", ins[0].var));
            }
            LayerKind::Add(_) => {
                let all: Vec<String> = ins.iter().map(|v| turned(v, first)).collect();
                self.say(top, format!("{y} = {}", all.join(" + ")));
            }
            LayerKind::Concat(_) => {
                let all: Vec<String> = ins.iter().map(|v| turned(v, first)).collect();
                let axis = if first { "1" } else { "-1" };
                self.say(top, format!("{y} = torch.cat(({}), {axis})", all.join(", ")));
            }
            LayerKind::Attention(a) => {
                let cross = ins.len() > 1;
                let mut arguments: Vec<String> = ins.iter().map(|v| turned(v, false)).collect();
                let tokens = ins.last().and_then(|v| v.tokens.clone()).filter(|_| a.mask_padding);
                arguments.extend(tokens.map(|t| format!("seen={t} != 0")));
                let c = info.features();
                let m = self.keep(l, info, &layer::attention(a, c, &self.set, cross), top);
                self.say(top, format!("{y} = {m}({})", arguments.join(", ")));
                out.first = false;
            }
            kind => {
                let (pieces, first) = layer::pieces(kind, info, &self.set, first);
                out.first = first;
                let mask = match kind {
                    LayerKind::TransformerBlock(t) if t.mask_padding => ins[0].tokens.clone(),
                    _ => None,
                };
                let more = mask.map_or_else(String::new, |t| format!(", seen={t} != 0"));
                self.pieces(l, info, (pieces, &more), (&ins[0].var, &y), top);
            }
        }
        out.tokens = tokens_after(&l.kind, info, ins[0].tokens.as_ref());
        out
    }

    /// The lines of a residual branch; its value, with channels as they came in.
    fn branch(
        &mut self,
        r: &crate::spec::model::Residual,
        info: &LayerInfo,
        x: &mut Value,
        top: Option<usize>,
    ) -> String {
        if x.var == "x" {
            // The branch goes on under this name.
            let kept = variable("skip", "skip", &mut self.used);
            self.say(top, format!("{kept} = x"));
            x.var = kept;
        }
        let end = self.list(&r.layers, &info.children, x.clone(), top);
        turned(&end, x.first)
    }

    /// The pieces of a layer, nested into one expression as far as they are expressions.
    fn pieces(
        &mut self,
        l: &Layer,
        info: &LayerInfo,
        (pieces, more): (Vec<Piece>, &str),
        (x, y): (&str, &str),
        top: Option<usize>,
    ) {
        let mut now = x.to_string();
        for p in &pieces {
            let m = if p.kept_as.is_empty() { String::new() } else { self.keep(l, info, p, top) };
            let fill = |line: &String, now: &str| {
                line.replace("{m}", &m)
                    .replace("{x}", &format!("{now}{}", if m.is_empty() { "" } else { more }))
                    .replace("{y}", y)
            };
            match &p.lines[..] {
                [line] if !line.contains("{y}") => now = fill(line, &now),
                lines => {
                    for line in lines {
                        let line = fill(line, &now);
                        self.say(top, line);
                    }
                    now = y.to_string();
                }
            }
        }
        if now != y {
            self.say(top, format!("{y} = {now}"));
        }
    }

    /// Keeps a module; its name in `forward`.
    fn keep(&mut self, l: &Layer, info: &LayerInfo, p: &Piece, top: Option<usize>) -> String {
        let n = self.counts.entry(p.kept_as).or_default();
        *n += 1;
        let name = format!("{}{n}", p.kept_as);
        self.init.say_of(top, format!("        self.{name} = {}", p.module));
        self.name_all(l, info, &name);
        format!("self.{name}")
    }

    fn say(&mut self, top: Option<usize>, line: impl AsRef<str>) {
        self.forward.say_of(top, format!("        {}", line.as_ref()));
    }

    /// Turns the value, where its channels come otherwise.
    fn to(&mut self, v: &mut Value, first: bool) {
        let text = turned(v, first);
        if text != v.var {
            self.say(None, format!("x = {text}"));
            (v.var, v.first) = ("x".into(), first);
        }
    }
}

/// The value with channels first or last.
fn turned(v: &Value, first: bool) -> String {
    if v.rank < 2 || v.first == first {
        return v.var.clone();
    }
    let piece = if first { to_first() } else { to_last() };
    piece.lines[0].replace("{x}", &v.var)
}

//! The layers as nodes, one after the other, with channels first where ONNX wants them.

use super::attention::{self, Part};
use super::graph::Graph;
use super::proto::Value;
use super::{act, recurrent, window};
use crate::spec::layers::positional::PositionKind;
use crate::spec::model::Attention;
use crate::spec::shape::LayerInfo;
use crate::spec::{Code, DataInfo, Experiment, Layer, LayerKind, Problem, Weights};
use std::collections::BTreeMap;

/// An array that the weights lack.
#[derive(Clone, Debug)]
pub(super) struct Missing(pub String);

impl From<Missing> for Vec<Problem> {
    fn from(m: Missing) -> Self {
        vec![Problem::new("weights", Code::WeightsMissing).arg("name", m.0).arg("count", 1)]
    }
}

/// A value of the graph.
#[derive(Clone, Debug, Default)]
struct Known {
    name: String,
    /// Whether channels come first.
    first: bool,
    /// As the page has it.
    shape: Vec<usize>,
    /// The tokens behind its places.
    tokens: Option<String>,
}

/// The network under way.
pub(super) struct Net<'a> {
    pub graph: Graph,
    weights: &'a Weights,
    tokens: bool,
    /// Whether self-attention is causal unless it says otherwise.
    pub causal: bool,
    /// Whether attention turns queries and keys.
    pub rotary: bool,
    named: BTreeMap<String, Known>,
}

const EPS: f32 = 1e-5;

impl<'a> Net<'a> {
    pub fn new(weights: &'a Weights, tokens: bool, causal: bool) -> Self {
        Net { graph: Graph::default(), weights, tokens, causal, rotary: false, named: BTreeMap::new() }
    }

    /// All layers; the name of the answer.
    pub fn whole(&mut self, exp: &Experiment, data: &DataInfo, infos: &[LayerInfo]) -> Result<String, Missing> {
        let name = "input".to_string();
        let tokens = self.tokens.then(|| name.clone());
        let input = Known { name: name.clone(), first: false, shape: data.input.clone(), tokens };
        self.named.insert(name, input.clone());
        let out = self.list(&exp.model.layers, infos, input)?;
        Ok(self.turned(&out, false))
    }

    /// Numbers of an array of a layer.
    pub fn data(&self, info: &LayerInfo, name: &str) -> Result<&'a [f32], Missing> {
        let name = format!("{}.{name}", info.name);
        self.weights.find(&name).map(|t| t.data.as_slice()).ok_or(Missing(name))
    }

    fn list(&mut self, layers: &[Layer], infos: &[LayerInfo], mut x: Known) -> Result<Known, Missing> {
        for (l, info) in layers.iter().zip(infos) {
            x = self.layer(l, info, &x)?;
            self.named.insert(info.name.clone(), x.clone());
            if let Some(name) = &l.name {
                self.named.insert(name.clone(), x.clone());
            }
        }
        Ok(x)
    }

    /// The value with channels first or last.
    fn turned(&mut self, v: &Known, first: bool) -> String {
        let r = v.shape.len() as i64;
        if r < 2 || v.first == first {
            return v.name.clone();
        }
        let order: Vec<i64> = if first {
            [0, r].into_iter().chain(1..r).collect()
        } else {
            [0].into_iter().chain(2..=r).chain([1]).collect()
        };
        self.graph.transpose(&v.name, &order)
    }

    fn layer(&mut self, l: &Layer, info: &LayerInfo, before: &Known) -> Result<Known, Missing> {
        let from = l.from.iter().flatten();
        let mut ins: Vec<Known> = from.filter_map(|n| self.named.get(n).cloned()).collect();
        if ins.is_empty() {
            ins.push(before.clone());
        }
        let (name, first) = self.result(l, info, &ins)?;
        let tokens = match (&l.kind, &ins[0].tokens) {
            // Of tokens the slice itself, of a sequence the same part of its tokens.
            (LayerKind::Slice(_), Some(_)) if info.input.len() == 1 => Some(name.clone()),
            (LayerKind::Slice(s), Some(t)) => Some(self.graph.slice(t, 1, s.start, s.start + s.length)),
            (kind, Some(t)) if kind.keeps_tokens() && info.output.len() == 2 => Some(t.clone()),
            _ => None,
        };
        Ok(Known { name, first: first && info.output.len() >= 2, shape: info.output.clone(), tokens })
    }

    /// The nodes of a layer; the result's name, and whether channels come first in it.
    fn result(&mut self, l: &Layer, info: &LayerInfo, ins: &[Known]) -> Result<(String, bool), Missing> {
        let (x, first) = (&ins[0], ins[0].first);
        Ok(match &l.kind {
            LayerKind::Residual(r) => {
                let branch = self.list(&r.layers, &info.children, x.clone())?;
                let branch = self.turned(&branch, first);
                (self.graph.op("Add", &[&x.name, &branch]), first)
            }
            LayerKind::Add(_) => {
                let all: Vec<String> = ins.iter().map(|v| self.turned(v, first)).collect();
                (self.graph.op("Sum", &all.iter().map(String::as_str).collect::<Vec<_>>()), first)
            }
            LayerKind::Concat(_) => {
                let all: Vec<String> = ins.iter().map(|v| self.turned(v, first)).collect();
                let axis = [("axis", Value::Int(if first { 1 } else { -1 }))];
                (self.graph.node("Concat", &all.iter().map(String::as_str).collect::<Vec<_>>(), &axis), first)
            }
            LayerKind::Attention(a) => {
                let (memory, cross) = (&ins[ins.len() - 1], ins.len() > 1);
                let tokens = memory.tokens.clone().filter(|_| a.mask_padding);
                let of = Attention { causal: Some(a.causal.unwrap_or(self.causal && !cross)), ..a.clone() };
                let lens = (x.shape[0], memory.shape[0]);
                let (x, memory) = (self.turned(x, false), self.turned(memory, false));
                let part = Part { info, prefix: "" };
                let both = ((x.as_str(), lens.0), (memory.as_str(), lens.1));
                (attention::attention(self, &of, part, both, tokens.as_deref())?, false)
            }
            LayerKind::TransformerBlock(t) => {
                let tokens = x.tokens.clone().filter(|_| t.mask_padding);
                let x = self.turned(x, false);
                (attention::block(self, t, info, &x, tokens.as_deref())?, false)
            }
            LayerKind::Activation(a) => (act::act(&mut self.graph, a.kind, &x.name), first),
            LayerKind::Dropout(_) | LayerKind::Dropout2d(_) => (x.name.clone(), first),
            LayerKind::Conv2d(_)
            | LayerKind::Conv1d(_)
            | LayerKind::ConvTranspose2d(_)
            | LayerKind::MaxPool2d(_)
            | LayerKind::AvgPool2d(_)
            | LayerKind::MaxPool1d(_)
            | LayerKind::GlobalAvgPool2d(_)
            | LayerKind::GlobalAvgPool1d(_)
            | LayerKind::Upsample2d(_)
            | LayerKind::SqueezeExcite(_)
            | LayerKind::BatchNorm(_)
            | LayerKind::InstanceNorm(_)
            | LayerKind::GroupNorm(_) => {
                let x = self.turned(x, true);
                (self.channels(&l.kind, info, &x)?, true)
            }
            LayerKind::Dense(_)
            | LayerKind::LayerNorm(_)
            | LayerKind::RmsNorm(_)
            | LayerKind::Rnn(_)
            | LayerKind::Lstm(_)
            | LayerKind::Gru(_)
            | LayerKind::Flatten(_)
            | LayerKind::Reshape(_)
            | LayerKind::Slice(_)
            | LayerKind::Embedding(_)
            | LayerKind::Positional(_) => {
                let x = self.turned(x, false);
                (self.features(&l.kind, info, &x)?, false)
            }
        })
    }

    /// Layers over the last axis, and those that know no channels.
    fn features(&mut self, kind: &LayerKind, info: &LayerInfo, x: &str) -> Result<String, Missing> {
        let d = info.features();
        let out = info.output.last().copied().unwrap_or(1);
        Ok(match kind {
            LayerKind::Dense(s) => {
                let y = self.dense(info, "", x, [out, d])?;
                act::act(&mut self.graph, s.activation, &y)
            }
            LayerKind::LayerNorm(_) => self.layer_norm(info, "", x)?,
            LayerKind::RmsNorm(_) => {
                let weight = self.data(info, "weight")?;
                let g = &mut self.graph;
                let (weight, last, eps) = (g.floats(&[d], weight), g.ints(&[-1]), g.one(f32::EPSILON));
                let square = g.op("Mul", &[x, x]);
                let mean = g.op("ReduceMean", &[&square, &last]);
                let mean = g.op("Add", &[&mean, &eps]);
                let root = g.op("Sqrt", &[&mean]);
                let y = g.op("Div", &[x, &root]);
                g.op("Mul", &[&y, &weight])
            }
            LayerKind::Rnn(r) | LayerKind::Lstm(r) | LayerKind::Gru(r) => recurrent::write(self, kind, r, info, x)?,
            LayerKind::Slice(s) => self.graph.slice(x, 1, s.start, s.start + s.length),
            LayerKind::Embedding(_) => {
                let weight = self.data(info, "weight")?;
                let table = self.graph.floats(&[weight.len() / out, out], weight);
                self.graph.op("Gather", &[&table, x])
            }
            LayerKind::Positional(p) => {
                let len = info.input[0];
                let rows = match p.kind {
                    PositionKind::Learned => self.data(info, "weight")?.to_vec(),
                    PositionKind::Sinusoidal => (0..len * d).map(|i| wave(i / d, i % d, d)).collect(),
                    PositionKind::Rotary => {
                        self.rotary = true;
                        return Ok(x.to_string());
                    }
                };
                let rows = self.graph.floats(&[len, d], &rows);
                self.graph.op("Add", &[x, &rows])
            }
            // Flatten and reshape.
            _ => {
                let shape: Vec<i64> = [-1].into_iter().chain(info.output.iter().map(|n| *n as i64)).collect();
                self.graph.reshape(x, &shape)
            }
        })
    }

    /// Layers that have channels first.
    fn channels(&mut self, kind: &LayerKind, info: &LayerInfo, x: &str) -> Result<String, Missing> {
        let c = info.features();
        Ok(match kind {
            LayerKind::MaxPool2d(p) | LayerKind::MaxPool1d(p) => {
                self.graph.node("MaxPool", &[x], &window::pool(p, false, &info.input))
            }
            LayerKind::AvgPool2d(p) => self.graph.node("AveragePool", &[x], &window::pool(p, true, &info.input)),
            LayerKind::GlobalAvgPool2d(_) | LayerKind::GlobalAvgPool1d(_) => self.means(x),
            LayerKind::Upsample2d(u) => {
                let f = u.factor as f32;
                let scales = self.graph.floats(&[4], &[1.0, 1.0, f, f]);
                let how = [
                    ("mode", Value::Text("nearest")),
                    ("coordinate_transformation_mode", Value::Text("asymmetric")),
                    ("nearest_mode", Value::Text("floor")),
                ];
                self.graph.node("Resize", &[x, "", &scales], &how)
            }
            LayerKind::SqueezeExcite(s) => {
                let means = self.means(x);
                let hidden = self.dense(info, "fc1.", &means, [s.units(c), c])?;
                let hidden = self.graph.op("Relu", &[&hidden]);
                let factors = self.dense(info, "fc2.", &hidden, [c, s.units(c)])?;
                let g = &mut self.graph;
                let factors = g.op("Sigmoid", &[&factors]);
                let axes = g.ints(&(2..=info.input.len() as i64).collect::<Vec<_>>());
                let factors = g.op("Unsqueeze", &[&factors, &axes]);
                g.op("Mul", &[x, &factors])
            }
            LayerKind::BatchNorm(_) => {
                let mut ins = vec![x.to_string()];
                for name in ["weight", "bias", "running_mean", "running_var"] {
                    let data = self.data(info, name)?;
                    ins.push(self.graph.floats(&[c], data));
                }
                let ins: Vec<&str> = ins.iter().map(String::as_str).collect();
                self.graph.node("BatchNormalization", &ins, &[("epsilon", Value::Float(EPS))])
            }
            LayerKind::InstanceNorm(s) => {
                let y = self.normal(x, c);
                if s.affine { self.gain(info, &y)? } else { y }
            }
            LayerKind::GroupNorm(s) => {
                let y = self.graph.reshape(x, &[0, s.groups as i64, -1]);
                let y = self.normal(&y, s.groups);
                let spatial = info.input[..info.input.len() - 1].iter().map(|n| *n as i64);
                let y = self.graph.reshape(&y, &[-1, c as i64].into_iter().chain(spatial).collect::<Vec<_>>());
                self.gain(info, &y)?
            }
            kind => self.conv(kind, info, x)?,
        })
    }

    fn conv(&mut self, kind: &LayerKind, info: &LayerInfo, x: &str) -> Result<String, Missing> {
        // Every other kind is told above.
        let (Some(conv), Some(weight)) = (kind.conv(), info.params.first()) else { return Ok(x.to_string()) };
        let weight = self.graph.floats(&weight.shape, self.data(info, "weight")?);
        let mut ins = vec![x.to_string(), weight];
        if conv.has_bias() {
            let bias = self.data(info, "bias")?;
            ins.push(self.graph.floats(&[conv.filters], bias));
        }
        let ins: Vec<&str> = ins.iter().map(String::as_str).collect();
        let y = if matches!(kind, LayerKind::ConvTranspose2d(_)) {
            self.graph.node("ConvTranspose", &ins, &window::transposed(conv, &info.input))
        } else {
            self.graph.node("Conv", &ins, &window::conv(conv, &info.input))
        };
        Ok(act::act(&mut self.graph, conv.activation, &y))
    }

    /// The mean of every channel: (N, C, …) to (N, C).
    fn means(&mut self, x: &str) -> String {
        let y = self.graph.op("GlobalAveragePool", &[x]);
        self.graph.op("Flatten", &[&y])
    }

    /// Each of `c` channels to mean 0 and deviation 1.
    fn normal(&mut self, x: &str, c: usize) -> String {
        let (one, zero) = (self.graph.floats(&[c], &vec![1.0; c]), self.graph.floats(&[c], &vec![0.0; c]));
        self.graph.node("InstanceNormalization", &[x, &one, &zero], &[("epsilon", Value::Float(EPS))])
    }

    /// Gain and shift of every channel.
    fn gain(&mut self, info: &LayerInfo, x: &str) -> Result<String, Missing> {
        let mut shape = vec![1; info.input.len()];
        shape[0] = info.features();
        let (weight, bias) = (self.data(info, "weight")?, self.data(info, "bias")?);
        let (weight, bias) = (self.graph.floats(&shape, weight), self.graph.floats(&shape, bias));
        let y = self.graph.op("Mul", &[x, &weight]);
        Ok(self.graph.op("Add", &[&y, &bias]))
    }

    /// `x Wᵀ + b` over the last axis, `W (out, in)`.
    pub fn linear(&mut self, x: &str, weight: &[f32], bias: Option<&[f32]>, [out, d]: [usize; 2]) -> String {
        let across: Vec<f32> = (0..d * out).map(|i| weight[i % out * d + i / out]).collect();
        let weight = self.graph.floats(&[d, out], &across);
        let y = self.graph.op("MatMul", &[x, &weight]);
        let Some(bias) = bias else { return y };
        let bias = self.graph.floats(&[out], bias);
        self.graph.op("Add", &[&y, &bias])
    }

    /// The same with the arrays of a layer; without a bias where it has none.
    pub fn dense(&mut self, info: &LayerInfo, prefix: &str, x: &str, size: [usize; 2]) -> Result<String, Missing> {
        let weight = self.data(info, &format!("{prefix}weight"))?;
        let bias = self.data(info, &format!("{prefix}bias")).ok();
        Ok(self.linear(x, weight, bias, size))
    }

    /// A layer norm with the arrays of a layer.
    pub fn layer_norm(&mut self, info: &LayerInfo, prefix: &str, x: &str) -> Result<String, Missing> {
        let d = [info.features()];
        let weight = self.data(info, &format!("{prefix}weight"))?;
        let bias = self.data(info, &format!("{prefix}bias"))?;
        let (weight, bias) = (self.graph.floats(&d, weight), self.graph.floats(&d, bias));
        let how = [("axis", Value::Int(-1)), ("epsilon", Value::Float(EPS))];
        Ok(self.graph.node("LayerNormalization", &[x, &weight, &bias], &how))
    }
}

/// Sines and cosines of Vaswani et al. 2017, §3.5.
pub(super) fn wave(t: usize, i: usize, units: usize) -> f32 {
    let angle = t as f64 / 1e4f64.powf((i / 2 * 2) as f64 / units as f64);
    (if i.is_multiple_of(2) { angle.sin() } else { angle.cos() }) as f32
}

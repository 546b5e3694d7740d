//! What follows from a spec without any tensor: the shape after every layer, its parameters, the memory it takes, and
//! what does not fit, at the layer that causes it.
//!
//! Shapes are those of one sample, without the batch axis. Not responsible for computing anything (`engine::nn`
//! builds the same shapes and is tested to agree).

mod attention;
pub mod recurrent;

use super::data::{DataInfo, Target};
use super::experiment::Experiment;
use super::model::{DEPTH_MAX, LAYERS_MAX, Layer, LayerKind, UNITS_MAX};
use super::problem::{Code, Fix, Problem, check_range};
use super::sets::SetKind;
use std::collections::BTreeMap;

mod image;

/// What training may use, stated to the learner; 1 GiB is safe in a 32-bit tab beside the page itself.
pub const MEMORY_BUDGET_MB: usize = 1024;
/// Most rows that the evaluation plan holds at once.
pub const EVAL_ROWS: usize = 256;

/// One parameter tensor.
#[derive(Clone, Debug, PartialEq)]
pub struct ParamInfo {
    /// Last part of its name, such as `weight`.
    pub name: &'static str,
    /// Its shape, PyTorch's order: `(out, in)` for dense weights.
    pub shape: Vec<usize>,
}

/// What follows for one layer.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerInfo {
    /// JSON path, `model.layers[1].layers[0]`.
    pub path: String,
    /// Prefix of its values' names, `layers.1.layers.0`.
    pub name: String,
    /// Shape of what comes in (the first input's, where there are several).
    pub input: Vec<usize>,
    /// Shape of what goes out.
    pub output: Vec<usize>,
    /// Its own parameters (not its children's).
    pub params: Vec<ParamInfo>,
    /// The layers inside.
    pub children: Vec<LayerInfo>,
}

impl LayerInfo {
    /// Number of parameters, the children's included.
    pub fn n_params(&self) -> usize {
        let own = self.params.iter().map(|p| size(&p.shape));
        // Saturating: usize has 32 bits in the browser, and an absurd size must be refused, not wrap round.
        own.chain(self.children.iter().map(LayerInfo::n_params)).fold(0, usize::saturating_add)
    }

    /// The parameter count as arithmetic, `2×8 + 8 = 24`; empty where there is nothing to learn.
    pub fn arithmetic(&self) -> String {
        if !self.children.is_empty() {
            let parts: Vec<String> =
                self.children.iter().map(LayerInfo::n_params).filter(|n| *n > 0).map(|n| n.to_string()).collect();
            return if parts.len() > 1 {
                format!("{} = {}", parts.join(" + "), self.n_params())
            } else {
                parts.concat()
            };
        }
        // A dense weight is stored (out, in) but read aloud as inputs × outputs.
        let part = |p: &ParamInfo| p.shape.iter().rev().map(ToString::to_string).collect::<Vec<_>>().join("×");
        match self.params.as_slice() {
            [] => String::new(),
            [one] if one.shape.len() == 1 => part(one),
            many => format!("{} = {}", many.iter().map(part).collect::<Vec<_>>().join(" + "), self.n_params()),
        }
    }
}

/// What follows for the whole network.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct ModelInfo {
    /// Top-level layers.
    pub layers: Vec<LayerInfo>,
    /// Number of parameters.
    pub n_params: usize,
    /// Estimated memory of training, MB.
    pub memory_mb: usize,
    /// What does not fit.
    pub problems: Vec<Problem>,
}

/// Number of values of a shape (saturating, so that absurd specs stay comparable).
pub fn size(shape: &[usize]) -> usize {
    shape.iter().fold(1usize, |a, d| a.saturating_mul(*d))
}

/// A shape for people: `28×28×1`.
pub fn show(shape: &[usize]) -> String {
    if shape.is_empty() {
        return "1".into();
    }
    shape.iter().map(ToString::to_string).collect::<Vec<_>>().join("×")
}

struct Walk<'a> {
    /// Shapes by every name that `from` may use.
    named: BTreeMap<String, Vec<usize>>,
    wanted: Option<&'a [usize]>,
    problems: Vec<Problem>,
    /// Values per sample, for the memory estimate.
    values: usize,
    /// Size of the vocabulary where inputs are tokens.
    tokens: Option<usize>,
    /// Names of what holds tokens (true), and of sequences with known tokens behind their places.
    tokens_of: BTreeMap<String, bool>,
    /// Whether token 0 fills up rows.
    padded: bool,
    /// Whether a rotary `positional` came before.
    rotary: bool,
    /// The latest top-level recurrent layer that gives its last state only.
    last_state: Option<usize>,
}

/// Most values that an evaluation plan may hold, 16 MiB of `f32`.
const EVAL_VALUES: usize = 1 << 22;

/// Rows that the evaluation plan holds at once, for a network with so many values per sample.
pub fn eval_rows(values: usize) -> usize {
    (EVAL_VALUES / values.max(1)).clamp(1, EVAL_ROWS)
}

/// Works out shapes, parameters and problems of `exp` on data like `info`.
pub fn infer(exp: &Experiment, info: &DataInfo) -> ModelInfo {
    let loss = exp.task.loss();
    let wanted = loss.output_shape(&info.target);
    let mut walk = Walk {
        named: BTreeMap::new(),
        wanted: wanted.as_deref(),
        problems: Vec::new(),
        values: size(&info.input),
        tokens: info.tokens,
        tokens_of: info.tokens.iter().map(|_| ("input".into(), true)).collect(),
        padded: !matches!(exp.data.set_info().map(|s| s.kind), Some(SetKind::Text(_) | SetKind::OwnText)),
        rotary: false,
        last_state: None,
    };
    if wanted.is_none() {
        let (target, better) = match &info.target {
            Target::Classes { count } => (format!("classes {count}"), "cross_entropy"),
            Target::Values { shape } => (format!("values {}", show(shape)), "mse"),
            Target::Steps { count, .. } => (format!("steps {count}"), "cross_entropy"),
        };
        let fix = Fix::SetLoss { loss: better.into() };
        walk.problems
            .push(Problem::new("task.loss", Code::LossTarget).arg("loss", loss.name()).arg("target", target).fix(fix));
    }
    walk.named.insert("input".into(), info.input.clone());
    let layers = &exp.model.layers;
    if layers.is_empty() {
        walk.problems.push(Problem::new("model.layers", Code::NoLayers).fix(Fix::AppendDense));
        return ModelInfo { problems: walk.problems, ..ModelInfo::default() };
    }
    let count = exp.model.count();
    if count > LAYERS_MAX {
        let p = Problem::new("model.layers", Code::TooManyLayers).arg("got", count).arg("max", LAYERS_MAX);
        return ModelInfo { problems: vec![p], ..ModelInfo::default() };
    }
    if let Some((i, layer)) = layers.iter().enumerate().find(|(_, l)| l.depth() > DEPTH_MAX) {
        let p = Problem::new(format!("model.layers[{i}]"), Code::TooDeep);
        let problems = vec![p.arg("got", layer.depth()).arg("max", DEPTH_MAX)];
        return ModelInfo { problems, ..ModelInfo::default() };
    }
    let infos = walk.list(layers, "model.layers", "layers", ("input", info.input.clone()), true);
    walk.check_output(&infos, layers);
    let n_params = infos.iter().map(LayerInfo::n_params).fold(0, usize::saturating_add);
    // Parameters with gradient and up to two optimizer slots; every value with its gradient, and the evaluation plan.
    // In 64 bits, so that the estimate of an absurd size is right in the browser too.
    let batch_values = (walk.values as u64)
        .saturating_mul(exp.training.batch.saturating_mul(2).saturating_add(eval_rows(walk.values)) as u64);
    let param_values = (n_params as u64).saturating_mul(4);
    let memory_mb = (param_values.saturating_add(batch_values).saturating_mul(4) >> 20) as usize;
    if memory_mb > MEMORY_BUDGET_MB {
        let p = Problem::new("model.layers", Code::TooMuchMemory);
        walk.problems.push(p.arg("need_mb", memory_mb).arg("budget_mb", MEMORY_BUDGET_MB));
    }
    ModelInfo { layers: infos, n_params, memory_mb, problems: walk.problems }
}

impl Walk<'_> {
    fn list(
        &mut self,
        layers: &[Layer],
        path: &str,
        name: &str,
        (input_name, input): (&str, Vec<usize>),
        top: bool,
    ) -> Vec<LayerInfo> {
        let mut infos: Vec<LayerInfo> = Vec::new();
        let (mut previous, mut source) = (input, input_name.to_string());
        for (i, layer) in layers.iter().enumerate() {
            let (path, name) = (format!("{path}[{i}]"), format!("{name}.{i}"));
            let last = top && i + 1 == layers.len();
            let info = self.layer(layer, &path, &name, (&source, &previous), last);
            previous.clone_from(&info.output);
            source.clone_from(&name);
            let tokens = self.tokens_of.get(&name).copied();
            self.tokens_of.extend(layer.name.clone().zip(tokens));
            self.named.insert(name, info.output.clone());
            if let Some(given) = &layer.name
                && self.named.insert(given.clone(), info.output.clone()).is_some()
            {
                self.problems.push(Problem::new(format!("{path}.name"), Code::DuplicateName).arg("name", given));
            }
            infos.push(info);
        }
        infos
    }

    /// Shapes that the layer reads; a missing name is reported and stands for the previous layer.
    fn inputs(&mut self, layer: &Layer, path: &str, previous: &[usize]) -> Vec<Vec<usize>> {
        let Some(from) = &layer.from else { return vec![previous.to_vec()] };
        let mut shapes = Vec::new();
        for (i, name) in from.iter().enumerate() {
            match self.named.get(name) {
                Some(s) => shapes.push(s.clone()),
                None => {
                    self.problems.push(Problem::new(format!("{path}.from[{i}]"), Code::UnknownFrom).arg("name", name))
                }
            }
        }
        if shapes.is_empty() { vec![previous.to_vec()] } else { shapes }
    }

    fn layer(&mut self, layer: &Layer, path: &str, name: &str, previous: (&str, &[usize]), last: bool) -> LayerInfo {
        let (before, previous) = previous;
        let source = layer.from.as_ref().and_then(|f| f.first()).map_or(before, String::as_str);
        let tokens = self.tokens_of.get(source).copied();
        let inputs = self.inputs(layer, path, previous);
        let many = matches!(layer.kind, LayerKind::Add(_) | LayerKind::Concat(_));
        let got = layer.from.as_ref().map_or(1, Vec::len);
        let two = matches!(layer.kind, LayerKind::Attention(_));
        if (many && got < 2) || (!many && got != 1 && !(two && got == 2)) {
            let expected = if many { "2+" } else { "1" };
            let p = Problem::new(format!("{path}.from"), Code::WrongInputs);
            self.problems.push(p.arg("got", got).arg("expected", expected));
        }
        let x = inputs[0].clone();
        let mut info = LayerInfo {
            path: path.into(),
            name: name.into(),
            input: x.clone(),
            output: x.clone(),
            params: vec![],
            children: vec![],
        };
        match &layer.kind {
            LayerKind::Dense(d) => {
                let features = x.last().copied().unwrap_or(1);
                let from_task = self.wanted.and_then(|w| w.last().copied()).filter(|_| last);
                let units = match d.units.or(from_task) {
                    Some(u) => u,
                    None => {
                        if !last {
                            let p = Problem::new(format!("{path}.units"), Code::MissingField);
                            self.problems.push(p.arg("field", "units"));
                        }
                        1
                    }
                };
                check_range(&mut self.problems, &format!("{path}.units"), units as f64, 1.0, UNITS_MAX as f64);
                info.output = x[..x.len().saturating_sub(1)].to_vec();
                info.output.push(units);
                info.params.push(ParamInfo { name: "weight", shape: vec![units, features] });
                if d.has_bias() {
                    info.params.push(ParamInfo { name: "bias", shape: vec![units] });
                }
                // A dense layer may keep its pre-activation as well.
                self.values = self.values.saturating_add(size(&info.output));
            }
            LayerKind::Activation(_) => {}
            LayerKind::Conv2d(c) => self.conv(path, "conv2d", false, c, &mut info),
            LayerKind::Conv1d(c) => self.conv(path, "conv1d", true, c, &mut info),
            LayerKind::ConvTranspose2d(c) => self.conv_transpose2d(path, c, &mut info),
            LayerKind::MaxPool2d(p) => self.pool(path, "max_pool2d", false, p, &mut info),
            LayerKind::AvgPool2d(p) => self.pool(path, "avg_pool2d", false, p, &mut info),
            LayerKind::MaxPool1d(p) => self.pool(path, "max_pool1d", true, p, &mut info),
            LayerKind::GlobalAvgPool2d(_) => self.global_avg("global_avg_pool2d", false, &mut info),
            LayerKind::GlobalAvgPool1d(_) => self.global_avg("global_avg_pool1d", true, &mut info),
            LayerKind::Upsample2d(u) => self.upsample2d(path, u, &mut info),
            LayerKind::Dropout2d(d) => self.dropout2d(path, d, &info),
            LayerKind::GroupNorm(g) => self.group_norm(path, g, &mut info),
            LayerKind::SqueezeExcite(s) => self.squeeze_excite(path, s, &mut info),
            LayerKind::Dropout(d) => {
                check_range(&mut self.problems, &format!("{path}.rate"), f64::from(d.rate), 0.0, 0.99);
                self.values = self.values.saturating_add(size(&x));
            }
            LayerKind::BatchNorm(_) | LayerKind::LayerNorm(_) => {
                let features = x.last().copied().unwrap_or(1);
                info.params.push(ParamInfo { name: "weight", shape: vec![features] });
                info.params.push(ParamInfo { name: "bias", shape: vec![features] });
            }
            LayerKind::Rnn(r) | LayerKind::Lstm(r) | LayerKind::Gru(r) => {
                recurrent::layer(self, &layer.kind, r, &mut info);
            }
            LayerKind::Flatten(_) => info.output = vec![size(&x)],
            LayerKind::Reshape(r) => {
                if size(&r.shape) == size(&x) && !r.shape.is_empty() {
                    info.output.clone_from(&r.shape);
                } else {
                    let p = Problem::new(format!("{path}.shape"), Code::ReshapeSize);
                    self.problems.push(p.arg("from", show(&x)).arg("to", show(&r.shape)));
                }
            }
            LayerKind::Residual(r) => {
                if r.layers.is_empty() {
                    self.problems.push(Problem::new(format!("{path}.layers"), Code::NoLayers));
                }
                info.children = self.list(
                    &r.layers,
                    &format!("{path}.layers"),
                    &format!("{name}.layers"),
                    (source, x.clone()),
                    false,
                );
                let inside = info.children.last().map_or(&x, |c| &c.output);
                if *inside != x {
                    let p = Problem::new(path, Code::ResidualShape);
                    self.problems.push(p.arg("inside", show(inside)).arg("outside", show(&x)));
                }
            }
            LayerKind::Add(_) => {
                if let Some(other) = inputs.iter().find(|s| **s != x) {
                    let p = Problem::new(path, Code::ShapesDiffer);
                    self.problems.push(p.arg("left", show(&x)).arg("right", show(other)));
                }
            }
            LayerKind::Concat(_) => {
                let head = |s: &[usize]| s[..s.len().saturating_sub(1)].to_vec();
                if let Some(other) = inputs.iter().find(|s| head(s) != head(&x)) {
                    let p = Problem::new(path, Code::ShapesDiffer);
                    self.problems.push(p.arg("left", show(&x)).arg("right", show(other)));
                }
                info.output = head(&x);
                info.output.push(inputs.iter().map(|s| s.last().copied().unwrap_or(1)).fold(0, usize::saturating_add));
            }
            LayerKind::Slice(s) => self.slice(s, &mut info),
            LayerKind::Embedding(e) => {
                self.embedding(e.units, tokens == Some(true), &mut info);
            }
            LayerKind::Positional(p) => self.positional(p, &mut info),
            LayerKind::Attention(a) => {
                let keys = layer.from.as_ref().and_then(|f| f.last()).map_or(source, String::as_str);
                self.mask(a.mask_padding, keys, path);
                self.attention(a, &inputs, &mut info);
            }
            LayerKind::TransformerBlock(t) => {
                self.mask(t.mask_padding, source, path);
                self.transformer_block(t, &mut info);
            }
        }
        self.values = self.values.saturating_add(size(&info.output));
        let kept = match &layer.kind {
            LayerKind::Slice(_) => tokens,
            kind => tokens.filter(|_| kind.keeps_tokens() && info.output.len() == 2).map(|_| false),
        };
        self.tokens_of.extend(kept.map(|k| (name.to_string(), k)));
        info
    }

    /// Compares what comes out with what the task needs, at the last layer, with the likeliest fix.
    fn check_output(&mut self, infos: &[LayerInfo], layers: &[Layer]) {
        let (Some(wanted), Some(last), Some(layer)) = (self.wanted, infos.last(), layers.last()) else { return };
        if last.output == wanted {
            return;
        }
        let at = infos.len() - 1;
        let p = |code| Problem::new(&last.path, code).arg("got", show(&last.output)).arg("expected", show(wanted));
        let is_dense = matches!(layer.kind, LayerKind::Dense(_));
        self.problems.push(if is_dense && last.output.len() > wanted.len() {
            p(Code::NeedsFlatten).fix(Fix::InsertFlatten { at })
        } else if let (2, 1, Some(at)) = (wanted.len(), last.output.len(), self.last_state) {
            p(Code::OutputShape).fix(Fix::ReturnSequences { at })
        } else if is_dense {
            p(Code::OutputShape).fix(Fix::SetUnits { at, units: None })
        } else {
            p(Code::OutputShape).fix(Fix::AppendDense)
        });
    }
}

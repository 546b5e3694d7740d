//! What follows from a spec without any tensor: the shape after every layer, its parameters, the memory it takes, and
//! what does not fit, at the layer that causes it.
//!
//! Shapes are those of one sample, without the batch axis. Not responsible for computing anything (`engine::nn`
//! builds the same shapes and is tested to agree).

mod frozen;
mod parts;
mod sequence;

use super::data::{DataInfo, Target};
use super::experiment::Experiment;
use super::layers::Reads;
use super::model::{DEPTH_MAX, LAYERS_MAX, Layer, LayerKind};
use super::problem::{Code, Fix, Problem};
use super::sets::SetKind;
use super::tasks::Several;
use std::collections::BTreeMap;

mod image;
mod site;
mod size;

pub use frozen::learnable;
pub use parts::asked_of;
pub use size::{DIM_MAX, count, show, size, sum_of};
pub(super) mod residual;
pub(crate) use site::Site;

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
    /// Length of the last axis of what comes in.
    pub fn features(&self) -> usize {
        self.input.last().copied().unwrap_or(1)
    }

    /// One more parameter.
    pub(crate) fn param(&mut self, name: &'static str, shape: &[usize]) {
        self.params.push(ParamInfo { name, shape: shape.to_vec() });
    }

    /// Number of parameters, the children's included.
    pub fn n_params(&self) -> u64 {
        let own = self.params.iter().map(|p| count(&p.shape));
        // Saturating: an absurd size must be refused, not wrap round.
        own.chain(self.children.iter().map(LayerInfo::n_params)).fold(0, u64::saturating_add)
    }

    /// The parameter count as arithmetic, `2×8 + 8 = 24`; empty where there is nothing to learn.
    pub fn arithmetic(&self) -> String {
        if !self.children.is_empty() {
            let parts: Vec<String> =
                self.children.iter().map(LayerInfo::n_params).filter(|n| *n > 0).map(|n| n.to_string()).collect();
            return if parts.len() > 1 { sum_of(&parts.join(" + "), self.n_params()) } else { parts.concat() };
        }
        // A dense weight is stored (out, in) but read aloud as inputs × outputs.
        let part = |p: &ParamInfo| p.shape.iter().rev().map(size::dim).collect::<Vec<_>>().join("×");
        match self.params.as_slice() {
            [] => String::new(),
            [one] if one.shape.len() == 1 => part(one),
            many => sum_of(&many.iter().map(part).collect::<Vec<_>>().join(" + "), self.n_params()),
        }
    }
}

/// What follows for the whole network.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct ModelInfo {
    /// Top-level layers.
    pub layers: Vec<LayerInfo>,
    /// Number of parameters.
    pub n_params: u64,
    /// Estimated memory of training, MB.
    pub memory_mb: u64,
    /// What does not fit.
    pub problems: Vec<Problem>,
}

pub(crate) struct Walk {
    /// Shapes by every name that `from` may use.
    pub(super) named: BTreeMap<String, Vec<usize>>,
    /// What the network, or the part, must answer.
    pub(super) wanted: Option<Vec<usize>>,
    pub(super) problems: Vec<Problem>,
    /// Values per sample, for the memory estimate.
    pub(super) values: u64,
    /// Size of the vocabulary where inputs are tokens.
    pub(super) tokens: Option<usize>,
    /// Names of what holds tokens (true), and of sequences with known tokens behind their places.
    pub(super) tokens_of: BTreeMap<String, bool>,
    /// Whether token 0 fills up rows.
    pub(super) padded: bool,
    /// Whether a rotary `positional` came before.
    pub(super) rotary: bool,
    /// The latest top-level recurrent layer that gives its last state only.
    pub(super) last_state: Option<usize>,
    /// JSON path of the list of layers that is walked.
    pub(super) list: String,
    /// Number of its first layer among all layers.
    pub(super) first: usize,
}

/// Most values that an evaluation plan may hold, 16 MiB of `f32`.
const EVAL_VALUES: usize = 1 << 22;

/// Rows that the evaluation plan holds at once, for a network with so many values per sample.
pub fn eval_rows(values: usize) -> usize {
    (EVAL_VALUES / values.max(1)).clamp(1, EVAL_ROWS)
}

/// Works out shapes, parameters and problems of `exp` on data like `info`, which is that of the task.
pub fn infer(exp: &Experiment, info: &DataInfo) -> ModelInfo {
    let loss = exp.task.loss();
    let wanted = loss.output_shape(&info.target);
    let mut walk = Walk {
        named: BTreeMap::new(),
        wanted: wanted.clone(),
        problems: Vec::new(),
        values: count(&info.input),
        tokens: info.tokens,
        tokens_of: info.tokens.iter().map(|_| ("input".into(), true)).collect(),
        padded: !matches!(exp.data.set_info().map(|s| s.kind), Some(SetKind::Text(_) | SetKind::OwnText)),
        rotary: false,
        last_state: None,
        list: "model.layers".into(),
        first: 0,
    };
    // Heads have losses of their own; data that do not suit them are told as such.
    if wanted.is_none() && !exp.task.kind.has_own_loss() {
        let (target, better) = match &info.target {
            Target::Classes { count } => (format!("classes {count}"), "cross_entropy"),
            Target::Values { shape } => (format!("values {}", show(shape)), "mse"),
            Target::Steps { count, .. } => (format!("steps {count}"), "cross_entropy"),
        };
        let fix = Fix::SetLoss { loss: better.into() };
        walk.problems
            .push(Problem::new("task.loss", Code::LossTarget).arg("loss", loss.name()).arg("target", target).fix(fix));
    }
    if let Some(problem) = refused(exp, info) {
        return ModelInfo { problems: vec![problem], ..ModelInfo::default() };
    }
    let layers = &exp.model.layers;
    let infos = if exp.model.parts.is_empty() {
        walk.named.insert("input".into(), info.input.clone());
        let infos = walk.list(layers, "model.layers", "layers", ("input", info.input.clone()), true);
        walk.check_output(&infos, layers, false);
        infos
    } else {
        walk.parts(exp, info)
    };
    let beside = exp.task.kind.several().map_or(0, Several::beside);
    let n_params = infos.iter().map(LayerInfo::n_params).fold(beside, u64::saturating_add);
    walk.problems.extend(frozen::problem(layers, &infos));
    // Parameters with gradient and up to two optimizer slots; every value with its gradient, and the evaluation plan.
    // In 64 bits, so that the estimate of an absurd size is right in the browser too.
    let rows = (exp.training.batch as u64).saturating_mul(2);
    let rows = rows.saturating_add(eval_rows(usize::try_from(walk.values).unwrap_or(usize::MAX)) as u64);
    let batch_values = walk.values.saturating_mul(rows);
    let param_values = n_params.saturating_mul(4);
    let memory_mb = param_values.saturating_add(batch_values).saturating_mul(4) >> 20;
    if memory_mb > MEMORY_BUDGET_MB as u64 {
        let p = Problem::new("model.layers", Code::TooMuchMemory);
        walk.problems.push(p.arg("need_mb", memory_mb).arg("budget_mb", MEMORY_BUDGET_MB));
    }
    ModelInfo { layers: infos, n_params, memory_mb, problems: walk.problems }
}

impl Walk {
    pub(super) fn list(
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
            self.problems.extend(layer.name_problem(&path));
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
        let got = layer.from.as_ref().map_or(1, Vec::len);
        let (fits, expected) = match layer.kind.reads() {
            Reads::One => (got == 1, "1"),
            Reads::OneOrTwo => (got == 1 || got == 2, "1"),
            Reads::Many => (got >= 2, "2+"),
        };
        if !fits {
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
        let from = layer.from.as_deref().unwrap_or_default();
        let keys = from.last().map_or(source, String::as_str);
        let wanted = self.wanted.clone().filter(|_| last);
        let wanted = wanted.as_deref();
        layer.kind.shape(&mut Site { walk: self, inputs: &inputs, source, keys, tokens, wanted, last }, &mut info);
        self.values = self.values.saturating_add(count(&info.output));
        let kept = match &layer.kind {
            LayerKind::Slice(_) => tokens,
            kind => tokens.filter(|_| kind.keeps_tokens() && info.output.len() == 2).map(|_| false),
        };
        self.tokens_of.extend(kept.map(|k| (name.to_string(), k)));
        info
    }

    /// Compares what comes out with what is wanted, at the last layer, with the likeliest fix. With `row`, as many numbers in
    /// one row do as well.
    fn check_output(&mut self, infos: &[LayerInfo], layers: &[Layer], row: bool) {
        let (Some(wanted), Some(last), Some(layer)) = (self.wanted.clone(), infos.last(), layers.last()) else {
            return;
        };
        let wanted = wanted.as_slice();
        if last.output == wanted || row && last.output == [size(wanted)] {
            return;
        }
        let at = self.first + infos.len() - 1;
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

/// Why nothing can be worked out at all.
fn refused(exp: &Experiment, info: &DataInfo) -> Option<Problem> {
    let layers = &exp.model.layers;
    let expected = exp.task.kind.parts(info);
    let fits = expected.len() == exp.model.parts.len()
        && expected.iter().zip(&exp.model.parts).all(|(rule, part)| rule.name == part.name);
    if !fits {
        let names: Vec<&str> = expected.iter().map(|p| p.name.name()).collect();
        let p = Problem::new("model", Code::WrongParts).arg("task", exp.task.kind.name());
        return Some(p.arg("expected", names.join(", ")));
    }
    if let Some(empty) = exp.model.parts.iter().find(|p| p.len == 0) {
        let name = empty.name.name();
        return Some(Problem::new(format!("model.parts.{name}"), Code::NoLayers).arg("part", name));
    }
    if layers.is_empty() {
        return Some(Problem::new("model.layers", Code::NoLayers).fix(Fix::AppendDense));
    }
    let count = exp.model.count();
    if count > LAYERS_MAX {
        return Some(Problem::new("model.layers", Code::TooManyLayers).arg("got", count).arg("max", LAYERS_MAX));
    }
    let (i, layer) = layers.iter().enumerate().find(|(_, l)| l.depth() > DEPTH_MAX)?;
    Some(Problem::new(exp.model.path(i), Code::TooDeep).arg("got", layer.depth()).arg("max", DEPTH_MAX))
}

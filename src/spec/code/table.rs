//! The layers of PyTorch and Keras, and what each is here.
//!
//! What slides over pictures or goes along sequences has files of its own. Not responsible for functions at a layer's end (`ends`).

mod names;
mod pictures;
mod sequences;

pub(super) use names::{is_layer, is_torch};

use super::args::Args;
use super::ends::{self, End};
use super::script::{Found, Script};
use super::steps::{Step, What};
use super::{Note, problem};
use crate::spec::layers::positional::PositionKind;
use crate::spec::model::{
    ActivationLayer, DEPTH_MAX, Dense, Dropout, Embedding, GroupNorm, InstanceNorm, Positional, Reshape,
};
use crate::spec::problem::{Code, Problem};
use crate::spec::{Activation, Init, LayerKind};
use serde_json::Value;

/// What has come of the layers read so far.
pub(super) struct Reader<'s, 't> {
    pub script: &'s Script<'t>,
    pub torch: bool,
    pub steps: Vec<Step>,
    pub notes: Vec<Note>,
    pub problems: Vec<Problem>,
    depth: usize,
}

impl<'s, 't> Reader<'s, 't> {
    pub fn new(script: &'s Script<'t>, torch: bool) -> Self {
        Reader { script, torch, steps: Vec::new(), notes: Vec::new(), problems: Vec::new(), depth: 0 }
    }

    /// Reads the layers of a network.
    pub fn read(&mut self, network: &[Found<'s, 't>]) {
        network.iter().for_each(|found| self.layer(*found));
    }

    fn bound(&self, found: Found<'s, 't>, torch: &[&str], keras: &[&str]) -> Args<'s, 't> {
        Args::bind(found, self.script, if self.torch { torch } else { keras })
    }

    /// Files what is wrong with a call's arguments and what is left of them.
    fn close(&mut self, args: Args<'s, 't>) {
        self.notes.extend(args.left());
        self.problems.extend(args.problems);
    }

    fn push(&mut self, found: Found<'s, 't>, what: What, stated: Option<usize>, shape: Option<Vec<usize>>) {
        let (place, class) = (found.call.place, found.call.last().to_string());
        self.steps.push(Step { line: place.line, column: place.column, class, what, stated, shape });
    }

    fn unknown(&mut self, found: Found<'s, 't>) {
        self.problems.push(problem(Code::CodeLayer, found.call.place, found.call.last()));
    }

    /// The function that a word names, at the end of a layer.
    fn end(&mut self, found: Found<'s, 't>, args: &mut Args<'s, 't>) {
        let Some((word, value)) = args.word(&["activation"]) else { return };
        match ends::function(word) {
            Some(End::Activation(Activation::Linear)) => {}
            Some(end) => self.push(found, end.what(), None, None),
            None => self.problems.push(problem(Code::CodeLayer, value.place, word)),
        }
    }

    fn layer(&mut self, found: Found<'s, 't>) {
        match found.call.last() {
            "Linear" | "LazyLinear" | "Dense" => self.dense(found),
            "Conv1d" | "Conv1D" | "LazyConv1d" => self.conv(found, true, false),
            "Conv2d" | "Conv2D" | "Convolution2D" | "LazyConv2d" => self.conv(found, false, false),
            "ConvTranspose2d" | "Conv2DTranspose" => self.conv(found, false, true),
            "MaxPool1d" | "MaxPool1D" | "MaxPooling1D" => self.pool(found, LayerKind::MaxPool1d),
            "MaxPool2d" | "MaxPool2D" | "MaxPooling2D" => self.pool(found, LayerKind::MaxPool2d),
            "AvgPool2d" | "AvgPool2D" | "AveragePooling2D" => self.pool(found, LayerKind::AvgPool2d),
            "AdaptiveAvgPool1d"
            | "AdaptiveAvgPool2d"
            | "AdaptiveMaxPool1d"
            | "AdaptiveMaxPool2d"
            | "GlobalAveragePooling1D"
            | "GlobalAveragePooling2D"
            | "GlobalMaxPooling1D"
            | "GlobalMaxPooling2D"
            | "GlobalAvgPool1D"
            | "GlobalAvgPool2D"
            | "GlobalMaxPool1D"
            | "GlobalMaxPool2D"
            | "Mean" => self.adaptive(found),
            "ZeroPad2d" | "ConstantPad2d" | "ZeroPadding2D" => self.around(found),
            "BatchNorm1d" | "BatchNorm2d" | "BatchNormalization" | "LayerNorm" | "LayerNormalization" | "RMSNorm"
            | "RMSNormalization" | "InstanceNorm1d" | "InstanceNorm2d" | "GroupNorm" | "GroupNormalization" => {
                self.norm(found);
            }
            "Dropout" | "Dropout1d" | "Dropout2d" | "SpatialDropout1D" | "SpatialDropout2D" => self.dropout(found),
            "Flatten" => {
                let mut args = self.bound(found, &["start_dim", "end_dim"], &[]);
                args.same("start_dim", 1.0);
                args.same("end_dim", -1.0);
                let shape = self.stated_shape(&mut args);
                self.close(args);
                self.push(found, What::Layer(LayerKind::Flatten(Default::default())), None, shape);
            }
            "Embedding" => {
                let mut args = self.bound(found, &["num_embeddings", "embedding_dim"], &["input_dim", "output_dim"]);
                let stated = args.size(&["num_embeddings", "input_dim"]);
                let units = args.needed(&["embedding_dim", "output_dim"]);
                self.close(args);
                self.push(found, What::Layer(LayerKind::Embedding(Embedding { units })), stated, None);
            }
            "RNN" | "SimpleRNN" | "LSTM" | "GRU" => self.recurrent(found, false),
            "Bidirectional" => self.bidirectional(found),
            "TimeDistributed" => {
                let mut args = self.bound(found, &[], &["layer"]);
                let inner = args.layer(&["layer"]);
                self.close(args);
                match inner {
                    Some(inner) if matches!(inner.call.last(), "Dense" | "Dropout" | "Activation") => self.layer(inner),
                    Some(inner) => self.unknown(inner),
                    None => {}
                }
            }
            "Input" | "InputLayer" => {
                let mut args = self.bound(found, &[], &["shape"]);
                let shape = args.shape(&["shape", "input_shape"]);
                self.close(args);
                self.push(found, What::Nothing, None, shape);
            }
            "Identity" | "ChannelsLast" | "ChannelsFirst" => self.push(found, What::Nothing, None, None),
            "Reshape" | "Unflatten" => self.reshape(found),
            "Upsample" | "UpSampling2D" => self.upsample(found),
            "Activation" => {
                let mut args = self.bound(found, &[], &["activation"]);
                self.end(found, &mut args);
                self.close(args);
            }
            "Residual" => self.residual(found),
            "Positional" => self.push(found, What::Layer(positional(PositionKind::Learned)), None, None),
            "Sinusoidal" => self.push(found, What::Layer(positional(PositionKind::Sinusoidal)), None, None),
            "TransformerEncoderLayer" | "TransformerBlock" => self.transformer(found),
            name if names::OF_DATA.contains(&name) => {
                let mut args = self.bound(found, &[], &[]);
                let shape = self.stated_shape(&mut args);
                self.push(found, What::OfData, None, shape);
            }
            name => match ends::module(name) {
                Some(end) => self.function(found, end),
                None => self.unknown(found),
            },
        }
    }

    /// The shape of the data, as a first layer of Keras says it.
    fn stated_shape(&mut self, args: &mut Args<'s, 't>) -> Option<Vec<usize>> {
        args.shape(&["input_shape"]).or_else(|| args.size(&["input_dim"]).map(|n| vec![n]))
    }

    /// How weights begin, where a word says it that is known here too.
    fn init(&mut self, args: &mut Args<'s, 't>) -> Init {
        let Some((word, value)) = args.word(&["kernel_initializer"]) else { return Init::default() };
        serde_json::from_value(Value::String(word.to_string())).unwrap_or_else(|_| {
            let (layer, line) = (args.found.call.last().to_string(), value.place.line);
            self.notes.push(Note::Argument { layer, argument: "kernel_initializer".into(), line });
            Init::default()
        })
    }

    fn dense(&mut self, found: Found<'s, 't>) {
        let names: &[&str] = if found.call.last() == "LazyLinear" {
            &["out_features", "bias"]
        } else {
            &["in_features", "out_features", "bias"]
        };
        let mut args = self.bound(found, names, &["units", "activation", "use_bias", "kernel_initializer"]);
        let stated = args.size(&["in_features"]);
        let units = Some(args.needed(&["out_features", "units"]));
        let shape = self.stated_shape(&mut args);
        let bias = args.truth(&["bias", "use_bias"]).filter(|on| !on);
        let init = self.init(&mut args);
        let layer = LayerKind::Dense(Dense { units, activation: Activation::Linear, init, bias });
        self.push(found, What::Layer(layer), stated, shape);
        self.end(found, &mut args);
        self.close(args);
    }

    fn norm(&mut self, found: Found<'s, 't>) {
        let name = found.call.last();
        let names: &[&str] = match name {
            "GroupNorm" => &["num_groups", "num_channels", "eps", "affine"],
            "LayerNorm" | "RMSNorm" => &["normalized_shape", "eps", "elementwise_affine", "bias"],
            _ => &["num_features", "eps", "momentum", "affine", "track_running_stats"],
        };
        let mut args = self.bound(found, names, &[if name == "GroupNormalization" { "groups" } else { "axis" }]);
        args.same("eps", 1e-5);
        args.same("epsilon", 1e-5);
        args.same("momentum", 0.1);
        let mut stated = args.size(&["num_features", "num_channels"]);
        if let Some(shape) = args.shape(&["normalized_shape"]) {
            stated = shape.last().copied();
            if shape.len() > 1 {
                let (layer, line) = (name.to_string(), found.call.place.line);
                self.notes.push(Note::Argument { layer, argument: "normalized_shape".into(), line });
            }
        }
        let kind = match name {
            "LayerNorm" | "LayerNormalization" => LayerKind::LayerNorm(Default::default()),
            "RMSNorm" | "RMSNormalization" => LayerKind::RmsNorm(Default::default()),
            "InstanceNorm1d" | "InstanceNorm2d" => {
                LayerKind::InstanceNorm(InstanceNorm { affine: args.truth(&["affine"]).unwrap_or(false) })
            }
            "GroupNorm" => LayerKind::GroupNorm(GroupNorm { groups: args.needed(&["num_groups"]) }),
            "GroupNormalization" => LayerKind::GroupNorm(GroupNorm { groups: args.size(&["groups"]).unwrap_or(32) }),
            _ => LayerKind::BatchNorm(Default::default()),
        };
        self.close(args);
        self.push(found, What::Layer(kind), stated, None);
    }

    fn dropout(&mut self, found: Found<'s, 't>) {
        let mut args = self.bound(found, &["p"], &["rate"]);
        let rate = args.real(&["p", "rate"]).unwrap_or(0.5) as f32;
        let shape = self.stated_shape(&mut args);
        self.close(args);
        let whole = found.call.last() != "Dropout";
        let dropout = Dropout { rate };
        let kind = if whole { LayerKind::Dropout2d(dropout) } else { LayerKind::Dropout(dropout) };
        self.push(found, What::Layer(kind), None, shape);
    }

    fn reshape(&mut self, found: Found<'s, 't>) {
        let mut args = self.bound(found, &["dim", "unflattened_size"], &["target_shape"]);
        let mut shape = args.shape(&["unflattened_size", "target_shape"]).unwrap_or_default();
        if shape.is_empty() || shape.contains(&0) {
            args.refuse(if self.torch { "unflattened_size" } else { "target_shape" }, "");
        }
        // PyTorch has the channels of a picture first.
        if self.torch && shape.len() == 3 {
            shape.rotate_left(1);
        }
        let stated = self.stated_shape(&mut args);
        self.close(args);
        self.push(found, What::Layer(LayerKind::Reshape(Reshape { shape })), None, stated);
    }

    fn residual(&mut self, found: Found<'s, 't>) {
        if self.depth == DEPTH_MAX {
            self.problems.push(Problem::new("model", Code::TooDeep).arg("got", DEPTH_MAX + 1).arg("max", DEPTH_MAX));
            return;
        }
        match self.script.inside(found) {
            Ok(network) => {
                let before = std::mem::take(&mut self.steps);
                self.depth += 1;
                self.read(&network);
                self.depth -= 1;
                let inside = std::mem::replace(&mut self.steps, before);
                self.push(found, What::Residual(inside), None, None);
            }
            Err(problem) => self.problems.push(problem),
        }
    }

    /// A function on its own.
    fn function(&mut self, found: Found<'s, 't>, end: End) {
        let mut args =
            self.bound(found, &[ends::first_argument(found.call.last())], &[ends::first_argument(found.call.last())]);
        let what = ends::with_arguments(end, &mut args).what();
        self.close(args);
        self.push(found, what, None, None);
    }
}

fn positional(kind: PositionKind) -> LayerKind {
    LayerKind::Positional(Positional { kind })
}

/// An activation as a layer.
pub(super) fn activation(kind: Activation) -> LayerKind {
    LayerKind::Activation(ActivationLayer { kind })
}

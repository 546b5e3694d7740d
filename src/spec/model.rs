//! The network as the learner wrote it: a list of layers in data order.
//!
//! Type names and defaults are PyTorch's or Keras's (each layer says which). Not responsible for shapes (`shape.rs`),
//! for the text form (`text.rs`) or for what a layer computes (`engine::nn`).

mod attention;
pub mod recurrent;

pub use recurrent::{Recurrent, RnnActivation};

use super::activation::Activation;
use super::init::Init;
use super::window::Padding;
use serde::de::{self, DeserializeOwned};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

pub mod image;

pub use attention::{Attention, AttentionKind, Embedding, NormPlace, PositionKind, Positional, TransformerBlock};
pub use image::{Conv, Pool};

/// Most layers (nested ones counted) that a network may have.
pub const LAYERS_MAX: usize = 400;
/// Deepest nesting of containers: JSON readers stop at 128 brackets.
pub const DEPTH_MAX: usize = 32;
/// Most units of one layer.
pub const UNITS_MAX: usize = 65_536;

/// The network: layers in data order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ModelSpec {
    /// Layers in data order; the first reads the data set's input unless `from` says otherwise.
    pub layers: Vec<Layer>,
}

/// One layer: what it is, and optionally its name and where its input comes from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Layer {
    /// What the layer is, with its settings.
    #[serde(flatten)]
    pub kind: LayerKind,
    /// A name that later layers may use in `from`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Names of the layers whose outputs this one reads; `"input"` is the data. Default: the layer before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Vec<String>>,
}

impl From<LayerKind> for Layer {
    fn from(kind: LayerKind) -> Self {
        Layer { kind, name: None, from: None }
    }
}

/// Every kind of layer.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum LayerKind {
    /// Fully connected.
    Dense(Dense),
    /// A nonlinearity on its own.
    Activation(ActivationLayer),
    /// Filters that slide over an image.
    Conv2d(Conv),
    /// The greatest value under a sliding window.
    MaxPool2d(Pool),
    /// The mean under a sliding window.
    AvgPool2d(Pool),
    /// The mean of every channel.
    GlobalAvgPool2d(Empty),
    /// Random zeroing while training.
    Dropout(Dropout),
    /// Normalisation over the batch.
    BatchNorm(Empty),
    /// Normalisation over the features of one sample.
    LayerNorm(Empty),
    /// A plain recurrent layer.
    Rnn(Recurrent),
    /// Long short-term memory.
    Lstm(Recurrent),
    /// Gated recurrent units.
    Gru(Recurrent),
    /// All axes of a sample into one.
    Flatten(Empty),
    /// Same values, another shape.
    Reshape(Reshape),
    /// `x + layers(x)`.
    Residual(Residual),
    /// Sum of several earlier outputs.
    Add(Empty),
    /// Several earlier outputs side by side on the last axis.
    Concat(Empty),
    /// A learned row for every token.
    Embedding(Embedding),
    /// Tells the places of a sequence apart.
    Positional(Positional),
    /// Every place takes from the places that matter to it.
    Attention(Attention),
    /// Attention and perceptron with shortcuts and norms.
    TransformerBlock(TransformerBlock),
}

/// The JSON names of all layer kinds, in the order the page offers them.
pub const LAYER_TYPES: [&str; 21] = [
    "dense",
    "activation",
    "conv2d",
    "max_pool2d",
    "avg_pool2d",
    "global_avg_pool2d",
    "dropout",
    "batch_norm",
    "layer_norm",
    "rnn",
    "lstm",
    "gru",
    "residual",
    "flatten",
    "reshape",
    "add",
    "concat",
    "embedding",
    "positional",
    "attention",
    "transformer_block",
];

/// `y = act(x Wᵀ + b)` over the last axis: PyTorch's `nn.Linear` followed by an activation; Keras's `Dense`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Dense {
    /// Outputs; left out on the last layer, the task decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub units: Option<usize>,
    /// Applied to the sum; Keras's default, `linear`.
    #[serde(skip_serializing_if = "is_linear")]
    pub activation: Activation,
    /// How weights start; default PyTorch's (Keras starts with Glorot uniform and zero biases).
    #[serde(skip_serializing_if = "is_default")]
    pub init: Init,
    /// Whether a bias is added; default true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bias: Option<bool>,
}

impl Dense {
    /// Whether a bias is added.
    pub fn has_bias(&self) -> bool {
        self.bias.unwrap_or(true)
    }
}

/// Settings of an `activation` layer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ActivationLayer {
    /// Which nonlinearity.
    pub kind: Activation,
}

/// Settings of a `dropout` layer (inverted dropout, as in both PyTorch and Keras).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Dropout {
    /// Share of values set to zero while training; PyTorch's default 0.5.
    pub rate: f32,
}

impl Default for Dropout {
    fn default() -> Self {
        Dropout { rate: 0.5 }
    }
}

/// Settings of a `reshape` layer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Reshape {
    /// New shape of one sample, without the batch axis.
    pub shape: Vec<usize>,
}

/// Settings of a `residual` container.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Residual {
    /// The branch; its output must have the shape of its input.
    pub layers: Vec<Layer>,
}

/// A layer without settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Empty {}

impl LayerKind {
    /// The JSON name.
    pub fn type_name(&self) -> &'static str {
        match self {
            LayerKind::Dense(_) => "dense",
            LayerKind::Activation(_) => "activation",
            LayerKind::Conv2d(_) => "conv2d",
            LayerKind::MaxPool2d(_) => "max_pool2d",
            LayerKind::AvgPool2d(_) => "avg_pool2d",
            LayerKind::GlobalAvgPool2d(_) => "global_avg_pool2d",
            LayerKind::Dropout(_) => "dropout",
            LayerKind::BatchNorm(_) => "batch_norm",
            LayerKind::LayerNorm(_) => "layer_norm",
            LayerKind::Rnn(_) => "rnn",
            LayerKind::Lstm(_) => "lstm",
            LayerKind::Gru(_) => "gru",
            LayerKind::Flatten(_) => "flatten",
            LayerKind::Reshape(_) => "reshape",
            LayerKind::Residual(_) => "residual",
            LayerKind::Add(_) => "add",
            LayerKind::Concat(_) => "concat",
            LayerKind::Embedding(_) => "embedding",
            LayerKind::Positional(_) => "positional",
            LayerKind::Attention(_) => "attention",
            LayerKind::TransformerBlock(_) => "transformer_block",
        }
    }

    /// A layer of this type with settings a learner would start from.
    pub fn starter(type_name: &str) -> Option<LayerKind> {
        let dense = |units| Dense { units: Some(units), activation: Activation::Tanh, ..Dense::default() };
        Some(match type_name {
            "dense" => LayerKind::Dense(dense(8)),
            "activation" => LayerKind::Activation(ActivationLayer { kind: Activation::Relu }),
            "conv2d" => {
                let conv = Conv { padding: Padding::Same, activation: Activation::Relu, ..Conv::new(8, 3) };
                LayerKind::Conv2d(conv)
            }
            "max_pool2d" => LayerKind::MaxPool2d(Pool::default()),
            "avg_pool2d" => LayerKind::AvgPool2d(Pool::default()),
            "global_avg_pool2d" => LayerKind::GlobalAvgPool2d(Empty {}),
            "dropout" => LayerKind::Dropout(Dropout { rate: 0.2 }),
            "batch_norm" => LayerKind::BatchNorm(Empty {}),
            "layer_norm" => LayerKind::LayerNorm(Empty {}),
            "rnn" => LayerKind::Rnn(Recurrent::of(32)),
            "lstm" => LayerKind::Lstm(Recurrent::of(32)),
            "gru" => LayerKind::Gru(Recurrent::of(32)),
            "flatten" => LayerKind::Flatten(Empty {}),
            "reshape" => LayerKind::Reshape(Reshape { shape: vec![1] }),
            "residual" => LayerKind::Residual(Residual { layers: vec![LayerKind::Dense(dense(8)).into()] }),
            "add" => LayerKind::Add(Empty {}),
            "concat" => LayerKind::Concat(Empty {}),
            "embedding" => LayerKind::Embedding(Embedding::default()),
            "positional" => LayerKind::Positional(Positional::default()),
            "attention" => LayerKind::Attention(Attention::default()),
            "transformer_block" => LayerKind::TransformerBlock(TransformerBlock::default()),
            _ => return None,
        })
    }

    /// Layers inside, for containers.
    pub fn children(&self) -> &[Layer] {
        match self {
            LayerKind::Residual(r) => &r.layers,
            LayerKind::Dense(_)
            | LayerKind::Activation(_)
            | LayerKind::Conv2d(_)
            | LayerKind::MaxPool2d(_)
            | LayerKind::AvgPool2d(_)
            | LayerKind::GlobalAvgPool2d(_)
            | LayerKind::Dropout(_)
            | LayerKind::BatchNorm(_)
            | LayerKind::LayerNorm(_)
            | LayerKind::Rnn(_)
            | LayerKind::Lstm(_)
            | LayerKind::Gru(_)
            | LayerKind::Flatten(_)
            | LayerKind::Reshape(_)
            | LayerKind::Add(_)
            | LayerKind::Concat(_)
            | LayerKind::Embedding(_)
            | LayerKind::Positional(_)
            | LayerKind::Attention(_)
            | LayerKind::TransformerBlock(_) => &[],
        }
    }
}

impl Layer {
    /// Containers around the innermost layer, this one included if it is one.
    pub fn depth(&self) -> usize {
        let children = self.kind.children();
        let inside = children.iter().map(Layer::depth).max().unwrap_or(0);
        inside + usize::from(matches!(self.kind, LayerKind::Residual(_)))
    }
}

impl ModelSpec {
    /// All layers, nested ones included.
    pub fn count(&self) -> usize {
        fn count(layers: &[Layer]) -> usize {
            layers.iter().map(|l| 1 + count(l.kind.children())).sum()
        }
        count(&self.layers)
    }
}

fn is_linear(a: &Activation) -> bool {
    *a == Activation::Linear
}

fn is_default<T: Default + PartialEq>(v: &T) -> bool {
    *v == T::default()
}

/// `name` and `from` sit beside the settings of any kind, and unknown fields must still be errors that name the field;
/// serde's `flatten` cannot do both, so the two common fields are taken out by hand.
impl<'de> Deserialize<'de> for Layer {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let mut map = Map::deserialize(d)?;
        let name = take_opt(&mut map, "name").map_err(de::Error::custom)?;
        let from = take_opt(&mut map, "from").map_err(de::Error::custom)?;
        let kind = match map.remove("type") {
            Some(Value::String(s)) => s,
            Some(other) => {
                return Err(de::Error::invalid_type(de::Unexpected::Other(&other.to_string()), &"a string"));
            }
            None => return Err(de::Error::missing_field("type")),
        };
        let rest = Value::Object(map);
        let kind = match kind.as_str() {
            "dense" => LayerKind::Dense(settings(rest)?),
            "activation" => LayerKind::Activation(settings(rest)?),
            "conv2d" => LayerKind::Conv2d(settings(rest)?),
            "max_pool2d" => LayerKind::MaxPool2d(settings(rest)?),
            "avg_pool2d" => LayerKind::AvgPool2d(settings(rest)?),
            "global_avg_pool2d" => LayerKind::GlobalAvgPool2d(settings(rest)?),
            "dropout" => LayerKind::Dropout(settings(rest)?),
            "batch_norm" => LayerKind::BatchNorm(settings(rest)?),
            "layer_norm" => LayerKind::LayerNorm(settings(rest)?),
            "rnn" => LayerKind::Rnn(settings(rest)?),
            "lstm" => LayerKind::Lstm(settings(rest)?),
            "gru" => LayerKind::Gru(settings(rest)?),
            "flatten" => LayerKind::Flatten(settings(rest)?),
            "reshape" => LayerKind::Reshape(settings(rest)?),
            "residual" => LayerKind::Residual(settings(rest)?),
            "add" => LayerKind::Add(settings(rest)?),
            "concat" => LayerKind::Concat(settings(rest)?),
            "embedding" => LayerKind::Embedding(settings(rest)?),
            "positional" => LayerKind::Positional(settings(rest)?),
            "attention" => LayerKind::Attention(settings(rest)?),
            "transformer_block" => LayerKind::TransformerBlock(settings(rest)?),
            other => return Err(de::Error::unknown_variant(other, &LAYER_TYPES)),
        };
        Ok(Layer { kind, name, from })
    }
}

fn take_opt<T: DeserializeOwned>(map: &mut Map<String, Value>, key: &str) -> Result<Option<T>, super::read::ReadError> {
    match map.remove(key) {
        None | Some(Value::Null) => Ok(None),
        Some(v) => super::read::from_value(&v, key).map(Some),
    }
}

/// Reads the settings with our own error type and passes the finding through the caller's as a marked message.
fn settings<T: DeserializeOwned, E: de::Error>(v: Value) -> Result<T, E> {
    super::read::from_value(&v, "").map_err(E::custom)
}

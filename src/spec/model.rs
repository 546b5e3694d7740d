//! The network as the learner wrote it: a list of layers in data order.
//!
//! Type names and defaults are PyTorch's or Keras's (each layer says which). Not responsible for shapes (`shape.rs`),
//! for the text form (`text.rs`) or for what a layer computes (`engine::nn`).

use super::activation::Activation;
use super::init::Init;
use serde::de::{self, DeserializeOwned};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

mod attention;
mod image;
mod kind;
pub mod recurrent;

pub use attention::{
    Attention, AttentionKind, Embedding, NormPlace, PositionKind, Positional, Slice, TransformerBlock,
};
pub use image::{Conv, GroupNorm, Pool, SqueezeExcite, Upsample};
pub use kind::{LAYER_TYPES, LayerKind};
pub use recurrent::{Recurrent, RnnActivation};

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
        let kind = LayerKind::read(&kind, rest)?;
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

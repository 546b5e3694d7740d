//! The network as the learner wrote it: a list of layers in data order.
//!
//! Type names and defaults are PyTorch's or Keras's. Not responsible for what each layer is (`layers`).

use super::activation::Activation;
use super::problem::{Code, Problem};
use serde::de::{self, DeserializeOwned};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

pub use super::layers::activation::ActivationLayer;
pub use super::layers::attention::{Attention, AttentionKind};
pub use super::layers::conv::Conv;
pub use super::layers::dense::Dense;
pub use super::layers::dropout::Dropout;
pub use super::layers::embedding::Embedding;
pub use super::layers::group_norm::GroupNorm;
pub use super::layers::instance_norm::InstanceNorm;
pub use super::layers::pool::Pool;
pub use super::layers::positional::{PositionKind, Positional};
pub use super::layers::recurrent::{Recurrent, RnnActivation};
pub use super::layers::reshape::Reshape;
pub use super::layers::residual::Residual;
pub use super::layers::slice::Slice;
pub use super::layers::squeeze_excite::SqueezeExcite;
pub use super::layers::transformer_block::{NormPlace, TransformerBlock};
pub use super::layers::upsample2d::Upsample;
pub use super::layers::{Empty, LAYER_TYPES, LayerKind};

mod locks;
mod parts;

pub use parts::{Part, PartName};

/// Most layers (nested ones counted) that a network may have.
pub const LAYERS_MAX: usize = 400;
/// Deepest nesting of containers: JSON readers stop at 128 brackets.
pub const DEPTH_MAX: usize = 32;
/// Most units of one layer.
pub const UNITS_MAX: usize = 65_536;

/// Most characters of a layer's name: more would not fit on its card.
pub const MAX_NAME: usize = 60;

/// The network: layers in data order; or several networks, one after the other.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(with = "parts::ModelFile"))]
#[serde(try_from = "parts::ModelFile", into = "parts::ModelFile")]
pub struct ModelSpec {
    /// Layers in data order, part after part; the first of each reads what its part is given unless `from` says otherwise.
    pub layers: Vec<Layer>,
    /// How many of the layers belong to which part; empty with one network.
    pub parts: Vec<Part>,
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
    /// Whether its parameters, and those of all layers in it, stay as they are (PyTorch's `requires_grad_(False)`: the
    /// running statistics of a batch norm go on moving).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub frozen: bool,
}

impl From<LayerKind> for Layer {
    fn from(kind: LayerKind) -> Self {
        Layer { kind, name: None, from: None, frozen: false }
    }
}

impl Layer {
    /// A name that no card could show, as a problem of the layer at this path.
    pub fn name_problem(&self, path: &str) -> Option<Problem> {
        let len = self.name.as_ref().map_or(0, |n| n.chars().count());
        let problem = || Problem::new(format!("{path}.name"), Code::NameTooLong).arg("got", len).arg("max", MAX_NAME);
        (len > MAX_NAME).then(problem)
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

pub(crate) fn is_linear(a: &Activation) -> bool {
    *a == Activation::Linear
}

pub(crate) fn is_default<T: Default + PartialEq>(v: &T) -> bool {
    *v == T::default()
}

/// `name`, `from` and `frozen` sit beside the settings of any kind, and unknown fields must still be errors that name the
/// field; serde's `flatten` cannot do both, so the common fields are taken out by hand.
impl<'de> Deserialize<'de> for Layer {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let mut map = Map::deserialize(d)?;
        let name = take_opt(&mut map, "name").map_err(de::Error::custom)?;
        let from = take_opt(&mut map, "from").map_err(de::Error::custom)?;
        let frozen = take_opt(&mut map, "frozen").map_err(de::Error::custom)?;
        let kind = match map.remove("type") {
            Some(Value::String(s)) => s,
            Some(other) => {
                return Err(de::Error::invalid_type(de::Unexpected::Other(&other.to_string()), &"a string"));
            }
            None => return Err(de::Error::missing_field("type")),
        };
        let rest = Value::Object(map);
        let kind = LayerKind::read(&kind, rest)?;
        Ok(Layer { kind, name, from, frozen: frozen.unwrap_or(false) })
    }
}

fn take_opt<T: DeserializeOwned>(map: &mut Map<String, Value>, key: &str) -> Result<Option<T>, super::read::ReadError> {
    match map.remove(key) {
        None | Some(Value::Null) => Ok(None),
        Some(v) => super::read::from_value(&v, key).map(Some),
    }
}

/// Reads the settings with our own error type and passes the finding through the caller's as a marked message.
pub(super) fn settings<T: DeserializeOwned, E: de::Error>(v: Value) -> Result<T, E> {
    super::read::from_value(&v, "").map_err(E::custom)
}

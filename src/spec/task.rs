//! What the network is trained to do, and the loss that says how wrong it is.
//!
//! Not responsible for computing losses (`engine::loss`).

use super::data::{DataInfo, Target};
use super::tasks::{Autoencoder, Contrastive, Diffusion, Gan, Several, Vae};
use serde::de::{self, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};
use std::fmt;

/// The task.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskSpec {
    /// Which task, with its settings.
    pub kind: TaskKind,
    /// Overrides the task's default loss.
    pub loss: Option<Loss>,
}

/// The tasks this version knows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TaskKind {
    /// One of several classes.
    Classification,
    /// Numbers.
    Regression,
    /// The next token at every position: attention is causal unless it says otherwise.
    LanguageModel,
    /// A code of the input, and the input again from the code.
    Autoencoder(Autoencoder),
    /// The same with a code that is a distribution.
    Vae(Vae),
    /// One network makes inputs, another tells them from real ones.
    Gan(Gan),
    /// A network that says how noise becomes a row of the data.
    Diffusion(Diffusion),
    /// One trunk, and a head for each of several tasks.
    Several(Several),
    /// By how much a picture is turned.
    Rotation,
    /// Two views of a picture near to each other.
    Contrastive(Contrastive),
}

/// How the answers of a task are measured beside its loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// Share of right answers; the more, the better.
    Accuracy,
    /// Coefficient of determination; the more, the better.
    R2,
    /// Energy distance between made rows and real ones; the less, the better.
    Energy,
}

/// A loss; every one is the mean over the batch (MSE, MAE, Huber, BCE: over every element).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Loss {
    /// Softmax cross-entropy on logits (PyTorch's `CrossEntropyLoss`).
    CrossEntropy {
        /// Share of the target spread evenly over all classes.
        label_smoothing: f32,
    },
    /// Binary cross-entropy on logits (`BCEWithLogitsLoss`).
    Bce,
    /// Mean squared error (`MSELoss`).
    Mse,
    /// Half the mean squared error, as TensorFlow Playground has it.
    HalfMse,
    /// Mean absolute error (`L1Loss`).
    Mae,
    /// Quadratic near zero, linear beyond `delta` (`HuberLoss`).
    Huber {
        /// Where it turns linear.
        delta: f32,
    },
    /// Multi-class hinge (`MultiMarginLoss`).
    Hinge {
        /// Wanted distance between the right class and every other.
        margin: f32,
    },
}

/// JSON names of all losses.
pub const LOSSES: [&str; 7] = ["cross_entropy", "bce", "mse", "half_mse", "mae", "huber", "hinge"];

impl Loss {
    /// The loss of that JSON name with default settings.
    pub fn from_name(name: &str) -> Option<Loss> {
        Some(match name {
            "cross_entropy" => Loss::CrossEntropy { label_smoothing: 0.0 },
            "bce" => Loss::Bce,
            "mse" => Loss::Mse,
            "half_mse" => Loss::HalfMse,
            "mae" => Loss::Mae,
            "huber" => Loss::Huber { delta: 1.0 },
            "hinge" => Loss::Hinge { margin: 1.0 },
            _ => return None,
        })
    }

    /// The JSON name.
    pub fn name(&self) -> &'static str {
        match self {
            Loss::CrossEntropy { .. } => "cross_entropy",
            Loss::Bce => "bce",
            Loss::Mse => "mse",
            Loss::HalfMse => "half_mse",
            Loss::Mae => "mae",
            Loss::Huber { .. } => "huber",
            Loss::Hinge { .. } => "hinge",
        }
    }

    /// Shape of the network's output (one sample, no batch axis) that this loss needs for `target`; `None` if the two
    /// do not go together.
    pub fn output_shape(&self, target: &Target) -> Option<Vec<usize>> {
        let by_class = matches!(self, Loss::CrossEntropy { .. } | Loss::Hinge { .. });
        match target {
            Target::Classes { count } if by_class => Some(vec![*count]),
            Target::Classes { count: 2 } if *self == Loss::Bce => Some(vec![1]),
            Target::Values { shape } if !by_class => Some(shape.clone()),
            Target::Steps { count, len } if matches!(self, Loss::CrossEntropy { .. }) => Some(vec![*len, *count]),
            Target::Classes { .. } | Target::Values { .. } | Target::Steps { .. } => None,
        }
    }
}

impl TaskSpec {
    /// The task that fits a target, with its default loss. Steps over the vocabulary of the input are taken for a
    /// language model; where they are not (a sequence to be sorted), the task says `classification`.
    pub fn for_data(info: &DataInfo) -> Self {
        let kind = match info.target {
            Target::Classes { .. } => TaskKind::Classification,
            Target::Values { .. } => TaskKind::Regression,
            Target::Steps { count, .. } if info.tokens == Some(count) => TaskKind::LanguageModel,
            Target::Steps { .. } => TaskKind::Classification,
        };
        TaskSpec { kind, loss: None }
    }

    /// The loss in force: the chosen one, else the task's own.
    pub fn loss(&self) -> Loss {
        self.loss.unwrap_or_else(|| self.kind.rule().loss())
    }
}

impl TaskSpec {
    /// Whether another task has the same networks and loss, and differs in what may change while it trains at most.
    pub fn same_networks(&self, other: &TaskSpec) -> bool {
        let kind = match (self.kind, other.kind) {
            (TaskKind::Autoencoder(_), TaskKind::Autoencoder(_)) => true,
            (TaskKind::Vae(a), TaskKind::Vae(b)) => a.latent == b.latent,
            (TaskKind::Gan(a), TaskKind::Gan(b)) => a.latent == b.latent,
            (TaskKind::Diffusion(a), TaskKind::Diffusion(b)) => a.predict == b.predict,
            (TaskKind::Several(a), TaskKind::Several(b)) => a.weighting == b.weighting,
            (TaskKind::Contrastive(_), TaskKind::Contrastive(_)) => true,
            (a, b) => a == b,
        };
        kind && self.loss == other.loss
    }
}

impl Serialize for TaskSpec {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        // Settings are plain data: serialising cannot fail.
        let settings = match &self.kind {
            TaskKind::Classification | TaskKind::Regression | TaskKind::LanguageModel | TaskKind::Rotation => None,
            TaskKind::Autoencoder(t) => serde_json::to_value(t).ok(),
            TaskKind::Vae(t) => serde_json::to_value(t).ok(),
            TaskKind::Gan(t) => serde_json::to_value(t).ok(),
            TaskKind::Diffusion(t) => serde_json::to_value(t).ok(),
            TaskKind::Several(t) => serde_json::to_value(t).ok(),
            TaskKind::Contrastive(t) => serde_json::to_value(t).ok(),
        };
        let mut map = s.serialize_map(None)?;
        map.serialize_entry("type", self.kind.name())?;
        for (key, value) in settings.iter().filter_map(Value::as_object).flatten() {
            map.serialize_entry(key, value)?;
        }
        self.loss.iter().try_for_each(|loss| map.serialize_entry("loss", loss))?;
        map.end()
    }
}

/// `type` and `loss` sit beside the settings of any task, and unknown fields must still be errors that name the field.
impl<'de> Deserialize<'de> for TaskSpec {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let mut map = Map::deserialize(d)?;
        let kind = match map.remove("type") {
            Some(Value::String(s)) => s,
            Some(other) => {
                return Err(de::Error::invalid_type(de::Unexpected::Other(&other.to_string()), &"a string"));
            }
            None => return Err(de::Error::missing_field("type")),
        };
        // What the two networks of a GAN play for is the task's own setting, each head has a loss of its own, and views one.
        let loss = if matches!(&*kind, "gan" | "several" | "contrastive") {
            None
        } else {
            map.remove("loss").filter(|v| !v.is_null())
        };
        let loss = loss.map(|v| super::read::from_value(&v, "loss")).transpose().map_err(de::Error::custom)?;
        Ok(TaskSpec { kind: TaskKind::read(&kind, Value::Object(map))?, loss })
    }
}

/// A bare name or an object with settings.
impl<'de> Deserialize<'de> for Loss {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Full {
            #[serde(rename = "type")]
            kind: String,
            label_smoothing: Option<f32>,
            delta: Option<f32>,
            margin: Option<f32>,
        }
        struct V;
        impl<'de> Visitor<'de> for V {
            type Value = Loss;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }
            fn visit_str<E: de::Error>(self, s: &str) -> Result<Loss, E> {
                Loss::from_name(s).ok_or_else(|| E::unknown_variant(s, &LOSSES))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Loss, A::Error> {
                let full = Full::deserialize(MapAccessDeserializer::new(map))?;
                let mut loss = self.visit_str(&full.kind)?;
                let mut left = [full.label_smoothing, full.delta, full.margin];
                match &mut loss {
                    Loss::CrossEntropy { label_smoothing: v } => *v = left[0].take().unwrap_or(*v),
                    Loss::Huber { delta: v } => *v = left[1].take().unwrap_or(*v),
                    Loss::Hinge { margin: v } => *v = left[2].take().unwrap_or(*v),
                    Loss::Bce | Loss::Mse | Loss::HalfMse | Loss::Mae => {}
                }
                for (name, v) in ["label_smoothing", "delta", "margin"].iter().zip(left) {
                    if v.is_some() {
                        return Err(de::Error::unknown_field(name, &["type"]));
                    }
                }
                Ok(loss)
            }
        }
        d.deserialize_any(V)
    }
}

//! What the network is trained to do, and the loss that says how wrong it is.
//!
//! Not responsible for computing losses (`engine::loss`).

use super::data::{DataInfo, Target};
use serde::de::{self, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// The task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TaskSpec {
    /// Which task.
    #[serde(rename = "type")]
    pub kind: TaskKind,
    /// Overrides the task's default loss.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loss: Option<Loss>,
}

/// The tasks this version knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// One of several classes.
    Classification,
    /// Numbers.
    Regression,
    /// The next token at every position: attention is causal unless it says otherwise.
    LanguageModel,
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

    /// The loss in force: the chosen one, else softmax cross-entropy or mean squared error.
    pub fn loss(&self) -> Loss {
        self.loss.unwrap_or(match self.kind {
            TaskKind::Classification | TaskKind::LanguageModel => Loss::CrossEntropy { label_smoothing: 0.0 },
            TaskKind::Regression => Loss::Mse,
        })
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

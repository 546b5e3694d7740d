//! Augmentation: which random changes every training picture gets before each step, and how strong they are.
//!
//! Not responsible for changing pixels (`engine::data::augment`).

use serde::{Deserialize, Serialize};

/// One kind of change. They are carried out in this order, whatever the order in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AugmentKind {
    /// Left becomes right, with this probability.
    Flip,
    /// Moved by at most this share of the side, each way.
    Shift,
    /// Turned by at most this many degrees, each way.
    Rotate,
    /// Made larger or smaller by a factor within `1 ± strength`.
    Scale,
    /// Brightness, contrast and (in colour) saturation by factors within `1 ± strength`.
    ColorJitter,
    /// Noise of this deviation on every number, where black is 0 and white is 1.
    Noise,
    /// Every other picture loses a rectangle of at most this share of its area to noise (Zhong et al. 2017).
    Erase,
    /// A square with this share of the side, at any place, becomes plain (DeVries & Taylor 2017).
    Cutout,
    /// Two pictures of the batch are mixed in a ratio drawn from Beta(strength, strength), and the label is one of the
    /// two in the same ratio: the mean gradient is that of soft labels (Zhang et al. 2017).
    Mixup,
}

/// One line of `data.augment`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AugmentSpec {
    /// What is changed.
    #[serde(rename = "type")]
    pub kind: AugmentKind,
    /// How much, in the kind's own unit; the kind's default when left out. 0 is off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strength: Option<f32>,
}

impl AugmentKind {
    /// Every kind, in the order in which they are carried out.
    pub const ALL: [AugmentKind; 9] = [
        AugmentKind::Flip,
        AugmentKind::Shift,
        AugmentKind::Rotate,
        AugmentKind::Scale,
        AugmentKind::ColorJitter,
        AugmentKind::Noise,
        AugmentKind::Erase,
        AugmentKind::Cutout,
        AugmentKind::Mixup,
    ];

    /// The JSON name.
    pub fn name(self) -> &'static str {
        match self {
            AugmentKind::Flip => "flip",
            AugmentKind::Shift => "shift",
            AugmentKind::Rotate => "rotate",
            AugmentKind::Scale => "scale",
            AugmentKind::ColorJitter => "color_jitter",
            AugmentKind::Noise => "noise",
            AugmentKind::Erase => "erase",
            AugmentKind::Cutout => "cutout",
            AugmentKind::Mixup => "mixup",
        }
    }

    /// Strength when left out, and the largest; the least is 0 everywhere.
    pub fn strengths(self) -> (f32, f32) {
        match self {
            AugmentKind::Flip => (0.5, 1.0),
            AugmentKind::Shift => (0.1, 0.5),
            AugmentKind::Rotate => (15.0, 180.0),
            AugmentKind::Scale => (0.1, 0.5),
            AugmentKind::ColorJitter => (0.2, 1.0),
            AugmentKind::Noise => (0.05, 0.5),
            AugmentKind::Erase => (0.2, 0.5),
            AugmentKind::Cutout => (0.3, 0.8),
            AugmentKind::Mixup => (0.2, 1.0),
        }
    }
}

impl AugmentSpec {
    /// The kind with its default strength.
    pub fn new(kind: AugmentKind) -> Self {
        AugmentSpec { kind, strength: None }
    }

    /// The strength in force.
    pub fn strength(&self) -> f32 {
        self.strength.unwrap_or(self.kind.strengths().0)
    }
}

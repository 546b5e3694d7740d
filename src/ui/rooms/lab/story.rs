//! Ready comparisons: one button each, and something to see at once.
//!
//! `tests/it/laboratory.rs` holds them to what they promise. Not responsible for their words (`i18n::lab`).

use super::setup::{Norm, Settings, Setup, Shared};
use crate::spec::{Activation, Init};

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Story {
    /// Fifty sigmoid layers beside three.
    Vanish,
    /// tanh started with gain 2 beside gain 1.
    Explode,
    /// Fifty plain layers beside the same with skip connections and normalisation.
    Rescue,
}

impl Story {
    /// All, in the order of their buttons.
    pub const ALL: [Story; 3] = [Story::Vanish, Story::Explode, Story::Rescue];

    /// The name in test ids.
    pub fn name(self) -> &'static str {
        match self {
            Story::Vanish => "vanish",
            Story::Explode => "explode",
            Story::Rescue => "rescue",
        }
    }

    /// What it sets, on these data.
    pub fn settings(self, shared: Shared) -> Settings {
        let plain = |depth, activation, gain, lr| Setup {
            depth,
            activation,
            init: Init::XavierNormal { gain },
            lr,
            ..Setup::default()
        };
        let sides = match self {
            Story::Vanish => [50, 3].map(|depth| plain(depth, Activation::Sigmoid, 1.0, 0.02)),
            Story::Explode => [2.0, 1.0].map(|gain| plain(40, Activation::Tanh, gain, 0.001)),
            Story::Rescue => {
                let chain = plain(50, Activation::Relu, 1.0, 0.001);
                [chain, Setup { norm: Norm::Layer, skip: true, ..chain }]
            }
        };
        Settings { shared, sides }
    }
}

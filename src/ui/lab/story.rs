//! Ready comparisons: one button each, and something to see at once.
//!
//! `tests/it/laboratory.rs` holds them to what they promise. Not responsible for their words (`i18n::lab`).

use super::setup::{Norm, Settings, Setup, Shared};
use crate::spec::{Activation, Init, OptimizerKind};

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
        let sides = match self {
            Story::Vanish => {
                let deep = Setup {
                    depth: 50,
                    activation: Activation::Sigmoid,
                    init: Init::XavierNormal { gain: 1.0 },
                    optimizer: OptimizerKind::Adam,
                    lr: 0.02,
                    ..Setup::default()
                };
                [deep, Setup { depth: 3, ..deep }]
            }
            Story::Explode => {
                let wild = Setup {
                    depth: 40,
                    activation: Activation::Tanh,
                    init: Init::XavierNormal { gain: 2.0 },
                    optimizer: OptimizerKind::Adam,
                    lr: 0.001,
                    ..Setup::default()
                };
                [wild, Setup { init: Init::XavierNormal { gain: 1.0 }, ..wild }]
            }
            Story::Rescue => {
                let plain = Setup {
                    depth: 50,
                    activation: Activation::Relu,
                    init: Init::XavierNormal { gain: 1.0 },
                    optimizer: OptimizerKind::Adam,
                    lr: 0.001,
                    ..Setup::default()
                };
                [plain, Setup { norm: Norm::Layer, skip: true, ..plain }]
            }
        };
        Settings { shared, sides }
    }
}

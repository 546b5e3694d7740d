//! Diffusion and flow matching: a network that says how noise becomes a row of the data, a little at a time.
//!
//! It reads a row on its way and the time, and answers a velocity (flow matching: Lipman et al. 2023, Liu et al. 2023) or the
//! noise in the row (Ho et al. 2020, with the cosine schedule of Nichol & Dhariwal 2021). Time runs from noise (0) to data (1).

use super::{TaskRule, needs_pictures_or_plane};
use crate::spec::data::{DataInfo, Target};
use crate::spec::model::ModelSpec;
use crate::spec::problem::{Problem, check_range};
use crate::spec::task::Loss;
use crate::spec::text;
use serde::{Deserialize, Serialize};

/// Most steps from noise to data.
pub const STEPS_MAX: usize = 500;
/// Numbers that say the time beside a row: t, sin 2πt, cos 2πt.
pub const TIME_FEATURES: usize = 3;
/// What they are called.
const TIME_NAMES: [&str; TIME_FEATURES] = ["t", "sin 2πt", "cos 2πt"];
/// Channels that say it beside a picture: t.
pub const TIME_CHANNELS: usize = 1;

/// What the network answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Predict {
    /// v = x₁ − x₀ at x = (1 − t)·x₀ + t·x₁, noise x₀, row x₁.
    #[default]
    Velocity,
    /// ε at x = √ᾱ·x₁ + √(1 − ᾱ)·ε.
    Noise,
}

impl Predict {
    /// Both.
    pub const ALL: [Predict; 2] = [Predict::Velocity, Predict::Noise];

    /// The JSON name.
    pub fn name(self) -> &'static str {
        match self {
            Predict::Velocity => "velocity",
            Predict::Noise => "noise",
        }
    }
}

/// Settings of the task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Diffusion {
    /// What the network answers.
    pub predict: Predict,
    /// Steps from noise to data when rows are made.
    pub steps: usize,
}

impl Default for Diffusion {
    fn default() -> Self {
        Diffusion { predict: Predict::Velocity, steps: 20 }
    }
}

impl TaskRule for Diffusion {
    fn name(&self) -> &'static str {
        "diffusion"
    }

    fn loss(&self) -> Loss {
        Loss::Mse
    }

    /// A row on its way with the time beside it; what is asked has the row's shape.
    fn info(&self, data: DataInfo) -> DataInfo {
        let mut input = data.input.clone();
        let beside = if input.len() == 3 { TIME_CHANNELS } else { TIME_FEATURES };
        input.last_mut().into_iter().for_each(|n| *n += beside);
        let mut feature_names = data.feature_names.clone();
        if input.len() == 1 && feature_names.len() == data.input[0] {
            feature_names.extend(TIME_NAMES.map(String::from));
        }
        DataInfo { target: Target::Values { shape: data.input }, input, feature_names, plane: false, ..data }
    }

    fn check(&self, info: Option<&DataInfo>, problems: &mut Vec<Problem>) {
        check_range(problems, "task.steps", self.steps as f64, 1.0, STEPS_MAX as f64);
        let of = |info: &DataInfo| {
            let plane = info.target.shape() == [2] && info.tokens.is_none();
            DataInfo { plane, ..info.clone() }
        };
        needs_pictures_or_plane(self.name(), info.map(of).as_ref(), problems);
    }

    fn starter(&self, info: &DataInfo) -> Option<ModelSpec> {
        // `info` is that of the data itself.
        if info.input.len() != 3 {
            return text::parse("dense 64 silu | dense 64 silu | dense 64 silu | dense").ok();
        }
        let channels = info.input.last()?;
        text::parse(&format!(
            "conv 16 3 same silu name=fine | pool 2 | conv 32 3 same silu name=half | pool 2 | conv 64 3 same silu | \
             conv 64 3 same silu | upsample2d 2 name=up1 | concat from=up1,half | conv 32 3 same silu | upsample2d 2 name=up2 | \
             concat from=up2,fine | conv 16 3 same silu | conv {channels} 3 same"
        ))
        .ok()
    }
}

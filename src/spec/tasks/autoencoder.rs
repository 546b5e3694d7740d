//! Autoencoder: a code of the input, and the input again from the code (Hinton & Salakhutdinov 2006).
//!
//! With noise or a mask on what it reads it cannot copy: it learns what is usual (Vincent et al. 2008, He et al. 2021). Asked
//! for hidden squares only, it is a pretext: what it learns is worth what its code is good for.

use super::{PartInput, PartRule, TaskRule, asked_for_itself, needs_numbers, row_of};
use crate::spec::data::DataInfo;
use crate::spec::model::{ModelSpec, PartName};
use crate::spec::problem::{Code, Problem, check_range};
use crate::spec::task::Loss;
use crate::spec::text;
use serde::{Deserialize, Serialize};

/// Largest deviation of the noise.
pub const NOISE_MAX: f32 = 2.0;
/// Largest share that a mask hides: something must be left to see.
pub const MASK_MAX: f32 = 0.95;
/// Longest side of a square that is hidden.
pub const PATCH_MAX: usize = 16;

/// Settings of the task.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Autoencoder {
    /// Deviation of normal noise that is added to what it reads; it is asked for the clean input.
    #[serde(skip_serializing_if = "is_zero")]
    pub noise: f32,
    /// Share of places of the input that it reads as 0.
    #[serde(skip_serializing_if = "is_zero")]
    pub mask: f32,
    /// Side of the squares of a picture that a mask hides; 1: every number on its own.
    #[serde(skip_serializing_if = "is_one")]
    pub patch: usize,
    /// Whether only what it could not see is counted; a hidden place then reads −1, as no brightness does.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hidden_only: bool,
}

impl Default for Autoencoder {
    fn default() -> Self {
        Autoencoder { noise: 0.0, mask: 0.0, patch: 1, hidden_only: false }
    }
}

impl Autoencoder {
    /// Whether it reads something else than it is asked for.
    pub fn spoils(&self) -> bool {
        self.noise > 0.0 || self.mask > 0.0
    }
}

fn is_one(n: &usize) -> bool {
    *n == 1
}

fn is_zero(x: &f32) -> bool {
    *x == 0.0
}

impl TaskRule for Autoencoder {
    fn name(&self) -> &'static str {
        "autoencoder"
    }

    fn loss(&self) -> Loss {
        Loss::Mse
    }

    fn info(&self, data: DataInfo) -> DataInfo {
        asked_for_itself(data)
    }

    fn parts(&self, info: &DataInfo) -> Vec<PartRule> {
        vec![
            PartRule { name: PartName::Encoder, input: PartInput::Data, output: None },
            PartRule {
                name: PartName::Decoder,
                input: PartInput::Output(PartName::Encoder),
                output: Some(info.input.clone()),
            },
        ]
    }

    fn check(&self, info: Option<&DataInfo>, problems: &mut Vec<Problem>) {
        check_range(problems, "task.noise", f64::from(self.noise), 0.0, f64::from(NOISE_MAX));
        check_range(problems, "task.mask", f64::from(self.mask), 0.0, f64::from(MASK_MAX));
        let side = info.filter(|i| i.input.len() != 3).map_or(PATCH_MAX, |_| 1);
        check_range(problems, "task.patch", self.patch as f64, 1.0, side as f64);
        if self.hidden_only && !self.spoils() {
            problems.push(Problem::new("task.hidden_only", Code::NothingHidden));
        }
        needs_numbers(self.name(), info, problems);
    }

    fn starter(&self, info: &DataInfo) -> Option<ModelSpec> {
        let n = row_of(info);
        let flatten = if info.input.len() > 1 { "flatten | " } else { "" };
        let wide = if n > 64 { 128 } else { 16 };
        let end = if info.input.len() == 3 { " sigmoid" } else { "" };
        text::parse(&format!(
            "encoder: {flatten}dense {wide} relu | dense 2; decoder: dense {wide} relu | dense {n}{end}"
        ))
        .ok()
    }
}

//! Variational autoencoder: the code is a normal distribution, held near the standard one (Kingma & Welling 2014).
//!
//! Loss: squared error (or binary cross-entropy) summed over a row, plus `beta` times KL(q(z|x) ‖ N(0, 1)) (Higgins et al.
//! 2017). It bounds −log p(x) from above for `beta` ≥ 1 only.

use super::{PartInput, PartRule, TaskRule, asked_for_itself, needs_numbers, row_of};
use crate::spec::data::DataInfo;
use crate::spec::model::{ModelSpec, PartName};
use crate::spec::problem::{Problem, check_range};
use crate::spec::task::Loss;
use crate::spec::text;
use serde::{Deserialize, Serialize};

/// Most dimensions of a code.
pub const LATENT_MAX: usize = 256;
/// Largest weight of the KL term.
pub const BETA_MAX: f32 = 100.0;
/// Most nats that a dimension may hold for nothing.
pub const FREE_BITS_MAX: f32 = 10.0;

/// Settings of the task.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Vae {
    /// Dimensions of the code.
    pub latent: usize,
    /// Weight of the KL term; 1 is the evidence lower bound.
    pub beta: f32,
    /// Nats of KL that each dimension may hold without being charged (Kingma et al. 2016).
    #[serde(skip_serializing_if = "is_zero")]
    pub free_bits: f32,
}

impl Default for Vae {
    fn default() -> Self {
        Vae { latent: 2, beta: 1.0, free_bits: 0.0 }
    }
}

fn is_zero(x: &f32) -> bool {
    *x == 0.0
}

impl TaskRule for Vae {
    fn name(&self) -> &'static str {
        "vae"
    }

    fn loss(&self) -> Loss {
        Loss::Bce
    }

    fn info(&self, data: DataInfo) -> DataInfo {
        asked_for_itself(data)
    }

    fn parts(&self, info: &DataInfo) -> Vec<PartRule> {
        let encoder = PartRule { name: PartName::Encoder, input: PartInput::Data, output: Some(vec![2 * self.latent]) };
        let decoder = PartRule {
            name: PartName::Decoder,
            input: PartInput::Shape(vec![self.latent]),
            output: Some(info.input.clone()),
        };
        vec![encoder, decoder]
    }

    fn terms(&self) -> &'static [&'static str] {
        &["loss.reconstruction", "loss.kl"]
    }

    fn check(&self, info: Option<&DataInfo>, problems: &mut Vec<Problem>) {
        check_range(problems, "task.latent", self.latent as f64, 1.0, LATENT_MAX as f64);
        check_range(problems, "task.beta", f64::from(self.beta), 0.0, f64::from(BETA_MAX));
        check_range(problems, "task.free_bits", f64::from(self.free_bits), 0.0, f64::from(FREE_BITS_MAX));
        needs_numbers(self.name(), info, problems);
    }

    fn starter(&self, info: &DataInfo) -> Option<ModelSpec> {
        let flatten = if info.input.len() > 1 { "flatten | " } else { "" };
        let wide = if row_of(info) > 64 { 256 } else { 32 };
        text::parse(&format!("encoder: {flatten}dense {wide} relu | dense; decoder: dense {wide} relu | dense")).ok()
    }
}

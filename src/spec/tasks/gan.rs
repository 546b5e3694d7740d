//! Generative adversarial network: one network makes inputs of noise, another tells them from real ones (Goodfellow et
//! al. 2014).

use super::{PartInput, PartRule, TaskRule, asked_for_itself, needs_pictures_or_plane};
use crate::spec::data::DataInfo;
use crate::spec::model::{ModelSpec, PartName};
use crate::spec::problem::{Problem, check_range};
use crate::spec::task::{Loss, Metric};
use crate::spec::text;
use serde::{Deserialize, Serialize};

/// Most numbers of noise that one made input comes of.
pub const LATENT_MAX: usize = 256;
/// Most steps of the discriminator to one of the generator.
pub const CRITIC_STEPS_MAX: usize = 20;
/// Largest bound on the discriminator's weights.
pub const CLIP_MAX: f32 = 1.0;

/// What the two play for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum GanLoss {
    /// D: −log D(x) − log(1 − D(G(z))); G: −log D(G(z)), which does not saturate (Goodfellow et al. 2014, §3).
    #[default]
    Bce,
    /// Squared distance to 1 and 0 (Mao et al. 2017).
    LeastSquares,
    /// Difference of the means, with the weights of D kept within ±`clip` (Arjovsky et al. 2017).
    Wasserstein,
}

impl GanLoss {
    /// All of them.
    pub const ALL: [GanLoss; 3] = [GanLoss::Bce, GanLoss::LeastSquares, GanLoss::Wasserstein];

    /// The JSON name.
    pub fn name(self) -> &'static str {
        match self {
            GanLoss::Bce => "bce",
            GanLoss::LeastSquares => "least_squares",
            GanLoss::Wasserstein => "wasserstein",
        }
    }
}

/// Settings of the task.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Gan {
    /// Numbers of noise that one made input comes of.
    pub latent: usize,
    /// What the two play for.
    pub loss: GanLoss,
    /// Steps of the discriminator to one of the generator.
    pub critic_steps: usize,
    /// For `wasserstein`: every weight of the discriminator stays within ± this.
    pub clip: f32,
}

impl Default for Gan {
    fn default() -> Self {
        Gan { latent: 2, loss: GanLoss::Bce, critic_steps: 1, clip: 0.05 }
    }
}

impl TaskRule for Gan {
    fn name(&self) -> &'static str {
        "gan"
    }

    fn loss(&self) -> Loss {
        Loss::Bce
    }

    fn info(&self, data: DataInfo) -> DataInfo {
        asked_for_itself(data)
    }

    fn parts(&self, info: &DataInfo) -> Vec<PartRule> {
        let generator = PartRule {
            name: PartName::Generator,
            input: PartInput::Shape(vec![self.latent]),
            output: Some(info.input.clone()),
        };
        vec![generator, PartRule { name: PartName::Discriminator, input: PartInput::Data, output: Some(vec![1]) }]
    }

    fn metric(&self) -> Metric {
        Metric::Energy
    }

    fn terms(&self) -> &'static [&'static str] {
        &["loss.real", "loss.fake", "generator.loss"]
    }

    fn check(&self, info: Option<&DataInfo>, problems: &mut Vec<Problem>) {
        check_range(problems, "task.latent", self.latent as f64, 1.0, LATENT_MAX as f64);
        check_range(problems, "task.critic_steps", self.critic_steps as f64, 1.0, CRITIC_STEPS_MAX as f64);
        check_range(problems, "task.clip", f64::from(self.clip), 1e-4, f64::from(CLIP_MAX));
        needs_pictures_or_plane(self.name(), info, problems);
    }

    fn starter(&self, info: &DataInfo) -> Option<ModelSpec> {
        let text = if info.plane {
            "generator: dense 32 relu | dense 32 relu | dense; discriminator: dense 32 relu | dense 32 relu | dense"
        } else {
            "generator: dense 256 relu | dense sigmoid; discriminator: flatten | dense 256 leaky_relu | dense"
        };
        text::parse(text).ok()
    }
}

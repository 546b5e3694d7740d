//! Generative adversarial network: one network makes inputs of noise, another tells them from real ones (Goodfellow et
//! al. 2014).

use super::{PartInput, PartRule, TaskRule, asked_for_itself, needs_pictures_or_plane};
use crate::spec::data::DataInfo;
use crate::spec::model::{Layer, LayerKind, ModelSpec, PartName};
use crate::spec::problem::{Code, Problem, check_range};
use crate::spec::task::{Loss, Metric};
use crate::spec::text;
use serde::{Deserialize, Serialize};

/// Most numbers of noise that one made input comes of.
pub const LATENT_MAX: usize = 256;
/// Most steps of the discriminator to one of the generator.
pub const CRITIC_STEPS_MAX: usize = 20;
/// Largest bound on the discriminator's weights.
pub const CLIP_MAX: f32 = 1.0;
/// Largest factor of the gradient penalty.
pub const PENALTY_MAX: f32 = 1000.0;

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
    /// The same difference, with `penalty` times how far the slopes of D are from 1 (Gulrajani et al. 2017).
    WassersteinGp,
}

impl GanLoss {
    /// All of them.
    pub const ALL: [GanLoss; 4] = [GanLoss::Bce, GanLoss::LeastSquares, GanLoss::Wasserstein, GanLoss::WassersteinGp];

    /// The JSON name.
    pub fn name(self) -> &'static str {
        match self {
            GanLoss::Bce => "bce",
            GanLoss::LeastSquares => "least_squares",
            GanLoss::Wasserstein => "wasserstein",
            GanLoss::WassersteinGp => "wasserstein_gp",
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
    /// For `wasserstein_gp`: factor λ of the gradient penalty.
    #[serde(skip_serializing_if = "is_usual")]
    pub penalty: f32,
}

/// The factor of the paper.
const PENALTY: f32 = 10.0;

/// Whether the slope of such a layer is made of ops that have gradients themselves.
fn has_second_derivative(layer: &LayerKind) -> bool {
    matches!(
        layer,
        LayerKind::Dense(_)
            | LayerKind::Conv2d(_)
            | LayerKind::Conv1d(_)
            | LayerKind::Activation(_)
            | LayerKind::Flatten(_)
            | LayerKind::Reshape(_)
    )
}

fn is_usual(penalty: &f32) -> bool {
    *penalty == PENALTY
}

impl Default for Gan {
    fn default() -> Self {
        Gan { latent: 2, loss: GanLoss::Bce, critic_steps: 1, clip: 0.05, penalty: PENALTY }
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
        match self.loss {
            GanLoss::Bce | GanLoss::LeastSquares | GanLoss::Wasserstein => {
                &["loss.real", "loss.fake", "generator.loss"]
            }
            GanLoss::WassersteinGp => &["loss.real", "loss.fake", "loss.penalty", "generator.loss"],
        }
    }

    fn check(&self, info: Option<&DataInfo>, problems: &mut Vec<Problem>) {
        check_range(problems, "task.latent", self.latent as f64, 1.0, LATENT_MAX as f64);
        check_range(problems, "task.critic_steps", self.critic_steps as f64, 1.0, CRITIC_STEPS_MAX as f64);
        check_range(problems, "task.clip", f64::from(self.clip), 1e-4, f64::from(CLIP_MAX));
        check_range(problems, "task.penalty", f64::from(self.penalty), 0.0, f64::from(PENALTY_MAX));
        needs_pictures_or_plane(self.name(), info, problems);
    }

    /// The gradient penalty is written down layer by layer: only of a plain chain of those whose backward half is an op.
    fn check_model(&self, model: &ModelSpec, problems: &mut Vec<Problem>) {
        if self.loss != GanLoss::WassersteinGp {
            return;
        }
        let other = |l: &&Layer| l.from.is_some() || !has_second_derivative(&l.kind);
        if let Some(layer) = model.part(PartName::Discriminator).iter().find(other) {
            let problem = Problem::new("task.loss", Code::PenaltyLayer);
            problems.push(problem.arg("layer", layer.kind.type_name()));
        }
    }

    fn starter(&self, info: &DataInfo) -> Option<ModelSpec> {
        let text = if info.plane {
            "generator: dense 64 tanh | dense 64 tanh | dense; discriminator: dense 64 leaky_relu | dense 64 leaky_relu | dense"
        } else {
            "generator: dense 256 relu | dense sigmoid; discriminator: flatten | dense 256 leaky_relu | dense"
        };
        text::parse(text).ok()
    }
}

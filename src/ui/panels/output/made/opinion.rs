//! What a discriminator's score says, and the colours of real and made.
//!
//! Not responsible for the scores.

use crate::spec::tasks::GanLoss;
use crate::ui::plots::surface::Surface;
use crate::ui::state::State;

/// Of real and of made.
pub fn inks(s: &Surface) -> (&'static str, &'static str) {
    if s.ink.dark { ("#58b685", "#a48bec") } else { ("#2f855a", "#6b46c1") }
}

/// What the two networks play for.
pub fn played(state: &State) -> GanLoss {
    state.edit.experiment.task.kind.gan().map_or_else(GanLoss::default, |task| task.loss)
}

/// How a score is read, which depends on what the two play for.
pub struct Opinion {
    loss: GanLoss,
    /// Middle and half the span of the scores shown.
    middle: f32,
    half: f32,
}

impl Opinion {
    /// Beside these scores.
    pub fn of(scores: &[f32], loss: GanLoss) -> Opinion {
        let (low, high) = scores.iter().fold((f32::MAX, f32::MIN), |(a, b), v| (a.min(*v), b.max(*v)));
        Opinion { loss, middle: (low + high) / 2.0, half: ((high - low) / 2.0).max(1e-6) }
    }

    /// From −1 (made) to 1 (real): a probability's distance from ½; for least squares the distance from the middle of its
    /// targets 0 and 1; Wasserstein's scores mean something beside each other only.
    pub fn lean(&self, score: f32) -> f32 {
        match self.loss {
            GanLoss::Bce => 2.0 / (1.0 + (-score).exp()) - 1.0,
            GanLoss::LeastSquares => (2.0 * score - 1.0).clamp(-1.0, 1.0),
            GanLoss::Wasserstein | GanLoss::WassersteinGp => ((score - self.middle) / self.half).clamp(-1.0, 1.0),
        }
    }
}

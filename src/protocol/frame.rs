//! What the page asks to see, and what it gets: nothing that is not shown is computed, nothing queues up.
//!
//! Not responsible for when a frame is answered: the worker holds it back until showing costs little (`worker::share`).

use super::loaded::Carried;
use super::number::{all_or_nan, or_nan};
use super::show::{Shown, Want};
use serde::{Deserialize, Serialize};

/// What the page shows at this moment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FrameRequest {
    /// Curve points with an index from this on (the page already has the earlier ones).
    pub curves_since: Option<usize>,
    /// What is seen, each once.
    pub wants: Vec<Want>,
    /// Where the whole answer has to wait for its share of the time, a [`Frame::brief`] one may come before it.
    pub brief: bool,
    /// Asked between two `Train`s: answered when the one under way is done, and the test part is measured no more often
    /// than in a run that plays.
    pub between: bool,
}

impl FrameRequest {
    /// These and nothing else.
    pub fn of(wants: impl IntoIterator<Item = Want>) -> FrameRequest {
        FrameRequest { wants: wants.into_iter().collect(), ..FrameRequest::default() }
    }

    /// Adds what `other` wants: a set union.
    pub fn join(&mut self, other: &FrameRequest) {
        self.curves_since = match (self.curves_since, other.curves_since) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        for want in &other.wants {
            if !self.wants.contains(want) {
                self.wants.push(want.clone());
            }
        }
        self.brief |= other.brief;
        self.between |= other.between;
    }

    /// What a [`Frame::brief`] answer holds of it.
    pub fn brief_part(&self) -> FrameRequest {
        let wants = self.wants.iter().filter(|w| matches!(w, Want::GradientFlow | Want::Updates)).cloned();
        FrameRequest { curves_since: self.curves_since, ..FrameRequest::of(wants) }
    }
}

/// The answer to a [`FrameRequest`]; arrays are in the message's buffers, by index.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Frame {
    /// Always there.
    pub status: Status,
    /// Beside the status only curves, norms and the timeline are new: the rest has to wait, and what was sent of it last
    /// is still shown.
    pub brief: bool,
    /// Index of the first of `curves`; when smaller than asked, the curve was cut back (a fork).
    pub curves_from: usize,
    /// New points.
    pub curves: Vec<CurvePoint>,
    /// Steps that the timeline can go back to.
    pub timeline: Vec<u64>,
    /// What was wanted and is there, in the order of the request.
    pub shown: Vec<Shown>,
}

/// Where the run is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Status {
    /// Number of the run.
    pub run: u32,
    /// Steps taken.
    pub step: u64,
    /// Epochs finished.
    pub epoch: u64,
    /// The furthest step of this run, right end of the timeline.
    pub step_max: u64,
    /// Whether it trains now.
    pub running: bool,
    /// Mean over the last batches up to this step.
    pub train_loss: Option<f32>,
    /// On the whole test part, at `test_step`.
    pub test_loss: Option<f32>,
    /// The same of accuracy (classes), R² (numbers) or energy distance (made rows).
    pub test_metric: Option<f32>,
    /// The step that the test part was measured at: with a large network or test part some way back.
    pub test_step: u64,
    /// The lowest test loss of the run so far, and where it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub best: Option<Best>,
    /// On the training part (a fixed sample of it when it is large).
    pub train_metric: Option<f32>,
    /// Learning rate of the next step.
    pub lr: f32,
    /// Measured over the last second.
    pub steps_per_s: f64,
    /// The run stopped because a number left the finite range.
    pub diverged: Option<Diverged>,
    /// Where the run's first weights came from, if not from its seed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carried: Option<Carried>,
    /// Weights were edited by hand, or a checkpoint was put in.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub edited: bool,
    /// Why the graphics card was lost, in words of `backend::word`; SIMD goes on with the run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lost: Option<String>,
}

/// A measurement on the test part. Points of the curves are thinned in a long run; this one keeps its step.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Best {
    /// Where it was measured.
    pub step: u64,
    /// Of the test part.
    pub loss: f32,
    /// As [`Status::test_metric`].
    pub metric: Option<f32>,
}

/// A figure is named with its step when more than one part in this many of all steps were taken since.
const OLD_SHARE: u64 = 10;

impl Status {
    /// The step of a figure measured at `at`, when the network has moved on so far that it must be said.
    pub fn old(&self, at: u64) -> Option<u64> {
        (self.step.saturating_sub(at) * OLD_SHARE > self.step).then_some(at)
    }

    /// Whether the network has learned as much again since a figure was measured at `at`: it says nothing of the present one.
    pub fn is_past(&self, at: u64) -> bool {
        2 * at < self.step
    }
}

/// What happened when a number left the finite range. The run stands at the last good checkpoint; its curves and its
/// timeline still reach to the failure, until it trains on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Diverged {
    /// The step that failed.
    pub step: u64,
    /// The first value that was not finite, such as `layers.2`.
    pub value: String,
    /// The step the run was taken back to.
    pub back_to: u64,
    /// Learning rate at that step.
    pub lr: f32,
    /// Norm of the gradient just before, if known.
    pub grad_norm: Option<f32>,
}

/// One point of the curves.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CurvePoint {
    /// Step.
    pub step: u64,
    /// Mean loss over the batches since the previous point.
    #[serde(deserialize_with = "or_nan")]
    pub train_loss: f32,
    /// Smallest loss of a batch among them; absent where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub train_min: Option<f32>,
    /// Largest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub train_max: Option<f32>,
    /// On the test part.
    pub test_loss: Option<f32>,
    /// What the task's metric says: accuracy, R² or energy distance.
    pub train_metric: Option<f32>,
    /// The same on the test part.
    pub test_metric: Option<f32>,
    /// Of a task that makes points in the plane: share of the test part's rows that have a made one near.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test_coverage: Option<f32>,
    /// Means of the numbers that the loss is made of, in the order of the task's terms; NaN for what had no turn.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "all_or_nan")]
    pub terms: Vec<f32>,
}

/// An array with its name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Named {
    /// Such as `layers.0.weight`.
    pub name: String,
    /// Row-major.
    pub shape: Vec<usize>,
    /// Which buffer.
    pub buffer: usize,
}

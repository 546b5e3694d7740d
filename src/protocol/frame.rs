//! What the page asks to see, and what it gets: nothing that is not shown is computed, nothing queues up.
//!
//! Not responsible for when a frame is answered: the worker holds it back until showing costs at most a tenth of training.

use super::look::{Look, LookRequest, Spread};
use super::number::or_nan;
use super::sample::{Sample, SampleRequest};
use serde::{Deserialize, Serialize};

/// What the page shows at this moment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FrameRequest {
    /// Curve points with an index from this on (the page already has the earlier ones).
    pub curves_since: Option<usize>,
    /// The network's output over the plane, this many pixels a side.
    pub output_px: Option<usize>,
    /// Responses of single units over the plane.
    pub neurons: Option<NeuronRequest>,
    /// Norms of gradients and activations, per layer.
    pub gradient_flow: bool,
    /// Sizes of the latest update too, per layer; the first frame after asking cannot have them yet.
    pub updates: bool,
    /// Histograms of activations and their gradients, per layer, with this many bins.
    pub spread: Option<usize>,
    /// Single examples on their way through the network.
    pub looks: Vec<LookRequest>,
    /// Names of parameters to send, for edges and hover values.
    pub weights: Vec<String>,
    /// Confusion matrix and per-class scores on the test part.
    pub confusion: bool,
    /// Test samples that were classified wrongly, at most this many.
    pub mistakes: Option<usize>,
    /// Only samples of this cell of the confusion matrix (target, predicted) instead of wrong ones.
    pub mistakes_cell: Option<[usize; 2]>,
    /// Predictions on test samples (regression: predicted against true).
    pub scatter: bool,
    /// This many of the first training pictures as augmentation changes them.
    pub augmented: Option<usize>,
    /// A text that the network writes.
    pub sample: Option<Box<SampleRequest>>,
    /// The whole state, so that the page can start a fresh worker where this one died.
    pub checkpoint: bool,
    /// Where the whole answer has to wait for its share of the time, a [`Frame::brief`] one may come before it.
    pub brief: bool,
    /// Asked between two `Train`s: answered when the one under way is done, and the test part is measured no more often
    /// than in a run that plays.
    pub between: bool,
}

impl FrameRequest {
    /// What a [`Frame::brief`] answer holds of it.
    pub fn brief_part(&self) -> FrameRequest {
        let FrameRequest { curves_since, gradient_flow, updates, .. } = *self;
        FrameRequest { curves_since, gradient_flow, updates, ..FrameRequest::default() }
    }
}

/// Which units to show over the plane.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NeuronRequest {
    /// Pixels a side.
    pub px: usize,
    /// Top-level layers.
    pub layers: Vec<usize>,
    /// At most this many units of each.
    pub units_max: usize,
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
    /// Outputs over the plane, row-major from the top left, `(px, px, C)`: class probabilities, or the prediction.
    pub output: Option<Named>,
    /// Unit responses.
    pub neurons: Vec<LayerMaps>,
    /// Norms now.
    pub gradient_flow: Option<GradientRow>,
    /// Histograms, of the latest training batch; empty before the first step.
    pub spread: Vec<Spread>,
    /// Examples, in the order of the request.
    pub looks: Vec<Look>,
    /// Parameters, as asked.
    pub weights: Vec<Named>,
    /// On the test part.
    pub confusion: Option<Confusion>,
    /// On the test part.
    pub mistakes: Option<Mistakes>,
    /// `(N, 2)`: true and predicted, first output, in the target's own units.
    pub scatter: Option<Named>,
    /// The first training pictures as augmentation may change them, `(n, H, W, C)` in the network's units.
    pub augmented: Option<Named>,
    /// What the network writes; drawn anew now and then, not with every frame.
    pub sample: Option<Sample>,
    /// Steps that the timeline can go back to.
    pub timeline: Vec<u64>,
    /// Buffer of the checkpoint.
    pub checkpoint: Option<usize>,
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
    /// Mean over the last steps' batches.
    pub train_loss: Option<f32>,
    /// On the whole test part, at `test_step`.
    pub test_loss: Option<f32>,
    /// The same of accuracy (classes) or R² (numbers).
    pub test_metric: Option<f32>,
    /// The step that the test part was measured at: with a large network or test part some way back.
    pub test_step: u64,
    /// On the training part (a fixed sample of it when it is large).
    pub train_metric: Option<f32>,
    /// Learning rate of the next step.
    pub lr: f32,
    /// Measured over the last second.
    pub steps_per_s: f64,
    /// The run stopped because a number left the finite range.
    pub diverged: Option<Diverged>,
}

/// A figure is named with its step when more than one part in this many of all steps were taken since.
const OLD_SHARE: u64 = 10;

impl Status {
    /// The step of a figure measured at `at`, when the network has moved on so far that it must be said.
    pub fn old(&self, at: u64) -> Option<u64> {
        (self.step.saturating_sub(at) * OLD_SHARE > self.step).then_some(at)
    }
}

/// What happened when a number left the finite range; the run is back at the last good checkpoint.
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CurvePoint {
    /// Step.
    pub step: u64,
    /// Mean loss over the batches since the previous point.
    #[serde(deserialize_with = "or_nan")]
    pub train_loss: f32,
    /// On the test part.
    pub test_loss: Option<f32>,
    /// Accuracy or R².
    pub train_metric: Option<f32>,
    /// Accuracy or R².
    pub test_metric: Option<f32>,
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

/// Responses of one layer's units over the plane.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LayerMaps {
    /// Top-level index.
    pub layer: usize,
    /// Units of the layer.
    pub units: usize,
    /// Units in the buffer, the first ones.
    pub shown: usize,
    /// Pixels a side; the buffer is `(shown, px, px)`, rows from the top.
    pub px: usize,
    /// Which buffer.
    pub buffer: usize,
}

/// Norms of all layers at one step.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GradientRow {
    /// When.
    pub step: u64,
    /// Layers with parameters, in data order.
    pub layers: Vec<GradientLayer>,
}

/// Norms of one layer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GradientLayer {
    /// Such as `layers.2`.
    pub name: String,
    /// L2 norm of the gradient of its parameters.
    #[serde(deserialize_with = "or_nan")]
    pub d_params: f32,
    /// L2 norm of its parameters.
    #[serde(deserialize_with = "or_nan")]
    pub params: f32,
    /// Root mean square of its output.
    #[serde(deserialize_with = "or_nan")]
    pub activation: f32,
    /// Root mean square of the gradient of its output.
    #[serde(deserialize_with = "or_nan")]
    pub d_activation: f32,
    /// L2 norm of the latest change of its parameters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub update: Option<f32>,
}

/// How the classes were told apart.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Confusion {
    /// `counts[target][predicted]`.
    pub counts: Vec<Vec<u32>>,
    /// On the test part (`true`) or, when there is none, on the training part.
    pub test: bool,
    /// After this many steps.
    #[serde(default)]
    pub step: u64,
}

/// Some classified samples.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Mistakes {
    /// Which.
    pub items: Vec<Mistake>,
    /// How many there are in all.
    pub total: usize,
    /// Buffer with their inputs `(N, …input)`.
    pub buffer: usize,
}

/// One classified sample.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Mistake {
    /// Row in the data set.
    pub row: usize,
    /// Its class.
    pub target: usize,
    /// The network's answer.
    pub predicted: usize,
    /// Probability of that answer.
    pub confidence: f32,
}

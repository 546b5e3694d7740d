//! What the worker says once an experiment is loaded.
//!
//! Not responsible for the commands that lead to it (`command.rs`).

use serde::{Deserialize, Serialize};

/// What is there after `Load`, `Update` or `SetData`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Loaded {
    /// Number of the run; frames of older runs are ignored.
    pub run: u32,
    /// Whether the run started anew (`false`: only hyper-parameters changed).
    pub restarted: bool,
    /// Steps that were taken when it came into force: the page's own count is of its last frame.
    pub step: u64,
    /// Names of the parameters that were kept.
    pub kept: Vec<String>,
    /// Parameters in all.
    pub n_params: usize,
    /// Training and test samples.
    pub n_train: usize,
    /// Test samples.
    pub n_test: usize,
    /// Multiply-adds of a training step, times two.
    pub flops_per_step: f64,
    /// What runs.
    pub backend: String,
    /// Why it was chosen: `asked` or `only_one`.
    pub reason: String,
    /// Shape of one input.
    pub input: Vec<usize>,
    /// Buffer with the inputs that the page may draw (2-D points: all; else the first [`PREVIEW_ROWS`]), training rows first.
    pub preview_x: Option<usize>,
    /// Buffer with their targets (class or first number).
    pub preview_y: Option<usize>,
    /// How many of them are training rows.
    pub preview_train: usize,
    /// Buffer with the mean of each input, then its deviations: of standardised pictures, to show them as they were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub x_scale: Option<usize>,
    /// Smallest and largest target, for regression colours.
    pub target_range: Option<[f32; 2]>,
    /// Of targets from 0 to 1: what binary cross-entropy costs where every answer is the target itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_floor: Option<f32>,
    /// What the tokens stand for, by index; empty where inputs are numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tokens: Vec<String>,
    /// Share of the test part that always naming the training part's commonest class gets right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub majority: Option<f32>,
    /// What forecasts without learning reach on the test part of a series.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub baselines: Vec<Baseline>,
    /// How the data are scaled for the network, where they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<Box<Scale>>,
    /// Where inputs are a list of features: the training row nearest to the medians, in the units of the data.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub typical: Vec<f64>,
    /// Of sequences with a target at each step: how far targets stand in the input.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contained: Option<Box<Contained>>,
}

/// What the input column that says most of a target column says of it: the square of their correlation, or the share of
/// equal tokens.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Contained {
    /// At the same step, for each target column.
    pub same: Vec<f32>,
    /// At a later step.
    pub later: Vec<f32>,
}

/// Mean and deviation of each number over the training rows: `(x − mean) / deviation` is what the network sees.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    /// Of each input, `[mean, deviation]`; empty where inputs are not scaled.
    pub input: Vec<[f64; 2]>,
    /// Of each target, likewise; empty for classes.
    pub target: Vec<[f64; 2]>,
}

/// Weights that a run did not draw from its seed but took over from the run before.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Carried {
    /// The step that the run before had reached.
    pub step: u64,
    /// Name of its data set, where that was another (or had other rows).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set: Option<String>,
    /// Numbers taken over …
    pub numbers: usize,
    /// … of so many.
    pub of: usize,
}

/// A forecast that needs no learning, measured on the test part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Baseline {
    /// `repeat_last` or `seasonal_naive`.
    pub name: String,
    /// Mean squared error, in the network's (standardised) units: to compare with the test loss.
    pub mse: f32,
    /// Coefficient of determination: to compare with the test metric.
    pub r2: Option<f32>,
}

/// Rows sent for preview where the data is not 2-D points.
pub const PREVIEW_ROWS: usize = 60;

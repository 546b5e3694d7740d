//! The one list of `data-testid`s: tests and embedding pages rely on them, so they never change silently.
//!
//! Each panel's author adds its own under its heading (`testid/` goes on). Not responsible for what elements do.

mod attention;
mod coder;
mod doctor;
mod export;
mod files;
mod first;
mod heads;
mod inside;
mod lab;
mod made;
mod media;
mod offline;
mod pair;
mod probe;
mod processor;
mod query;
mod states;
mod tables;
mod truth;
pub use attention::*;
pub use coder::*;
pub use doctor::*;
pub use export::*;
pub use files::*;
pub use first::*;
pub use heads::*;
pub use inside::*;
pub use lab::*;
pub use made::*;
pub use media::*;
pub use offline::*;
pub use pair::*;
pub use probe::*;
pub use processor::*;
pub use query::*;
pub use states::*;
pub use tables::*;
pub use truth::*;

// Frame of the page.

/// Link past the header, for the keyboard.
pub const SKIP: &str = "skip";
/// English.
pub const LANG_EN: &str = "lang-en";
/// 简体中文.
pub const LANG_ZH: &str = "lang-zh";
/// Light, dark or the system's choice.
pub const THEME: &str = "theme";
/// Copies the share link.
pub const SHARE_LINK: &str = "share-link";
/// Opens an experiment file.
pub const OPEN_FILE: &str = "open-file";
/// The hidden file chooser behind it.
pub const OPEN_FILE_INPUT: &str = "open-file-input";
/// Saves the experiment as a file.
pub const SAVE_FILE: &str = "save-file";
/// One edit back.
pub const UNDO: &str = "undo";
/// One edit forward.
pub const REDO: &str = "redo";
/// A message to be read.
pub const NOTICE: &str = "notice";
/// Puts the message away.
pub const NOTICE_DISMISS: &str = "notice-dismiss";
/// The remedy offered with a message.
pub const NOTICE_REMEDY: &str = "notice-remedy";
/// What is wrong with the experiment as it is edited.
pub const PROBLEM_LIST: &str = "problem-list";
/// The remedy of the problem with that index in the list.
pub fn problem_fix(index: usize) -> String {
    format!("problem-fix-{index}")
}

// Transport bar.

/// The round button while the network rests.
pub const PLAY: &str = "play";
/// The round button while the network trains.
pub const PAUSE: &str = "pause";
/// One step.
pub const STEP: &str = "step";
/// To the end of the epoch.
pub const EPOCH: &str = "epoch";
/// Back to step 0.
pub const RESET: &str = "reset";
/// Pause by itself: at what.
pub const UNTIL_KIND: &str = "until-kind";
/// Pause by itself: at which value.
pub const UNTIL_VALUE: &str = "until-value";
/// Shows goal and speed on a phone.
pub const TRANSPORT_MORE: &str = "transport-more";
/// Steps a second.
pub const SPEED: &str = "speed";
/// As fast as the machine can, or not.
pub const FLAT_OUT: &str = "flat-out";
/// The slider through the run.
pub const TIMELINE: &str = "timeline";
/// Steps taken.
pub const STEP_COUNT: &str = "step-count";
/// Epochs finished.
pub const EPOCH_COUNT: &str = "epoch-count";
/// Loss on the training batches.
pub const TRAIN_LOSS: &str = "train-loss";
/// Loss on the test part.
pub const TEST_LOSS: &str = "test-loss";
/// Accuracy (classes) or R² (numbers) on the test part.
pub const TEST_ACCURACY: &str = "test-accuracy";
/// What runs, and why.
pub const BACKEND: &str = "backend";
/// Training speed.
pub const STEPS_PER_S: &str = "steps-per-s";

// Output panel.

/// Decision regions, surface or the response of a picked unit.
pub const OUTPUT_PLANE: &str = "output-plane";
/// Winner only.
pub const OUTPUT_HARD: &str = "output-hard";
/// Test points too.
pub const OUTPUT_TEST_POINTS: &str = "output-test-points";
/// Values under the pointer.
pub const OUTPUT_READOUT: &str = "output-readout";
/// From a picked unit back to the output.
pub const OUTPUT_BACK: &str = "output-back";
/// Classes mixed up most often, where there are too many for a matrix.
pub const CONFUSED_PAIRS: &str = "confused-pairs";
/// Confusion matrix.
pub const CONFUSION_MATRIX: &str = "confusion-matrix";
/// One cell of it.
pub fn confusion_cell(target: usize, predicted: usize) -> String {
    format!("confusion-{target}-{predicted}")
}
/// Accuracy above the matrix.
pub const CONFUSION_ACCURACY: &str = "confusion-accuracy";
/// Share of positions whose class is right.
pub const TOKEN_ACCURACY: &str = "token-accuracy";
/// `e^loss` of a class at each position.
pub const PERPLEXITY: &str = "perplexity";
/// What a language model writes.
pub const PANEL_SAMPLES: &str = "panel-samples";
/// Its parts: `prompt`, `text`, `temperature`, `top-k`, `top-p`, `length`, `again`.
pub fn sample(part: &str) -> String {
    format!("sample-{part}")
}
/// Precision, recall and F1.
pub const CLASS_SCORES: &str = "class-scores";
/// Of which step the test figures are, when that is long past.
pub const MEASURED_AT: &str = "measured-at";
/// Wrongly classified samples, or those of the picked cell.
pub const MISTAKES: &str = "mistakes";
/// From the samples of a cell back to all mistakes.
pub const MISTAKES_ALL: &str = "mistakes-all";
/// Predicted against true numbers.
pub const SCATTER: &str = "scatter";
/// The sample that is read.
pub const SCATTER_READOUT: &str = "scatter-readout";
/// Coefficient of determination.
pub const SCATTER_R2: &str = "scatter-r2";
/// Root mean squared error.
pub const SCATTER_RMSE: &str = "scatter-rmse";

// Curves panel.

/// The plot.
pub const CURVES_PLOT: &str = "curves-plot";
/// Loss instead of metric.
pub const CURVES_LOSS: &str = "curves-loss";
/// Metric instead of loss.
pub const CURVES_METRIC: &str = "curves-metric";
/// Choice of what curves show.
pub const CURVES_TERMS: &str = "curves-terms";
/// Linear axis.
pub const CURVES_LINEAR: &str = "curves-linear";
/// Logarithmic axis.
pub const CURVES_LOG: &str = "curves-log";
/// Smoothing.
pub const CURVES_SMOOTHING: &str = "curves-smoothing";
/// Values under the pointer.
pub const CURVES_READOUT: &str = "curves-readout";
/// Keeps the run.
pub const KEEP_RUN: &str = "keep-run";
/// Shows or hides a kept run.
pub fn kept_run(index: usize) -> String {
    format!("kept-run-{index}")
}
/// Forgets a kept run.
pub fn forget_run(index: usize) -> String {
    format!("forget-run-{index}")
}
/// Curves as a table.
pub const CURVES_CSV: &str = "curves-csv";

// Gradient-flow panel.

/// Heat-map and bars.
pub const GRADIENT_PLOT: &str = "gradient-plot";
/// Which number is shown.
pub const GRADIENT_QUANTITY: &str = "gradient-quantity";
/// Values under the pointer.
pub const GRADIENT_READOUT: &str = "gradient-readout";
/// Current values in numbers.
pub const GRADIENT_TABLE: &str = "gradient-table";

// Network panel. Layers are counted from 0 as in the experiment file.

/// The card of a layer.
pub fn layer_card(layer: usize) -> String {
    format!("layer-card-{layer}")
}
/// A control on the card or in the settings of a layer: `units`, `activation`, `remove`, `left`, `right`, `settings`,
/// `init`, `init-value`, `bias`, `rate`, `shape`, `layers`, `name`, `from`, `unit`, `frozen`, `grip`, `skip`, `skip-to`.
pub fn layer_control(layer: usize, control: &str) -> String {
    format!("layer-{layer}-{control}")
}
/// How the first layer inside a container counts in the two above; the others follow it.
pub fn inside(layer: usize) -> usize {
    1000 * (layer + 1)
}
/// The remedy on the card that has a problem.
pub const PROBLEM_FIX: &str = "problem-fix";
/// The `+` before that layer.
pub fn add_layer(before: usize) -> String {
    format!("add-layer-{before}")
}
/// An entry of the menu of layer types.
pub fn add_type(type_name: &str) -> String {
    format!("add-{}", type_name.replace('_', "-"))
}
/// Connections into that layer.
pub fn edges(layer: usize) -> String {
    format!("edges-{layer}")
}
/// Units of that column: `input`, or the layer's index.
pub fn units(column: &str) -> String {
    format!("units-{column}")
}
/// Settings of the opened card.
pub const LAYER_SETTINGS: &str = "layer-settings";
/// What is picked, large, with its numbers.
pub const INSPECTOR: &str = "inspector";
/// Enlarged picture under the pointer.
pub const UNIT_HOVER: &str = "unit-hover";
/// Value of the picked weight.
pub const WEIGHT_INPUT: &str = "weight-input";
/// The same as a slider.
pub const WEIGHT_SLIDER: &str = "weight-slider";
/// Bias of the picked unit.
pub const BIAS_INPUT: &str = "bias-input";
/// Weights of the picked unit.
pub const WEIGHT_TABLE: &str = "weight-table";
/// The network as text.
pub const MODEL_TEXT: &str = "model-text";
/// What is wrong with the text.
pub const MODEL_TEXT_PROBLEM: &str = "model-text-problem";
/// Number of parameters as a sum.
pub const MODEL_TOTAL: &str = "model-total";
/// Whether edits of the model keep what fits.
pub const KEEP_WEIGHTS: &str = "keep-weights";
// Data.

/// The thumbnail of a data set: `dataset-spiral`, `dataset-breast-cancer`.
pub fn dataset(set: &str) -> String {
    format!("dataset-{}", set.replace('_', "-"))
}
/// Name of the chosen set.
pub const DATA_NAME: &str = "data-name";
/// Number of training and test samples.
pub const DATA_COUNTS: &str = "data-counts";
/// Noise of generated sets.
pub const DATA_NOISE: &str = "data-noise";
/// Number of samples.
pub const DATA_SAMPLES: &str = "data-samples";
/// Number of classes.
pub const DATA_CLASSES: &str = "data-classes";
/// Test part in percent.
pub const DATA_TEST_FRACTION: &str = "data-test-fraction";
/// Whether inputs are standardised.
pub const DATA_STANDARDIZE: &str = "data-standardize";
/// Draws the data again from the next seed.
pub const DATA_RESEED: &str = "data-reseed";
/// Progress of fetching files.
pub const DATA_FETCHING: &str = "data-fetching";
/// Source and licence of the chosen set.
pub const DATA_SOURCE: &str = "data-source";
/// Some examples of the chosen set.
pub const DATA_PREVIEW: &str = "data-preview";
/// Ready experiments.
pub const READY: &str = "ready";
/// Length of a window or source.
pub const DATA_CONTEXT: &str = "data-context";
/// Values ahead.
pub const DATA_HORIZON: &str = "data-horizon";
/// Predict at every step.
pub const DATA_EVERY_STEP: &str = "data-every-step";
/// Source and target apart.
pub const DATA_ALIGNED: &str = "data-aligned";
/// Every token there is.
pub const DATA_VOCABULARY: &str = "data-vocabulary";
/// What forecasts without learning reach.
pub const DATA_BASELINES: &str = "data-baselines";
/// Random changes of the training pictures.
pub const DATA_AUGMENT: &str = "data-augment";
/// Whether one kind of change is made: `augment-flip`; its strength is `augment-flip-strength`.
pub fn augment(kind: &str) -> String {
    format!("augment-{}", kind.replace('_', "-"))
}
/// Pictures before and after the changes.
pub const DATA_AUGMENTED: &str = "data-augmented";
/// The learner's `f(x)`.
pub const DATA_FORMULA: &str = "data-formula";
/// The plane on which points are drawn.
pub const POINTS_PLANE: &str = "points-plane";
/// The class that is drawn.
pub fn points_class(class: usize) -> String {
    format!("points-class-{class}")
}
/// The tool that erases.
pub const POINTS_ERASE: &str = "points-erase";
/// Radius of the brush.
pub const POINTS_BRUSH: &str = "points-brush";
/// Takes the last stroke back.
pub const POINTS_UNDO: &str = "points-undo";
/// Removes all points.
pub const POINTS_CLEAR: &str = "points-clear";
/// How many points there are.
pub const POINTS_COUNT: &str = "points-count";

// Training.

/// The loss.
pub const LOSS_KIND: &str = "loss-kind";
/// What is trained.
pub const TASK: &str = "task";
/// What the network of diffusion answers.
pub const PREDICT: &str = "predict";
/// What the networks of a GAN play for.
pub const GAN_LOSS: &str = "gan-loss";
/// Share of the target spread over all classes.
pub const LABEL_SMOOTHING: &str = "label-smoothing";
/// Where Huber's loss turns linear.
pub const HUBER_DELTA: &str = "huber-delta";
/// Margin of the hinge loss.
pub const HINGE_MARGIN: &str = "hinge-margin";
/// The formula of the loss in force.
pub const LOSS_FORMULA: &str = "loss-formula";
/// The optimizer.
pub const OPTIMIZER: &str = "optimizer";
/// The formula of the optimizer in force.
pub const OPTIMIZER_FORMULA: &str = "optimizer-formula";
/// A number of the optimizer: `lr`, `momentum`, `beta1`, `weight-decay`.
pub fn optimizer_field(name: &str) -> String {
    match name {
        "betas[0]" => "beta1".into(),
        "betas[1]" => "beta2".into(),
        name => name.replace('_', "-"),
    }
}
/// The schedule.
pub const SCHEDULE: &str = "schedule";
/// What follows a warm-up.
pub const SCHEDULE_THEN: &str = "schedule-then";
/// A number of the schedule: `schedule-every`.
pub fn schedule_field(name: &str) -> String {
    format!("schedule-{}", name.replace('_', "-"))
}
/// The learning rate over the steps.
pub const SCHEDULE_CURVE: &str = "schedule-curve";
/// Threshold of clipping by norm.
pub const CLIP_NORM: &str = "clip-norm";
/// Threshold of clipping by value.
pub const CLIP_VALUE: &str = "clip-value";
/// Samples per step.
pub const BATCH: &str = "batch";
/// Whether every epoch has its own order.
pub const SHUFFLE: &str = "shuffle";
/// Penalty on |w|.
pub const L1: &str = "l1";
/// Penalty on w².
pub const L2: &str = "l2";
/// The seed.
pub const SEED: &str = "seed";
/// Draws a fresh one.
pub const SEED_DICE: &str = "seed-dice";

// About.

/// Link to the sources and licences.
pub const ABOUT: &str = "about";

/// A number of the task.
pub fn task_setting(name: &str) -> String {
    format!("task-{}", name.replace('_', "-"))
}

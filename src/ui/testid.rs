//! The one list of `data-testid`s: tests and embedding pages rely on them, so they never change silently.
//!
//! Each panel's author adds its own under its heading. Not responsible for what the elements do.

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
/// Steps a second.
pub const SPEED: &str = "speed";
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

// Panels as a whole.

/// The data.
pub const PANEL_DATA: &str = "panel-data";
/// Optimizer, training, task, seed.
pub const PANEL_SETUP: &str = "panel-setup";
/// The network.
pub const PANEL_NETWORK: &str = "panel-network";
/// What the network says.
pub const PANEL_OUTPUT: &str = "panel-output";
/// Loss and metrics over time.
pub const PANEL_LOSS: &str = "panel-loss";
/// Gradient and activation norms.
pub const PANEL_GRADIENT_FLOW: &str = "panel-gradient-flow";
/// Sources and licences.
pub const PANEL_ABOUT: &str = "panel-about";

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
/// Confusion matrix.
pub const CONFUSION_MATRIX: &str = "confusion-matrix";
/// One cell of it.
pub fn confusion_cell(target: usize, predicted: usize) -> String {
    format!("confusion-{target}-{predicted}")
}
/// Accuracy above the matrix.
pub const CONFUSION_ACCURACY: &str = "confusion-accuracy";
/// Precision, recall and F1.
pub const CLASS_SCORES: &str = "class-scores";
/// Wrongly classified samples, or those of the picked cell.
pub const MISTAKES: &str = "mistakes";
/// From the samples of a cell back to all mistakes.
pub const MISTAKES_ALL: &str = "mistakes-all";
/// Predicted against true numbers.
pub const SCATTER: &str = "scatter";
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
/// Curves as a picture.
pub const CURVES_PNG: &str = "curves-png";

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
/// `init`, `init-value`, `bias`, `rate`, `shape`, `layers`, `name`, `from`, `unit`, `fix`.
pub fn layer_control(layer: usize, control: &str) -> String {
    format!("layer-{layer}-{control}")
}
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

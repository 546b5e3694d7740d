//! Words of the report: a run as one file for reading.

use super::{Text, text};

/// A title of curves on a logarithmic axis.
pub const LOG: Text = text("{what} (logarithmic axis)", "{what}（对数坐标轴）");
/// Title.
pub const TITLE: Text = text("Report: {set}", "报告：{set}");
/// What it is.
pub const ABOUT: Text =
    text("Written by Gradarium from a run in the browser.", "由 Gradarium 根据浏览器中的训练生成。");
/// Heading.
pub const FIGURES: Text = text("Figures", "结果");
/// Row.
pub const STEPS: Text = text("Steps trained", "训练步数");
/// Row.
pub const EPOCHS: Text = text("Epochs finished", "完成的轮数");
/// Row.
pub const TRAIN_LOSS: Text = text("Training loss", "训练损失");
/// Row.
pub const TEST_LOSS: Text = text("Test loss", "测试损失");
/// Row: accuracy, R² or distance, as the task has it.
pub const TRAIN_METRIC: Text = text("Energy distance, training part", "训练部分的能量距离");
/// Row.
pub const TEST_METRIC: Text = text("Energy distance, test part", "测试部分的能量距离");
/// Row.
pub const TRAIN_ACCURACY: Text = text("Training accuracy", "训练准确率");
/// Row.
pub const TEST_ACCURACY: Text = text("Test accuracy", "测试准确率");
/// Row.
pub const TRAIN_R2: Text = text("Training R²", "训练 R²");
/// Row.
pub const TEST_R2: Text = text("Test R²", "测试 R²");
/// Row, and head of a column.
pub const PARAMS: Text = text("Parameters", "参数");
/// Row.
pub const SEED: Text = text("Seed", "种子");
/// Heading.
pub const CURVES: Text = text("Curves", "曲线");
/// A chart, and a row of the settings.
pub const LOSS: Text = text("Loss", "损失");
/// A chart.
pub const METRIC: Text = text("Metric", "指标");
/// A curve.
pub const TRAIN: Text = text("training", "训练");
/// A curve.
pub const TEST: Text = text("test", "测试");
/// A chart: the numbers that the loss is made of.
pub const TERMS: Text = text("Terms of the loss", "损失的各项");
/// Heading.
pub const CONFUSION: Text = text("Confusion matrix", "混淆矩阵");
/// What it holds.
pub const CONFUSION_HELP: Text = text(
    "Rows are the true classes, columns what the network says. Rows of data: {part}, after {step} {step:step|steps}.",
    "行为真实类别，列为网络的判断。数据：{part}部分，第 {step} 步。",
);
/// In its place.
pub const TOO_MANY_CLASSES: Text = text(
    "There are {n} classes; a matrix of more than {max} cannot be read here.",
    "共有 {n} 个类别，超过 {max} 个的矩阵在此无法看清。",
);
/// Heading.
pub const PLANE: Text = text("Output over the plane", "平面上的输出");
/// What it shows.
pub const PLANE_HELP: Text = text(
    "What the network says at every place: {x} to the right, {y} upwards, both from −1 to 1.",
    "网络在每一处的输出：横轴 {x}，纵轴 {y}，范围都是 −1 到 1。",
);
/// The picture of the network.
pub const PICTURE: Text =
    text("The network as cards: {n} {n:layer|layers}, in their order", "网络示意图：按顺序共 {n} 层");
/// A card of the picture.
pub const INPUT: Text = text("Input", "输入");
/// On a card.
pub const PARAMS_OF: Text = text("{n} {n:parameter|parameters}", "{n} 个参数");
/// In the place of further cards.
pub const MORE_LAYERS: Text = text("{n} more in the table below", "其余 {n} 层见下表");
/// Before anything was measured.
pub const NO_CURVES: Text = text("Nothing was trained yet.", "尚未训练。");
/// Heading.
pub const NETWORK: Text = text("Network", "网络");
/// Head of a column.
pub const NUMBER: Text = text("No.", "序号");
/// Head of a column.
pub const LAYER: Text = text("Layer", "层");
/// Head of a column.
pub const OUTPUT: Text = text("Output", "输出");
/// Heading.
pub const SETTINGS: Text = text("Settings", "设置");
/// Heading.
pub const LINK: Text = text("Link", "链接");
/// What it opens.
pub const LINK_HELP: Text =
    text("Opens this experiment, untrained, with the same seed.", "打开同一实验（未训练，种子相同）。");
/// Button that saves it.
pub const SAVE: Text = text("Report", "报告");
/// What the button saves.
pub const SAVE_HELP: Text = text(
    "One HTML file with the network, the settings, the curves, the figures and the link, to be read or printed.",
    "一个 HTML 文件，包含网络、设置、曲线、结果和链接，便于阅读或打印。",
);

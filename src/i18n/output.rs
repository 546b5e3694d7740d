//! Words of the output panel.
//!
//! Not responsible for class and feature names: those are the data's own.

use super::{Text, text};

/// What one is looking at, in two sentences: the plane.
pub const WHAT_PLANE: Text = text(
    "The network answers at every place of the plane, and each place is painted with its answer: the colour says which class or number, the depth how sure or how large. The points are the data; where their colour differs from the ground they stand on, the network is wrong.",
    "用网络对平面上每一点的输出着色：颜色表示类别或数值，深浅表示置信度或大小。散点是数据；点与其所在底色不同之处，就是网络出错的地方。",
);
/// The same: one unit.
pub const WHAT_UNIT: Text = text(
    "The picture shows one unit's output at every place of the plane: blue is positive, orange negative. Later layers combine such pictures into the answer.",
    "图中是一个单元在平面上每一点的输出：蓝色为正，橙色为负。后面的层把这样的图像组合成最终输出。",
);
/// The same: the confusion matrix.
pub const WHAT_CLASSES: Text = text(
    "Each row is what samples truly are, each column what the network says they are; on the diagonal, in blue, it is right, beside it, in orange, it takes one class for another. Press a cell to see its samples below.",
    "每行是样本的真实类别，每列是网络给出的类别；对角线（蓝色）为正确，其余（橙色）为把一类误认为另一类。点击单元格，可在下方查看其中的样本。",
);
/// The same: predictions of numbers.
pub const WHAT_NUMBERS: Text = text(
    "Each dot is a sample: to the right how large its number truly is, upwards how large the network says it is. On the dashed line it is right; above it says too much, below too little.",
    "每个点是一个样本：横向为真实数值，纵向为网络给出的数值。落在虚线上为正确；在其上方为估高，在其下方为估低。",
);
/// The same: a class at each position.
pub const WHAT_STEPS: Text = text(
    "The network says at every position which token comes next; the figures say how often it is right on text that it never learns from, and among how many tokens it hesitates. A language model also writes: every token is drawn from its own answer and read again as the next input.",
    "网络在每个位置给出下一个词元；数字表示它在从未用于学习的文本上答对的比例，以及相当于在多少个词元之间犹豫。语言模型还会写作：每个词元都从其回答中抽取，再作为下一步的输入读入。",
);
/// Before the first frame.
pub const WAITING: Text = text("Waiting for the network's first answer …", "正在等待网络的第一次输出……");
/// Toggle: winner only.
pub const HARD: Text = text("hard regions", "硬边界");
/// What it does.
pub const HARD_HINT: Text = text(
    "Colour every place by the likeliest class, without shades of certainty",
    "每处只显示概率最大的类别，不显示确信程度",
);
/// Toggle: test points.
pub const TEST_POINTS: Text = text("test points", "测试点");
/// What it does.
pub const TEST_POINTS_HINT: Text =
    text("Also draw the points that the network is never trained on", "同时画出从不参与训练的数据点");
/// Legend of training points.
pub const TRAIN: Text = text("train", "训练");
/// Legend of test points.
pub const TEST: Text = text("test", "测试");
/// A class and its name.
pub const CLASS: Text = text("class {name}", "类别 {name}");
/// Under the plane until the pointer is on it.
pub const HOVER_HINT: Text = text("Hover or tap to read values", "将指针移到图上或轻触可读取数值");
/// Read-out of a class.
pub const READ_CLASS: Text = text("class {name}, {p}", "类别 {name}，{p}");
/// Read-out of a number.
pub const READ_VALUE: Text = text("prediction {v}", "预测值 {v}");
/// Read-out of a unit.
pub const READ_UNIT: Text = text("response {v}", "响应 {v}");
/// Ends of the certainty scale for several classes.
pub const UNSURE: Text = text("unsure", "不确定");
/// The other end.
pub const SURE: Text = text("certain", "确定");
/// Name of the regression scale.
pub const PREDICTION: Text = text("prediction", "预测值");
/// Heading over the response of one unit.
pub const UNIT: Text = text("Response of layer {layer}, unit {unit}", "层 {layer} · 单元 {unit} 的响应");
/// Heading over an input feature.
pub const FEATURE: Text = text("Input {name}", "输入 {name}");
/// Way back.
pub const BACK: Text = text("Back to the output", "返回输出");
/// For readers: decision regions.
pub const PLANE_LABEL: Text = text(
    "Decision regions over the plane. Share of the plane: {shares}. {points} {points:point|points}.",
    "平面上的决策区域。各类别所占比例：{shares}。共 {points} 个点。",
);
/// For readers: regression surface.
pub const SURFACE_LABEL: Text = text(
    "Prediction over the plane, from {low} to {high}. {points} {points:point|points}.",
    "平面上的预测值，从 {low} 到 {high}。共 {points} 个点。",
);
/// For readers: one unit.
pub const UNIT_LABEL: Text =
    text("{name} over the plane, from {low} to {high}.", "{name}在平面上的取值，从 {low} 到 {high}。");
/// Where counts come from.
pub const ON_TEST: Text = text("on {n} {n:test sample|test samples}", "基于 {n} 个测试样本");
/// Where counts come from when nothing is held out.
pub const ON_TRAIN: Text = text(
    "on {n} {n:training sample|training samples}: nothing is held out for testing",
    "基于 {n} 个训练样本：没有留出测试数据",
);
/// Score.
pub const ACCURACY: Text = text("accuracy", "准确率");
/// Share of right positions.
pub const TOKEN_ACCURACY: Text = text("of the positions of the test part are right", "的测试位置预测正确");
/// `e^loss`.
pub const PERPLEXITY: Text = text("perplexity on the test part", "测试集困惑度");
/// What it is.
pub const PERPLEXITY_HINT: Text = text(
    "e to the power of the cross-entropy: among how many equally likely tokens the network hesitates",
    "e 的交叉熵次方：相当于网络在多少个等可能的词元之间犹豫",
);
/// Score.
pub const PRECISION: Text = text("precision", "精确率");
/// What it is.
pub const PRECISION_HINT: Text = text(
    "Of the samples said to be of this class, the share that is: TP / (TP + FP)",
    "被判为该类的样本中真正属于该类的比例：TP / (TP + FP)",
);
/// Score.
pub const RECALL: Text = text("recall", "召回率");
/// What it is.
pub const RECALL_HINT: Text = text(
    "Of the samples of this class, the share that was found: TP / (TP + FN)",
    "属于该类的样本中被找出的比例：TP / (TP + FN)",
);
/// What F1 is.
pub const F1_HINT: Text = text(
    "Harmonic mean of precision and recall: 2TP / (2TP + FP + FN)",
    "精确率与召回率的调和平均：2TP / (2TP + FP + FN)",
);
/// Column.
pub const SUPPORT: Text = text("samples", "样本数");
/// Column.
pub const CLASS_COLUMN: Text = text("class", "类别");
/// Heading of the scores, which open on demand.
pub const SCORES: Text = text("Precision, recall and F1 by class", "各类别的精确率、召回率与 F1");
/// Mean of F1 beside the accuracy.
pub const MACRO_F1: Text = text("mean F1", "平均 F1");
/// Row of means.
pub const MACRO: Text = text("mean", "平均");
/// Title of the matrix for readers.
pub const MATRIX: Text = text("Confusion matrix", "混淆矩阵");
/// Axis.
pub const TRUE_CLASS: Text = text("true", "真实");
/// Axis.
pub const PREDICTED: Text = text("predicted", "预测");
/// A cell, said in full.
pub const CELL: Text = text(
    "true {target}, predicted {predicted}: {n}, {share} of the row. Show them.",
    "真实 {target}，预测 {predicted}：{n} 个，占该行 {share}。点击查看。",
);
/// Scale of the matrix.
pub const ROW_SHARE: Text = text("share of the row", "占该行的比例");
/// Scale of the matrix.
pub const RIGHT: Text = text("right", "正确");
/// Scale of the matrix.
pub const WRONG: Text = text("wrong", "错误");
/// Too many classes to draw.
pub const TOO_MANY_CLASSES: Text = text(
    "With {n} classes a matrix would be too fine to read; these are mixed up most often:",
    "共有 {n} 个类别，矩阵太密，无法阅读；以下类别最常被混淆：",
);
/// Column of counts.
pub const HOW_OFTEN: Text = text("samples", "样本数");
/// Column of shares.
pub const OF_ROW: Text = text("of that class", "占该类");
/// Heading of wrongly classified samples.
pub const MISTAKES: Text = text("Misclassified: {shown} of {total}", "分类错误：显示 {shown} / {total}");
/// Heading of the samples of one cell.
pub const CELL_SAMPLES: Text = text(
    "True {target}, predicted {predicted}: {shown} of {total}",
    "真实 {target}，预测 {predicted}：显示 {shown} / {total}",
);
/// Way back from a cell.
pub const ALL_MISTAKES: Text = text("Show all mistakes", "显示全部错误");
/// None.
pub const NO_MISTAKES: Text = text("None: every sample is classified rightly.", "没有错误：所有样本都分类正确。");
/// Asked for, not there yet.
pub const WAITING_SAMPLES: Text = text("Waiting for the samples …", "正在等待样本……");
/// None in a cell.
pub const EMPTY_CELL: Text = text("No sample falls into this cell.", "该单元格中没有样本。");
/// Column of a sample that is a text.
pub const TEXT: Text = text("text", "文本");
/// Name of the table of samples, which scrolls.
pub const SAMPLES: Text = text("Samples with their features", "样本及其特征");
/// One sample for readers.
pub const SAMPLE: Text = text(
    "Sample {row}: true {target}, predicted {predicted}, confidence {p}",
    "样本 {row}：真实 {target}，预测 {predicted}，置信度 {p}",
);
/// Column.
pub const ROW: Text = text("row", "行");
/// Column.
pub const CONFIDENCE: Text = text("confidence", "置信度");
/// Under feature values.
pub const STANDARDIZED: Text = text(
    "Features as the network sees them: shifted and scaled to mean 0, deviation 1.",
    "特征为网络所见的数值：已平移缩放为均值 0、标准差 1。",
);
/// Scatter axis.
pub const TRUE_VALUE: Text = text("true {name}", "真实 {name}");
/// Scatter axis.
pub const PREDICTED_VALUE: Text = text("predicted", "预测值");
/// Read-out of one sample.
pub const READ_PAIR: Text = text("sample {row}: true {t}, predicted {p}", "样本 {row}：真实 {t}，预测 {p}");
/// Under the samples until the pointer is on one.
pub const POINT_AT_DOTS: Text = text("Hover or tap a sample to read it", "将指针移到样本点上或轻触可读取数值");
/// The diagonal.
pub const PERFECT: Text = text("on the line: predicted exactly", "落在线上：预测完全正确");
/// Score.
pub const RMSE: Text = text("RMSE", "均方根误差");
/// What R² is.
pub const R2_HINT: Text = text(
    "1 − Σ(y − ŷ)² / Σ(y − ȳ)²: 1 is perfect, 0 no better than the mean",
    "1 − Σ(y − ŷ)² / Σ(y − ȳ)²：1 为完美，0 相当于只预测均值",
);
/// What RMSE is.
pub const RMSE_HINT: Text =
    text("Root of the mean squared error, in the target's own unit", "误差平方均值的平方根，单位与目标相同");
/// For readers.
pub const SCATTER_LABEL: Text = text(
    "Predicted against true values of {n} {n:sample|samples}. R² {r2}, root mean squared error {rmse}.",
    "{n} 个样本的预测值与真实值。R² {r2}，均方根误差 {rmse}。",
);

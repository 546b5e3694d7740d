//! Words of the curves panel.
//!
//! Not responsible for labels of kept runs: those are the model's own text.

use super::{Text, text};

/// A height beside accuracy.
pub const MAJORITY: Text = text("always the commonest class", "总猜最常见的类别");
/// A height beside the loss of an autoencoder.
pub const PCA: Text = text("PCA with {n} {n:number|numbers}", "PCA（{n} 维）");
/// What that is.
pub const PCA_HINT: Text = text(
    "Mean squared error of the best straight code of the same size: the principal components of the training part, on the test part",
    "同样大小的最佳线性编码（训练集的主成分）在测试集上的均方误差",
);
/// What one is looking at, in two sentences.
pub const WHAT: Text = text(
    "How wrong the network is (loss), or how often right, after every step of training: solid on the examples it learns from, dashed on test examples it never learns from. While both fall it learns; where the dashed line turns up and the solid one goes on falling, it learns its examples by heart.",
    "训练的每一步之后，网络错得多厉害（损失）或答对的比例：实线为用来学习的样本，虚线为从不参与学习的测试样本。两条线都下降说明在学习；虚线回升而实线继续下降，说明网络在死记样本。",
);
/// What is drawn.
pub const SHOW: Text = text("Show", "显示");
/// Curves and axis.
pub const LOSS: Text = text("loss", "损失");
/// Metric of classes.
pub const ACCURACY: Text = text("accuracy", "准确率");
/// Two views: share of those that find their partner.
pub const FOUND: Text = text("partner found", "找到配对");
/// Metric of numbers.
pub const R2: Text = text("R²", "R²");
/// Metric of made rows.
pub const ENERGY: Text = text("energy distance", "能量距离");
/// What that is.
pub const ENERGY_HINT: Text = text(
    "Energy distance between made examples and real ones of the test part: 0 where they cannot be told apart",
    "生成样本与测试集真实样本之间的能量距离：无法区分时为 0",
);
/// Curves of what the loss is made of.
pub const TERMS: Text = text("its terms", "损失的各项");
/// A term.
const RECONSTRUCTION: Text = text("reconstruction", "重建误差");
/// A term.
const KL: Text = text("KL to the prior", "与先验的 KL 散度");
/// A term.
const ON_REAL: Text = text("discriminator on real", "判别器（真实样本）");
/// A term.
const ON_MADE: Text = text("discriminator on made", "判别器（生成样本）");
/// A term.
const OF_GENERATOR: Text = text("generator", "生成器");

/// A term.
const DIGIT: Text = text("digit", "数字");
/// A term.
const PENALTY: Text = text("gradient penalty", "梯度惩罚");
/// A term.
const PARITY: Text = text("odd or even", "奇偶");
/// A term.
const THICKNESS: Text = text("thickness", "笔画粗细");

/// What a term of the loss is called, by its name in the network.
pub fn term(name: &str) -> Option<Text> {
    match name {
        "loss.reconstruction" => Some(RECONSTRUCTION),
        "loss.kl" => Some(KL),
        "loss.real" => Some(ON_REAL),
        "loss.fake" => Some(ON_MADE),
        "generator.loss" => Some(OF_GENERATOR),
        "loss.penalty" => Some(PENALTY),
        "loss.digit" => Some(DIGIT),
        "loss.parity" => Some(PARITY),
        "loss.thickness" => Some(THICKNESS),
        _ => None,
    }
}

/// Curve.
pub const TRAIN: Text = text("train", "训练");
/// Curve.
pub const TEST: Text = text("test", "测试");
/// Axis.
pub const STEP: Text = text("step", "步");
/// Axis of x.
pub const STEPS_AXIS: Text = text("step (one batch, one update)", "步（一个批次，一次更新）");
/// Axis scale.
pub const SCALE: Text = text("Axis", "坐标轴");
/// Axis scale.
pub const LINEAR: Text = text("linear", "线性");
/// Axis scale.
pub const LOG: Text = text("log", "对数");
/// Slider.
pub const SMOOTHING: Text = text("smoothing", "平滑");
/// What it does.
pub const SMOOTHING_HINT: Text = text(
    "Exponential moving average: each point is this share of the past plus the rest of the new value",
    "指数滑动平均：每点由该比例的历史值与其余比例的新值组成",
);
/// Button.
pub const KEEP: Text = text("Keep this run", "保留本次运行");
/// What it does.
pub const KEEP_HINT: Text = text("Its curves stay, to be compared with later runs", "保留其曲线，以便与之后的运行比较");
/// List of kept runs.
pub const KEPT: Text = text("Kept runs", "保留的运行");
/// Checkbox of a kept run.
pub const SHOW_RUN: Text = text("Show run {n}: {label}", "显示第 {n} 次运行：{label}");
/// Button.
pub const FORGET: Text = text("Forget run {n}", "删除第 {n} 次运行");
/// Download of numbers.
pub const CSV_HINT: Text = text("CSV: download the curves as a table", "CSV：以表格形式下载曲线");
/// No points yet.
pub const EMPTY: Text = text("Curves begin with the next step.", "曲线从下一步开始。");
/// No metric yet.
pub const NO_METRIC: Text = text("Not measured yet.", "尚未测量。");
/// Mark on the plot.
pub const NOT_FINITE: Text = text("✕ not finite", "✕ 非有限值");
/// Mark on the plot of a logarithmic axis.
pub const NO_LOG: Text = text("✕ no place on a log axis", "✕ 无法显示在对数轴上");
/// Under the plot until the pointer is on it.
pub const HOVER_HINT: Text = text("Hover or tap the curves to read values", "将指针移到曲线上或轻触可读取数值");
/// For readers.
pub const LABEL: Text = text(
    "{what} over {n} {n:point|points} up to step {step}. Latest: {values}.",
    "{what}曲线，共 {n} 个点，至第 {step} 步。最新值：{values}。",
);
/// Label of this run in a table.
pub const THIS_RUN: Text = text("this run", "本次运行");

//! Words of what features are worth.
//!
//! Not responsible for the tasks' settings.

use super::{Text, text};

/// What one is looking at, in two sentences.
pub const WHAT: Text = text(
    "A linear classifier reads the trunk's features and has the labels of few rows; beside it stands the same network trained from scratch on these rows alone, without augmentation. The points are test rows where the trunk puts them: the more classes part, the more a linear classifier can tell.",
    "线性分类器读取主干的特征，只用少量样本的标签；旁边是同一网络仅用这些样本、不做数据增强从头训练的结果。点是测试样本在主干特征空间中的位置：类别分得越开，线性分类器就越能区分。",
);
/// For readers: the table.
pub const TABLE: Text = text("Right with few labels", "少量标签下的正确率");
/// Column.
pub const WAY: Text = text("with {n} {n:label|labels} ({share})", "用 {n} 个标签（{share}）");
/// Column.
pub const RIGHT: Text = text("right (test)", "正确率（测试）");
/// Row.
pub const LINEAR: Text = text("linear probe on the features", "特征上的线性探测");
/// Row.
pub const SCRATCH: Text = text("from scratch, at its best", "从头训练，取最好结果");
/// Row: it is still training.
pub const SCRATCH_ON: Text = text("from scratch, step {step} of {of}", "从头训练，第 {step} 步，共 {of} 步");
/// Where rows have no classes.
pub const NO_CLASSES: Text = text("These rows have no classes to be probed for.", "这些样本没有类别，无法探测。");
/// How it was measured.
pub const MEASURED: Text = text(
    "After {step} steps of the pretext, on {n} {n:test row|test rows}. The probe is a softmax regression on frozen features.",
    "前置任务训练 {step} 步后，在 {n} 个测试样本上测得。探测是在冻结特征上的 softmax 回归。",
);
/// Of two views: what the test figure counts.
pub const FOUND: Text = text(
    "“Partner found” is no class accuracy: 64 test pictures give 128 views, and it counts how often the nearest of the 127 others is the other view of the same picture. By chance that is 0.8 %. A last batch that is not full is left out of training: among fewer views the loss would dip.",
    "“找到配对”不是分类准确率：64 张测试图像给出 128 个视图，统计与一个视图最相近的（其余 127 个之中）是否正是同一图像的另一个视图；随机猜测为 0.8 %。不足一批的末尾样本不参加训练：视图变少，损失会虚降。",
);
/// The fold with what an encoder's code is worth.
pub const CODE: Text = text("What the code is worth: linear probe", "编码有什么用：线性探测");
/// What one is looking at there.
pub const WHAT_CODE: Text = text(
    "A linear classifier reads the encoder's answers to whole test rows and has the labels of few rows; beside it stands the encoder with a linear head, trained from scratch on these rows alone.",
    "线性分类器读取编码器对完整样本的输出，只用少量样本的标签；旁边是编码器加线性输出头、仅用这些样本从头训练的结果。",
);
/// The chart's title.
pub const COURSE: Text = text("Right with few labels, over the steps", "少量标签下的正确率随步数的变化");
/// For readers: the chart.
pub const COURSE_LABEL: Text = text(
    "{n} {n:probe|probes}, from {first} at step {from} to {last} at step {to}; from scratch {scratch}",
    "{n} 次探测，从第 {from} 步的 {first} 到第 {to} 步的 {last}；从头训练 {scratch}",
);
/// Legend.
pub const PROBE: Text = text("linear probe", "线性探测");
/// Legend.
pub const FROM_SCRATCH: Text = text("from scratch", "从头训练");
/// The map's title.
pub const PLANE: Text = text("Features, their first two principal components", "特征的前两个主成分");
/// For readers: the map.
pub const PLANE_LABEL: Text = text(
    "{n} {n:test row|test rows}; the two components hold {a} and {b} of the variance; {alike} of the points have a nearest neighbour of their own class",
    "{n} 个测试样本；两个主成分各占方差的 {a} 和 {b}；{alike} 的点与最近邻同类",
);
/// Under the map.
pub const ALIKE: Text = text(
    "{alike} of these points have a nearest neighbour of their own class; the two components hold {a} and {b} of the variance.",
    "{alike} 的点与其最近邻同类；两个主成分各占方差的 {a} 和 {b}。",
);
/// Axes.
pub const COMPONENT: Text = text("component {k}", "主成分 {k}");

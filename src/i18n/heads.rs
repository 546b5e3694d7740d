//! Words of heads on one trunk.
//!
//! Not responsible for the task's settings.

use super::{Text, text};

/// What one is looking at, in two sentences.
pub const WHAT: Text = text(
    "Each head answers another question about the picture, from what the same trunk makes of it. The cosines say whether their losses want the trunk changed the same way (1), without regard to each other (0) or against each other (−1).",
    "各输出头根据同一个主干的特征回答不同的问题。余弦表示它们的损失希望主干朝相同方向（1）、互不相干（0）还是相反方向（−1）改变。",
);
/// A head's name.
pub fn name(head: &str) -> Text {
    match head {
        "digit" => text("digit", "数字"),
        "parity" => text("odd or even", "奇偶"),
        _ => text("thickness", "粗细"),
    }
}
/// For readers: the table.
pub const TABLE: Text = text("The heads", "各输出头");
/// Column.
pub const HEAD: Text = text("head", "输出头");
/// Column: loss on the latest batch.
pub const TRAIN: Text = text("loss (batch)", "损失（批）");
/// Column: loss on the test part.
pub const TEST: Text = text("loss (test)", "损失（测试）");
/// Column: what it gets right.
pub const RIGHT: Text = text("right, or off by", "正确率或误差");
/// Column: weight.
pub const WEIGHT: Text = text("weight", "权重");
/// Column: weighted norm of its gradient on the trunk.
pub const PULL: Text = text("pull on the trunk", "对主干的拉力");
/// What that is.
pub const PULL_HINT: Text = text(
    "Norm of the gradient of its loss with respect to the trunk's parameters, times its weight",
    "其损失对主干参数的梯度的范数，乘以权重",
);
/// Behind a thickness.
pub const PIXELS: Text = text("{n} px", "{n} 像素");
/// How many rows it was measured on.
pub const OF_ROWS: Text = text(
    "Measured on {n} {n:test row|test rows}; gradients are the mean over {m} {m:training row|training rows}.",
    "在 {n} 个测试样本上测得；梯度是 {m} 个训练样本的平均。",
);
/// Heading of the angles.
pub const ANGLES: Text = text("Angles between the gradients on the trunk", "主干上梯度之间的夹角");
/// A pair.
pub const PAIR: Text = text("{a} – {b}", "{a} – {b}");
/// Its cosine and angle.
pub const ANGLE: Text = text("cos {cos} ({deg}°)", "cos {cos}（{deg}°）");
/// A head without a gradient.
pub const NO_ANGLE: Text = text("no gradient", "没有梯度");
/// They help each other.
pub const TOGETHER: Text = text("pull together", "方向相近");
/// They do not care.
pub const APART: Text = text("hardly touch", "互不相干");
/// They disturb each other.
pub const AGAINST: Text = text("pull against each other", "方向相反");
/// Heading of the answers.
pub const ANSWERS: Text = text("Answers to test row {n}", "对测试样本 {n} 的回答");
/// The same of a training row.
pub const ANSWERS_TRAIN: Text = text("Answers to training row {n}", "对训练样本 {n} 的回答");
/// The same for a drawn one.
pub const ANSWERS_OWN: Text = text("Answers to your drawing", "对你画的图的回答");
/// Buttons.
pub const PREVIOUS: Text = text("Previous test row", "上一个测试样本");
/// Buttons.
pub const NEXT: Text = text("Next test row", "下一个测试样本");
/// For readers: the picture.
pub const PICTURE: Text = text("The picture, {h} by {w} pixels", "图像，{h}×{w} 像素");
/// The parity's answer.
pub const SAYS_ODD: Text = text("odd: {share}", "奇数：{share}");
/// What it is.
pub const IS_ODD: Text = text("it is odd", "实为奇数");
/// What it is.
pub const IS_EVEN: Text = text("it is even", "实为偶数");
/// The thickness's answer.
pub const SAYS_THICK: Text = text("thickness: {n} px", "粗细：{n} 像素");
/// What it is.
pub const IS_THICK: Text = text("it is {n} px", "实为 {n} 像素");

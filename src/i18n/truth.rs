//! Words about what a run is: where its weights came from, and of which step a figure is.
//!
//! Not responsible for curves and gradient flow themselves.

use super::{Text, text};

/// The link was copied, but the run did not begin with the first weights of its seed.
pub const LINK_STARTS_AFRESH: Text = text(
    "The link is copied. It starts from the first weights of its seed; the weights that this run took over or that you edited do not travel with it.",
    "链接已复制。打开后会从该随机种子的初始权重开始训练；本次运行沿用的或手工修改的权重不会随链接传递。",
);
/// Beside the step count: weights of the run before, the network was edited.
pub const CARRIED: Text = text("weights kept from step {n}", "沿用第 {n} 步的权重");
/// The same, from other data.
pub const CARRIED_FROM: Text = text("weights from {set}, step {n}", "沿用{set}第 {n} 步的权重");
/// What that means.
pub const CARRIED_HELP: Text = text(
    "{part} of {all} parameters began with the values that the run before had reached. Reset starts from the first weights of the seed.",
    "{all} 个参数中有 {part} 个沿用了上一次运行的数值。点“重置”则从该随机种子的初始权重开始。",
);
/// Beside the step count: weights were changed by hand.
pub const EDITED: Text = text("weights edited by hand", "权重经手工修改");
/// What that means.
pub const EDITED_HELP: Text = text(
    "You changed a weight. Reset starts from the first weights of the seed.",
    "你修改过权重。点“重置”则从该随机种子的初始权重开始。",
);
/// Choice at the data.
pub const CARRY: Text = text("Keep the weights when the data change", "更换数据时沿用权重");
/// What it does.
pub const CARRY_HELP: Text = text(
    "Off: other data start from the first weights of the seed. On: what fits of the trained weights goes on learning (transfer learning)",
    "关闭：更换数据后从该随机种子的初始权重开始。开启：形状相符的已训练权重继续学习（迁移学习）",
);
/// In the place of a figure that was measured long ago.
pub const MEASURING: Text = text("measuring …", "正在测量……");
/// A figure with its step, small.
pub const AT_STEP: Text = text("{v} at step {n}", "第 {n} 步时为 {v}");
/// Title of the bars while the learner looks back.
pub const THEN: Text = text("step {n}", "第 {n} 步");
/// Folded form under the output of a table.
pub const OWN_ROW: Text = text("Ask about a row of your own", "用你自己的一行数据提问");
/// The same under a plane.
pub const OWN_POINT: Text = text("Ask about a point of your own", "用你自己的一个点提问");
/// What it does.
pub const OWN_ROW_HELP: Text = text(
    "Begins with a typical training row. Values are in the units of the data; the network sees them scaled.",
    "初始值是一个典型的训练样本。数值使用数据本身的单位，送入网络前会自动缩放。",
);
/// What was typed is no date.
pub const NOT_A_DATE: Text =
    text("This is no date. Write it as the table does: {example}.", "这不是日期。请按表格的写法填写：{example}。");
/// Columns without a field.
pub const MORE_COLUMNS: Text =
    text("{n} more {n:column stays|columns stay} as in a typical row.", "其余 {n} 列保持典型样本的取值。");
/// The answer, where the target has no name.
pub const PREDICTION: Text = text("prediction", "预测值");
/// Legend of the band around the training curve.
pub const BAND: Text = text("band: smallest to largest batch", "色带：各批次的最小值到最大值");
/// What the band is.
pub const BAND_HINT: Text = text(
    "Each point stands for several steps: the line is their mean loss, the band reaches from the smallest to the largest loss of a batch",
    "每个点代表若干步：曲线是这些步的平均损失，色带从批次损失的最小值延伸到最大值",
);
/// The mark where a run left the finite range.
pub const BLEW_UP: Text = text("✕ blew up at step {n}", "✕ 第 {n} 步发散");

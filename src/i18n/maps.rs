//! Words of the feature-map panel.
//!
//! Not responsible for names of layers.

use super::{Text, text};

/// Title.
pub const TITLE: Text = text("Feature maps", "特征图");
/// What one is looking at, in two sentences.
pub const WHAT: Text = text(
    "Each picture shows what one channel of the layer says about the example above, place by place: blue where its filter fits, orange where the opposite is there, white where nothing is. Hover or tap a place of the map below to see the window of the input it came from, multiplied by the filter and summed.",
    "每个小图是该层一个通道对上方样本逐处给出的结果：蓝色处与滤波器吻合，橙色处与之相反，白色处没有响应。指向下方特征图中的一点，可看到它来自输入的哪个窗口，以及窗口与滤波器相乘、求和的过程。",
);
/// The layer that was shown makes no images any more.
pub const GONE: Text = text(
    "The layer chosen before ({layer}) makes no maps now; this is {now}.",
    "之前所选的层（{layer}）现在不产生特征图；当前显示 {now}。",
);
/// No such layer at all.
pub const NONE: Text = text("No layer of this network makes feature maps.", "此网络中没有产生特征图的层。");
/// Nothing yet.
pub const WAITING: Text = text("Waiting for the network's numbers …", "正在等待网络的数值……");
/// More than a frame may carry.
pub const TOO_LARGE: Text = text(
    "These maps hold more than a million numbers, too many to show live; choose a later layer.",
    "这些特征图超过一百万个数，无法实时显示；请选择更靠后的层。",
);
/// Choice.
pub const SCALE: Text = text("Colour scale", "颜色标尺");
/// One scale.
pub const COMMON_SCALE: Text = text("one scale", "统一标尺");
/// One for each.
pub const OWN_SCALE: Text = text("each its own", "各自标尺");
/// Beside the scale.
pub const OWN_NOTE: Text = text("(that of {n})", "（第 {n} 个的标尺）");
/// Canvas.
pub const LABEL: Text = text(
    "{n} {n:map|maps} of {h}×{w} of {layer}; values from {low} to {high} at step {step}",
    "{layer}的 {n} 张 {h}×{w} 特征图；第 {step} 步的值从 {low} 到 {high}",
);
/// Under the maps.
pub const SHOWN: Text = text("{n} of {all} are shown.", "共 {all} 张，显示 {n} 张。");
/// Button.
pub const MORE: Text = text("more", "显示更多");
/// Button.
pub const FEWER: Text = text("fewer", "收起");
/// Read-out.
pub const READ: Text =
    text("channel {channel}, row {row}, column {column}: {v}", "通道 {channel}，第 {row} 行第 {column} 列：{v}");
/// Until the pointer is on it.
pub const HINT: Text = text(
    "Hover or tap a map to read values; click to follow one number",
    "将指针移到（或轻触）特征图上可读取数值，点击可追踪该数值的来历",
);
/// Field.
pub const CHANNEL: Text = text("channel", "通道");
/// Field.
pub const ROW: Text = text("row", "行");
/// Field.
pub const COLUMN: Text = text("column", "列");
/// Button.
pub const BACK: Text = text("One place back", "后退一格");
/// Button.
pub const ON: Text = text("One place on", "前进一格");
/// Button.
pub const WALK: Text = text("Slide the window over the image", "让窗口在图像上滑动");
/// Button.
pub const HALT: Text = text("Stop sliding", "停止滑动");
/// Instead of the button.
pub const STILL: Text =
    text("Your system asks for little motion: step with ‹ and ›.", "系统设置为减少动态效果：请用 ‹ 和 › 逐步移动。");
/// Picture.
pub const INPUT: Text = text("input, channel {channel} of {n}", "输入，通道 {channel} / {n}");
/// Picture.
pub const OUTPUT: Text = text("map {channel} of {n}", "特征图 {channel} / {n}");
/// Numbers.
pub const WINDOW: Text = text("window", "窗口");
/// Numbers.
pub const KERNEL: Text = text("kernel", "卷积核");
/// Numbers.
pub const PRODUCTS: Text = text("products", "乘积");
/// Sum.
pub const SUM: Text = text("sum of the products (input channel {channel})", "乘积之和（输入通道 {channel}）");
/// Sum.
pub const SUM_ALL: Text = text("sum over all {n} input channels", "全部 {n} 个输入通道之和");
/// Sum.
pub const BIAS: Text = text("+ bias", "+ 偏置");
/// Result.
pub const HOLDS: Text = text("The map holds", "特征图中的值为");
/// Should never be read.
pub const DIFFERS: Text = text("(not the same: please report this)", "（不一致，请反馈此问题）");
/// Pooling.
pub const MAX_OF: Text = text("largest number of the window", "窗口中的最大值");
/// Pooling.
pub const MEAN_OF: Text = text("mean of the window (padding counts as 0)", "窗口的平均值（填充按 0 计）");
/// Channels' sums.
pub const PARTS: Text = text("What each input channel adds (press one to see it):", "各输入通道的贡献（点击查看）：");
/// One of them.
pub const PART: Text = text("input channel {channel} adds {v}", "输入通道 {channel} 贡献 {v}");
/// Button.
pub const STRONGEST: Text = text("back to the strongest", "回到贡献最大的通道");
/// Bounded.
pub const PARTS_CUT: Text =
    text("The first {n} of {all}; the sum has all.", "只列出前 {n} 个，共 {all} 个；总和包含全部。");
/// Numbers that a transposed convolution multiplies.
pub const STAMPS: Text = text("pixels that reach it", "到达此处的像素");
/// A transposed convolution.
pub const SPREADS: Text = text(
    "Every input pixel lays the kernel, times its number, on the map like a stamp; of this channel {n} {n:reaches|reach} this place, each with another cell of the kernel (0 stands where none does).",
    "每个输入像素把卷积核乘以自身的值，像印章一样盖在输出上；此通道有 {n} 个印到此处，各用卷积核的不同格（没有印到的格记 0）。",
);
/// A layer without a window.
pub const NO_WINDOW: Text = text(
    "No window slides here: the numbers are changed one by one or added up.",
    "此层没有滑动窗口：数值被逐个变换或相加。",
);

//! Words of the panels about convolution: filters, feature maps, the window's sandbox, what a filter likes to see.
//!
//! Not responsible for names of layers.

use super::{Text, text};

/// Title.
pub const TITLE: Text = text("Filters", "滤波器");
/// What one is looking at, in two sentences.
pub const WHAT: Text = text(
    "Each picture is one filter: the weights that slide over the image, blue where they are positive and orange where they are negative. A filter answers strongly where the image looks like it; watch noise turn into edges and strokes while the network learns, and click a filter to see its numbers and its history.",
    "每个小图是一个滤波器，即在图像上滑动的一组权重：蓝色为正，橙色为负。图像与滤波器越相似，响应越强；训练时可以看到噪声逐渐变成边缘和笔画。点击一个滤波器可查看其数值和演变过程。",
);
/// Choice among layers.
pub const LAYER: Text = text("Layer", "层");
/// The layer that was shown is no convolution any more.
pub const GONE: Text = text(
    "The layer chosen before ({layer}) has no filters now; this is {now}.",
    "之前所选的层（{layer}）现在没有滤波器；当前显示 {now}。",
);
/// Nothing yet.
pub const WAITING: Text = text("Waiting for the network's numbers …", "正在等待网络的数值……");
/// Choice.
pub const SHOW: Text = text("Show", "显示");
/// All three input channels as light.
pub const COLOUR: Text = text("as colour", "按颜色");
/// One input channel.
pub const CHANNEL: Text = text("one input channel", "单个输入通道");
/// All of them.
pub const MATRIX: Text = text("all channels", "全部通道");
/// Field.
pub const CHANNEL_NUMBER: Text = text("input channel", "输入通道");
/// Choice.
pub const SCALE: Text = text("Colour scale", "颜色标尺");
/// One scale.
pub const COMMON_SCALE: Text = text("one scale", "统一标尺");
/// One for each.
pub const OWN_SCALE: Text = text("each its own", "各自标尺");
/// Beside the scale.
pub const OWN_NOTE: Text = text("(that of {n})", "（第 {n} 个的标尺）");
/// After the scale of the colour view.
pub const LIGHT: Text = text("(grey is 0, for red, green and blue each)", "（灰色为 0，红绿蓝各自计算）");
/// Canvas.
pub const LABEL: Text = text(
    "{n} {n:picture|pictures} of the {h}×{w} filters of {layer}; weights from {low} to {high} at step {step}",
    "{layer}的 {h}×{w} 滤波器，共 {n} 幅图；第 {step} 步的权重从 {low} 到 {high}",
);
/// Under the pictures.
pub const SHOWN: Text = text("{n} of {all} are shown.", "共 {all} 个，显示 {n} 个。");
/// Beside it, in the matrix.
pub const CHANNELS_CUT: Text = text(
    "Columns are input channels 1 to {n} of {all}; “one input channel” shows any.",
    "各列为输入通道 1 至 {n}（共 {all} 个）；其余可用“单个输入通道”查看。",
);
/// Button.
pub const MORE: Text = text("more", "显示更多");
/// Button.
pub const FEWER: Text = text("fewer", "收起");
/// Read-out.
pub const READ: Text = text(
    "filter {filter}, input channel {channel}, row {row}, column {column}: {v}",
    "滤波器 {filter}，输入通道 {channel}，第 {row} 行第 {column} 列：{v}",
);
/// Read-out of the colour view.
pub const READ_COLOUR: Text = text(
    "filter {filter}, row {row}, column {column}: red · green · blue {v}",
    "滤波器 {filter}，第 {row} 行第 {column} 列：红 · 绿 · 蓝 {v}",
);
/// Until the pointer is on it.
pub const HINT: Text = text(
    "Hover or tap a filter to read weights; click it to see it large",
    "将指针移到（或轻触）滤波器上可读取权重，点击可放大",
);
/// Field.
pub const FILTER: Text = text("filter", "滤波器");
/// Canvas.
pub const FILTER_OF: Text = text("Filter {n} of {all}", "第 {n} 个滤波器，共 {all} 个");
/// Facts.
pub const RANGE: Text = text("weights {low} … {high}", "权重 {low} … {high}");
/// Facts.
pub const BIAS: Text = text("bias {b}", "偏置 {b}");
/// Facts.
pub const AT_STEP: Text = text("at step {step}", "第 {step} 步");
/// Heading of the film.
pub const FILM: Text = text("The same filter at earlier steps, on one scale", "同一滤波器在之前各步的样子（统一标尺）");
/// Canvas.
pub const FILM_LABEL: Text = text("Filter {n} at steps {steps}", "第 {n} 个滤波器在第 {steps} 步的样子");

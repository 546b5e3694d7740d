//! Words of autoencoders: reconstructions, and the map of codes.
//!
//! Not responsible for the task's settings.

use super::{Text, text};

/// What one is looking at, in two sentences: reconstructions.
pub const WHAT_ROWS: Text = text(
    "Each input stands beside what the network makes of it again, after it has been squeezed into the code. The number is the mean squared difference; the worst rows show what the code cannot hold.",
    "每个输入旁边是它被压缩成编码后、由网络重构出来的样子。数字是均方误差；误差最大的几行说明编码容纳不下什么。",
);
/// Choice of rows.
pub const WHICH: Text = text("Which rows", "显示哪些样本");
/// The first ones.
pub const FIRST: Text = text("first", "前几个");
/// Those with the largest error.
pub const WORST: Text = text("worst", "误差最大");
/// Before the error of the rows shown.
pub const ERROR: Text = text("mean squared error", "均方误差");
/// How many rows it is the mean of.
pub const OF_ROWS: Text = text("mean of {n} {n:test row|test rows}", "{n} 个测试样本的平均");
/// What stands beside each other.
pub const SIDES: Text = text("input → made again", "输入 → 重构");
/// The same with noise or a mask.
pub const SIDES_SEEN: Text = text("input · what it reads → made again", "输入 · 实际读入 → 重构");
/// The input.
pub const INPUT: Text = text("input", "输入");
/// With noise or a mask.
pub const SEEN: Text = text("read", "读入");
/// What comes of it.
pub const MADE: Text = text("made again", "重构");
/// Of one row.
pub const ROW: Text = text("row", "样本");
/// For readers: a row.
pub const ROW_LABEL: Text = text(
    "Row {row}: mean squared error {e}, mean level {a} in, {b} out",
    "样本 {row}：均方误差 {e}，平均值 输入 {a}、重构 {b}",
);
/// For readers: points.
pub const POINTS_LABEL: Text = text(
    "{n} {n:point|points} of the plane, each joined to its reconstruction; mean squared error {e}, the largest {worst}",
    "平面上的 {n} 个点，各与其重构点相连；均方误差 {e}，最大 {worst}",
);
/// Under the points, of one of them.
pub const POINT: Text =
    text("row {row}: ({a}, {b}) → ({c}, {d}), error {e}", "样本 {row}：({a}, {b}) → ({c}, {d})，误差 {e}");
/// Under the points until one is pointed at.
pub const POINT_HINT: Text = text("Hover or tap a point to read its error", "将指针移到点上或轻触可读取误差");

/// Title of the map.
pub const TITLE: Text = text("Map of codes", "编码空间");
/// What one is looking at, in two sentences: the map.
pub const WHAT: Text = text(
    "Each dot is a test row at the place that the first two numbers of its code say; behind the dots the decoder answers at every place. Point anywhere: what the decoder makes of that code stands beside the map.",
    "每个点是一个测试样本，位置由其编码的前两个数决定；点的背后是解码器对各处编码的输出。指向任意位置，旁边就会显示解码器由该编码生成的结果。",
);
/// Where codes have more numbers than the map.
pub const FURTHER: Text = text(
    "A code has {n} {n:number|numbers}: the map shows the first two, the others are 0.",
    "编码有 {n} 个数：图中为前两个，其余取 0。",
);
/// For readers: the map.
pub const MAP_LABEL: Text = text(
    "Codes of {n} {n:test row|test rows} between −{r} and {r}. {centres}",
    "{n} 个测试样本的编码，范围 −{r} 到 {r}。{centres}",
);
/// Part of it: the middle of a class.
pub const CENTRE: Text = text("{name} around {at}.", "{name} 约在 {at}。");
/// The place that is read.
pub const AT: Text = text("code {at}", "编码 {at}");
/// Class of the nearest code.
pub const NEAREST: Text = text("nearest: {name}", "最近的样本：{name}");
/// For readers: what the decoder makes of a code.
pub const ANSWER_LABEL: Text = text(
    "The decoder's answer to code {at}: mean {mean}, from {low} to {high}",
    "解码器对编码 {at} 的输出：平均 {mean}，从 {low} 到 {high}",
);
/// For readers: points made of codes.
pub const MESH_LABEL: Text = text(
    "The plane with the decoder's answers to a grid of codes; code {at} becomes ({x}, {y})",
    "解码器把编码网格映到平面上；编码 {at} 变为 ({x}, {y})",
);
/// Heading of the way between two codes.
pub const FILM: Text = text("From code {a} to {b}", "从编码 {a} 到 {b}");
/// How to choose them.
pub const FILM_HINT: Text =
    text("Click two places of the map: the way leads from one to the other.", "在图上先后点击两处：由前者过渡到后者。");
/// The prior's circles.
pub const PRIOR: Text = text("circles: 1 and 2 deviations of the prior", "圆：先验的 1 倍与 2 倍标准差");
/// Heading of the bars.
pub const KL: Text = text("What each number of the code holds (KL, nats)", "编码各维的信息量（KL，nat）");
/// A number that holds nothing.
pub const COLLAPSED: Text = text("collapsed", "已塌缩");
/// How many of them.
pub const COLLAPSED_OF: Text = text(
    "{n} of {all} collapsed (under {least} nats); together {sum} {sum:nat|nats}",
    "{all} 维中有 {n} 维塌缩（低于 {least} nat）；合计 {sum} nat",
);
/// Heading of samples.
pub const SAMPLES: Text = text("Drawn from the prior", "从先验采样");
/// Button.
pub const AGAIN: Text = text("Other noise", "换一批噪声");
/// For readers: samples.
pub const SAMPLES_LABEL: Text =
    text("{n} {n:sample|samples}, draw {seed}: mean {mean}", "{n} 个样本，第 {seed} 批：平均 {mean}");

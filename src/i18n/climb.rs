//! Words of the panel that shows what a filter or a class likes to see.
//!
//! Not responsible for names of layers or classes.

use super::{Text, text};

/// Title.
pub const TITLE: Text = text("What it likes to see", "它最想看到什么");
/// What one is looking at, in two sentences.
pub const WHAT: Text = text(
    "Start from faint noise and change every pixel a little in the direction that makes the chosen filter (the mean of its map) or class (its logit) answer more strongly, again and again: what grows is what it looks for. The network itself is not changed, and goes on training meanwhile.",
    "从微弱的噪声出发，一次次把每个像素朝着让所选滤波器（其特征图的均值）或类别（其 logit）响应更强的方向微调：逐渐浮现的就是它在寻找的图案。网络本身不变，训练照常进行。",
);
/// Choice.
pub const OF_WHAT: Text = text("Whose", "对象");
/// The answer.
pub const CLASS: Text = text("a class", "某个类别");
/// The answer, in numbers.
pub const ANSWER: Text = text("the answer", "网络的输出");
/// Field.
pub const FILTER: Text = text("filter", "滤波器");
/// Field.
pub const NUMBER: Text = text("number", "第几个数");
/// Choice.
pub const STEPS: Text = text("steps", "步数");
/// Button.
pub const START: Text = text("Start", "开始");
/// Button.
pub const CANCEL: Text = text("Cancel", "取消");
/// Nothing yet.
pub const EMPTY: Text = text("Choose a filter or a class and press Start.", "选择一个滤波器或类别，然后按“开始”。");
/// Whose picture it is.
pub const FILTER_IS: Text = text("Filter {n} of {layer}", "{layer}的第 {n} 个滤波器");
/// Whose picture it is.
pub const CLASS_IS: Text = text("Class “{name}”", "类别“{name}”");
/// Before and after.
pub const VALUE: Text = text("its answer:", "响应：");
/// Bar.
pub const PROGRESS: Text = text("Progress", "进度");
/// Under the bar.
pub const DONE: Text = text("{n} of {all} {all:step|steps}", "{n} / {all} 步");
/// Button.
pub const USE: Text = text("follow this picture through the network", "让这幅图通过网络");
/// No gradient.
pub const STUCK: Text = text(
    "Its answer did not move: where a ReLU gives 0 everywhere no gradient comes back to the input. Try another filter, or train on.",
    "响应没有变化：ReLU 的输出处处为 0 时，没有梯度能传回输入。请换一个滤波器，或继续训练。",
);
/// Refused.
pub const REFUSED: Text =
    text("The climb stopped: {why} The network has changed; start again.", "已停止：{why} 网络已改变，请重新开始。");
/// The worker is gone.
pub const DIED: Text =
    text("The worker was started again meanwhile; start the climb again.", "计算线程已重新启动；请重新开始。");
/// Canvas.
pub const LABEL: Text =
    text("The input that was found, numbers from {low} to {high}", "找到的输入，数值从 {low} 到 {high}");
/// Scale of a picture in colour.
pub const LIGHT: Text = text("no light is {low}, full light {high}", "无光为 {low}，满光为 {high}");

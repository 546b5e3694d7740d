//! Words of the part of the page that looks inside the network: the example that its panels follow.
//!
//! Not responsible for any panel's own words.

use super::{Text, text};

/// Heading.
pub const TITLE: Text = text("Inside", "网络内部");
/// What is followed through the network.
pub const EXAMPLE: Text = text("Example", "样本");
/// Rows it learns from.
pub const TRAIN: Text = text("train", "训练");
/// Rows it never learns from.
pub const TEST: Text = text("test", "测试");
/// One drawn by hand.
pub const DRAW: Text = text("draw", "手绘");
/// One's own text.
pub const TEXT: Text = text("own text", "自己的文本");
/// Field.
pub const TEXT_FIELD: Text =
    text("Your own text, to be followed through the network", "自己的文本，观察它在网络中的经过");
/// Characters that the vocabulary lacks.
pub const UNKNOWN: Text = text("Not in the vocabulary, left out: {what}", "词表中没有，已略去：{what}");
/// Nothing typed.
pub const EMPTY_TEXT: Text = text("Type something for the network to read.", "请输入一些文字供网络读取。");
/// A language model's answer at the end.
pub const EXPECTS: Text = text("At the end the network expects {list}.", "在末尾，网络预计下一个是 {list}。");
/// Field.
pub const ROW: Text = text("Which example, 1 to {n}", "第几个样本（1 至 {n}）");
/// Button.
pub const PREVIOUS: Text = text("Previous example", "上一个样本");
/// Button.
pub const NEXT: Text = text("Next example", "下一个样本");
/// Button.
pub const RANDOM: Text = text("Any example", "随机样本");
/// Canvas.
pub const PICTURE: Text = text("The example, {h}×{w} pixels", "样本图像，{h}×{w} 像素");
/// Canvas.
pub const PAD_LABEL: Text =
    text("Draw here with the mouse or a finger; {h}×{w} pixels", "用鼠标或手指在此绘制；{h}×{w} 像素");
/// Colour of the brush.
pub const PAD_COLOR: Text = text("Colour of the brush", "画笔颜色");
/// Brush that takes away.
pub const PAD_ERASE: Text = text("erase", "擦除");
/// Blank paper.
pub const PAD_CLEAR: Text = text("clear", "清空");
/// Nothing yet.
pub const WAITING: Text = text("Waiting for the network …", "正在等待网络……");
/// Target and answer.
pub const IS_AND_SAYS: Text =
    text("It is “{is}”; the network says “{says}” ({share}).", "答案是“{is}”；网络认为是“{says}”（{share}）。");
/// Answer alone.
pub const SAYS: Text = text("The network says “{says}” ({share}).", "网络认为是“{says}”（{share}）。");
/// Target and answer in numbers.
pub const VALUE_AND_SAYS: Text = text("It is {is}; the network says {says}.", "真实值为 {is}；网络预测为 {says}。");
/// The same of the last of several numbers.
pub const LAST_AND_SAYS: Text = text(
    "Of {n} {n:number|numbers} the last: it is {is}; the network says {says}.",
    "共 {n} 个数，其中最后一个：真实值为 {is}；网络预测为 {says}。",
);
/// Answer alone.
pub const VALUE_SAYS: Text = text("The network says {says}.", "网络预测为 {says}。");

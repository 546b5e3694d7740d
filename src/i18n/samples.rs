//! Words of the panel that shows what a language model writes.
//!
//! Not responsible for what it writes.

use super::{Text, text};

/// Heading.
pub const TITLE: Text = text("What the network writes now", "网络此刻写出的文本");
/// The text to go on with.
pub const PROMPT: Text = text("Goes on with", "接着写");
/// How daring: label and explanation.
pub const TEMPERATURE: (Text, Text) = (
    text("Temperature", "温度"),
    text(
        "0 always takes the likeliest token; higher gives more variety.",
        "0 总取概率最大的词元；温度越高，结果越多样。",
    ),
);
/// Label and explanation.
pub const TOP_K: (Text, Text) = (
    text("Top k", "前 k 个"),
    text("Only so many likeliest tokens; 0 for all.", "只在最可能的若干个词元中选；0 表示全部。"),
);
/// Label and explanation.
pub const TOP_P: (Text, Text) = (
    text("Top p", "累计概率 p"),
    text(
        "Only the likeliest tokens that have this probability together; 1 for all.",
        "只在累计概率达到此值的最可能词元中选；1 表示全部。",
    ),
);
/// Label and explanation.
pub const LENGTH: (Text, Text) = (text("Length", "长度"), text("Tokens to write.", "要写出的词元数。"));
/// Another draw.
pub const AGAIN: Text = text("Another text", "换一段");
/// Before the first text.
pub const WAITING: Text = text("Waiting for the first text …", "正在等待第一段文本……");
/// Which network wrote it.
pub const STEP: Text = text("written at step {n}", "写于第 {n} 步");
/// What the vocabulary lacks.
pub const LEFT_OUT: Text = text("Not in the vocabulary, left out: {what}", "词表中没有，已略去：{what}");

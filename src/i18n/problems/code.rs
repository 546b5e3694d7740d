//! Problems of pasted code, in both languages.
//!
//! Not responsible for filling in the facts (`problems`).

use crate::i18n::{Text, text};

/// Both sentences of a code; `None` for a code that is none of these.
pub(super) fn sentences(code: &str) -> Option<(Text, Text)> {
    Some(match code {
        "code_too_long" => (
            text(
                "This code has {got} characters; at most {max} are read.",
                "这段代码有 {got} 个字符，最多读取 {max} 个。",
            ),
            text("Paste only the lines that make the network.", "请只粘贴构建网络的那几行。"),
        ),
        "code_unreadable" => (
            text(
                "The code cannot be read at line {line}, column {column}: “{word}”.",
                "代码在第 {line} 行第 {column} 列无法读取：“{word}”。",
            ),
            text(
                "Write every layer out as a call inside Sequential: loops, conditions and functions are not run.",
                "请在 Sequential 中逐层写出调用：循环、条件和函数不会被执行。",
            ),
        ),
        "code_no_network" => (
            text("There is no network in this code that can be read.", "这段代码里没有可以读取的网络。"),
            text(
                "Paste an nn.Sequential(…) of PyTorch or a Sequential of Keras; classes with a forward and functional models are not read.",
                "请粘贴 PyTorch 的 nn.Sequential(…) 或 Keras 的 Sequential；带 forward 的类和函数式模型不会被读取。",
            ),
        ),
        "code_layer" => (
            text(
                "“{word}” at line {line}, column {column} cannot be built here in this place.",
                "第 {line} 行第 {column} 列的“{word}”在这里无法构建。",
            ),
            text("Leave it out, or put a layer in its place that the page has.", "请去掉它，或换成本页面具有的层。"),
        ),
        "code_argument" => (
            text(
                "What {layer} is given as “{argument}” at line {line}, column {column} is missing or cannot be read: “{word}”.",
                "第 {line} 行第 {column} 列：{layer} 的“{argument}”缺失或无法读取：“{word}”。",
            ),
            text("Write it as a plain number or word that the layer allows.", "请直接写成该层允许的数字或单词。"),
        ),
        _ => return None,
    })
}

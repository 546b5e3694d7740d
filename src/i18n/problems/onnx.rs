//! Problems of ONNX files that are read into networks, in both languages.
//!
//! Not responsible for filling in the facts (`problems`).

use crate::i18n::{Text, text};

/// Both sentences of a code; `None` for a code that is none of these.
pub(super) fn sentences(code: &str) -> Option<(Text, Text)> {
    Some(match code {
        "onnx_broken" => (
            text("This is no ONNX file, or only a part of one.", "这不是 ONNX 文件，或文件不完整。"),
            text("Copy or export the whole file again.", "请重新完整复制或导出该文件。"),
        ),
        "onnx_outside" => (
            text(
                "The numbers of “{name}” lie in another file, which a page cannot open.",
                "“{name}”的数值存放在另一个文件中，页面无法打开。",
            ),
            text("Export the network as one file, with its weights inside.", "请导出为包含权重的单个文件。"),
        ),
        "onnx_too_much" => (
            text(
                "Reading this ONNX file would take more room than is set aside for it (limit {max}).",
                "读取这个 ONNX 文件所需的空间超出了预留范围（上限 {max}）。",
            ),
            text("Export a smaller network.", "请导出较小的网络。"),
        ),
        "onnx_ops" => (
            text(
                "Operations that no layer here has ({count}): {names}.",
                "有 {count} 个运算在这里没有对应的层：{names}。",
            ),
            text(
                "Leave them out of the network before it is exported, or put layers in their place that the page has.",
                "请在导出前去掉它们，或换成本页面具有的层。",
            ),
        ),
        "onnx_form" => (
            text(
                "“{op}” stands {count} {count:time|times} where no layer here has it.",
                "有 {count} 处“{op}”不属于这里的任何一层。",
            ),
            text(
                "Networks of the layers that the page has are read, with sums and joins between them.",
                "可读取由本页面所具有的层构成的网络，包括层之间的相加与拼接。",
            ),
        ),
        "onnx_setting" => (
            text(
                "“{op}” has a setting “{setting}” that the layer does not have here.",
                "“{op}”的设置“{setting}”在这里的层中没有对应。",
            ),
            text("Export the network without it.", "请去掉该设置后重新导出。"),
        ),
        "onnx_inputs" => (
            text(
                "The network in this file has {got} inputs; here it can have one.",
                "文件中的网络有 {got} 个输入，这里只能有 1 个。",
            ),
            text("Export a network that takes one array.", "请导出只有一个输入数组的网络。"),
        ),
        "onnx_input" => (
            text(
                "The file expects rows of {got}; those of {set} are {expected}.",
                "文件期望每行为 {got}，而 {set} 的每行为 {expected}。",
            ),
            text(
                "Choose the data set that the network is made for, then open the file again.",
                "请先选择与该网络相符的数据集，再打开文件。",
            ),
        ),
        "onnx_output" => (
            text(
                "The network in the file answers {got}; {set} asks for {expected}.",
                "文件中的网络输出为 {got}，而 {set} 需要 {expected}。",
            ),
            text(
                "Choose the data set that the network is made for, then open the file again.",
                "请先选择与该网络相符的数据集，再打开文件。",
            ),
        ),
        "onnx_width" => (
            text(
                "In the file “{op}” takes {got} {got:number|numbers} where {expected} {expected:comes|come} in.",
                "文件中的“{op}”接收 {got} 个数，而传入的是 {expected} 个。",
            ),
            text(
                "The file fits other data, or is damaged; choose the data set that it is made for.",
                "该文件适用于其他数据，或已损坏；请选择与其相符的数据集。",
            ),
        ),
        "onnx_vocabulary" => (
            text(
                "The file has a table of {got} tokens; the data here have {expected}.",
                "文件的词表有 {got} 个词元，而这里的数据有 {expected} 个。",
            ),
            text(
                "Choose the data set, or the text, that the network is made for.",
                "请选择与该网络相符的数据集或文本。",
            ),
        ),
        "onnx_task" => (
            text(
                "A network cannot be read from an ONNX file for the task “{task}”.",
                "任务“{task}”不能从 ONNX 文件读取网络。",
            ),
            text("Choose classification, regression or a language model first.", "请先选择分类、回归或语言模型任务。"),
        ),
        _ => return None,
    })
}

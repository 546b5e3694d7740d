//! What is wrong with files and links: trained weights, kept runs, fields of a link.
//!
//! Not responsible for the other problems ([`super`]).

use crate::i18n::{Lang, Text, text};

/// Both sentences of a code; `None` for a code that is none of these.
pub(super) fn sentences(code: &str) -> Option<(Text, Text)> {
    Some(match code {
        "broken_weights" => (
            text("The trained weights in this file are damaged or cut off.", "文件中的训练权重已损坏或不完整。"),
            text(
                "Save or copy the whole file again. Without its “weights” the experiment opens untrained.",
                "请重新保存或完整复制该文件；删去其中的“weights”后，可作为未训练的实验打开。",
            ),
        ),
        "weights_kind" => (
            text(
                "The weights “{name}” are stored as {got}; only F32 can be opened.",
                "权重“{name}”以 {got} 存储，只能打开 F32。",
            ),
            text("Convert them to 32-bit floats and save again.", "请转换为 32 位浮点数后重新保存。"),
        ),
        "weights_not_finite" => (
            text("The weights “{name}” in this file hold infinity or NaN.", "文件中的权重“{name}”含有无穷大或 NaN。"),
            text(
                "The run blew up before it was saved. Save it from an earlier step.",
                "该训练在保存前已经发散，请从较早的步重新保存。",
            ),
        ),
        "weights_missing" => (
            text(
                "The weights do not fit this network: the file lacks {count} of its arrays, such as “{name}”.",
                "权重与该网络不符：文件缺少其中 {count} 个数组，例如“{name}”。",
            ),
            OTHER_NETWORK,
        ),
        "weights_unknown" => (
            text(
                "The weights do not fit this network: it has no place for {count} {count:array|arrays} of the file, such as “{name}”.",
                "权重与该网络不符：文件中有 {count} 个数组在网络里没有对应，例如“{name}”。",
            ),
            OTHER_NETWORK,
        ),
        "weights_shape" => (
            text(
                "The weights do not fit this network: “{name}” is {got} in the file and {expected} in the network.",
                "权重与该网络不符：“{name}”在文件中是 {got}，在网络中是 {expected}。",
            ),
            OTHER_NETWORK,
        ),
        "link_field" => (
            text("“{name}” in the link cannot be read and was left out.", "链接中的“{name}”无法识别，已忽略。"),
            text("Write it as {allowed}.", "请写成 {allowed}。"),
        ),
        "link_unknown" => (
            text("“{name}” is no field of a link here and was left out.", "链接中没有“{name}”这一字段，已忽略。"),
            text("Known: {allowed}.", "可用的字段：{allowed}。"),
        ),
        "link_room" => (
            text(
                "“{name}” leads to no room of this page; this is the playground.",
                "“{name}”不是本页的任何页面，已打开实验台。",
            ),
            text("There are {allowed}.", "可用的地址：{allowed}。"),
        ),
        "broken_run" => (
            text(
                "The curves in this file cannot be read: point {row} has no step, no loss, or is not later than the one before.",
                "文件中的曲线无法读取：第 {row} 个点缺少步数或损失，或不晚于前一个点。",
            ),
            text("Save the run again on the page it comes from.", "请在原页面重新保存该运行。"),
        ),
        "not_exported" => (
            text(
                "Gradarium cannot yet write this part of the experiment for {format}: {name}.",
                "梯度馆还不能为 {format} 写出实验的这一部分：{name}。",
            ),
            text(
                "What does without it can be exported; the trained weights can be saved all the same.",
                "不含该部分的实验可以导出；训练好的权重仍可保存。",
            ),
        ),
        _ => return None,
    })
}

const OTHER_NETWORK: Text = text(
    "They belong to another network. Restore the model in the file, or remove its “weights” to open it untrained.",
    "它们属于另一个网络。请恢复文件中的模型，或删去“weights”以未训练的状态打开。",
);

/// What to do with a file that nothing here reads, by its kind.
pub(super) fn way(lang: Lang, kind: &str) -> String {
    let way = match kind {
        "sheet" => {
            text("Save it as CSV in the program that made it, and open that.", "请在制作它的程序中另存为 CSV，再打开。")
        }
        "model" => text(
            "Export the network as ONNX, or its weights as safetensors, and open that.",
            "请将网络导出为 ONNX，或将权重导出为 safetensors，再打开。",
        ),
        "code" => text(
            "Copy the lines of nn.Sequential or Sequential into the network's text.",
            "请将 nn.Sequential 或 Sequential 的代码粘贴到网络文本框。",
        ),
        "text" => text(
            "A text to learn from goes into the data “My text”, a table as CSV.",
            "要学习的文本请放入数据“我的文本”，表格请另存为 CSV。",
        ),
        "archive" => text("Unpack it, and open what is in it.", "请先解压，再打开其中的文件。"),
        _ => text(
            "Open what Save wrote here (*.gradarium.json), a table as CSV, pictures, ONNX or safetensors.",
            "请打开在此保存的实验（*.gradarium.json）、CSV 表格、图片、ONNX 或 safetensors。",
        ),
    };
    way.get(lang).into()
}

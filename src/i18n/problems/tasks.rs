//! Problems of tasks and their parts, in both languages.
//!
//! Not responsible for filling in the facts (`problems`).

use crate::i18n::{Text, text};

/// Both sentences of a code; `None` for a code that is none of these.
pub(super) fn sentences(code: &str) -> Option<(Text, Text)> {
    Some(match code {
        "task_data" => (
            text("This task cannot take data of this kind: {got}.", "该任务不能使用这类数据：{got}。"),
            text(
                "Autoencoders take tables, pictures and points; a GAN takes pictures and points in the plane. Choose such a data set or another task.",
                "自编码器可用表格、图像和点；生成对抗网络可用图像和平面上的点。请选择这样的数据集，或换一个任务。",
            ),
        ),
        "makes_nothing" => (
            text("The task “{task}” makes no examples.", "任务“{task}”不生成样本。"),
            text("Load a VAE, a GAN or a diffusion model.", "请加载变分自编码器、生成对抗网络或扩散模型。"),
        ),
        "no_digits" => (
            text(
                "Digit, parity and thickness are asked of pictures whose classes are numbers; here there is {got}.",
                "数字、奇偶和粗细只能用于类别为数字的图像；这里是 {got}。",
            ),
            text("Choose handwritten digits, or another task.", "请选择手写数字，或换一个任务。"),
        ),
        "no_weight" => (
            text("Every head has the weight 0: nothing would be trained.", "所有输出头的权重都是 0：什么也训练不了。"),
            text("Give at least one of them a weight.", "请至少给其中一个设置权重。"),
        ),
        "wrong_parts" => (
            text("The task is made of other networks than these: {expected}.", "该任务由另外的网络组成：{expected}。"),
            text(
                "Choose the task again to begin with networks that suit it, or write them in the model text.",
                "请重新选择任务，从合适的网络开始；也可以在模型文本中写出它们。",
            ),
        ),
        _ => return None,
    })
}

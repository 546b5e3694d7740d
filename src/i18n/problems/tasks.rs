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
                "Autoencoders take tables, pictures and points; a GAN takes pictures and points in the plane; turns and views are of square pictures. Choose such a data set or another task.",
                "自编码器可用表格、图像和点；生成对抗网络可用图像和平面上的点；旋转与对比学习用正方形图像。请选择这样的数据集，或换一个任务。",
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
        "no_views" => (
            text(
                "Without augmentation the two views of a picture are the same: there is nothing to learn from them.",
                "没有数据增强，一张图像的两个视图就完全相同：从中学不到东西。",
            ),
            text(
                "Choose a change under Augmentation in the data panel: shift, rotate, scale or cutout.",
                "请在数据面板的“数据增强”中选择一种变化：平移、旋转、缩放或遮挡。",
            ),
        ),
        "penalty_layer" => (
            text(
                "The gradient penalty needs a second derivative, and “{layer}” in the discriminator has none here.",
                "梯度惩罚需要二阶导数，而判别器中的“{layer}”层在这里没有二阶导数。",
            ),
            text(
                "Make the discriminator a plain chain of dense, conv, activation, flatten and reshape layers, or keep its weights within a bound (Wasserstein, clipping).",
                "请只用全连接、卷积、激活、展平和重塑层依次组成判别器，或改用权重裁剪的 Wasserstein。",
            ),
        ),
        "nothing_hidden" => (
            text(
                "Only what is hidden is to count, and nothing is hidden: there is nothing to learn.",
                "只计算被遮挡的位置，但没有遮挡任何位置：没有可学的东西。",
            ),
            text("Raise the masked share or the noise above 0.", "请把遮挡比例或噪声调到 0 以上。"),
        ),
        "hidden_loss" => (
            text(
                "Binary cross-entropy charges a visible place its own entropy: hidden places cannot be counted alone.",
                "二元交叉熵对可见的位置也会计入其自身的熵，无法只计算被遮挡的位置。",
            ),
            text("Choose the squared or the absolute error.", "请选择均方误差或绝对误差。"),
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

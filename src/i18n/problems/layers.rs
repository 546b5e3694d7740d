//! Problems of single layers, in both languages.
//!
//! Not responsible for filling in the facts (`problems`).

use crate::i18n::{Text, text};

/// Both sentences of a code; `None` for a code that does not exist.
pub(super) fn sentences(code: &str) -> Option<(Text, Text)> {
    Some(match code {
        "nothing_learns" => (
            text(
                "Every layer that could learn is frozen, so training would change nothing.",
                "所有带参数的层都已冻结，训练不会改变任何东西。",
            ),
            text("Unfreeze at least one of them.", "请至少解冻其中一层。"),
        ),
        "layer_input" => (
            text("{layer} needs {expected}, but {got} comes in.", "{layer}需要{expected}，而现在的输入是 {got}。"),
            text("Put a layer between that changes the shape.", "请在中间加一层来改变形状。"),
        ),
        "residual_padding" => (
            text(
                "The layers inside shrink the picture from {outside} to {inside}: nothing is put around it, so it cannot be added to what came in.",
                "分支里的层没有填充，图像从 {outside} 缩小为 {inside}，无法与输入相加。",
            ),
            text("Use padding “same” inside.", "请在分支里使用 same 填充。"),
        ),
        "residual_units" => (
            text(
                "The branch gives {inside}, but {outside} came in: the last number differs, so they cannot be added.",
                "分支输出 {inside}，而输入是 {outside}：最后一维不同，无法相加。",
            ),
            text(
                "Let the last layer inside give as many, or add a 1×1 projection.",
                "请让分支里最后一层给出同样的数目，或添加 1×1 投影。",
            ),
        ),
        "residual_stride" => (
            text(
                "A stride or a pooling inside shrinks the picture from {outside} to {inside}, so it cannot be added to what came in.",
                "分支里的步幅或汇聚层把图像从 {outside} 缩小为 {inside}，无法与输入相加。",
            ),
            text(
                "Use stride 1 inside and shrink the picture after this layer.",
                "请在分支里使用步幅 1，并在此层之后再缩小图像。",
            ),
        ),
        "window_too_large" => (
            text("A window of {got} does not fit into an image of {max}.", "{got} 的窗口放不进 {max} 的图像。"),
            text("Make it smaller, or pad the image.", "请缩小窗口，或给图像加填充。"),
        ),
        "groups_divide" => (
            text(
                "{got} groups must divide both the {channels} {channels:channel that comes|channels that come} in and the {filters} that go out.",
                "组数 {got} 必须能整除输入的 {channels} 个通道和输出的 {filters} 个通道。",
            ),
            text("Choose a number that divides both.", "请选择能同时整除两者的数。"),
        ),
        "needs_tokens" => (
            text(
                "An embedding reads the data's tokens, but {got} {got:number comes|numbers come} in.",
                "嵌入层读取数据的词元，但输入是 {got} 个数。",
            ),
            text(
                "Make it the first layer, on data made of tokens such as text.",
                "请把它放在第一层，并选用由词元（如文本）组成的数据。",
            ),
        ),
        "nothing_padded" => (
            text(
                "There is no padding to mask: these positions do not stand for tokens, or rows are never padded.",
                "没有可掩蔽的填充：这些位置不对应词元，或各行从不填充。",
            ),
            text(
                "Leave the mask out, or use it on the tokens of a task whose rows have different lengths.",
                "请去掉填充掩蔽，或用于各行长短不一的词元任务。",
            ),
        ),
        "no_language_model" => (
            text(
                "This network predicts no next token, so it writes no text.",
                "这个网络不预测下一个词元，无法写出文本。",
            ),
            text(
                "Load a text and a network that predicts its next character.",
                "请载入文本，以及预测下一个字符的网络。",
            ),
        ),
        "heads_divide" => (
            text(
                "{heads} {heads:head|heads} cannot share {units} {units:unit|units} equally.",
                "{heads} 个头无法平分 {units} 个单元。",
            ),
            text("Choose a number of heads that divides the units.", "请选择能整除单元数的头数。"),
        ),
        "rotary_odd" => (
            text(
                "Rotary positions turn pairs of units, but each of {heads} {heads:head|heads} has an odd share of {units}.",
                "旋转位置成对转动单元，但 {units} 个单元分给 {heads} 个头后每头为奇数。",
            ),
            text("Choose heads whose share is even.", "请选择使每头单元数为偶数的头数。"),
        ),
        _ => return None,
    })
}

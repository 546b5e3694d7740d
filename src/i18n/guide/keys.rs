//! The list of keys and the examples of model text.
//!
//! Not responsible for what keys do (`ui::keys`); a test holds that every example can be read.

use crate::i18n::{Text, text};

/// A key as it is written on it, and what it does.
pub const KEYS: &[(&str, Text)] = &[
    ("Space", text("play or pause, wherever no text is edited", "播放或暂停（编辑文字时除外）")),
    ("→", text("one step", "训练一步")),
    ("R", text("back to step 0, with the same first weights", "回到第 0 步，初始权重相同")),
    ("Ctrl+Z", text("undo the last change", "撤销上一次修改")),
    ("Ctrl+Shift+Z", text("redo", "重做")),
    ("/", text("edit the network as text", "编辑模型文本")),
    ("G", text("gallery of data and ready experiments", "打开数据与实验图库")),
    ("?", text("this list", "打开本列表")),
    ("Tab", text("next control; Enter or Space presses it", "下一个控件；回车或空格按下")),
    ("← ↑ → ↓", text("in a picture: move what is read; Enter pins it", "在图上：移动读数位置；回车固定")),
    ("Esc", text("let go of a pin, close what is open", "取消固定，关闭已打开的内容")),
];

/// A model text and what it is.
pub const TEXT_EXAMPLES: &[(&str, Text)] = &[
    ("dense 8 tanh | dense 8 tanh | dense", text("two hidden layers of 8 units", "两个隐藏层，各 8 个单元")),
    (
        "conv 16 3 same relu | pool 2 | flatten | dense 10",
        text("16 filters of 3×3 with zeros around, then pooling", "16 个 3×3 卷积核，四周补零，然后汇聚"),
    ),
    ("dense 32 relu | dropout 0.3 | dense", text("dropout with rate 0.3", "暂退法，概率 0.3")),
    ("embedding 16 | lstm 32 return_sequences | dense", text("an LSTM that gives every step", "输出每一步的 LSTM")),
    (
        "embedding 32 | positional | transformer_block 4 | layer_norm | dense",
        text("a transformer block with 4 heads", "4 个头的 Transformer 块"),
    ),
    (
        "dense 8 relu name=a | dense 8 relu | residual(dense 8 relu | dense 8) | dense",
        text("a layer with a name; a shortcut around two layers", "给层命名；绕过两层的残差连接"),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::text as model_text;

    #[test]
    fn every_example_can_be_read() {
        for (example, _) in TEXT_EXAMPLES {
            assert!(model_text::parse(example).is_ok(), "{example}");
        }
    }
}

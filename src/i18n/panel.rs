//! Words of what every panel has: explanation, enlarging, pictures as files, pinned values.
//!
//! Not responsible for what a panel says of itself.

use super::{Text, text};

/// Button: the explanation.
pub const WHAT: Text = text("What am I looking at?", "这是什么？");
/// Button: fill the window.
pub const ENLARGE: Text = text("Enlarge to the whole window", "放大到整个窗口");
/// Button: back to its place.
pub const SMALL: Text = text("Back to its place (Esc)", "恢复原位（Esc）");
/// Button: a bitmap.
pub const PNG: Text = text("Download this panel as a PNG picture", "将此面板下载为 PNG 图片");
/// Button: a vector graphic.
pub const SVG: Text = text("Download this panel as an SVG picture", "将此面板下载为 SVG 图片");
/// A picture to be read by pointing, for those who use keys.
pub const POINTING: Text = text(
    "Picture to point at: the arrow keys move, Enter pins the value, Esc lets go",
    "可指读的图：方向键移动，Enter 固定数值，Esc 取消固定",
);
/// In a readout: the value stays.
pub const PINNED: Text = text("pinned", "已固定");
/// What pressing that does.
pub const UNPIN: Text = text("Let go of the pinned value (Esc)", "取消固定（Esc）");
/// Which layer is looked into.
pub const LAYER: Text = text("Layer", "层");
/// No numbers yet.
pub const WAITING: Text = text("Waiting for the network …", "正在等待网络……");
/// One's own text, of which nothing is left.
pub const NO_TOKENS: Text = text(
    "The text has no token that the network knows: there is nothing to read.",
    "文本中没有网络认识的词元，无可读取。",
);
/// The layer is not in what runs.
pub const MISSING: Text = text(
    "The network that runs now has no such layer: it goes on with the last set-up that works.",
    "正在运行的网络没有这一层：它仍按上一个有效设置运行。",
);
/// What a panel of the run shows while something else is edited.
pub const BEHIND: Text = text(
    "What you edited cannot train yet. This still shows the network that runs: {model}",
    "改动后的实验还不能训练，这里显示的仍是正在运行的网络：{model}",
);

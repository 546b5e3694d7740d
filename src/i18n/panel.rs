//! Words of what every panel has: explanation, enlarging, pictures as files.
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

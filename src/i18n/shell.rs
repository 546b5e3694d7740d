//! The words of the page's frame: header, notices, titles of panels.
//!
//! Not responsible for the transport bar (`transport.rs`) nor for problems (`problems.rs`).

use super::{Text, text};

/// Title of the data panel.
pub const PANEL_DATA: Text = text("Data", "数据");
/// Title of the set-up panel.
pub const PANEL_SETUP: Text = text("Training", "训练设置");
/// Title of the network panel.
pub const PANEL_NETWORK: Text = text("Network", "网络");
/// Title of the output panel.
pub const PANEL_OUTPUT: Text = text("Output", "输出");
/// Title of the curves panel.
pub const PANEL_LOSS: Text = text("Curves", "曲线");
/// Title of the gradient-flow panel.
pub const PANEL_GRADIENT_FLOW: Text = text("Gradient flow", "梯度流");
/// Title of the sources panel.
pub const PANEL_ABOUT: Text = text("About", "关于");

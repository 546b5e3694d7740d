//! What is said of a network that was read from an ONNX file.
//!
//! Not responsible for what cannot be read (`problems`).

use super::{Text, text};

/// What was read.
pub const READ: Text =
    text("Read {layers} layers with their weights from the ONNX file.", "已从 ONNX 文件读取 {layers} 层及其权重。");
/// The same of one layer.
pub const READ_ONE: Text =
    text("Read one layer with its weights from the ONNX file.", "已从 ONNX 文件读取 1 层及其权重。");
/// What the file does not say.
pub const OURS: Text =
    text("Optimizer, loss and rates of training stay as they are here.", "优化器、损失和训练设置保持不变。");
/// The loss has this function already.
pub const IN_LOSS: Text =
    text("{op} at the end is left out, since the loss computes it.", "末尾的 {op} 已略去，因为损失中已包含它。");
/// Norms with another small number beside the variance.
pub const EPSILON: Text = text(
    "{op} ×{count}: the file adds {theirs} to the variance, here it is {ours}, so answers may differ a little.",
    "{op} ×{count}：文件在方差上加 {theirs}，这里加 {ours}，输出可能略有不同。",
);
/// The same where kept variances make up for it.
pub const EPSILON_KEPT: Text = text(
    "{op} ×{count}: the file adds {theirs} to the variance, here it is {ours}. The stored variances make up for it; training uses {ours}.",
    "{op} ×{count}：文件在方差上加 {theirs}，这里加 {ours}。已据此调整保存的方差，输出不变；继续训练时使用 {ours}。",
);
/// Numbers of sixteen bits.
pub const WIDENED: Text = text(
    "Arrays of 16-bit numbers: {arrays}. They became 32-bit numbers of the same value, and the network computes with 32 bits here.",
    "有 {arrays} 个数组是 16 位数，已按原值转为 32 位；这里用 32 位计算。",
);
/// Another loss.
pub const LOSS: Text = text("The loss is now {loss}, as the output needs.", "损失已改为 {loss}，与输出相符。");

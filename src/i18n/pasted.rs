//! What is said of code that was read into a network: what it was, and in what the network differs.
//!
//! Not responsible for what cannot be read (`problems`).

use super::{Text, text};

/// What was read.
pub const READ: Text = text("Read {layers} layers from {kind} code.", "已从 {kind} 代码读取 {layers} 层。");
/// The same of one layer.
pub const READ_ONE: Text = text("Read one layer from {kind} code.", "已从 {kind} 代码读取 1 层。");
/// Nothing differs.
pub const SAME: Text = text("The network is the same.", "网络与代码相同。");
/// Before the list of differences.
pub const DIFFERS: Text = text("What differs from the code:", "与代码的不同之处：");
/// More differences than are listed.
pub const MORE: Text = text("and {n} more", "另有 {n} 处");

/// The loss has this function already.
pub const IN_LOSS: Text = text(
    "Line {line}: {word} at the end is left out, since the loss computes it.",
    "第 {line} 行：末尾的 {word} 已略去，因为损失中已包含它。",
);
/// An argument without a counterpart.
pub const ARGUMENT: Text = text(
    "Line {line}: “{argument}” of {layer} is left out; here the layer has no such setting.",
    "第 {line} 行：{layer} 的“{argument}”已略去，这里的该层没有这项设置。",
);
/// Other inputs than stated.
pub const INPUTS: Text = text(
    "Line {line}: {layer} states {stated} {stated:input|inputs}, but {given} {given:comes|come} in here.",
    "第 {line} 行：{layer} 写明输入为 {stated}，而这里的输入为 {given}。",
);
/// Another vocabulary than stated.
pub const VOCABULARY: Text = text(
    "Line {line}: the code counts {stated} {stated:token|tokens}, the data here have {given}.",
    "第 {line} 行：代码中有 {stated} 个词元，这里的数据有 {given} 个。",
);
/// Another shape of the data than stated.
pub const SHAPE: Text = text(
    "The code expects data of shape {stated}; here they are {given}.",
    "代码期望数据形状为 {stated}，这里是 {given}。",
);
/// A flatten was added.
pub const FLATTENED: Text = text(
    "A flatten stands before the layer of line {line}: its inputs are all numbers of what comes in.",
    "在第 {line} 行的层之前加了展平层：它的输入是传入的全部数值。",
);
/// What prepares data.
pub const OF_DATA: Text = text(
    "Line {line}: {layer} is left out; how data are scaled and varied is set in the data panel.",
    "第 {line} 行：{layer} 已略去；数据的缩放与变换在数据面板中设置。",
);
/// Another loss.
pub const LOSS: Text = text("The loss is now {loss}, as the last layer needs.", "损失已改为 {loss}，与最后一层相符。");
/// Other first weights.
pub const FIRST_WEIGHTS: Text = text(
    "Weights begin as in PyTorch, not as in Keras (Glorot); each layer's card lets you choose.",
    "权重按 PyTorch 的方式初始化，而非 Keras 的 Glorot；可在各层卡片中选择。",
);
/// A recurrent layer's last state.
pub const LAST_STATE: Text =
    text("Line {line}: only the state of the last step goes on.", "第 {line} 行：只有最后一步的状态继续向后传递。");
/// How to train.
pub const TRAINING: Text = text(
    "Line {line}: {word} was not read; optimizer, learning rate and loss are set in the training panel.",
    "第 {line} 行：未读取 {word}；优化器、学习率和损失在训练设置面板中设定。",
);
/// Other networks.
pub const OTHERS: Text = text(
    "{count} other networks in the code were not read; the last one was.",
    "代码中另有 {count} 个网络未读取，只读取了最后一个。",
);
/// One other network.
pub const OTHER: Text =
    text("Another network in the code was not read; the last one was.", "代码中还有一个网络未读取，只读取了最后一个。");

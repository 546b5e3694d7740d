//! Words of the query line: the line itself, its panels, and what is wrong with a query.
//!
//! Names of values are the engine's own and the same in both languages.

use super::{Text, text};

/// Heading of the part.
pub const TITLE: Text = text("Query", "查询");
/// Under it.
pub const LEAD: Text = text(
    "Type the name of any value, gradient or optimizer state; slices are Python’s.",
    "输入任意数值、梯度或优化器状态的名称；切片写法与 Python 相同。",
);
/// Name of the field.
pub const FIELD: Text = text("What to look at", "要查看的内容");
/// In the empty field.
pub const PLACEHOLDER: Text = text("layers.0.weight grad[:, :2]", "layers.0.weight grad[:, :2]");
/// Button.
pub const SHOW: Text = text("Show", "显示");
/// Before the examples.
pub const TRY: Text = text("Try:", "例如：");
/// Name of the list of names.
pub const NAMES: Text = text("Names in this network", "此网络中的名称");
/// Names are not there yet.
pub const WAITING_NAMES: Text = text("Waiting for the network's names …", "正在等待网络的名称……");
/// Nothing yet.
pub const WAITING: Text = text("Waiting for the network's numbers …", "正在等待网络的数值……");
/// Button of a panel.
pub const CLOSE: Text = text("Close this query", "关闭此查询");
/// Every panel can be shown already.
pub const FULL: Text = text("{n} {n:query is|queries are} open. Close one first.", "已打开 {n} 个查询。请先关闭一个。");

/// What one is looking at, in two sentences.
pub const WHAT: Text = text(
    "These are the network's own numbers at this step: blue is positive, orange is negative, and magenta bars are gradients. Point at a number to read it with its index, click to pin it while the network trains on; an activation is that of the example chosen under “Inside”.",
    "这里是网络在当前训练步的真实数值：蓝色为正，橙色为负，洋红色条形为梯度。指向某个数即可读出其下标和数值，点击可将其固定并随训练更新；激活值对应“网络内部”所选的样本。",
);
/// Part: a parameter.
pub const PARAMETER: Text = text("parameter", "参数");
/// Part: a buffer.
pub const BUFFER: Text = text("kept, not learned", "缓冲区（不参与学习）");
/// Part: what the example brings.
pub const OF_EXAMPLE: Text = text("on {example}", "{example}上的值");
/// Part: the gradient of a parameter.
pub const GRAD_BATCH: Text = text("gradient of the loss of the latest batch", "最近一个小批量损失的梯度");
/// Part: the gradient of anything else.
pub const GRAD_EXAMPLE: Text = text("gradient of the loss on {example}", "{example}损失的梯度");
/// Part: what the optimizer keeps.
pub const STATE: Text = text("kept by the optimizer", "优化器状态");
/// An example.
pub const EXAMPLE_TRAIN: Text = text("training example {n}", "第 {n} 个训练样本");
/// An example.
pub const EXAMPLE_TEST: Text = text("test example {n}", "第 {n} 个测试样本");
/// An example.
pub const EXAMPLE_OWN: Text = text("your own example", "你自己的样本");
/// Facts under the heading.
pub const STEP: Text = text("step {n}", "第 {n} 步");
/// Range.
pub const RANGE: Text = text("from {low} to {high}, mean {mean}", "最小 {low}，最大 {high}，均值 {mean}");
/// Some are no numbers.
pub const NOT_FINITE: Text = text("{n} are not finite", "其中 {n} 个不是有限数");
/// Only the first maps.
pub const MAPS_CUT: Text = text(
    "The first {n} of {all} pictures are shown; a slice shows others.",
    "共 {all} 幅图，显示前 {n} 幅；用切片可查看其余部分。",
);
/// Readout before anything is pointed at.
pub const HINT: Text = text("Point at a number to read it.", "指向某个数即可读取。");
/// Beside the scale: what written digits count.
pub const UNIT: Text = text("digits in units of {unit}", "数字以 {unit} 为单位");
/// Fold with a table.
pub const NUMBERS: Text = text("As a table", "以表格显示");
/// The table is longer.
pub const TABLE_CUT: Text = text(
    "The first {n} of {all} numbers; a slice shows others.",
    "共 {all} 个数，显示前 {n} 个；用切片可查看其余部分。",
);
/// Column.
pub const PLACE: Text = text("Index", "下标");
/// Column.
pub const VALUE: Text = text("Value", "数值");
/// Picture in words.
pub const LABEL: Text =
    text("{name}, shape {shape}, {range}, at step {step}", "{name}，形状 {shape}，{range}，第 {step} 步");
/// Shape in words.
pub const SHAPE: Text = text("shape {shape}", "形状 {shape}");
/// Shape of a scalar.
pub const ONE_NUMBER: Text = text("one number", "单个数");

/// Between two names.
pub const OR: Text = text(" or ", "或 ");
/// Fault.
pub const EMPTY: Text = text("Type a name, such as output.", "请输入一个名称，例如 output。");
/// Fault.
pub const UNCLOSED: Text = text("A “[” has no “]”.", "有一个“[”缺少对应的“]”。");
/// Fault.
pub const UNOPENED: Text = text("A “]” has no “[” before it.", "有一个“]”缺少前面的“[”。");
/// Fault.
pub const CHARACTER: Text = text(
    "“{got}” means nothing here: a query is a name, with a slice in brackets behind it.",
    "这里不能使用“{got}”：查询由一个名称和其后方括号中的切片组成。",
);
/// Fault.
pub const INDEX: Text = text(
    "“{got}” is no index: write a whole number, or a slice such as 0:3.",
    "“{got}”不是下标：请写整数，或 0:3 这样的切片。",
);
/// Fault.
pub const RESTS: Text = text("“...” can stand only once in brackets.", "一对方括号中只能有一个“...”。");
/// Fault.
pub const ZERO_STEP: Text = text("The step of a slice cannot be 0.", "切片的步长不能为 0。");
/// Fault.
pub const INDICES: Text = text(
    "{name} has the shape {shape}: {got} {got:index is|indices are} more than the {axes} {axes:axis that is|axes that are} left.",
    "{name} 的形状是 {shape}：给出了 {got} 个下标，而可用的轴只有 {axes} 个。",
);
/// Fault.
pub const OUTSIDE: Text = text(
    "{name} has the shape {shape}: nothing is at {item} on axis {axis}, which goes from 0 to {last}.",
    "{name} 的形状是 {shape}：第 {axis} 轴的下标从 0 到 {last}，{item} 处没有数。",
);
/// Fault.
pub const UNKNOWN: Text =
    text("This network has no “{name}”. Nearest: {nearest}.", "此网络中没有“{name}”。最接近的是：{nearest}。");
/// Fault.
pub const NO_GRADIENT: Text = text(
    "{name} has no gradient: the loss is not differentiated with respect to it.",
    "{name} 没有梯度：损失不对它求导。",
);
/// Fault.
pub const TWICE: Text = text("{name} is kept by the optimizer and has no gradient.", "{name} 是优化器状态，没有梯度。");
/// Fault.
pub const LARGE: Text = text(
    "{name} has the shape {shape}: {n} numbers are more than the {most} that can be shown at once. Take a slice.",
    "{name} 的形状是 {shape}：共 {n} 个数，超过一次最多可显示的 {most} 个。请取一个切片。",
);
/// The worker's network has changed meanwhile.
pub const GONE: Text =
    text("The network that runs has no such value now: {name}.", "正在运行的网络中现在没有这个值：{name}。");
/// Before the first step.
pub const NO_STEP: Text =
    text("{name} has no gradient before the first training step.", "在第一个训练步之前，{name} 还没有梯度。");
/// Too many numbers.
pub const TOO_MUCH: Text = text(
    "{name} has too many numbers to be shown at once: take a slice.",
    "{name} 的数太多，无法一次显示：请取一个切片。",
);

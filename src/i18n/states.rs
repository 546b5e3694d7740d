//! Words of the panel of hidden states, and of the gradient through time.
//!
//! Not responsible for the words of layers' settings (`network`).

use super::{Text, text};

/// Heading.
pub const TITLE: Text = text("Hidden state", "隐藏状态");
/// What one is looking at.
pub const WHAT: Text = text(
    "Each row is a unit of the recurrent layer and each column a step of the sequence, so a row shows what one unit remembers as the network reads on. Below stands how strongly the loss still reaches each earlier step: where that curve falls, the network cannot learn from what happened long ago.",
    "每一行是循环层的一个单元，每一列是序列的一步：一行展示了网络逐步读取时该单元记住了什么。下方是损失对更早各步的梯度大小：曲线下降之处，网络就无法从很久以前发生的事中学习。",
);
/// The choice of the direction.
pub const DIRECTION: Text = text("Reads", "读取方向");
/// From the start.
pub const FORWARD: Text = text("from the start", "从头");
/// From the end.
pub const REVERSE: Text = text("from the end", "从尾");
/// What is shown of the cell.
pub const PARTS: Text = text("Parts of the cell", "循环单元的各个部分");
/// h.
pub const STATE: Text = text("hidden state", "隐藏状态");
/// c.
pub const MEMORY: Text = text("cell state", "记忆元");
/// i.
pub const INPUT_GATE: Text = text("input gate", "输入门");
/// f.
pub const FORGET_GATE: Text = text("forget gate", "遗忘门");
/// g and n.
pub const CANDIDATE: Text = text("candidate", "候选值");
/// o.
pub const OUTPUT_GATE: Text = text("output gate", "输出门");
/// r.
pub const RESET_GATE: Text = text("reset gate", "重置门");
/// z.
pub const UPDATE_GATE: Text = text("update gate", "更新门");
/// Too many numbers.
pub const TOO_LARGE: Text = text(
    "The states of this layer are too many to be shown at once; a shorter sequence or fewer units would do.",
    "该层的状态太多，无法一次显示；请缩短序列或减少单元数。",
);
/// Some parts are missing.
pub const SOME_TOO_LARGE: Text = text(
    "Some parts of this layer are too many numbers for one picture and are left out.",
    "该层有些部分的数值太多，无法一并显示，已略去。",
);
/// When.
pub const AT_STEP: Text = text("at training step {n}", "训练第 {n} 步");
/// More rows.
pub const MORE: Text = text("Show {n} more {n:unit|units} of {all}", "再显示 {n} 个单元（共 {all} 个）");
/// Before anything is pointed at.
pub const HINT: Text = text(
    "Hover or tap a cell or a token to read it; click to keep it and follow its unit.",
    "将指针移到（或轻触）格子或词元上读数，点击可固定并跟踪该单元。",
);
/// The cell under the pointer.
pub const READ: Text =
    text("unit {u} at step {t} “{token}”: {part} = {v}", "第 {u} 单元，第 {t} 步「{token}」：{part} = {v}");
/// The canvas, for readers.
pub const LABEL: Text = text(
    "{part} of {n} {n:unit|units} over {t} {t:step|steps}, colours from {low} to {high}",
    "{n} 个单元在 {t} 步上的{part}，颜色范围 {low} 到 {high}",
);
/// Which unit.
pub const UNIT: Text = text("Unit", "单元");
/// Explanation.
pub const UNIT_HELP: Text = text("Colours the sequence below.", "用它的激活值为下方的序列着色。");
/// Heading over the coloured text.
pub const UNIT_OVER: Text = text("Unit {u} as it reads: {part}", "第 {u} 单元读取时的{part}");
/// A series coloured by a unit.
pub const SERIES_LABEL: Text = text(
    "The input over {t} {t:step|steps}, the ground coloured by unit {u}",
    "{t} 步的输入序列，底色为第 {u} 单元的激活值",
);
/// Lines of the input.
pub const INPUT: Text = text("input (line), unit {u} (ground)", "输入（线）、第 {u} 单元（底色）");
/// A text that is longer than what is written out.
pub const CUT: Text = text("… {n} more", "……还有 {n} 个");
/// The table of a unit.
pub const TABLE: Text = text("Unit {u} in numbers", "第 {u} 单元的数值");
/// Columns.
pub const STEP: Text = text("step", "步");
/// Columns.
pub const TOKEN: Text = text("token", "词元");

/// Heading.
pub const GRADIENT: Text = text("Gradient through time", "梯度随时间步的变化");
/// What is drawn.
pub const GRADIENT_NOTE: Text = text(
    "|∂loss/∂h| at each step, all later steps included, for the example chosen here.",
    "所选样本在每一步的 |∂损失/∂h|，已包含其后所有各步的影响。",
);
/// What the loss is of.
pub const LOSS_OF: Text = text("Loss of", "损失取自");
/// All steps.
pub const LOSS_WHOLE: Text = text("the whole sequence", "整个序列");
/// One step.
pub const LOSS_ONE: Text = text("one step", "某一步");
/// Which step.
pub const LOSS_STEP: Text = text("Step of the loss", "损失所在的步");
/// Explanation.
pub const LOSS_STEP_HELP: Text = text(
    "Only the answer at this step counts; everything before it must remember.",
    "只计算这一步的答案；之前的每一步都必须记住。",
);
/// Mean change.
pub const FACTOR: Text = text("× {f} per step back, on average", "平均每往前追溯一步 × {f}");
/// No gradient anywhere.
pub const ALL_ZERO: Text = text(
    "No gradient reaches any step: this loss has no target here, or nothing passes.",
    "没有梯度传到任何时间步：此处的损失没有目标，或梯度完全传不回来。",
);
/// Own text.
pub const NO_TARGET: Text = text(
    "An example of one's own has no target: the loss is that of class 0.",
    "自己的样本没有目标：这里用类别 0 计算损失。",
);
/// The axis.
pub const AXIS: Text = text("step of the sequence", "序列的步");
/// Curve of this run.
pub const THIS: Text = text("this run", "本次训练");
/// The canvas, for readers.
pub const GRADIENT_LABEL: Text = text(
    "Gradient norm at each of {t} {t:step|steps}, from {first} at the first to {last} at the last",
    "{t} 步中每一步的梯度范数，第一步 {first}，最后一步 {last}",
);
/// The value under the pointer.
pub const GRADIENT_READ: Text = text("step {t} “{token}”", "第 {t} 步「{token}」");
/// The table.
pub const GRADIENT_TABLE: Text = text("Gradient in numbers", "梯度的数值");
/// What is zero or not finite on a log axis.
pub const NOT_DRAWN: Text = text("0 or not finite: not drawn", "为 0 或非有限：未画出");

/// The comparison.
pub const COMPARE: Text = text("Compare rnn, lstm and gru", "比较 rnn、lstm 与 gru");
/// What it does.
pub const COMPARE_NOTE: Text = text(
    "Trains this experiment three times beside the run, same seed, each recurrent layer replaced; your own run goes on undisturbed.",
    "在本次训练之外用同一种子将此实验训练三次，分别替换循环层；你自己的训练不受影响。",
);
/// Steps of each.
pub const COMPARE_STEPS: Text = text("Training steps", "训练步数");
/// Explanation.
pub const COMPARE_STEPS_HELP: Text = text("0 compares the untrained networks.", "0 表示比较未训练的网络。");
/// Cancels.
pub const CANCEL: Text = text("Cancel", "取消");
/// Takes the curves away.
pub const CLEAR: Text = text("Clear", "清除");
/// How far one is.
pub const PROGRESS: Text = text("{cell}: step {n} of {all}", "{cell}：第 {n} / {all} 步");
/// One is done.
pub const DONE: Text = text(
    "{cell} after {n} {n:step|steps}: first ÷ last step {ratio}",
    "{cell} 训练 {n} 步后：第一步 ÷ 最后一步 = {ratio}",
);
/// One failed.
pub const FAILED: Text = text("{cell}: {why}", "{cell}：{why}");
/// Another example or loss since.
pub const STALE: Text = text(
    "These curves are of the set-up, the example and the loss that were chosen when they were made.",
    "这些曲线对应生成时所选的设置、样本与损失。",
);

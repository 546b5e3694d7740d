//! Words of the window to play with.
//!
//! Not responsible for the network's own layers.

use super::{Text, text};

/// Title.
pub const TITLE: Text = text("Stride, padding, dilation: try it", "步幅、填充、膨胀：动手试试");
/// What one is looking at, in two sentences.
pub const WHAT: Text = text(
    "A window slides over the input; every place it comes to rest makes one cell of the output. Hover or tap a cell of the output to see which cells of the input feed it: the kernel says how many, dilation how far apart, stride how far it moves, and padding adds zeros around. It is a toy beside the network and changes nothing in it.",
    "窗口在输入上滑动，每停一处产生输出的一个格。指向输出的一格，可看到它由输入的哪些格得来：核大小决定格数，膨胀决定间隔，步幅决定每次移动多远，填充则在四周补零。这只是一个演示，不影响网络。",
);
/// Field.
pub const INPUT: Text = text("input", "输入");
/// Field.
pub const KERNEL: Text = text("kernel", "核");
/// Field.
pub const STRIDE: Text = text("stride", "步幅");
/// Field.
pub const PADDING: Text = text("padding", "填充");
/// Field.
pub const DILATION: Text = text("dilation", "膨胀");
/// Before the formula.
pub const SIZE: Text = text("size of the output", "输出大小");
/// Picture.
pub const PADDED: Text = text("input {n}×{n}, padding {p}", "输入 {n}×{n}，填充 {p}");
/// Picture.
pub const OUTPUT: Text = text("output {n}×{n}", "输出 {n}×{n}");
/// Picture.
pub const POINT: Text = text("Hover or tap a cell to see what feeds it", "将指针移到一格上或轻触，可看到它的来源");
/// What is lit.
pub const FEEDS: Text = text(
    "Output cell ({row}, {column}) is made of {n} {n:cell|cells} of the input",
    "输出的第 {row} 行第 {column} 列由输入的 {n} 个格得来",
);
/// No place.
pub const TOO_LARGE: Text = text(
    "There is no place for this window: the kernel covers {covers} cells, the padded input has only {n}. Make the kernel or the dilation smaller, or the input or the padding larger.",
    "窗口放不下：核覆盖 {covers} 格，而补零后的输入只有 {n} 格。请减小核或膨胀，或增大输入或填充。",
);
/// Cells that are lost.
pub const LEFT_OVER: Text = text(
    "{n} {n:row and column|rows and columns} at the end of the input {n:is|are} under no window: the stride does not come out even.",
    "输入末尾的 {n} 行和 {n} 列不在任何窗口之下：步幅除不尽。",
);
/// Gaps.
pub const SKIPS: Text = text(
    "The stride is larger than the window: cells between two places are never seen.",
    "步幅大于窗口：两个位置之间的格永远不会被看到。",
);
/// Nothing but zeros.
pub const ONLY_PADDING: Text =
    text("So much padding that the outermost windows see nothing but zeros.", "填充过多：最外圈的窗口只看到零。");
/// As Keras's `same`.
pub const SAME_SIZE: Text = text("The output is as large as the input (“same”).", "输出与输入一样大（即 “same”）。");

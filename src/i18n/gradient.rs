//! Words of the gradient-flow panel.
//!
//! Not responsible for layers' names.

use super::{Text, text};

/// What one is looking at, in two sentences.
pub const WHAT: Text = text(
    "Each row is a layer; the picture shows how strong its numbers were over time, the bars how strong they are now, both on a log scale. Rows that fade towards the input mean a vanishing gradient: early layers hardly learn; rows that darken mean an exploding one.",
    "每行是一层：图像显示其数值强度随时间的变化，右侧条形显示当前强度，均为对数刻度。越靠近输入越淡表示梯度消失，前面的层几乎学不到东西；越靠近输入越深则表示梯度爆炸。",
);
/// Which number is shown.
pub const QUANTITY: Text = text("Quantity", "显示的量");
/// L2 norm of the parameters' gradient.
pub const D_PARAMS: Text = text("weight gradient ‖∂L/∂θ‖", "参数梯度 ‖∂L/∂θ‖");
/// Root mean square of the gradient of a layer's output.
pub const D_ACTIVATION: Text = text("activation gradient, RMS", "激活值梯度的均方根");
/// Root mean square of a layer's output.
pub const ACTIVATION: Text = text("activation, RMS", "激活值的均方根");
/// L2 norm of the parameters.
pub const PARAMS: Text = text("weights ‖θ‖", "参数范数 ‖θ‖");
/// Size of an update beside the size of what it changes.
pub const UPDATE_RATIO: Text = text("update ‖Δθ‖ / ‖θ‖", "更新幅度 ‖Δθ‖ / ‖θ‖");
/// No rows, since the numbers failed at once.
pub const BLOWN_UP: Text = text(
    "Training blew up before its gradients were shown. Take single steps to see them.",
    "还没来得及显示梯度，训练就发散了。可以单步训练来查看。",
);
/// Before the first step.
pub const EMPTY: Text = text("Training has not started.", "训练尚未开始。");
/// Training runs, but nothing was measured while the panel was out of sight.
pub const WAITING: Text = text("Waiting for the first measurement …", "正在等待第一次测量……");
/// A network without parameters.
pub const NO_LAYERS: Text = text("No layer has parameters.", "没有带参数的层。");
/// x axis.
pub const STEP: Text = text("step", "步");
/// Title of the bars.
pub const NOW: Text = text("now", "当前");
/// Mark.
pub const ZERO: Text = text("exactly 0", "恰为 0");
/// Mark.
pub const NOT_FINITE: Text = text("not finite", "非有限值");
/// Mark.
pub const NOT_MEASURED: Text = text("no such layer then", "当时无此层");
/// Read-out.
pub const READ: Text = text("layer {layer}, step {step}: {v}", "层 {layer}，第 {step} 步：{v}");
/// Until the pointer is on it.
pub const HOVER_HINT: Text = text("Hover or tap to read values", "将指针移到图上或轻触可读取数值");
/// For readers.
pub const LABEL: Text = text(
    "{what} of {n} {n:layer|layers} over {rows} {rows:moment|moments}. The table after the picture holds the current values.",
    "{n} 层的{what}，共 {rows} 个时刻。图后的表格列出当前值。",
);
/// Table.
pub const LAYER: Text = text("layer", "层");

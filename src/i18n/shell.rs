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

/// Name of the whole.
pub const BRAND: Text = text("Gradarium", "梯度馆");

/// Link past the header.
pub const SKIP: Text = text("Skip to the playground", "跳到实验台");
/// Name of the links past it for readers.
pub const SKIPS: Text = text("Skip links", "跳转链接");
/// Name of the header for readers.
pub const HEADER: Text = text("Page controls", "页面控制");
/// Undo.
pub const UNDO: Text = text("Undo (Ctrl+Z)", "撤销（Ctrl+Z）");
/// Redo.
pub const REDO: Text = text("Redo (Ctrl+Shift+Z)", "重做（Ctrl+Shift+Z）");
/// Open.
pub const OPEN: Text = text("Open", "打开");
/// What open does.
pub const OPEN_HELP: Text = text(
    "Open an experiment file (*.gradarium.json); or drop it anywhere",
    "打开实验文件（*.gradarium.json），也可直接拖入页面",
);
/// Save.
pub const SAVE: Text = text("Save", "保存");
/// What save does.
pub const SAVE_HELP: Text = text("Save the experiment as a file", "将实验保存为文件");
/// Share.
pub const SHARE: Text = text("Share", "分享");
/// What share does.
pub const SHARE_HELP: Text = text("Copy a link that holds the whole experiment", "复制包含整个实验的链接");
/// Language buttons.
pub const LANGUAGE: Text = text("Language", "语言");
/// Theme, as the system says.
pub const THEME_AUTO: Text = text("Theme: as the system", "主题：跟随系统");
/// Theme, light.
pub const THEME_LIGHT: Text = text("Theme: light", "主题：浅色");
/// Theme, dark.
pub const THEME_DARK: Text = text("Theme: dark", "主题：深色");
/// Shown while a file is dragged over the page.
pub const DROP_HERE: Text = text("Drop the file to open it", "松开以打开文件");
/// Name of the region with messages.
pub const NOTICES: Text = text("Messages", "消息");
/// Puts a message away.
pub const DISMISS: Text = text("Dismiss", "关闭");
/// The link is in the clipboard.
pub const LINK_COPIED: Text = text(
    "The link is copied. The link itself holds the whole experiment; nothing is uploaded to any server.",
    "链接已复制。链接本身包含整个实验，不会上传到任何服务器。",
);
/// A fresh worker goes on.
pub const RESTARTED: Text = text(
    "The training worker stopped unexpectedly. A fresh one goes on from step {step}; your set-up is untouched.",
    "训练线程意外停止，已启动新的线程，从第 {step} 步继续；你的设置没有改变。",
);
/// No fresh worker was started.
pub const DEAD: Text = text(
    "The training worker stopped several times in a row. Change the experiment, or press play to try again.",
    "训练线程连续多次停止。请修改实验，或按播放重试。",
);
/// What the program said when it stopped.
pub const SAID: Text = text("It said: {message}", "错误信息：{message}");
/// The run left the finite range.
pub const DIVERGED: Text = text(
    "Training blew up at step {step}: {value} became infinite or not a number (NaN). The network is back at step {back}, the last good checkpoint.",
    "训练在第 {step} 步发散：{value} 变成了无穷大或 NaN。网络已回到第 {back} 步，即最后一个正常的检查点。",
);
/// Why it diverged, usually.
pub const DIVERGED_WHY: Text = text(
    "Most often the learning rate ({lr}) is too high: each step overshoots further. Try a lower one, clip the gradients, or standardise the data.",
    "最常见的原因是学习率（{lr}）太大，每一步都越跨越远。可以降低学习率、裁剪梯度，或将数据标准化。",
);
/// The gradient before it diverged.
pub const DIVERGED_NORM: Text = text("The gradient's norm had grown to {norm}.", "此前梯度范数已增大到 {norm}。");
/// The remedy.
pub const LOWER_LR: Text = text("Use learning rate {lr}", "改用学习率 {lr}");
/// Heading of refused things.
pub const REFUSED: Text =
    text("It could not be opened; the present experiment is unchanged.", "打开失败，当前实验保持不变。");
/// Heading of problems in the edited experiment.
pub const PROBLEMS: Text = text("Not training this yet:", "还不能训练：");
/// Removes a problem.
pub const FIX: Text = text("Fix", "修复");
/// Names of the remedies.
pub const FIX_FLATTEN: Text = text("Insert flatten", "插入展平层");
/// A reshape layer before.
pub const FIX_RESHAPE: Text = text("Insert reshape to {shape}", "插入变形层 {shape}");
/// An embedding before.
pub const FIX_EMBEDDING: Text = text("Insert an embedding", "插入嵌入层");
/// A recurrent layer gives every state.
pub const FIX_SEQUENCES: Text = text("Output all steps before", "让前面的层输出所有步");
/// The task decides the size.
pub const FIX_UNITS_AUTO: Text = text("Let the task decide the size", "由任务决定大小");
/// A given size.
pub const FIX_UNITS: Text = text("Set {n} {n:unit|units}", "设为 {n} 个单元");
/// Another number of heads.
pub const FIX_HEADS: Text = text("Set {n} {n:head|heads}", "设为 {n} 个头");
/// A layer learns again.
pub const FIX_UNFREEZE: Text = text("Unfreeze this layer", "解冻此层");
/// A layer goes.
pub const FIX_REMOVE: Text = text("Remove this layer", "删除此层");
/// Another loss.
pub const FIX_LOSS: Text = text("Use {loss}", "改用 {loss}");
/// A projection at the end of a residual branch.
pub const FIX_PROJECT: Text = text("Add a 1×1 projection to {n}", "添加 1×1 投影到 {n}");
/// Button that pads an image.
pub const FIX_PAD: Text = text("Pad with zeros (same)", "用零填充（same）");
/// Button that sets the groups of a convolution.
pub const FIX_GROUPS: Text = text("Set groups to {n}", "组数改为 {n}");
/// A last layer.
pub const FIX_APPEND: Text = text("Add the output layer", "添加输出层");
/// While data files are on their way.
pub const FETCHING: Text = text("Fetching data: {got} of {all} kB", "正在获取数据：{got} / {all} kB");

/// In the place of what is on its way.
pub const PART_COMING: Text = text("This part is being loaded …", "正在载入这一部分……");
/// In the place of what did not come.
pub const PART_FAILED: Text = text(
    "This part of Gradarium could not be loaded: check the connection. If a newer version is there by now, load the page again.",
    "这一部分无法载入：请检查网络。如果网站已有新版本，请重新载入页面。",
);
/// Button: send for it again.
pub const PART_AGAIN: Text = text("Try again", "重试");

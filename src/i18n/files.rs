//! Words about files and links: save, share, broken links, runs put aside, kept runs.
//!
//! Not responsible for what is wrong with a file (`problems/files.rs`).

use super::{Text, sets, setup, text};

/// Heading of the dialog.
pub const SAVE_TITLE: Text = text("Save this experiment", "保存此实验");
/// Checkbox.
pub const WITH_WEIGHTS: Text = text("With the trained weights", "包含训练好的权重");
/// What they are.
pub const WEIGHTS_ARE: Text =
    text("step {step} · {n} {n:parameter|parameters} · about {kb} kB", "第 {step} 步 · {n} 个参数 · 约 {kb} kB");
/// What opening does.
pub const WEIGHTS_HELP: Text = text(
    "The file opens trained, at this step. The optimizer starts without its memory (momentum), and batches are drawn anew from the seed and the step.",
    "文件打开后网络处于这一步的训练状态；优化器不保留动量等状态，之后的批次由种子和步数重新决定。",
);
/// Without them.
pub const BARE_HELP: Text = text(
    "The file holds the set-up only. It opens untrained and learns again from its seed.",
    "文件只包含设置，打开后未经训练，由同一种子重新开始学习。",
);
/// Button.
pub const SAVE_FILE: Text = text("Save file", "保存文件");
/// Button.
pub const CANCEL: Text = text("Cancel", "取消");
/// Button.
pub const CLOSE: Text = text("Close", "关闭");

/// Heading of the dialog.
pub const SHARE_TITLE: Text = text("Share this experiment", "分享此实验");
/// What a link is.
pub const SHARE_HELP: Text = text(
    "The link itself contains the whole experiment; nothing is uploaded to any server. Trained weights are not in it: whoever opens it trains from the seed.",
    "链接本身包含整个实验，不会上传到任何服务器。链接不含训练好的权重：打开后由种子重新训练。",
);
/// What a link of the laboratory is.
pub const SHARE_LAB: Text = text(
    "The link itself contains all settings; nothing is uploaded to any server.",
    "链接本身包含全部设置，不会上传到任何服务器。",
);
/// The field.
pub const LINK: Text = text("Link", "链接");
/// Button.
pub const COPY: Text = text("Copy link", "复制链接");
/// After it.
pub const COPIED: Text = text("Copied", "已复制");
/// Tick.
pub const START_PAUSED: Text = text("Start paused, at step 0", "打开后在第 0 步暂停");
/// Tick.
pub const WITH_GOAL: Text = text("With the goal: {goal}", "包含目标：{goal}");
/// Tick, where there is no goal.
pub const NO_GOAL: Text = text("With the goal (none is set)", "包含目标（尚未设定）");
/// Tick.
pub const WITH_SPEED: Text = text("With the speed: {speed}", "包含速度：{speed}");
/// A speed.
pub const STEPS_PER_S: Text = text("{n} {n:step|steps} a second", "每秒 {n} 步");
/// A speed.
pub const FLAT_OUT: Text = text("as fast as possible", "尽可能快");
/// A goal.
pub const EPOCHS: Text = text("{n} {n:epoch|epochs}", "{n} 轮");
/// A goal.
pub const LOSS: Text = text("training loss at most {n}", "训练损失不超过 {n}");
/// A goal.
pub const ACCURACY: Text = text("test accuracy at least {n} %", "测试准确率不低于 {n} %");
/// The picture.
pub const QR: Text = text("QR code of the link", "链接的二维码");
/// A fine one.
pub const QR_DENSE: Text =
    text("This code is fine: show it large, or come close.", "此二维码较密：请放大显示或靠近扫描。");
/// None.
pub const QR_TOO_LONG: Text = text(
    "This link has {n} characters, too many for a QR code (2,953 at most). Share the link, or the file.",
    "此链接有 {n} 个字符，超出二维码的容量（最多 2,953 个）。请直接分享链接或文件。",
);

/// In place of the experiment.
pub const BROKEN_TITLE: Text = text("This link cannot be opened", "此链接无法打开");
/// Below it.
pub const BROKEN_HELP: Text = text(
    "Nothing is training. Ask for the link again, or go on without it.",
    "当前没有训练任何网络。请重新索取链接，或跳过该链接继续。",
);
/// Button.
pub const OPEN_FIRST: Text = text("Open the first experiment instead", "改为打开第一个实验");
/// Button, where an experiment was open before.
pub const GO_BACK: Text = text("Back to the experiment that was open", "回到之前打开的实验");

/// A run is put aside.
pub const ASIDE: Text = text(
    "Your trained run ({set}, step {step}) was not saved. It is put aside: undo brings it back.",
    "你训练的网络（{set}，第 {step} 步）尚未保存，已暂存：撤销即可恢复。",
);
/// Button.
pub const BRING_BACK: Text = text("Bring it back", "恢复");
/// A trained network is there.
pub const OPENED: Text = text(
    "Opened trained, at step {step}. Press play to train on: the optimizer starts without its memory. Reset starts again from the seed.",
    "已打开训练到第 {step} 步的网络。按播放继续训练，优化器从初始状态开始；重置则由种子重新开始。",
);
/// Fields of a link.
pub const LINK_PARTS: Text = text("Part of this link was left out:", "链接中有内容未能采用：");

/// Name of the optimizer.
pub fn optimizer(name: &'static str) -> &'static str {
    setup::optimizer(name).map_or(name, |(name, _)| name)
}

/// Name of a data set within a name.
pub fn set(lang: super::Lang, name: &str) -> String {
    sets::set_text(name).map_or_else(|| name.to_string(), |t| t.name.get(lang).to_string())
}

/// In the name of a run.
pub const UNITS: Text = text("{n} {n:unit|units}", "{n} 个单元");
/// In the name of a run.
pub const LAYERS: Text = text("{n} {n:layer|layers}", "{n} 层");
/// In the name of a run.
pub const BATCH: Text = text("batch {n}", "批大小 {n}");
/// In the name of a run.
pub const SEED: Text = text("seed {n}", "种子 {n}");
/// In the name of a run: a setting that it lacks.
pub const WITHOUT: Text = text("without {name}", "无{name}");
/// In the name of a run.
pub const TO_STEP: Text = text("to step {n}", "至第 {n} 步");

/// Field of a kept run.
pub const RENAME: Text = text("Name of run {n}", "第 {n} 次运行的名称");
/// Button.
pub const EXPORT_RUN: Text = text("Save run {n} as a file", "将第 {n} 次运行保存为文件");
/// Button.
pub const OPEN_RUN: Text = text("Open the experiment of run {n}", "打开第 {n} 次运行的实验");
/// Button.
pub const IMPORT: Text = text("Add a run from a file", "从文件添加运行");
/// What it does.
pub const IMPORT_HELP: Text = text(
    "A classmate's run (*.gradarium-run.json): its curves are drawn beside yours. Dropping the file works too.",
    "同学的运行记录（*.gradarium-run.json）：其曲线与你的一同显示。也可将文件拖入页面。",
);

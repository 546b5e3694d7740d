//! The words of the transport bar.
//!
//! Not responsible for the rest of the page's frame (`shell.rs`).

use super::{Text, text};

/// Name of the bar for readers.
pub const BAR: Text = text("The run", "训练过程");
/// Play.
pub const PLAY: Text = text("Train (Space)", "训练（空格）");
/// Pause.
pub const PAUSE: Text = text("Pause (Space)", "暂停（空格）");
/// Step.
pub const STEP: Text = text("Step", "单步");
/// What a step is.
pub const STEP_HELP: Text = text(
    "One batch: forward, backward, and one update of every weight (→)",
    "一个批次：前向、反向，并更新一次所有权重（→）",
);
/// Epoch.
pub const EPOCH: Text = text("Epoch", "一轮");
/// What an epoch is.
pub const EPOCH_HELP: Text =
    text("Train until every training sample has been seen once more", "训练到每个训练样本都再被看过一次");
/// Reset.
pub const RESET: Text = text("Reset", "重置");
/// What reset does.
pub const RESET_HELP: Text = text("Back to step 0 with the same first weights (R)", "回到第 0 步，初始权重不变（R）");
/// Pause by itself.
pub const UNTIL: Text = text("pause at", "暂停条件");
/// What that does.
pub const UNTIL_HELP: Text = text("Training pauses by itself when this goal is reached", "达到此条件时自动暂停");
/// No goal.
pub const UNTIL_NEVER: Text = text("never", "不自动暂停");
/// Epochs.
pub const UNTIL_EPOCHS: Text = text("epochs ≥", "轮数 ≥");
/// Training loss.
pub const UNTIL_LOSS: Text = text("train loss ≤", "训练损失 ≤");
/// Test accuracy, per cent.
pub const UNTIL_ACCURACY: Text = text("test accuracy ≥", "测试准确率 ≥");
/// R².
pub const UNTIL_R2: Text = text("test R² ≥", "测试 R² ≥");
/// The goal's value.
pub const UNTIL_VALUE: Text = text("Goal", "目标值");
/// Speed.
pub const SPEED: Text = text("speed", "速度");
/// What speed is.
pub const SPEED_HELP: Text = text("Steps per second; slow motion shows each update", "每秒步数；慢放可看清每次更新");
/// As fast as it goes.
pub const SPEED_MAX: Text = text("flat out", "全速");
/// What flat out is.
pub const FLAT_OUT_HELP: Text = text(
    "Flat out: as fast as this machine can; press again to watch the way",
    "全速：以本机最快速度训练；再按一次可放慢观察过程",
);
/// A slower speed.
pub const SPEED_N: Text = text("{n} / s", "{n} 步/秒");
/// Timeline.
pub const TIMELINE: Text = text("Timeline: go back to an earlier step", "时间轴：回到较早的步数");
/// Value of the timeline for readers.
pub const TIMELINE_VALUE: Text = text("step {step} of {max}", "第 {step} 步，共 {max} 步");
/// While looking back.
pub const FORK_HINT: Text = text(
    "You are looking at step {step}. If you train from here, a new branch begins; the old curve is kept.",
    "正在查看第 {step} 步。从这里继续训练会开始一个新分支，原曲线会保留。",
);
/// The same where there is little room.
pub const FORK_SHORT: Text =
    text("step {step}: training from here begins a new branch", "第 {step} 步：从此继续训练会开始新分支");
/// Step count.
pub const STEPS: Text = text("step", "步数");
/// Epoch count.
pub const EPOCHS: Text = text("epoch", "轮数");
/// Training loss.
pub const TRAIN_LOSS: Text = text("train loss", "训练损失");
/// Test loss.
pub const TEST_LOSS: Text = text("test loss", "测试损失");
/// Test accuracy.
pub const TEST_ACCURACY: Text = text("test accuracy", "测试准确率");
/// Share of views that find their partner among those of the test part.
pub const TEST_FOUND: Text = text("partner found (test)", "找到配对（测试）");
/// Coefficient of determination.
pub const TEST_R2: Text = text("test R²", "测试 R²");
/// The figures beside it are not of the step that the network has reached.
pub const MEASURED_AT: Text = text("measured at step {n}", "测于第 {n} 步");
/// Live figures, for readers.
pub const FIGURES: Text = text("Where the training is", "训练状态");
/// Vector instructions.
pub const SIMD: Text = text("SIMD, one core", "SIMD，单核");
/// The plain kernels.
pub const REFERENCE: Text = text("plain, one core", "普通，单核");
/// The GPU.
pub const WEBGPU: Text = text("WebGPU", "WebGPU");
/// Before the worker has said so.
pub const STARTING: Text = text("starting", "启动中");
/// Why: asked for.
pub const REASON_ASKED: Text = text("The experiment asks for this backend", "实验指定了此后端");
/// Why: nothing else.
pub const REASON_ONLY: Text = text(
    "128-bit vector instructions on one core; large networks are timed on the graphics card too, where there is one",
    "单核 128 位向量指令；网络较大且有显卡时，会与显卡比较速度",
);
/// Steps a second.
pub const STEPS_PER_S: Text = text("{n} steps/s", "{n} 步/秒");
/// Shows goal and speed on a phone.
pub const MORE: Text = text("Goal and speed", "目标与速度");

//! Words of the graphics card: whether it or SIMD runs an experiment, and why.

use super::{Lang, Text, text};

/// Title of the panel.
pub const TITLE: Text = text("Processor and graphics card", "处理器与显卡");
/// Label of the choice.
pub const RUNS_ON: Text = text("Runs on", "运行于");
/// What the choice is about.
pub const RUNS_ON_HINT: Text = text(
    "SIMD computes on the processor, four numbers at a time; WebGPU on the graphics card. A card is faster for large networks and slower for small ones: it needs some microseconds for each operation, however little there is to do.",
    "SIMD 在处理器上一次计算四个数；WebGPU 在显卡上计算。网络大时显卡更快，网络小时更慢：再小的操作，显卡也要花几微秒。",
);
/// Choice: whichever is faster.
pub const AUTO: Text = text("automatic", "自动");
/// Choice: the processor.
pub const SIMD: Text = text("SIMD (processor)", "SIMD（处理器）");
/// Choice: the card.
pub const WEBGPU: Text = text("WebGPU (graphics card)", "WebGPU（显卡）");

/// Button: both are timed.
pub const RACE: Text = text("Time both", "测速比较");
/// What it does.
pub const RACE_HINT: Text = text(
    "Trains a copy of this network on both for a second or two; your run goes on meanwhile.",
    "用该网络的副本分别训练一两秒；您的训练不受影响。",
);
/// Button, while it does.
pub const STOP: Text = text("Stop measuring", "停止测量");
/// While it does.
pub const RACING: Text = text("Timing both on a copy of this network …", "正在用该网络的副本测速…");
/// Result: the processor wins.
pub const SIMD_WINS: Text = text(
    "SIMD: {x}× faster than this GPU for this network ({a} and {b} steps/s).",
    "SIMD：对于该网络，比这块显卡快 {x} 倍（每秒 {a} 步与 {b} 步）。",
);
/// Result: the card wins.
pub const CARD_WINS: Text = text(
    "WebGPU: {x}× faster than SIMD for this network ({a} and {b} steps/s).",
    "WebGPU：对于该网络，比 SIMD 快 {x} 倍（每秒 {a} 步与 {b} 步）。",
);
/// Result: as fast as each other.
pub const EVEN: Text = text(
    "Both are as fast as each other for this network ({a} and {b} steps/s).",
    "对于该网络，两者一样快（每秒 {a} 步与 {b} 步）。",
);
/// The card's name.
pub const ADAPTER: Text = text("Graphics card: {name}.", "显卡：{name}。");
/// A program plays the card.
pub const SOFTWARE: Text = text(
    "There is no real graphics card here: a program on the processor plays one. Automatic never chooses it.",
    "这里没有真正的显卡：由处理器上的程序模拟。“自动”不会选择它。",
);
/// The browser has no WebGPU.
pub const NONE: Text =
    text("This browser has no WebGPU, so everything runs on SIMD.", "此浏览器没有 WebGPU，所有计算都由 SIMD 完成。");
/// The card was lost in mid-run.
pub const LOST: Text = text(
    "The graphics card stopped: {why}. SIMD goes on from the last numbers; nothing is lost.",
    "显卡停止了工作：{why}。SIMD 从最后的数值继续训练，没有丢失任何内容。",
);

/// Title of the picture of speeds.
pub const BY_SIZE: Text = text("Speed by size, measured here", "本机速度与网络规模");
/// Button: measures them.
pub const MEASURE: Text = text("Measure", "测量");
/// While it does.
pub const MEASURING: Text = text("Measuring …", "正在测量…");
/// What is measured.
pub const BY_SIZE_HINT: Text = text(
    "Steps a second of two dense layers of so many units each, batch 64: where the lines cross, the card begins to pay.",
    "两个全连接层、每层若干单元、批大小 64 时的每秒步数：两线相交处起，显卡才划算。",
);
/// Axis: units of a layer.
pub const UNITS: Text = text("units a layer", "每层单元数");

/// A fault in words: its kind, a blank, and what is known beyond it.
pub fn fault(lang: Lang, fact: &str) -> String {
    let (kind, words) = fact.split_once(' ').unwrap_or((fact, ""));
    let sentence = match kind {
        "no_adapter" => text("there is none that this browser lets us use", "浏览器没有提供可用的显卡"),
        "no_device" => text("it refused ({words})", "显卡拒绝了请求（{words}）"),
        "limit" => text("one of its limits is too small ({words})", "显卡的某项限制太小（{words}）"),
        "too_large" => text(
            "this network needs more than one of its buffers holds ({words})",
            "该网络超出了显卡单个缓冲区的容量（{words}）",
        ),
        "unsupported" => text("it has no program for {words} yet", "显卡上还没有 {words} 的程序"),
        "lost" => text("the browser took it away", "浏览器收回了显卡"),
        "out_of_memory" => text("its memory is full", "显存已满"),
        "refused" => text("it refused a command ({words})", "显卡拒绝了一条命令（{words}）"),
        "silent" => text("it did not answer in time", "显卡没有及时响应"),
        other => return other.to_string(),
    };
    sentence.with(lang, &[("words", words)])
}

//! Words of what is drawn at random, and of pictures' bytes.
//!
//! Not responsible for the other settings of data (`data`).

use super::setup::{ControlText, control};
use super::{Text, text};

/// Whether pictures come as their bytes.
pub const RAW: ControlText = control(
    "Bytes as they are",
    "原始字节",
    "The network gets 0–255 as files have it, not numbers from 0 to 1: first losses are large and steps uneven.",
    "网络得到文件中的 0–255，而不是 0 到 1 的数：起初的损失很大，步子也不均匀。",
);
/// How random inputs are drawn.
pub const INPUTS: ControlText =
    control("Inputs", "输入", "How each number of an input is drawn.", "输入的每个数如何抽取。");
/// What random targets are.
pub const TARGETS: ControlText = control(
    "Targets",
    "目标",
    "Whether targets have anything to do with inputs. By chance they have not: then there is only something to learn by heart.",
    "目标与输入是否有关。随机抽取则毫无关系：那就只能死记。",
);
/// What a random sequence is asked for.
pub const SHIFTED: ControlText = control(
    "Asked for",
    "预测什么",
    "What stands next to each step in a larger draw: the next step, or the next feature of the same step, most of which is in the input already.",
    "每一步旁边的内容：下一步，或同一步的下一个特征（其中大部分已在输入里）。",
);
/// Lower end of uniform targets.
pub const LOW: ControlText = control("Targets from", "目标下限", "Least target.", "目标的最小值。");
/// Upper end of uniform targets.
pub const HIGH: ControlText = control("Targets to", "目标上限", "No target is as great.", "目标都小于此值。");

/// A way to draw inputs.
pub fn inputs(name: &str) -> Text {
    match name {
        "uniform" => text("Uniform in [0, 1)", "[0, 1) 均匀分布"),
        "factors" => text("Sums of eight hidden numbers", "八个隐藏数的组合"),
        _ => text("Normal, N(0, 1)", "正态分布 N(0, 1)"),
    }
}

/// What targets have to do with inputs.
pub fn targets(name: &str) -> Text {
    match name {
        "linear" => text("A straight rule of the inputs", "输入的线性规则"),
        "uniform" => text("By chance, uniform", "随机，均匀分布"),
        _ => text("By chance", "随机"),
    }
}

/// What a sequence is asked for.
pub fn shifted(name: &str) -> Text {
    match name {
        "step" => text("The next step", "下一步"),
        "feature" => text("The next feature", "下一个特征"),
        _ => text("Targets drawn apart", "另行抽取的目标"),
    }
}

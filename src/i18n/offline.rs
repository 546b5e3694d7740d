//! Words about use without a network, and about newer versions.
//!
//! Not responsible for a data set that could not be fetched (`problems`).

use super::{Text, text};

/// Heading in the panel about the program.
pub const TITLE: Text = text("Use without a network", "离线使用");
/// Where the browser keeps nothing for the page.
pub const NOTHING: Text = text(
    "This browser keeps nothing of this page, so it needs the network each time. Private windows, frames and addresses without https are like that.",
    "浏览器没有为本页保存任何内容，因此每次都需要联网。无痕窗口、嵌入的框架以及非 https 地址都是如此。",
);
/// How much is kept.
pub const KEPT: Text = text(
    "Gradarium itself and every data set that you have used are kept in this browser: {kept} of {all} MB. They work without a network.",
    "Gradarium 本身和你用过的数据集已保存在浏览器中（{kept} / {all} MB），没有网络也能使用。",
);
/// Everything is kept.
pub const KEPT_ALL: Text = text(
    "All of Gradarium, with every data set, is kept in this browser ({all} MB) and works without a network.",
    "Gradarium 的全部内容和所有数据集都已保存在浏览器中（{all} MB），没有网络也能使用。",
);
/// The button.
pub const KEEP_ALL: Text = text("Keep all data for offline use", "保存全部数据以便离线使用");
/// Name of the bar while they are fetched.
pub const KEEPING: Text = text("Fetching the data", "正在获取数据");
/// Something is missing.
pub const FAILED: Text = text(
    "Not everything could be fetched and kept. Check the connection and the free space, then press again.",
    "有些内容未能获取或保存。请检查网络和剩余空间，然后再按一次。",
);
/// A newer version waits.
pub const UPDATE: Text = text(
    "A newer version of Gradarium is here. Loading it keeps your experiment and starts its run from the beginning.",
    "Gradarium 有新版本。载入后实验会保留，训练将从头开始。",
);
/// The same while a network trains.
pub const UPDATE_LATER: Text = text(
    "A newer version of Gradarium is here. Pause the training when you like, and you can load it.",
    "Gradarium 有新版本。暂停训练后即可载入。",
);
/// The button.
pub const TAKE: Text = text("Load the new version", "载入新版本");

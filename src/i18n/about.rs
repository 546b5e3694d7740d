//! Words of the section about this program and its data.
//!
//! Not responsible for sources and licences of data sets, which are `spec::sets`' own words.

use super::{Text, text};

/// What Gradarium is.
pub const WHAT: Text = text(
    "Gradarium is a glass-walled laboratory for neural networks: you assemble a network, train it for real, and see every number inside it move. Everything happens in this tab: nothing is installed, and no data leave your machine.",
    "Gradarium 是一间玻璃墙的神经网络实验室：亲手搭建网络，真实地训练它，看着里面的每个数变化。一切都在这个页面里进行：无需安装，数据不会离开你的电脑。",
);
/// Heading of the data sets.
pub const DATA: Text = text("Data sets", "数据集");
/// Column.
pub const SET: Text = text("Data set", "数据集");
/// Column.
pub const SOURCE: Text = text("Source", "来源");
/// Column.
pub const LICENCE: Text = text("Licence", "许可");
/// Said of what has no source.
pub const GENERATED: Text = text(
    "All other data are generated in this page from a seed, or are your own.",
    "其他数据都是在本页由种子生成的，或者是你自己的。",
);
/// Heading of the software.
pub const SOFTWARE: Text = text("Software", "软件");
/// What it is made of.
pub const MADE_OF: Text = text(
    "Gradarium is free software under MIT or Apache-2.0, written in Rust with Yew, wasm-bindgen, wide, plotters, serde, csv, png and miniz_oxide (each MIT, Apache-2.0, Zlib or Unlicense).",
    "Gradarium 是自由软件，采用 MIT 或 Apache-2.0 许可；用 Rust 编写，使用 Yew、wasm-bindgen、wide、plotters、serde、csv、png 和 miniz_oxide（许可为 MIT、Apache-2.0、Zlib 或 Unlicense）。",
);

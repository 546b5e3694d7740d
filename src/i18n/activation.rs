//! Words of the activation's curve on an opened card.
//!
//! Not responsible for names of functions, which are the same in both languages.

use super::{Text, text};

/// What the picture is, for who cannot see it.
pub const LABEL: Text = text(
    "The curve of {name} and its slope, z from {from} to {to}. {values}",
    "{name} 的函数曲线与斜率，z 从 {from} 到 {to}。{values}",
);
/// One of the layer's values there.
pub const VALUE: Text = text("Unit {u}: z {z}, f {f}, f′ {slope}.", "单元 {u}：z {z}，f {f}，f′ {slope}。");
/// Under the picture.
pub const SPREAD: Text = text(
    "On the example shown, {n} {n:value|values} z {n:comes|come} into the function, from {min} to {max} (median {median}). At {flat} of them the slope f′ is within ±0.1, and hardly any gradient passes.",
    "对所示样本，进入该函数的 z 共 {n} 个，从 {min} 到 {max}（中位数 {median}）；其中 {flat} 处的斜率 f′ 的绝对值小于 0.1，梯度几乎传不回去。",
);
/// What is read at a place.
pub const READING: Text = text("z = {z}: f = {f}, f′ = {slope}", "z = {z}：f = {f}，f′ = {slope}");
/// The same where one of the layer's values stands.
pub const UNIT_READING: Text =
    text("unit {u}, z = {z}: f = {f}, f′ = {slope}", "单元 {u}，z = {z}：f = {f}，f′ = {slope}");
/// The slider that chooses the place.
pub const AT: Text = text("Read the curve at z", "在 z 处读取曲线");
/// How to read it by pointing.
pub const HINT: Text = text("Point at the curve to read it.", "指向曲线即可读数。");

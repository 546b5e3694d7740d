//! Words of the plot of a series and its forecasts.
//!
//! Not responsible for the scatter beside it (`i18n::output`).

use super::{Text, text};

/// What was.
pub const TRUTH: Text = text("true value", "真实值");
/// Forecasts of training rows.
pub const TRAIN: Text = text("forecast, training part", "训练段的预测");
/// Forecasts of test rows.
pub const TEST: Text = text("forecast, test part", "测试段的预测");
/// Mark where it begins.
pub const TEST_PART: Text = text("test part →", "测试段 →");
/// Axis.
pub const ROW: Text = text("row of the series", "序列中的行");
/// How far ahead.
pub const AHEAD_ONE: Text = text("each value is forecast one row ahead", "每个值提前一行预测");
/// How far ahead.
pub const AHEAD: Text =
    text("each forecast looks up to {n} rows ahead and then starts anew", "每次最多提前 {n} 行，随后重新开始");
/// Read-out.
pub const READ_TRAIN: Text =
    text("row {row} (training): true {t}, forecast {p}", "第 {row} 行（训练）：真实 {t}，预测 {p}");
/// Read-out.
pub const READ_TEST: Text = text("row {row} (test): true {t}, forecast {p}", "第 {row} 行（测试）：真实 {t}，预测 {p}");
/// Until the pointer is on a row.
pub const POINT_AT: Text = text("Point at a row to read it", "将指针移到某一行可读取数值");
/// For those who do not see it.
pub const LABEL: Text = text(
    "“{name}” over time, {n} {n:row|rows}, with the network's forecasts; the test part begins at row {row}.",
    "“{name}”随时间的变化（{n} 行）与网络的预测；测试段从第 {row} 行开始。",
);

//! What a number field says when it does not take what was typed, and what is offered beside the learning rate.
//!
//! Not responsible for reading numbers (`ui::form::read`).

use super::{Text, text};

/// Nothing was typed.
pub const EMPTY: Text = text("A number is missing here.", "这里需要填写一个数。");
/// No number.
pub const NOT_A_NUMBER: Text = text(
    "“{got}” cannot be read as a number. Write it like 12, 0.5, 0,5, 1e-3 or 1/3.",
    "无法把“{got}”识别为数。可以写成 12、0.5、0,5、1e-3 或 1/3。",
);
/// No number where a whole one is wanted.
pub const NOT_A_COUNT: Text = text(
    "“{got}” cannot be read as a whole number. Write it like 12, 1000 or 1,000.",
    "无法把“{got}”识别为整数。可以写成 12、1000 或 1,000。",
);
/// A comma or a point with two meanings.
pub const TWO_WAYS: Text = text(
    "“{got}” can mean {grouped} or {decimal}. Write one of these.",
    "“{got}”既可表示 {grouped}，也可表示 {decimal}，请写成其中之一。",
);
/// A fraction where a whole number is wanted.
pub const NOT_WHOLE: Text =
    text("A whole number is needed here, and “{got}” has a fraction.", "这里需要整数，而“{got}”带有小数部分。");
/// Outside the limits.
pub const OUTSIDE: Text = text(
    "The value must be between {min} and {max}, and “{got}” is not.",
    "数值必须在 {min} 到 {max} 之间，“{got}”超出了范围。",
);
/// A denominator of 0.
pub const BY_ZERO: Text = text("“{got}” divides by 0.", "“{got}”的分母为 0。");
/// Rounded to 0.
pub const TOO_SMALL: Text = text(
    "“{got}” is so close to 0 that it would be kept as 0. Write 0, or at least 1e-44.",
    "“{got}”过于接近 0，会被存成 0。请写 0，或不小于 1e-44 的数。",
);
/// Behind any of them: what is in force.
pub const KEPT: Text = text("{old} stays in force.", "仍使用 {old}。");
/// A pair of whole numbers.
pub const NOT_A_PAIR: Text =
    text("“{got}” is neither one whole number nor two like 3x5.", "“{got}”既不是一个整数，也不是 3x5 这样的两个整数。");
/// A padding.
pub const NOT_A_PADDING: Text = text(
    "“{got}” is no padding: write valid, same or a whole number.",
    "“{got}”不是填充方式：请写 valid、same 或一个整数。",
);
/// A list of whole numbers.
pub const NOT_A_SHAPE: Text =
    text("“{got}” is no shape: write whole numbers like 28x28x1.", "“{got}”不是形状：请写成 28x28x1 这样的整数。");
/// A learner's own rate was kept over a change of optimizer.
pub const RATE_KEPT: Text = text("Your learning rate {now} was kept.", "已保留你设定的学习率 {now}。");
/// A rate that nobody chose gave way to the usual one.
pub const RATE_CHANGED: Text = text(
    "The learning rate changed with the optimizer: {before} → {now}, usual for {name}.",
    "学习率随优化器一同改变：{before} → {now}（{name} 的常用值）。",
);
/// Button: takes the usual rate.
pub const RATE_USUAL: Text = text("Use {usual}, usual for {name}", "改用 {name} 的常用值 {usual}");
/// Button: takes the former rate.
pub const RATE_BACK: Text = text("Back to {before}", "改回 {before}");

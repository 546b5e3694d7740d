//! The two sentences of ready experiments that open trained.
//!
//! Not responsible for the others (`ready`).

use super::ready::ReadyText;
use crate::i18n::text;

/// The small transformer that writes digits backwards.
pub const REVERSE: ReadyText = ReadyText {
    what: text(
        "A small transformer that has already learned to write digits backwards.",
        "一个小型 Transformer，已经学会把数字倒着写出来。",
    ),
    look: text(
        "Some heads look at the digit that comes next: a line from corner to corner.",
        "有的注意力头正看着接下来要写的数字：一条对角线。",
    ),
};

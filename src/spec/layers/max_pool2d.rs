//! `max_pool2d`: the greatest value under a sliding window.

use super::pool::{Kind, Of};

/// The kind.
pub(crate) struct MaxPool2d;

/// The rule.
pub(crate) type Rule = Of<MaxPool2d>;

impl Kind for MaxPool2d {
    const NAME: &'static str = "max_pool2d";
    const WORD: &'static str = "max_pool";
    const ALSO: &'static [&'static str] = &["pool", "maxpool"];
}

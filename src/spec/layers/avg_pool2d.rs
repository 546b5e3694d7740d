//! `avg_pool2d`: the mean under a sliding window.

use super::pool::{Kind, Of};

/// The kind.
pub(crate) struct AvgPool2d;

/// The rule.
pub(crate) type Rule = Of<AvgPool2d>;

impl Kind for AvgPool2d {
    const NAME: &'static str = "avg_pool2d";
    const WORD: &'static str = "avg_pool";
    const ALSO: &'static [&'static str] = &["avgpool"];
}

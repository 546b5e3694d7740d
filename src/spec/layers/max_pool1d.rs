//! `max_pool1d`: the greatest value under a window that slides along a series.

use super::pool::{Kind, Of};

/// The kind.
pub(crate) struct MaxPool1d;

/// The rule.
pub(crate) type Rule = Of<MaxPool1d>;

impl Kind for MaxPool1d {
    const NAME: &'static str = "max_pool1d";
    const LINE: bool = true;
}
